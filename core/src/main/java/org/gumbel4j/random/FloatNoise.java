package org.gumbel4j.random;

/**
 * Single-precision samples as functions of one 32-bit word.
 *
 * <p>Every operation here, and its order, is part of the frozen mapping. The logarithm is base 2
 * inside: the exponent is read off the bits, what remains lies in [2/3, 4/3), and a polynomial does
 * the rest.
 */
final class FloatNoise {
  /**
   * The bits of 2/3: numbers are taken apart as m·2^e with m in [2/3, 4/3), symmetric enough around
   * 1.
   */
  static final int TWO_THIRDS = 0x3f2aaaab;

  static final int ONE = 0x3f800000;
  static final int EXPONENT_MASK = 0xff800000;

  private static final int LAST_BELOW_ONE = 0x3f7fffff;
  private static final int LAST_BELOW_HALF = 0x3effffff;

  static final float LN2 = 0x1.62e430p-1f;
  static final float MINUS_LN_LN2 = 0x1.774f2ap-2f;

  private FloatNoise() {}

  static void convert(Noise kind, int[] words, float[] out, int offset, int length) {
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

  /** (word + ½)·2⁻³², rounded once and kept below 1. */
  static float uniform(int word) {
    float fine = Math.fma((float) (word & 0xff), 0x1p-32f, 0x1p-33f);
    float v = Math.fma((float) (word >>> 8), 0x1p-24f, fine);
    return Float.intBitsToFloat(Math.min(Float.floatToRawIntBits(v), LAST_BELOW_ONE));
  }

  /** (word without its sign + ½)·2⁻³², rounded once and kept below ½. */
  static float halfUniform(int word) {
    float fine = Math.fma((float) (word & 0x7f), 0x1p-32f, 0x1p-33f);
    float v = Math.fma((float) (word >>> 7 & 0xffffff), 0x1p-25f, fine);
    return Float.intBitsToFloat(Math.min(Float.floatToRawIntBits(v), LAST_BELOW_HALF));
  }

  static float exponential(int word) {
    return minusLog2OneMinus(uniform(word)) * LN2;
  }

  static float gumbel(int word) {
    return Math.fma(log2(minusLog2OneMinus(uniform(word))), -LN2, MINUS_LN_LN2);
  }

  static float logistic(int word) {
    float v = halfUniform(word);
    float magnitude = (-log2(v) - minusLog2OneMinus(v)) * LN2;
    return (word < 0) ? magnitude : -magnitude;
  }

  /** (word without its sign + ½)·2⁻³². */
  static double exactHalfUniform(int word) {
    return ((word & 0x7fffffff) + 0.5) * 0x1p-32;
  }

  static float normal(int word) {
    double v = exactHalfUniform(word);
    float magnitude = (float) -NormalQuantile.lower(v);
    return (word < 0) ? magnitude : -magnitude;
  }

  /**
   * −log₂(1 − v) with full relative accuracy down to v = 2⁻³³: 1 − v is rounded only to read its
   * exponent; t comes from v itself.
   */
  private static float minusLog2OneMinus(float v) {
    int exponent = (Float.floatToRawIntBits(1 - v) - TWO_THIRDS) & EXPONENT_MASK;
    float scale = Float.intBitsToFloat(ONE - exponent);
    float t = Math.fma(-v, scale, scale - 1);
    return Math.fma(-t, log2OverT(t), (float) -(exponent >> 23));
  }

  private static float log2(float x) {
    int bits = Float.floatToRawIntBits(x);
    int exponent = (bits - TWO_THIRDS) & EXPONENT_MASK;
    float t = Float.intBitsToFloat(bits - exponent) - 1;
    return Math.fma(t, log2OverT(t), (float) (exponent >> 23));
  }

  /**
   * log₂(1 + t)/t on [−1/3, 1/3], relative error below 3.5e-8 before the rounding of its nine
   * steps.
   */
  static float log2OverT(float t) {
    float p = 0x1.8e2832p-3f;
    p = Math.fma(p, t, -0x1.c6db96p-3f);
    p = Math.fma(p, t, 0x1.a149bap-3f);
    p = Math.fma(p, t, -0x1.e4fc98p-3f);
    p = Math.fma(p, t, 0x1.277d42p-2f);
    p = Math.fma(p, t, -0x1.71727ep-2f);
    p = Math.fma(p, t, 0x1.ec7104p-2f);
    p = Math.fma(p, t, -0x1.715456p-1f);
    return Math.fma(p, t, 0x1.715476p0f);
  }
}
