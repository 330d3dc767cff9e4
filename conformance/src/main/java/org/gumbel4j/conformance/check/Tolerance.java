package org.gumbel4j.conformance.check;

import org.gumbel4j.tensor.DType;

/**
 * How far a value may be from the right one: |actual − expected| ≤ absolute + relative ·
 * |expected|.
 *
 * @param relative to the expected value
 * @param absolute whatever the expected value
 */
public record Tolerance(double relative, double absolute) {
  /** Not at all, but for the sign of zero. */
  public static final Tolerance EXACT = new Tolerance(0, 0);

  /** Relative to the expected value alone. */
  public static Tolerance relative(double relative) {
    return new Tolerance(relative, 0);
  }

  /**
   * Units in the last place of a floating type, subnormal numbers included; exact for other types.
   */
  public static Tolerance ulps(double count, DType dtype) {
    return switch (dtype) {
      case FLOAT32 -> new Tolerance(count * 0x1p-23, count * Float.MIN_VALUE);
      case FLOAT64 -> new Tolerance(count * 0x1p-52, count * Double.MIN_VALUE);
      case INT64, BOOL -> EXACT;
    };
  }

  /** This, and an absolute distance on top. */
  public Tolerance orAbsolute(double distance) {
    return new Tolerance(relative, absolute + distance);
  }

  boolean accepts(double expected, double actual) {
    if (Double.isNaN(expected)) {
      return Double.isNaN(actual);
    }
    if (expected == actual) {
      return true;
    }
    if (Double.isInfinite(expected)) {
      return false;
    }
    return Math.abs(actual - expected) <= absolute + relative * Math.abs(expected);
  }
}
