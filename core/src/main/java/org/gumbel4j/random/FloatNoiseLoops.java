package org.gumbel4j.random;

/**
 * {@link FloatNoise} step by step over arrays, with the same bits. A loop that only adds and
 * multiplies, integers or floats, is one that the JIT compiler makes vector code of; one that turns
 * the ones into the others, as numbers or as bits, is not. So bits are taken apart in loops over
 * integers, and {@link BitCasts} are between those and the loops over floats.
 */
final class FloatNoiseLoops {
  /** 1.5 · 2²³: an integer added to its bits is an integer added to it. */
  private static final float MAGIC = 12582912f;

  private static final int MAGIC_BITS = 0x4b400000;

  /** The bits of 2⁻¹⁰ + 2⁻³³. */
  private static final int LOW_PART = 0x3a800001;

  private static final float LAST_BELOW_ONE = 0x1.fffffep-1f;
  private static final float LAST_BELOW_HALF = 0x1.fffffep-2f;

  private final BitCasts casts;
  private final NormalLoops normals;
  private final int[] bits;
  private final int[] scales;
  private final float[] t;
  private final float[] exponents;
  private final float[] uniforms;

  /** Scratch memory for so many samples at a time. */
  FloatNoiseLoops(int length) {
    casts = new BitCasts(length);
    normals = new NormalLoops(length);
    bits = new int[length];
    scales = new int[length];
    t = new float[length];
    exponents = new float[length];
    uniforms = new float[length];
  }

  /** {@code out[i]} = the sample of {@code words[i]}. */
  void convert(Noise kind, int[] words, float[] out, int length) {
    switch (kind) {
      case UNIFORM -> uniform(words, out, length);
      case EXPONENTIAL -> {
        uniform(words, uniforms, length);
        minusLog2OneMinus(uniforms, out, length);
        multiply(out, length);
      }
      case GUMBEL -> {
        uniform(words, uniforms, length);
        minusLog2OneMinus(uniforms, out, length);
        log2(out, out, length);
        toGumbel(out, length);
      }
      case LOGISTIC -> {
        halfUniform(words, uniforms, length);
        minusLog2OneMinus(uniforms, out, length);
        log2(uniforms, uniforms, length);
        toLogistic(words, uniforms, out, length);
      }
      case NORMAL -> normals.convert(words, out, length);
    }
  }

  /**
   * (word + ½)·2⁻³² of two exact parts: 1 + the upper 23 bits·2⁻²³, and 2⁻¹⁰ + (the lower nine + ½)
   * ·2⁻³². What both have too much is taken off the first, so that only the sum is rounded.
   */
  private void uniform(int[] words, float[] v, int n) {
    upperBits(words, bits, n);
    casts.toFloats(bits, v, n);
    lowerBits(words, bits, n);
    casts.toFloats(bits, t, n);
    add(t, LAST_BELOW_ONE, v, n);
  }

  private void halfUniform(int[] words, float[] v, int n) {
    upperBitsWithoutSign(words, bits, n);
    casts.toFloats(bits, v, n);
    lowerBits(words, bits, n);
    casts.toFloats(bits, t, n);
    add(t, LAST_BELOW_HALF, v, n);
  }

  private static void upperBits(int[] words, int[] bits, int n) {
    for (int i = 0; i < n; i++) {
      bits[i] = (words[i] >>> 9) | FloatNoise.ONE;
    }
  }

  private static void upperBitsWithoutSign(int[] words, int[] bits, int n) {
    for (int i = 0; i < n; i++) {
      bits[i] = ((words[i] & Integer.MAX_VALUE) >>> 9) | FloatNoise.ONE;
    }
  }

  private static void lowerBits(int[] words, int[] bits, int n) {
    for (int i = 0; i < n; i++) {
      bits[i] = ((words[i] << 1) & 0x3fe) | LOW_PART;
    }
  }

  private static void add(float[] low, float most, float[] v, int n) {
    for (int i = 0; i < n; i++) {
      v[i] = Math.min((v[i] - (1 + 0x1p-10f)) + low[i], most);
    }
  }

  private void minusLog2OneMinus(float[] v, float[] y, int n) {
    complement(v, t, n);
    casts.toBits(t, bits, n);
    negatedExponents(bits, scales, n);
    casts.toFloats(scales, t, n);
    casts.toFloats(bits, exponents, n);
    reduceComplement(v, t, n);
    minusPolynomial(t, exponents, y, n);
  }

  private static void complement(float[] v, float[] y, int n) {
    for (int i = 0; i < n; i++) {
      y[i] = 1 - v[i];
    }
  }

  /** For m·2^e with m in [2/3, 4/3): the scale 2^−e, and −e added to the magic number's bits. */
  private static void negatedExponents(int[] bits, int[] scales, int n) {
    for (int i = 0; i < n; i++) {
      int exponent = (bits[i] - FloatNoise.TWO_THIRDS) & FloatNoise.EXPONENT_MASK;
      scales[i] = FloatNoise.ONE - exponent;
      bits[i] = MAGIC_BITS - (exponent >> 23);
    }
  }

  private static void reduceComplement(float[] v, float[] scale, int n) {
    for (int i = 0; i < n; i++) {
      scale[i] = Math.fma(-v[i], scale[i], scale[i] - 1);
    }
  }

  private void log2(float[] x, float[] y, int n) {
    casts.toBits(x, bits, n);
    exponents(bits, scales, n);
    casts.toFloats(scales, t, n);
    casts.toFloats(bits, exponents, n);
    subtractOne(t, n);
    polynomial(t, exponents, y, n);
  }

  /** For m·2^e: the bits of m, and e added to the magic number's bits. */
  private static void exponents(int[] bits, int[] fractions, int n) {
    for (int i = 0; i < n; i++) {
      int exponent = (bits[i] - FloatNoise.TWO_THIRDS) & FloatNoise.EXPONENT_MASK;
      fractions[i] = bits[i] - exponent;
      bits[i] = MAGIC_BITS + (exponent >> 23);
    }
  }

  private static void subtractOne(float[] t, int n) {
    for (int i = 0; i < n; i++) {
      t[i] -= 1;
    }
  }

  /** y = t·P(t) + k, k with the magic number on it. */
  private static void polynomial(float[] t, float[] k, float[] y, int n) {
    for (int i = 0; i < n; i++) {
      y[i] = Math.fma(t[i], FloatNoise.log2OverT(t[i]), k[i] - MAGIC);
    }
  }

  /** y = −t·P(t) + k. */
  private static void minusPolynomial(float[] t, float[] k, float[] y, int n) {
    for (int i = 0; i < n; i++) {
      y[i] = Math.fma(-t[i], FloatNoise.log2OverT(t[i]), k[i] - MAGIC);
    }
  }

  private static void multiply(float[] y, int n) {
    for (int i = 0; i < n; i++) {
      y[i] *= FloatNoise.LN2;
    }
  }

  private static void toGumbel(float[] y, int n) {
    for (int i = 0; i < n; i++) {
      y[i] = Math.fma(y[i], -FloatNoise.LN2, FloatNoise.MINUS_LN_LN2);
    }
  }

  private static void toLogistic(int[] words, float[] logs, float[] y, int n) {
    for (int i = 0; i < n; i++) {
      float magnitude = (-logs[i] - y[i]) * FloatNoise.LN2;
      y[i] = (words[i] < 0) ? magnitude : -magnitude;
    }
  }
}
