package org.gumbel4j.cpu.estimators;

import org.gumbel4j.autodiff.Autodiff;
import org.gumbel4j.estimators.DiscretePathEstimator;
import org.gumbel4j.estimators.Exact;
import org.gumbel4j.estimators.FactorisedLatents;
import org.gumbel4j.estimators.ObjectiveFunction;
import org.gumbel4j.random.Key;
import org.gumbel4j.tensor.Shape;
import org.gumbel4j.tensor.Tensor;

/** Expectations of estimates, by enumeration of z. */
final class Enumerated {
  private Enumerated() {}

  /** Σ P(z) f(z) with the estimator's gradient at each z. */
  static Tensor surrogate(DiscretePathEstimator e, Tensor logits, ObjectiveFunction f, Key key) {
    FactorisedLatents latents = FactorisedLatents.of("enumerated", logits);
    Tensor states = latents.states(0, (long) latents.stateCount());
    Tensor z = states.broadcastTo(Shape.of(states.shape().dim(0)).concat(logits.shape()));
    Tensor weight = latents.logProb(z).exp().stopGradient();
    return f.at(e.through(latents, z, key)).mul(weight).sum(0);
  }

  /** The expectation of the estimated gradient with respect to the logits. */
  static double[] gradient(DiscretePathEstimator e, Tensor logits, ObjectiveFunction f, Key key) {
    return Autodiff.gradient(x -> surrogate(e, x, f, key).sum(), logits).toDoubles();
  }

  /** The same of an estimator without randomness of its own. */
  static double[] gradient(DiscretePathEstimator e, Tensor logits, ObjectiveFunction f) {
    return gradient(e, logits, f, Key.of(0));
  }

  /** The gradient itself. */
  static double[] exact(Tensor logits, ObjectiveFunction f) {
    return Autodiff.gradient(x -> Exact.of().expectation(x, f).sum(), logits).toDoubles();
  }
}
