package org.gumbel4j.random;

/**
 * Double-precision samples as functions of one 64-bit word.
 *
 * <p>Every operation here, and its order, is part of the frozen mapping.
 */
final class DoubleNoise {
  /** The bits of √½: numbers are taken apart as m·2^e with m in [√½, √2). */
  private static final long ROOT_HALF = 0x3fe6a09e667f3bcdL;

  private static final long ONE = 0x3ff0000000000000L;
  private static final long EXPONENT_MASK = 0xfff0000000000000L;

  /** ln 2 in two parts; the first has 32 bits, so that its product with an exponent is exact. */
  private static final double LN2_HIGH = 0x1.62e42feep-1;

  private static final double LN2_LOW = 0x1.a39ef35793c76p-33;

  private static final double LAST_BELOW_ONE = 0x1.fffffffffffffp-1;
  private static final double LAST_BELOW_HALF = 0x1.fffffffffffffp-2;

  private DoubleNoise() {}

  static void convert(Noise kind, long[] words, double[] out, int offset, int length) {
    switch (kind) {
      case UNIFORM -> {
        for (int i = 0; i < length; i++) {
          out[offset + i] = uniform(words[i]);
        }
      }
      case EXPONENTIAL -> {
        for (int i = 0; i < length; i++) {
          out[offset + i] = exponential(words[i]);
        }
      }
      case GUMBEL -> {
        for (int i = 0; i < length; i++) {
          out[offset + i] = gumbel(words[i]);
        }
      }
      case LOGISTIC -> {
        for (int i = 0; i < length; i++) {
          out[offset + i] = logistic(words[i]);
        }
      }
      case NORMAL -> {
        for (int i = 0; i < length; i++) {
          out[offset + i] = normal(words[i]);
        }
      }
    }
  }

  /** (word + ½)·2⁻⁶⁴, rounded once and kept below 1. */
  static double uniform(long word) {
    double fine = ((word & 0x7ff) + 0.5) * 0x1p-64;
    return Math.min(Math.fma((double) (word >>> 11), 0x1p-53, fine), LAST_BELOW_ONE);
  }

  /** (word without its sign + ½)·2⁻⁶⁴, rounded once and kept below ½. */
  private static double halfUniform(long word) {
    double fine = ((word & 0x3ff) + 0.5) * 0x1p-64;
    double v = Math.fma((double) ((word & Long.MAX_VALUE) >>> 10), 0x1p-54, fine);
    return Math.min(v, LAST_BELOW_HALF);
  }

  static double exponential(long word) {
    return minusLogOneMinus(uniform(word));
  }

  static double gumbel(long word) {
    return minusLog(minusLogOneMinus(uniform(word)));
  }

  static double logistic(long word) {
    double v = halfUniform(word);
    double magnitude = minusLog(v) - minusLogOneMinus(v);
    return (word < 0) ? magnitude : -magnitude;
  }

  static double normal(long word) {
    double magnitude = -NormalQuantile.lower(halfUniform(word));
    return (word < 0) ? magnitude : -magnitude;
  }

  /**
   * −ln(1 − v) with full relative accuracy down to v = 2⁻⁶⁵: 1 − v is rounded only to read its
   * exponent.
   */
  private static double minusLogOneMinus(double v) {
    long exponent = (Double.doubleToRawLongBits(1 - v) - ROOT_HALF) & EXPONENT_MASK;
    double scale = Double.longBitsToDouble(ONE - exponent);
    return minusLog(exponent >> 52, Math.fma(-v, scale, scale - 1));
  }

  /** −ln x for a positive normal x. */
  static double minusLog(double x) {
    long bits = Double.doubleToRawLongBits(x);
    long exponent = (bits - ROOT_HALF) & EXPONENT_MASK;
    return minusLog(exponent >> 52, Double.longBitsToDouble(bits - exponent) - 1);
  }

  /**
   * −ln(2^exponent·(1 + f)). With s = f/(2 + f), ln(1 + f) = 2·artanh(s) = f − s·(f − R), where R =
   * ⅔s² + ⅖s⁴ + … is small: so the rounding of s hardly shows.
   */
  private static double minusLog(long exponent, double f) {
    double s = f / (2 + f);
    double z = s * s;
    double q = 0x1.2b5a8aa05fbdep-3;
    q = Math.fma(q, z, 0x1.39fe2d98e1139p-3);
    q = Math.fma(q, z, 0x1.7462b6593b356p-3);
    q = Math.fma(q, z, 0x1.c71c62def26bap-3);
    q = Math.fma(q, z, 0x1.2492492df70f6p-2);
    q = Math.fma(q, z, 0x1.99999999952a6p-2);
    q = Math.fma(q, z, 0x1.5555555555558p-1);
    double r = s * Math.fma(-z, q, f);
    double k = (double) -exponent;
    return Math.fma(k, LN2_HIGH, -f) + Math.fma(k, LN2_LOW, r);
  }
}
