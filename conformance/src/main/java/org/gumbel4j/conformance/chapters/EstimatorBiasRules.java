package org.gumbel4j.conformance.chapters;

import org.gumbel4j.autodiff.Autodiff;
import org.gumbel4j.conformance.check.Close;
import org.gumbel4j.conformance.check.FiniteDifferences;
import org.gumbel4j.conformance.check.Tolerance;
import org.gumbel4j.estimators.Bias;
import org.gumbel4j.estimators.Exact;
import org.gumbel4j.estimators.ObjectiveFunction;
import org.gumbel4j.estimators.Target;
import org.gumbel4j.random.Key;
import org.gumbel4j.spi.Capability;
import org.gumbel4j.tensor.DType;
import org.gumbel4j.tensor.Shape;
import org.gumbel4j.tensor.Tensor;

/** Estimators beside what they estimate. */
abstract class EstimatorBiasRules extends EstimatorSection {
  private static final int ROWS = 1000;

  /** A deviation that a normal variable exceeds, on either side, once in 10⁷ times. */
  private static final double DEVIATIONS = 5.33;

  @Rule(value = "M40", needs = Capability.FLOAT64)
  void exactIsTheDerivativeOfTheSumOverAllValues() {
    for (long classes : new long[] {1, 3}) {
      Tensor logits = logits(Shape.of(2), 2, classes, DType.FLOAT64);
      ObjectiveFunction f = objective(logits);
      double[] derived = read(Autodiff.gradient(x -> Exact.of().expectation(x, f).sum(), logits));
      double[] measured =
          FiniteDifferences.gradient(
              x ->
                  inScope(
                      () ->
                          Exact.of()
                              .expectation(tensor(x, DType.FLOAT64, logits.shape().toArray()), f)
                              .sum()
                              .item()),
              read(logits),
              1e-3);
      Close.check(
          () -> "K = " + classes + ", gradient", measured, derived, new Tolerance(1e-7, 1e-8));
    }
  }

  /** A layer's logits made of another's values: against the derivative of the double sum. */
  @Rule(value = "M41", needs = Capability.FLOAT64)
  void nestedExactLayersAreTheDerivativeOfTheDoubleSum() {
    Tensor logits = logits(Shape.SCALAR, 1, 3, DType.FLOAT64);
    ObjectiveFunction f = objective(logits);
    ObjectiveFunction outer = z -> Exact.of().expectation(z.mul(1.5).sub(0.2), f);
    double[] derived = read(Autodiff.gradient(x -> Exact.of().expectation(x, outer).sum(), logits));
    double[] measured =
        FiniteDifferences.gradient(
            x ->
                inScope(
                    () ->
                        Exact.of().expectation(tensor(x, DType.FLOAT64, 1, 3), outer).sum().item()),
            read(logits),
            1e-3);
    Close.check(() -> "gradient", measured, derived, new Tolerance(1e-7, 1e-8));
  }

  /**
   * Means over rows of equal logits, a row an estimate. It finds a wrong sign, a lost term, noise
   * of the wrong distribution; what is wrong by a percent takes more samples than a kit has.
   */
  @Rule(value = "M42", falseAlarm = 1e-4)
  void unbiasedEstimatorsMeetTheExactGradientOnAverage() {
    each(
        finestType(),
        Shape.SCALAR,
        e -> e.traits().bias() == Bias.UNBIASED && e.traits().target() == Target.EXPECTATION,
        this::checkMean);
    each(
        finestType(),
        Shape.SCALAR,
        e -> e.traits().bias() == Bias.EXACT && e.traits().target() == Target.EXPECTATION,
        c ->
            Close.check(
                () -> c + ", gradient",
                exact(c.logits()),
                read(estimate(c, Key.of(6201)).gradient()),
                new Tolerance(1e-4, 1e-5)));
  }

  private double[] exact(Tensor logits) {
    ObjectiveFunction f = objective(logits);
    return read(Autodiff.gradient(x -> Exact.of().expectation(x, f), logits));
  }

  private void checkMean(Case c) {
    double[] exact = exact(c.logits());
    Tensor rows = c.logits().broadcastTo(Shape.of(ROWS).concat(c.logits().shape()));
    double[] gradients = read(estimate(c.estimator(), rows, Key.of(6202)).gradient());
    for (int i = 0; i < exact.length; i++) {
      double mean = 0;
      for (int row = 0; row < ROWS; row++) {
        mean += gradients[row * exact.length + i] / ROWS;
      }
      double square = 0;
      for (int row = 0; row < ROWS; row++) {
        double distance = gradients[row * exact.length + i] - mean;
        square += distance * distance / (ROWS - 1);
      }
      double error = Math.sqrt(square / ROWS);
      double difference = Math.abs(mean - exact[i]);
      String text =
          String.format(
              "%s, entry %d: mean %.6g ± %.2g, exact gradient %.6g", c, i, mean, error, exact[i]);
      Close.checkTrue(() -> text, difference <= DEVIATIONS * error + 1e-5);
    }
  }
}
