package org.gumbel4j.examples.estimators;

import org.gumbel4j.estimators.Bias;
import org.gumbel4j.estimators.diagnostics.EstimatorMeasurement;

/**
 * A trial and what came of it.
 *
 * @param trial what was measured
 * @param result the numbers
 */
public record Measured(Trial trial, EstimatorMeasurement result) {
  /** Whether it claims that its expectation is the gradient. */
  public boolean claimsNoBias() {
    return result.traits().bias() != Bias.BIASED;
  }

  /** E‖ĝ − g‖²/‖g‖². */
  public double relativeError() {
    double norm = result.exact().norm();
    return result.meanSquaredError().value() / (norm * norm);
  }
}
