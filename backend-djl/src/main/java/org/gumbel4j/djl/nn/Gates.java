package org.gumbel4j.djl.nn;

import org.gumbel4j.autodiff.CustomGradient;
import org.gumbel4j.distributions.HardConcrete;
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
  /** Gates drawn, with their gradient. */
  Tensor sample(Tensor theta, Key key) {
    if (kind == GateKind.HARD_CONCRETE) {
      return hardConcrete(theta).rsample(key, Shape.SCALAR);
    }
    Tensor logit =
        LogitRelaxedBernoulli.of(temperature, theta, Validation.OFF).rsample(key, Shape.SCALAR);
    Tensor soft = logit.sigmoid();
    return kind == GateKind.RELAXED ? soft : CustomGradient.straightThrough(open(logit), soft);
  }

  /** Gates without noise, with the gradient of what stands for them. */
  Tensor mode(Tensor theta) {
    return kind == GateKind.HARD_CONCRETE
        ? hardConcrete(theta).testTimeGate()
        : CustomGradient.straightThrough(open(theta), theta.sigmoid());
  }

  /** P(z ≠ 0). */
  Tensor probabilityOpen(Tensor theta) {
    return kind == GateKind.HARD_CONCRETE ? hardConcrete(theta).probNonZero() : theta.sigmoid();
  }

  private HardConcrete hardConcrete(Tensor theta) {
    return HardConcrete.of(temperature, theta, Validation.OFF);
  }

  private static Tensor open(Tensor logit) {
    return logit.stopGradient().gt(0).cast(logit.dtype());
  }
}
