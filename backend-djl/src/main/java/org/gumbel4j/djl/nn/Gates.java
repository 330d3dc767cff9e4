package org.gumbel4j.djl.nn;

import org.gumbel4j.autodiff.CustomGradient;
import org.gumbel4j.distributions.LogitRelaxedBernoulli;
import org.gumbel4j.distributions.Validation;
import org.gumbel4j.random.Key;
import org.gumbel4j.tensor.Shape;
import org.gumbel4j.tensor.Tensor;

/**
 * The mathematics of gates.
 *
 * @param kind what they are
 * @param temperature τ
 */
record Gates(GateKind kind, double temperature) {
  private static final double LEFT = -0.1;
  private static final double RIGHT = 1.1;

  /** Gates drawn, with their gradient. */
  Tensor sample(Tensor theta, Key key) {
    Tensor logit =
        LogitRelaxedBernoulli.of(temperature, theta, Validation.OFF).rsample(key, Shape.SCALAR);
    Tensor soft = logit.sigmoid();
    return switch (kind) {
      case RELAXED -> soft;
      case BINARY -> CustomGradient.straightThrough(open(logit), soft);
      case HARD_CONCRETE -> rectified(soft);
    };
  }

  /** Gates without noise, with the gradient of what stands for them. */
  Tensor mode(Tensor theta) {
    Tensor probability = theta.sigmoid();
    return kind == GateKind.HARD_CONCRETE
        ? rectified(probability)
        : CustomGradient.straightThrough(open(theta), probability);
  }

  /** P(z ≠ 0). */
  Tensor probabilityOpen(Tensor theta) {
    return kind == GateKind.HARD_CONCRETE
        ? theta.sub(temperature * Math.log(-LEFT / RIGHT)).sigmoid()
        : theta.sigmoid();
  }

  private static Tensor open(Tensor logit) {
    return logit.stopGradient().gt(0).cast(logit.dtype());
  }

  private static Tensor rectified(Tensor s) {
    Tensor stretched = s.mul(RIGHT - LEFT).add(LEFT);
    return stretched.maximum(0).minimum(1);
  }
}
