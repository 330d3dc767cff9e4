package org.gumbel4j.conformance.chapters;

import java.util.Arrays;
import java.util.List;
import org.gumbel4j.conformance.check.Close;
import org.gumbel4j.conformance.check.Golden;
import org.gumbel4j.conformance.check.Races;
import org.gumbel4j.conformance.check.Samples;
import org.gumbel4j.conformance.check.Tolerance;
import org.gumbel4j.distributions.GumbelMatching;
import org.gumbel4j.distributions.GumbelSinkhorn;
import org.gumbel4j.random.Key;
import org.gumbel4j.random.Noise;
import org.gumbel4j.relaxation.Matching;
import org.gumbel4j.relaxation.Sinkhorn;
import org.gumbel4j.spi.Capability;
import org.gumbel4j.tensor.DType;
import org.gumbel4j.tensor.Shape;
import org.gumbel4j.tensor.Tensor;

/** Distributions: matchings, relaxed and exact. */
abstract class MatchingRules extends DistributionSection {
  @Rule(value = "S131", needs = Capability.FLOAT64)
  void sinkhornAndMatchingsAreThoseOfTheGoldenValues() {
    for (Golden golden : Golden.cases("sinkhorn")) {
      Tensor scores = wide(golden.array("scores"), golden.shape());
      Tensor weight = wide(golden.array("weight"), golden.shape());
      Sinkhorn sinkhorn = Sinkhorn.of((int) golden.number("iterations"));
      double tau = golden.number("tau");
      check(
          () -> golden + ", P",
          golden.array("matrix"),
          sinkhorn.normalize(scores.div(tau)),
          new Tolerance(1e-11, 1e-13));
      Close.check(
          () -> golden + ", ∂X",
          golden.array("grad_scores"),
          gradients(p -> sinkhorn.normalize(p.get(0).div(tau)).mul(weight).sum(), scores).get(0),
          new Tolerance(1e-9, 1e-11));
      check(
          () -> golden + ", matching",
          golden.array("columns"),
          Matching.columns(scores),
          Tolerance.EXACT);
      GumbelSinkhorn relaxed =
          GumbelSinkhorn.of(tau, scores).iterations((int) golden.number("iterations"));
      check(
          () -> golden + ", without noise",
          golden.array("matrix"),
          relaxed.fromNoise(scores.zerosLike()),
          new Tolerance(1e-11, 1e-13));
    }
  }

  @Rule("S132")
  void matchingsAreTheBestOfAllPermutations() {
    for (int n = 1; n <= 6; n++) {
      List<int[]> permutations = Races.sequences(n, n);
      for (int round = 0; round < 20; round++) {
        double[] scores =
            round % 2 == 0
                ? Samples.uniform(1000L * n + round, n * n, -5, 5)
                : Samples.integers(1000L * n + round, n * n, -2, 3);
        double best = MASK;
        for (int[] permutation : permutations) {
          best = Math.max(best, total(scores, permutation));
        }
        long[] found = Matching.columns(tensor(scores, DType.FLOAT32, n, n)).toLongs();
        int[] columns = new int[n];
        for (int row = 0; row < n; row++) {
          columns[row] = (int) found[row];
        }
        double[] expected = {best};
        double[] actual = {total(scores, columns)};
        Close.check(() -> "largest total", expected, actual, new Tolerance(1e-12, 1e-12));
        Close.checkTrue(
            () -> "a permutation", Arrays.stream(columns).distinct().count() == columns.length);
      }
    }
  }

  private static double total(double[] scores, int[] columns) {
    double total = 0;
    for (int row = 0; row < columns.length; row++) {
      total += scores[row * columns.length + columns[row]];
    }
    return total;
  }

  @Rule("S133")
  void matchingsStayWithinWhatIsAllowed() {
    double[] scores = {1, MASK, MASK, 9, 2, MASK, 9, 9, 1};
    Tensor lower = tensor(scores, DType.FLOAT32, 3, 3);
    check(() -> "columns", new double[] {0, 1, 2}, Matching.columns(lower), Tolerance.EXACT);
    double[] none = {1, 1, 1, MASK, MASK, 1, MASK, MASK, 1};
    Tensor impossible = tensor(none, DType.FLOAT32, 3, 3);
    Class<IllegalArgumentException> wrong = IllegalArgumentException.class;
    checkThrows(wrong, () -> Matching.columns(impossible), "Matching", "no complete matching");
    GumbelMatching matching = GumbelMatching.of(0.5, lower);
    double[] identity = {1, 0, 0, 0, 1, 0, 0, 0, 1};
    for (int i = 0; i < 5; i++) {
      check(() -> "the only one", identity, matching.sample(Key.of(i)), Tolerance.EXACT);
    }
    double[] gradient =
        gradients(p -> GumbelMatching.of(0.5, p.get(0)).rsample(Key.of(1)).square().sum(), lower)
            .get(0);
    for (int i = 0; i < 9; i++) {
      int at = i;
      Close.checkTrue(
          () -> "gradient " + at + " is " + gradient[at],
          scores[at] == MASK ? gradient[at] == 0 : Double.isFinite(gradient[at]));
    }
  }

