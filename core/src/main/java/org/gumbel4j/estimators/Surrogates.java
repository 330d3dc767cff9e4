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

  /**
   * The value of the objective; as gradient that of the objective, by whatever it depends on, and
   * at the logits an estimate that was worked out elsewhere.
   *
   * @param objective [batch…], an estimate of E[f(z)]
   * @param logits [batch…, N, K]
   * @param gradient of the logits' shape, taken as a constant; does not count for masked classes
   */
  static Tensor withGradient(Tensor objective, Tensor logits, Tensor gradient) {
    Tensor none = logits.device().scalar(0, logits.dtype());
    Tensor finite = Tensor.where(logits.gt(Double.NEGATIVE_INFINITY), logits, none);
    return withScore(objective, finite.mul(gradient.stopGradient()).sum(-2, -1));
  }

  /** Numbers of rows, [rows…], so that they multiply what has variables: [rows…, 1, 1]. */
  static Tensor wide(Tensor rows) {
    return rows.expandDims(-1).expandDims(-1);
  }
}
