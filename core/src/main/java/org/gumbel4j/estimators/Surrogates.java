package org.gumbel4j.estimators;

import org.gumbel4j.autodiff.CustomGradient;
import org.gumbel4j.tensor.Tensor;

/** Tensors with the value of one thing and the gradient of several. */
final class Surrogates {
  private Surrogates() {}

  /**
   * The value of the objective; as gradient that of the objective, by whatever it depends on, and
   * that of a score term, whose value does not count.
   *
   * @param objective [batch…], an estimate of E[f(z)]
   * @param score [batch…]
   */
  static Tensor withScore(Tensor objective, Tensor score) {
    return CustomGradient.straightThrough(objective.stopGradient(), objective.add(score));
  }
}