  @Rule("S134")
  void relaxedMatchingsApproachTheExactOnesAsTheyCool() {
    Tensor scores = tensor(Samples.uniform(106, 32, -1, 1), finestType(), 2, 4, 4);
    Key key = Key.of(5701);
    GumbelSinkhorn relaxed = GumbelSinkhorn.of(0.01, scores).iterations(2000);
    GumbelMatching exact = GumbelMatching.of(relaxed);
    Shape shape = Shape.of(10, 2, 4, 4);
    Tensor hard = exact.sample(key, Shape.of(10));
    Tensor perturbed = device().noise(Noise.GUMBEL, key, shape, finestType()).add(scores);
    // the relaxation trades at most λ times the entropy, 4 log 4, for the total
    check(
        () -> "totals",
        read(hard.mul(perturbed).sum(-1, -2)),
        relaxed.sample(key, Shape.of(10)).mul(perturbed).sum(-1, -2),
        new Tolerance(0, 0.01 * 4 * Math.log(4)));
    Close.checkTrue(() -> "permutations", exact.support().check(hard).all());
    check(() -> "rsample", read(hard), exact.rsample(key, Shape.of(10)), Tolerance.EXACT);
    for (double tau : new double[] {0.1, 1, 100}) {
      Tensor soft = GumbelSinkhorn.of(tau, scores).sample(key, Shape.of(10));
      Close.checkTrue(() -> "columns", relaxed.support().check(soft).all());
    }
    Tensor warm = GumbelSinkhorn.of(1, scores).sample(key);
    double[] ones = new double[8];
    Arrays.fill(ones, 1);
    check(() -> "rows at τ = 1", ones, warm.sum(-1), new Tolerance(1e-3, 0));
  }

  @Rule("S135")
  void straightThroughMatchingsHaveTheRelaxedGradient() {
    Tensor scores = tensor(Samples.uniform(107, 18, -1, 1), DType.FLOAT32, 2, 3, 3);
    Tensor weight = tensor(Samples.uniform(108, 18, -1, 1), DType.FLOAT32, 2, 3, 3);
    Tensor tau = tensor(new double[] {0.5, 2}, DType.FLOAT32, 2);
    Key key = Key.of(5702);
    List<double[]> soft =
        gradients(
            p -> GumbelSinkhorn.of(p.get(1), p.get(0)).rsample(key).mul(weight).sum(), scores, tau);
    List<double[]> hard =
        gradients(
            p ->
                GumbelMatching.of(GumbelSinkhorn.of(p.get(1), p.get(0)))
                    .rsample(key)
                    .mul(weight)
                    .sum(),
            scores,
            tau);
    Close.check(() -> "∂X", soft.get(0), hard.get(0), Tolerance.ulps(4, DType.FLOAT32));
    Close.check(() -> "∂τ", soft.get(1), hard.get(1), Tolerance.ulps(4, DType.FLOAT32));
  }

  @Rule(value = "S136", needs = Capability.FLOAT64)
  void relaxedMatchingsHaveTheGradientsOfFiniteDifferences() {
    Tensor scores = wide(Samples.uniform(109, 9, -1, 1), Shape.of(3, 3));
    Tensor weight = wide(Samples.uniform(110, 9, -1, 1), Shape.of(3, 3));
    checkDifferentiable(
        "samples",
        p -> GumbelSinkhorn.of(p.get(1), p.get(0)).rsample(Key.of(5703)).mul(weight).sum(),
        scores,
        wide(0.7).squeeze(0));
  }

  @Rule("S137")
  void matchingsNameWhatIsWrongAndWhatToUseInstead() {
    Tensor wide = tensor(new double[] {0, 1, 2, 3, 4, 5}, DType.FLOAT32, 2, 3);
    Class<IllegalArgumentException> wrong = IllegalArgumentException.class;
    checkThrows(wrong, () -> Sinkhorn.standard().normalize(wide), "Sinkhorn", "one extent");
    checkThrows(wrong, () -> Matching.columns(wide), "Matching", "one extent");
    checkThrows(wrong, () -> GumbelSinkhorn.of(1, wide), "GumbelSinkhorn", "one extent");
    checkThrows(wrong, () -> Sinkhorn.of(0), "iterations = 0");
    Tensor nan = tensor(new double[] {0, 1, Double.NaN, 3}, DType.FLOAT32, 2, 2);
    checkThrows(wrong, () -> GumbelSinkhorn.of(1, nan), "NaN");
    checkThrows(wrong, () -> GumbelSinkhorn.of(-1, nan), "temperature");
    Tensor square = tensor(new double[] {0, 1, 2, 3}, DType.FLOAT32, 2, 2);
    GumbelSinkhorn relaxed = GumbelSinkhorn.of(1, square);
    GumbelMatching exact = GumbelMatching.of(relaxed);
    Class<UnsupportedOperationException> none = UnsupportedOperationException.class;
    checkThrows(none, () -> relaxed.logProb(square), "PlackettLuce");
    checkThrows(none, () -> exact.logProb(square), "PlackettLuce");
    checkThrows(none, exact::mode, "Matching.matrix");
    checkThrows(none, relaxed::entropy, "GumbelSinkhorn.entropy");
    Shape batch = Shape.of(3);
    Close.checkEqual(() -> "expanded", batch, exact.expand(batch).batchShape());
    Close.checkEqual(
        () -> "samples",
        Shape.of(5, 3, 2, 2),
        exact.expand(batch).sample(Key.of(1), Shape.of(5)).shape());
  }
}
