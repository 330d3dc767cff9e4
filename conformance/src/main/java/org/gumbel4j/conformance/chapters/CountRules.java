package org.gumbel4j.conformance.chapters;

import java.util.ArrayList;
import java.util.List;
import org.gumbel4j.conformance.check.Close;
import org.gumbel4j.conformance.check.Golden;
import org.gumbel4j.conformance.check.Races;
import org.gumbel4j.conformance.check.Samples;
import org.gumbel4j.conformance.check.Tolerance;
import org.gumbel4j.distributions.Categorical;
import org.gumbel4j.distributions.KullbackLeibler;
import org.gumbel4j.distributions.Multinomial;
import org.gumbel4j.random.Key;
import org.gumbel4j.spi.Capability;
import org.gumbel4j.tensor.DType;
import org.gumbel4j.tensor.Shape;
import org.gumbel4j.tensor.Tensor;

/** Distributions: counts of independent draws. */
abstract class CountRules extends DistributionSection {
  @Rule(value = "S151", needs = Capability.FLOAT64)
  void multinomialIsThatOfTheGoldenValues() {
    for (Golden golden : Golden.cases("multinomial")) {
      double[] theta = golden.array("logits");
      int trials = (int) golden.number("trials");
      Tensor logits = wide(theta);
      Tensor value = wide(golden.array("value"), Shape.of(6, theta.length));
      Multinomial counts = Multinomial.of(trials, logits);
      Tolerance tolerance = new Tolerance(1e-11, 1e-12);
      check(() -> golden + ", log P", golden.array("log_prob"), counts.logProb(value), tolerance);
      check(() -> golden + ", H", golden.array("entropy"), counts.entropy(), tolerance);
      check(() -> golden + ", mean", golden.array("mean"), counts.mean(), VALUES);
      check(() -> golden + ", variance", golden.array("variance"), counts.variance(), VALUES);
      Close.check(
          () -> golden + ", ∂ log P",
          golden.array("grad_logits"),
          gradients(p -> Multinomial.of(trials, p.get(0)).logProb(value).sum(), logits).get(0),
          new Tolerance(1e-10, 1e-10));
      Close.check(
          () -> golden + ", ∂H",
          golden.array("entropy_grad_logits"),
          gradients(p -> Multinomial.of(trials, p.get(0)).entropy(), logits).get(0),
          new Tolerance(1e-9, 1e-10));
    }
  }

  /** All vectors of k whole numbers that sum to n. */
  private static List<double[]> all(int n, int k) {
    List<double[]> result = new ArrayList<>();
    extend(new double[k], 0, n, result);
    return result;
  }

  private static void extend(double[] counts, int at, int left, List<double[]> result) {
    if (at == counts.length - 1) {
      counts[at] = left;
      result.add(counts.clone());
      return;
    }
    for (int x = 0; x <= left; x++) {
      counts[at] = x;
      extend(counts, at + 1, left - x, result);
    }
  }

  @Rule(value = "S152", needs = Capability.FLOAT64)
  void probabilitiesOfCountsSumToOneAndMakeMomentsEntropyAndMode() {
    double[] theta = {0.3, MASK, 1.2, -2};
    for (int n : new int[] {0, 1, 4, 7}) {
      Multinomial counts = Multinomial.of(n, wide(theta));
      List<double[]> outcomes = all(n, 4);
      double[] flat = new double[outcomes.size() * 4];
      for (int i = 0; i < flat.length; i++) {
        flat[i] = outcomes.get(i / 4)[i % 4];
      }
      double[] logP = read(counts.logProb(wide(flat, Shape.of(outcomes.size(), 4))));
      double[] sums = new double[2];
      double[] mean = new double[4];
      int best = 0;
      for (int i = 0; i < logP.length; i++) {
        double p = Math.exp(logP[i]);
        sums[0] += p;
        sums[1] -= p == 0 ? 0 : p * logP[i];
        best = logP[i] > logP[best] ? i : best;
        for (int k = 0; k < 4; k++) {
          mean[k] += p * outcomes.get(i)[k];
        }
      }
      check(() -> "H of " + n, new double[] {sums[1]}, counts.entropy(), VALUES.orAbsolute(1e-12));
      check(() -> "mean of " + n, mean, counts.mean(), VALUES);
      Close.check(() -> "Σ P", new double[] {1}, new double[] {sums[0]}, VALUES);
      if (device().can(Capability.SORTING)) {
        check(() -> "mode of " + n, outcomes.get(best), counts.mode(), Tolerance.EXACT);
      }
    }
  }

