package org.gumbel4j.distributions;

/** log n! of whole numbers. */
final class LogFactorial {
  private static final double HALF_LOG_TWO_PI = 0.918938533204672741780329736406;
  private static final int EXACT = 20;

  private LogFactorial() {}

  /** The logarithm of the product up to 20!, then Stirling's series, off by less than 10⁻¹⁵. */
  static double of(int n) {
    if (n <= EXACT) {
      long product = 1;
      for (int i = 2; i <= n; i++) {
        product *= i;
      }
      return Math.log((double) product);
    }
    double x = n + 1.0;
    double square = 1 / (x * x);
    double series = 1.0 / 12 - square * (1.0 / 360 - square * (1.0 / 1260 - square / 1680));
    return (x - 0.5) * Math.log(x) - x + HALF_LOG_TWO_PI + series / x;
  }
}
