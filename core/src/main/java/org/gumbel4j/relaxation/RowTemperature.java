package org.gumbel4j.relaxation;

import org.gumbel4j.internal.ops.Checks;
import org.gumbel4j.tensor.DType;
import org.gumbel4j.tensor.Shape;
import org.gumbel4j.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * A temperature for rows or matrices at the end of a batch: a number, or a tensor over the batch.
 */
final class RowTemperature {
  private final String operation;
  private final double number;
  private final @Nullable Tensor tensor;

  private RowTemperature(String operation, double number, @Nullable Tensor tensor) {
    this.operation = operation;
    this.number = number;
    this.tensor = tensor;
  }

  static RowTemperature of(String operation, double temperature) {
    Checks.positive(operation, "temperature", temperature);
    return new RowTemperature(operation, temperature, null);
  }

  static RowTemperature of(String operation, Tensor temperature) {
    Checks.positive(operation, "temperature", temperature);
    return new RowTemperature(operation, Double.NaN, temperature);
  }

  void check(Tensor scores) {
    if (tensor == null && scores.dtype() == DType.FLOAT32) {
      Checks.positive(operation, "temperature, rounded to FLOAT32,", (float) number);
    }
  }

  /** τ with {@code eventRank} axes of extent 1 at its end, to divide scores by. */
  Tensor beside(Tensor scores, int eventRank) {
    if (tensor == null) {
      return scores.device().scalar(number, scores.dtype());
    }
    Shape batch = scores.shape().axes(0, scores.rank() - eventRank);
    if (!tensor.shape().isBroadcastableTo(batch)) {
      throw new IllegalArgumentException(
          operation
              + ": temperature "
              + tensor.shape()
              + " does not broadcast to "
              + batch
              + ", the batch of scores "
              + scores.shape());
    }
    Tensor wide = tensor;
    for (int i = 0; i < eventRank; i++) {
      wide = wide.expandDims(-1);
    }
    return wide;
  }

  /**
   * Numbers not above 0, over τ, for a softmax: what is held at −10⁴ is one whose exponential is 0
   * in every type, and whose part in the gradient of τ would be 0 · ∞ if it overflowed.
   */
  Tensor cool(Tensor below, Tensor scores) {
    Tensor tau = beside(scores, 1);
    Tensor wide = tau.rank() == 0 ? tau : tau.expandDims(-1);
    return below.maximum(wide.stopGradient().mul(-1e4)).div(wide);
  }

  /**
   * s/τ up to a constant of the last axis: the largest is taken out before τ magnifies it. Masked
   * entries do not reach the division, whose part in the gradient of τ would be 0 · ∞.
   */
  Tensor cool(Tensor scores, int eventRank) {
    Tensor largest = scores.stopGradient().max(new int[] {-1}, true);
    Tensor masked = scores.eq(Double.NEGATIVE_INFINITY);
    Tensor zero = scores.device().scalar(0, scores.dtype());
    Tensor below = Tensor.where(masked, zero, scores.sub(largest));
    Tensor never = scores.device().scalar(Double.NEGATIVE_INFINITY, scores.dtype());
    return Tensor.where(masked, never, below.div(beside(scores, eventRank)));
  }
}
