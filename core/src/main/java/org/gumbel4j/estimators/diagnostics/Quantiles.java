package org.gumbel4j.estimators.diagnostics;

/** How many standard errors a two-sided test allows. */
final class Quantiles {
  private static final double ROOT_TWO_PI = Math.sqrt(2 * Math.PI);

  /** From here on the continued fraction converges faster than the series. */
  private static final double FAR = 3;

  private static final int TERMS = 120;

  private Quantiles() {}

  /**
   * The z with P(|Z| &gt; z) = p for a standard normal Z.
   *
   * @param p in (0, 1)
   */
  static double normal(double p) {
    double half = p / 2;
    double z = Math.sqrt(-2 * Math.log(half)); // too far out, from where Newton on log Q converges
    for (int i = 0; i < 60; i++) {
      double q = upperTail(z);
      double step = q * Math.log(q / half) / density(z);
      z += step;
      if (Math.abs(step) <= 1e-15 * z) {
        break;
      }
    }
    return z;
  }

  /**
   * The t with P(|T| &gt; t) = p for Student's T, by the expansion in 1/ν of Abramowitz and Stegun,
   * 26.7.5: four digits for ν ≥ 10 and p ≥ 0.001.
   */
  static double student(double p, double freedom) {
    double z = normal(p);
    double s = z * z;
    double g1 = z * (s + 1) / 4;
    double g2 = z * ((5 * s + 16) * s + 3) / 96;
    double g3 = z * (((3 * s + 19) * s + 17) * s - 15) / 384;
    return z + (g1 + (g2 + g3 / freedom) / freedom) / freedom;
  }

  private static double density(double z) {
    return Math.exp(-z * z / 2) / ROOT_TWO_PI;
  }

  private static double upperTail(double z) {
    if (z < FAR) {
      double term = z;
      double sum = z;
      for (int k = 1; k < TERMS; k++) {
        term *= z * z / (2 * k + 1);
        sum += term;
      }
      return 0.5 - density(z) * sum;
    }
    double fraction = z;
    for (int k = TERMS; k > 0; k--) {
      fraction = z + k / fraction;
    }
    return density(z) / fraction;
  }
}
