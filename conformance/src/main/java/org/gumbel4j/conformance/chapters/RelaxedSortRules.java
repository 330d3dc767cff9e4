package org.gumbel4j.conformance.chapters;

import java.util.Arrays;
import java.util.List;
import org.gumbel4j.conformance.check.Close;
import org.gumbel4j.conformance.check.Golden;
import org.gumbel4j.conformance.check.Samples;
import org.gumbel4j.conformance.check.Tolerance;
import org.gumbel4j.distributions.PlackettLuce;
import org.gumbel4j.distributions.RelaxedPlackettLuce;
import org.gumbel4j.random.Key;
import org.gumbel4j.relaxation.NeuralSort;
import org.gumbel4j.relaxation.RelaxedSort;
import org.gumbel4j.relaxation.SoftSort;
import org.gumbel4j.spi.Capability;
import org.gumbel4j.tensor.DType;
import org.gumbel4j.tensor.Shape;
import org.gumbel4j.tensor.Tensor;

/** Distributions: relaxed sorts, and the orders that they make of noise. */
abstract class RelaxedSortRules extends DistributionSection {
  private static RelaxedSort sort(String name, Tensor tau) {
    return switch (name) {
      case "neural" -> NeuralSort.of(tau);
      case "soft" -> SoftSort.of(tau);
      default -> SoftSort.of(tau).power(2);
    };
  }

  @Rule(
      value = "S121",
      needs = {
        Capability.FLOAT64,
        Capability.SORTING,
        Capability.GATHERING,
        Capability.BATCHED_MAT_MUL
      })
  void relaxedSortsAreThoseOfTheGoldenValues() {
    for (Golden golden : Golden.cases("relaxed_sort")) {
      Tensor scores = wide(golden.array("scores"), golden.shape());
      Tensor tau = wide(golden.number("tau")).squeeze(0);
      RelaxedSort sort = sort(golden.name(), tau);
      check(() -> golden + ", P", golden.array("matrix"), sort.matrix(scores), VALUES);
      check(() -> golden + ", P s", golden.array("sorted"), sort.sort(scores), VALUES);
      long n = golden.shape().dim(-1);
      Tensor weight = wide(golden.array("weight"), golden.shape().concat(Shape.of(n)));
      Tensor weightSorted = wide(golden.array("weight_sorted"), golden.shape());
      List<double[]> gradients =
          gradients(
              p -> {
                RelaxedSort s = sort(golden.name(), p.get(1));
                Tensor matrix = s.matrix(p.get(0)).mul(weight).sum();
                return matrix.add(s.sort(p.get(0)).mul(weightSorted).sum());
              },
              scores,
              tau);
      Tolerance tolerance = new Tolerance(1e-10, 1e-10);
      Close.check(() -> golden + ", ∂s", golden.array("grad_scores"), gradients.get(0), tolerance);
      Close.check(() -> golden + ", ∂τ", golden.array("grad_tau"), gradients.get(1), tolerance);
    }
  }

  @Rule(
      value = "S122",
      needs = {Capability.SORTING, Capability.GATHERING, Capability.BATCHED_MAT_MUL})
  void relaxedSortsSortAsTheyCool() {
    for (DType dtype : floatingTypes()) {
      Tensor scores = tensor(Samples.distinct(102, 24), dtype, 3, 8);
      double[] sorted = read(scores.sort(-1, true));
      for (RelaxedSort sort : List.of(NeuralSort.of(1e-3), SoftSort.of(1e-3), SoftSort.of(1e-30))) {
        check(() -> sort + "", sorted, sort.sort(scores), Tolerance.ulps(8, dtype));
        Tensor hard = sort.hard().matrix(scores);
        check(() -> "hard", read(scores.argSort(-1, true).oneHot(8, dtype)), hard, Tolerance.EXACT);
      }
      for (double tau : new double[] {1e-3, 1, 1e3}) {
        for (RelaxedSort sort : List.of(NeuralSort.of(tau), SoftSort.of(tau))) {
          Tensor matrix = sort.matrix(scores);
          double[] ones = new double[24];
          Arrays.fill(ones, 1);
          check(() -> "rows sum to 1", ones, matrix.sum(-1), Tolerance.ulps(16, dtype));
          Tensor winners = tau > 1 ? sort.hard().matrix(scores).argMax(-1) : matrix.argMax(-1);
          check(
              () -> "largest entries at τ = " + tau,
              read(scores.argSort(-1, true)),
              winners,
              Tolerance.EXACT);
        }
      }
    }
  }

