package org.gumbel4j.distributions;

import org.gumbel4j.tensor.DType;
import org.gumbel4j.tensor.Tensor;

/** Numbers in [0, 1] whose ends are where something has rounded to. */
final class UnitInterval {
  private UnitInterval() {}

  /**
   * log x. A 0 is taken to be the smallest positive number of the type, a 1 the largest below 1;
   * both get no gradient.
   */
  static Tensor log(Tensor x) {
    Tensor low = x.le(0);
    Tensor high = x.ge(1);
    double least = Math.log(isWide(x) ? Double.MIN_VALUE : Float.MIN_VALUE);
    return Masked.fill(high, 0, Masked.fill(low, least, inside(x, low, high).log()));
  }

  /** log(1 − x), as {@link #log}. */
  static Tensor logOfRest(Tensor x) {
    Tensor low = x.le(0);
    Tensor high = x.ge(1);
    double least = Math.log(isWide(x) ? 0x1p-53 : 0x1p-24);
    return Masked.fill(low, 0, Masked.fill(high, least, inside(x, low, high).neg().log1p()));
  }

  /** log x − log(1 − x), finite. */
  static Tensor logit(Tensor x) {
    return log(x).sub(logOfRest(x));
  }

  private static Tensor inside(Tensor x, Tensor low, Tensor high) {
    return Masked.fill(low.or(high), 0.5, x);
  }

  private static boolean isWide(Tensor x) {
    return x.dtype() == DType.FLOAT64;
  }
}
