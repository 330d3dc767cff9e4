package org.gumbel4j.cpu;

/**
 * The Gumbel variate of one word, in the operations of the frozen mapping ({@code
 * docs/randomness.md}): the bits that every noise kernel gives.
 */
final class GumbelWord {
  private static final int TWO_THIRDS = 0x3f2aaaab;
  private static final int ONE = 0x3f800000;
  private static final int EXPONENT_MASK = 0xff800000;
  private static final int LAST_BELOW_ONE = 0x3f7fffff;
  private static final float LN2 = 0x1.62e430p-1f;
  private static final float MINUS_LN_LN2 = 0x1.774f2ap-2f;

  private GumbelWord() {}

  static float toGumbel(int word) {
    float fine = Math.fma((float) (word & 0xff), 0x1p-32f, 0x1p-33f);
    float rounded = Math.fma((float) (word >>> 8), 0x1p-24f, fine);
    float v = Float.intBitsToFloat(Math.min(Float.floatToRawIntBits(rounded), LAST_BELOW_ONE));
    return Math.fma(log2(minusLog2OneMinus(v)), -LN2, MINUS_LN_LN2);
  }

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

  private static float log2OverT(float t) {
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
