package org.gumbel4j.cpu.kernels;

/** Errors in units in the last place of single precision. */
final class Ulps {
  private Ulps() {}

  /**
   * How far y is from the exact value, in ulps of its neighbourhood: infinite where y has another
   * infinity, NaN or zero than it should.
   */
  static double between(float y, double exact) {
    float rounded = (float) exact;
    if (Float.isNaN(rounded)) {
      return Float.isNaN(y) ? 0 : Double.POSITIVE_INFINITY;
    }
    if (Float.isInfinite(rounded) || Float.isInfinite(y)) {
      // On either side of the overflow threshold one rounding decides.
      boolean neighbours =
          Float.isFinite(rounded) != Float.isFinite(y)
              && Math.max(Math.abs(rounded), Math.abs(y)) == Float.POSITIVE_INFINITY
              && Math.min(Math.abs(rounded), Math.abs(y)) > 0.9999999f * Float.MAX_VALUE;
      return rounded == y ? 0 : neighbours ? 1 : Double.POSITIVE_INFINITY;
    }
    if (exact == 0 && Float.floatToRawIntBits(y) != Float.floatToRawIntBits(rounded)) {
      return Double.POSITIVE_INFINITY;
    }
    return Math.abs(y - exact) / Math.ulp(rounded);
  }
}