  @Rule(
      value = "S123",
      needs = {Capability.SORTING, Capability.GATHERING, Capability.BATCHED_MAT_MUL})
  void hardSortsHaveTheGradientOfTheRelaxedOnes() {
    Tensor scores = tensor(Samples.distinct(103, 10), DType.FLOAT32, 2, 5);
    Tensor weight = tensor(Samples.uniform(104, 50, -1, 1), DType.FLOAT32, 2, 5, 5);
    Tensor tau = tensor(new double[] {0.5, 2}, DType.FLOAT32, 2);
    for (String name : List.of("neural", "soft")) {
      List<double[]> soft =
          gradients(p -> sort(name, p.get(1)).matrix(p.get(0)).mul(weight).sum(), scores, tau);
      List<double[]> hard =
          gradients(
              p -> sort(name, p.get(1)).hard().matrix(p.get(0)).mul(weight).sum(), scores, tau);
      Tolerance tolerance = Tolerance.ulps(4, DType.FLOAT32);
      Close.check(() -> name + ", ∂s", soft.get(0), hard.get(0), tolerance);
      Close.check(() -> name + ", ∂τ", soft.get(1), hard.get(1), tolerance);
    }
  }

  @Rule(
      value = "S124",
      needs = {Capability.SORTING, Capability.GATHERING, Capability.BATCHED_MAT_MUL})
  void relaxedOrdersAreThoseOfPlackettLuce() {
    Tensor logits = tensor(Samples.uniform(105, 12, -2, 2), DType.FLOAT32, 2, 6);
    Key key = Key.of(5601);
    double[] orders = read(PlackettLuce.of(logits).sample(key, Shape.of(5)));
    for (RelaxedSort sort :
        List.of(NeuralSort.of(0.5), SoftSort.of(0.5), SoftSort.of(0.5).hard())) {
      RelaxedPlackettLuce relaxed = RelaxedPlackettLuce.of(logits, sort);
      Tensor samples = relaxed.sample(key, Shape.of(5));
      Close.checkEqual(() -> "shape", Shape.of(5, 2, 6, 6), samples.shape());
      check(() -> "orders", orders, relaxed.toOrder(samples), Tolerance.EXACT);
      Close.checkTrue(() -> "support", relaxed.support().check(samples).all());
    }
  }

  @Rule(
      value = "S125",
      needs = {Capability.SORTING, Capability.GATHERING})
  void relaxedSortsNameWhatIsWrong() {
    Tensor nan = tensor(new double[] {0, Double.NaN}, DType.FLOAT32, 2);
    Tensor scores = tensor(new double[] {0, 1, 2, 3}, DType.FLOAT32, 2, 2);
    Class<IllegalArgumentException> wrong = IllegalArgumentException.class;
    checkThrows(wrong, () -> NeuralSort.of(1).matrix(nan), "NeuralSort", "finite");
    checkThrows(wrong, () -> SoftSort.of(1).matrix(nan), "SoftSort", "finite");
    checkThrows(wrong, () -> SoftSort.of(0), "temperature");
    checkThrows(wrong, () -> SoftSort.of(1).power(0.5), "power = 0.5", "at least 1");
    Tensor three = tensor(new double[] {1, 1, 1}, DType.FLOAT32, 3);
    checkThrows(wrong, () -> NeuralSort.of(three).matrix(scores), "temperature", "[3]", "[2]");
    checkThrows(
        wrong, () -> RelaxedPlackettLuce.of(nan, SoftSort.of(1)), "RelaxedPlackettLuce", "NaN");
    RelaxedPlackettLuce relaxed = RelaxedPlackettLuce.of(scores, SoftSort.of(1));
    Class<UnsupportedOperationException> none = UnsupportedOperationException.class;
    checkThrows(none, () -> relaxed.logProb(scores), "discrete().logProb");
    checkThrows(none, relaxed::entropy, "discrete()");
    Shape wide = Shape.of(3, 2);
    Close.checkEqual(() -> "expanded", wide, relaxed.expand(wide).batchShape());
  }
}
