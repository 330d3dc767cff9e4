package org.gumbel4j.estimators.diagnostics;

/**
 * A number found by sampling, and where the truth lies with the confidence that was asked for.
 *
 * @param value the estimate
 * @param low the lower end
 * @param high the upper end
 * @since 0.1
 */
public record ConfidenceInterval(double value, double low, double high) {
  /** The value with the same distance to both ends. */
  static ConfidenceInterval around(double value, double halfWidth) {
    return new ConfidenceInterval(value, value - halfWidth, value + halfWidth);
  }

  /** Whether a number lies between the ends, which belong to it; false for NaN. */
  public boolean contains(double x) {
    return low <= x && x <= high;
  }

  /** The square roots, what is negative taken as 0. */
  ConfidenceInterval sqrt() {
    return new ConfidenceInterval(root(value), root(low), root(high));
  }

  /** In units of something positive. */
  ConfidenceInterval per(double unit) {
    return new ConfidenceInterval(value / unit, low / unit, high / unit);
  }

  private static double root(double x) {
    return x < 0 ? 0 : Math.sqrt(x);
  }
}
