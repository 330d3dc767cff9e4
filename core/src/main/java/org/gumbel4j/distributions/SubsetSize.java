package org.gumbel4j.distributions;

import org.gumbel4j.tensor.DType;
import org.gumbel4j.tensor.Tensor;

/** The number k of classes that are taken from those of a row. */
final class SubsetSize {
  private SubsetSize() {}

  /** From 1 to K, and no more than are left by the mask of any row. */
  static void check(String operation, Tensor logits, long k, Validation validation) {
    long classes = logits.shape().dim(-1);
    if (k < 1 || k > classes) {
      throw new IllegalArgumentException(
          operation
              + ": k = "
              + k
              + " must be from 1 to "
              + classes
              + ", the classes of logits "
              + logits.shape());
    }
    if (validation.isOn()) {
      Tensor constant = logits.stopGradient();
      Tensor free = Masked.of(constant).not().cast(DType.INT64).sum(new int[] {-1}, false);
      Validity.require(
          operation,
          "logits",
          constant,
          free.ge((double) k),
          1,
          "a row with at least " + k + " classes that are not masked (-Infinity)");
    }
  }
}
