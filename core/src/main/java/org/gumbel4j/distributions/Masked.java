package org.gumbel4j.distributions;

import org.gumbel4j.tensor.Shape;
import org.gumbel4j.tensor.Tensor;

/**
 * Arithmetic around −∞ that neither the value nor the chain rule turns into NaN: numbers are
 * substituted before the operation that −∞ would poison (the double {@code where}).
 */
final class Masked {
  private static final double NONE = Double.NEGATIVE_INFINITY;

  private Masked() {}

  /** Where logits are −∞. */
  static Tensor of(Tensor logits) {
    return logits.eq(NONE);
  }

  /** x with a number in place of its masked entries, which get gradient 0. */
  static Tensor fill(Tensor mask, double value, Tensor x) {
    return Tensor.where(mask, x.device().scalar(value, x.dtype()), x);
  }

  /** x with −∞ in place of its masked entries. */
  static Tensor restore(Tensor mask, Tensor x) {
    return fill(mask, NONE, x);
  }

  /** log x, and −∞ with gradient 0 at 0. */
  static Tensor logOrMask(Tensor x) {
    Tensor zero = x.le(0);
    return restore(zero, fill(zero, 1, x).log());
  }

  /** log p − log(1 − p), and ∓∞ with gradient 0 at 0 and 1. */
  static Tensor logit(Tensor p) {
    Tensor low = p.le(0);
    Tensor high = p.ge(1);
    Tensor inside = fill(low.or(high), 0.5, p);
    Tensor logit = inside.log().sub(inside.neg().log1p());
    return fill(high, -NONE, restore(low, logit));
  }

  /** Where any entry along the last axis is true; the axis is removed. */
  static Tensor any(Tensor condition, Tensor like) {
    return condition.cast(like.dtype()).max(new int[] {-1}, false).gt(0);
  }

  /** A tensor stretched to a shape, at no cost if it has it already. */
  static Tensor stretch(Tensor x, Shape target) {
    return x.shape().equals(target) ? x : x.broadcastTo(target);
  }
}
