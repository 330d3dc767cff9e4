package org.gumbel4j.conformance.chapters;

import java.util.Arrays;
import org.gumbel4j.conformance.check.Close;
import org.gumbel4j.conformance.check.Races;
import org.gumbel4j.conformance.check.Samples;
import org.gumbel4j.conformance.check.Tolerance;
import org.gumbel4j.distributions.Categorical;
import org.gumbel4j.distributions.Gumbel;
import org.gumbel4j.random.Key;
import org.gumbel4j.relaxation.ConditionalGumbels;
import org.gumbel4j.spi.Capability;
import org.gumbel4j.tensor.DType;
import org.gumbel4j.tensor.Shape;
import org.gumbel4j.tensor.Tensor;

/** Distributions: perturbed logits given how their race ended. */
abstract class ConditionalGumbelRules extends DistributionSection {
  private static final double[] LOGITS = {0.5, -1, 1.5, MASK, 0};
  private static final int DRAWS = 20_000;

  private Tensor logits(DType dtype) {
    return tensor(LOGITS, dtype, 5).broadcastTo(Shape.of(DRAWS, 5));
  }

  /** Each class that is not masked has the law of its own Gumbel variable. */
  private static void checkMarginals(String what, Tensor perturbed) {
    double[] values = read(perturbed);
    for (int k = 0; k < 5; k++) {
      double[] cdf = new double[DRAWS];
      for (int i = 0; i < DRAWS; i++) {
        cdf[i] = Math.exp(-Math.exp(LOGITS[k] - values[5 * i + k]));
      }
      if (LOGITS[k] != MASK) {
        checkBelow(what + ", √n · distance of class " + k, KOLMOGOROV_1E4, kolmogorov(cdf));
      } else {
        int masked = k;
        Close.checkTrue(() -> "a mask stays", values[masked] == MASK);
      }
    }
  }

  @Rule(value = "S91", falseAlarm = 5e-4)
  void gumbelsGivenTheirMaximumHaveItAndOnAverageTheirOwnLaw() {
    DType dtype = finestType();
    Tensor total = tensor(LOGITS, dtype, 5).logSumExp(-1).broadcastTo(Shape.of(DRAWS));
    Tensor maximum = Gumbel.of(total, total.onesLike()).sample(Key.of(5301));
    Tensor perturbed = ConditionalGumbels.givenMaximum(logits(dtype), maximum, Key.of(5302));
    check(() -> "maximum", read(maximum), perturbed.max(-1), Tolerance.EXACT);
    checkMarginals("given the maximum", perturbed);
    double[] counts = read(perturbed.argMax(-1).oneHot(5, DType.INT64).sum(0));
    checkBelow(
        "χ² of winners, 3 degrees", 21.108, chiSquare(counts, Races.probabilities(LOGITS), DRAWS));
  }

  @Rule(value = "S92", falseAlarm = 4e-4)
  void gumbelsGivenTheirWinnerHaveItAndOnAverageTheirOwnLaw() {
    for (DType dtype : floatingTypes()) {
      Tensor winner = Categorical.of(logits(dtype)).sample(Key.of(5303));
      Tensor perturbed = ConditionalGumbels.givenArgMax(logits(dtype), winner, Key.of(5304));
      check(() -> "winner", read(winner), perturbed.argMax(-1), Tolerance.EXACT);
      if (dtype == finestType()) {
        checkMarginals("given the winner", perturbed);
      }
    }
  }

  @Rule("S93")
  void theWinnerWinsHoweverUnlikelyItIs() {
    for (DType dtype : floatingTypes()) {
      double[] steep = new double[8];
      for (int i = 0; i < 8; i++) {
        steep[i] = 40 * i;
      }
      Tensor logits = tensor(steep, dtype, 8).broadcastTo(Shape.of(1000, 8));
      for (long k = 0; k < 8; k++) {
        Tensor index = device().full(Shape.of(1000), DType.INT64, (double) k);
        Tensor perturbed = ConditionalGumbels.givenArgMax(logits, index, Key.of(5305).child(k));
        check(() -> "winner in " + dtype, read(index), perturbed.argMax(-1), Tolerance.EXACT);
      }
      Tensor low = ConditionalGumbels.givenMaximum(logits, logits.select(-1, 0), Key.of(5306));
      Tensor ties = low.eq(low.max(new int[] {-1}, true)).cast(DType.INT64).sum(-1);
      Close.checkTrue(() -> "one attains the maximum", ties.eq(1).all());
    }
  }

  @Rule(value = "S94", needs = Capability.FLOAT64)
  void conditionalGumbelsHaveTheGradientsOfFiniteDifferences() {
    Tensor logits = wide(Samples.uniform(97, 6, -2, 2), Shape.of(2, 3));
    Tensor maximum = wide(0.5, 2);
    Tensor index = device().tensor(new long[] {2, 0}, 2);
    checkDifferentiable(
        "given the maximum",
        p -> ConditionalGumbels.givenMaximum(p.get(0), p.get(1), Key.of(5307)).square().sum(),
        logits,
        maximum);
    checkDifferentiable(
        "given the winner",
        p -> ConditionalGumbels.givenArgMax(p.get(0), index, Key.of(5308)).square().sum(),
        logits);
    Tensor masked = wide(LOGITS);
    Tensor one = device().tensor(new long[] {2});
    Tensor top = device().scalar(1, DType.FLOAT64);
    Scalar f =
        p -> {
          Tensor a = ConditionalGumbels.givenMaximum(p.get(0), top, Key.of(5309));
          Tensor b = ConditionalGumbels.givenArgMax(p.get(0), one, Key.of(5309));
          return a.softmax(-1).square().sum().add(b.softmax(-1).square().sum());
        };
    double[] gradient = gradients(f, masked).get(0);
    Close.checkTrue(
        () -> "gradients beside a mask " + Arrays.toString(gradient),
        gradient[3] == 0 && Arrays.stream(gradient).allMatch(Double::isFinite));
  }

  @Rule("S95")
  void conditionalGumbelsNameWhatDoesNotFit() {
    Tensor logits = tensor(new double[] {0, 1, 2, 3}, DType.FLOAT32, 2, 2);
    Tensor three = tensor(new double[] {0, 1, 2}, DType.FLOAT32, 3);
    checkThrows(
        IllegalArgumentException.class,
        () -> ConditionalGumbels.givenMaximum(logits, three, Key.of(1)),
        "maximum",
        "[3]",
        "[2]");
    checkThrows(
        IllegalArgumentException.class,
        () -> ConditionalGumbels.givenArgMax(logits, three.cast(DType.INT64), Key.of(1)),
        "index",
        "[3]");
  }
}
