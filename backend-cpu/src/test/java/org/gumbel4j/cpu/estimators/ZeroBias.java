package org.gumbel4j.cpu.estimators;

import static org.assertj.core.api.Assertions.assertThat;

import org.gumbel4j.estimators.GradientEstimator;
import org.gumbel4j.estimators.diagnostics.EstimatorDiagnostics;
import org.gumbel4j.estimators.diagnostics.EstimatorMeasurement;
import org.gumbel4j.random.Key;
import org.gumbel4j.tensor.DType;
import org.gumbel4j.tensor.Device;

/**
 * The claim that the expectation of an estimator is the gradient, and that of its surrogate's value
 * the objective's, tested so that a bias of 1 % is seen.
 *
 * <p>The number of draws comes from a first look with other random numbers: so many that 1 % of the
 * gradient's norm is four standard errors of the whole gradient, and eight of its projection on the
 * exact one. An estimator that would need more than 10⁷ fails.
 *
 * <p>False alarms: {@link #FALSE_ALARM_RATE} over all cases together, by Bonferroni over cases,
 * entries, projection and value; means of so many draws are normal. Keys are fixed, so a build does
 * not fail by chance; the rate is the chance that an innocent new estimator, or a new key, would
 * fail.
 */
final class ZeroBias {
  /** Of the whole family of cases. */
  static final double FALSE_ALARM_RATE = 1e-3;

  private static final double SEEN = 0.01;
  private static final int FIRST_LOOK = 1 << 14;
  private static final double MOST_DRAWS = 1e7;
  private static final int WARM_UP = 60;

  private ZeroBias() {}

  /**
   * Measures with as many draws as are needed.
   *
   * @param device of one thread; chunks of draws run side by side
   */
  static EstimatorMeasurement measure(
      GradientEstimator estimator, Form form, Device device, Key key) {
    EstimatorMeasurement look = look(estimator, form, device, key);
    double whole = 4 * look.relativeStandardDeviation().value() / SEEN;
    double projection = 8 * look.projectionStandardDeviation() / look.exact().norm() / SEEN;
    double draws = Math.max(FIRST_LOOK, Math.pow(Math.max(whole, projection), 2));
    assertThat(draws)
        .as("draws that %s on %s needs to show a bias of 1 %%", look.traits().name(), form)
        .isLessThan(MOST_DRAWS);
    return problem(form, device).withDraws((long) draws).measure(estimator, key.child(1));
  }

  /** Measures with few draws. */
  private static EstimatorMeasurement look(
      GradientEstimator estimator, Form form, Device device, Key key) {
    return problem(form, device).withDraws(FIRST_LOOK).measure(estimator, key.child(0));
  }

  /** Measures with as few draws as can be, and nothing learnt: enough to count evaluations. */
  static EstimatorMeasurement glance(
      GradientEstimator estimator, Form form, Device device, Key key) {
    return problem(form, device).withDraws(64).withWarmUp(0).measure(estimator, key);
  }

  private static EstimatorDiagnostics problem(Form form, Device device) {
    return EstimatorDiagnostics.of(
            form.logits(device, DType.FLOAT32), form.objective(device, DType.FLOAT32))
        .withWarmUp(WARM_UP);
  }

  /**
   * Fails if a measurement shows a bias.
   *
   * @param family how many cases share the false-alarm rate
   */
  static void assertUnbiased(EstimatorMeasurement measured, int family) {
    double allowed = measured.allowedDeviation(FALSE_ALARM_RATE / (2 * family));
    assertThat(measured.largestDeviation())
        .as(
            "%s: standard errors between mean and exact gradient; bias ratio %s",
            measured.traits().name(), measured.biasRatio())
        .isLessThanOrEqualTo(allowed);
    assertThat(measured.valueDeviation())
        .as("%s: standard errors between mean and exact value", measured.traits().name())
        .isLessThanOrEqualTo(allowed);
  }
}
