package org.gumbel4j.distributions;

import org.gumbel4j.internal.ops.Checks;
import org.gumbel4j.tensor.Shape;
import org.gumbel4j.tensor.Tensor;

/** Scores of pairs, [batch…, n, n], from which matchings are made. */
final class PairScores {
  private PairScores() {}

  static void check(String operation, Tensor scores, Validation validation) {
    Validity.requireFloating(operation, "scores", scores);
    if (scores.rank() < 2
        || scores.shape().dim(-1) != scores.shape().dim(-2)
        || scores.shape().dim(-1) == 0) {
      throw new IllegalArgumentException(
          operation
              + ": scores "
              + scores.shape()
              + " must end with two axes of one extent, at least 1");
    }
    if (validation.isOn()) {
      Checks.logits(operation, scores, -1);
      Checks.logits(operation, scores, -2);
    }
  }

  static Shape batch(Tensor scores) {
    return scores.shape().axes(0, scores.rank() - 2);
  }

  static Shape event(Tensor scores) {
    return scores.shape().axes(scores.rank() - 2, scores.rank());
  }
}
