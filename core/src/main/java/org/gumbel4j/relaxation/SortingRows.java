package org.gumbel4j.relaxation;

import org.gumbel4j.autodiff.CustomGradient;
import org.gumbel4j.internal.ops.Checks;
import org.gumbel4j.tensor.Tensor;

/** What relaxations of sorting have in common. */
final class SortingRows {
  private SortingRows() {}

  /** Scores must be finite and have a last axis. */
  static void check(String operation, Tensor scores, RowTemperature temperature) {
    if (!scores.dtype().isFloating() || scores.rank() == 0) {
      throw new IllegalArgumentException(
          operation
              + ": scores are "
              + scores.dtype()
              + scores.shape()
              + "; they must be floating with a last axis to sort");
    }
    temperature.check(scores);
    Tensor constant = scores.stopGradient();
    Checks.all(
        operation,
        constant.isFinite(),
        () -> "scores " + constant + " hold a NaN or an infinity; they must be finite");
  }

  /**
   * The rows of a relaxed permutation from their logits, or the permutation with their gradient.
   */
  static Tensor rows(Tensor scores, Tensor cooled, boolean hard) {
    Tensor soft = cooled.softmax(-1);
    if (!hard) {
      return soft;
    }
    Tensor order = scores.stopGradient().argSort(-1, true);
    return CustomGradient.straightThrough(
        order.oneHot(scores.shape().dim(-1), scores.dtype()), soft);
  }
}