  @Rule(value = "S153", falseAlarm = 1e-4)
  void countsAreThoseOfCategoricalDraws() {
    double[] theta = {0.5, MASK, 1.5, 0};
    Tensor logits = tensor(theta, DType.FLOAT32, 4);
    Tensor pairs = logits.broadcastTo(Shape.of(3, 4));
    Key key = Key.of(5901);
    Tensor drawn = Categorical.of(pairs).sample(key, Shape.of(50, 2));
    check(
        () -> "counts of categorical draws",
        read(drawn.oneHot(4, DType.FLOAT32).sum(0)),
        Multinomial.of(50, pairs).sample(key, Shape.of(2)),
        Tolerance.EXACT);
    double[] total = read(Multinomial.of(50_000, logits).sample(Key.of(5902)));
    checkBelow(
        "χ² of counts, 2 degrees", 18.421, chiSquare(total, Races.probabilities(theta), 50_000));
  }

  @Rule("S154")
  void countsOfMaskedClassesAreZeroAndHaveNoGradient() {
    for (DType dtype : floatingTypes()) {
      Tensor logits = tensor(new double[] {0.3, MASK, 1.2}, dtype, 3);
      Tensor with = tensor(new double[] {2, 0, 3}, dtype, 3);
      Tensor never = tensor(new double[] {2, 1, 2}, dtype, 3);
      check(
          () -> "impossible counts",
          new double[] {MASK},
          Multinomial.of(5, logits).logProb(never),
          Tolerance.EXACT);
      for (Scalar f :
          List.<Scalar>of(
              p -> Multinomial.of(5, p.get(0)).logProb(with),
              p -> Multinomial.of(5, p.get(0)).logProb(never),
              p -> Multinomial.of(5, p.get(0)).entropy())) {
        double[] gradient = gradients(f, logits).get(0);
        Close.checkTrue(
            () -> "gradient at the mask " + gradient[1],
            gradient[1] == 0 && Double.isFinite(gradient[0]) && Double.isFinite(gradient[2]));
      }
      Multinomial sure = Multinomial.of(5, tensor(new double[] {MASK, 2, MASK}, dtype, 3));
      check(() -> "H of what is certain", new double[] {0}, sure.entropy(), new Tolerance(0, 1e-5));
    }
  }

  @Rule(value = "S155", needs = Capability.FLOAT64)
  void divergenceOfCountsIsThatOfTheirDraws() {
    Tensor p = wide(Samples.uniform(111, 4, -1, 1));
    Tensor q = wide(Samples.uniform(112, 4, -1, 1));
    double single = KullbackLeibler.of(Categorical.of(p), Categorical.of(q)).item();
    check(
        () -> "KL",
        new double[] {7 * single},
        KullbackLeibler.of(Multinomial.of(7, p), Multinomial.of(7, q)),
        VALUES);
    Class<IllegalArgumentException> wrong = IllegalArgumentException.class;
    checkThrows(
        wrong,
        () -> KullbackLeibler.of(Multinomial.of(7, p), Multinomial.of(8, q)),
        "7 trials",
        "8");
    checkThrows(wrong, () -> Multinomial.of(-1, p), "trials = -1");
    Multinomial counts = Multinomial.of(3, p);
    checkThrows(wrong, () -> counts.logProb(wide(1, 1, 0, 0)), "sum 3");
    checkThrows(wrong, () -> counts.logProb(wide(1.5, 1.5, 0, 0)), "whole numbers");
    checkThrows(wrong, () -> counts.logProb(wide(4, -1, 0, 0)), "not negative");
  }
}
