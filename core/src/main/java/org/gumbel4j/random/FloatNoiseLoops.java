package org.gumbel4j.random;

/**
 * {@link FloatNoise} step by step over arrays. The operations and their order are the same, so
 * every bit is; but a loop that only adds and multiplies is one that the JIT compiler makes vector
 * code of, and one that also looks at a number's bits is not. So each logarithm is two loops: one
 * takes the numbers apart, the other evaluates the polynomial.
 */
final class FloatNoiseLoops {
  private final float[] t;
  private final float[] exponents;
  private final float[] uniforms;

  /** Scratch memory for so many samples at a time. */
  FloatNoiseLoops(int length) {
    t = new float[length];
    exponents = new float[length];
    uniforms = new float[length];
  }

  /** {@code out[i]} = the sample of {@code words[i]}; normal noise has no form of this sort. */
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
      case NORMAL -> throw new AssertionError("normal noise is made number by number");
    }
  }

  private static void uniform(int[] words, float[] v, int n) {
    for (int i = 0; i < n; i++) {
      v[i] = FloatNoise.uniform(words[i]);
    }
  }

  private static void halfUniform(int[] words, float[] v, int n) {
    for (int i = 0; i < n; i++) {
      v[i] = FloatNoise.halfUniform(words[i]);
    }
  }

  private void minusLog2OneMinus(float[] v, float[] y, int n) {
    for (int i = 0; i < n; i++) {
      int exponent =
          (Float.floatToRawIntBits(1 - v[i]) - FloatNoise.TWO_THIRDS) & FloatNoise.EXPONENT_MASK;
      float scale = Float.intBitsToFloat(FloatNoise.ONE - exponent);
      t[i] = Math.fma(-v[i], scale, scale - 1);
      exponents[i] = (float) -(exponent >> 23);
    }
    minusPolynomial(t, exponents, y, n);
  }

  private void log2(float[] x, float[] y, int n) {
    for (int i = 0; i < n; i++) {
      int bits = Float.floatToRawIntBits(x[i]);
      int exponent = (bits - FloatNoise.TWO_THIRDS) & FloatNoise.EXPONENT_MASK;
      t[i] = Float.intBitsToFloat(bits - exponent) - 1;
      exponents[i] = (float) (exponent >> 23);
    }
    polynomial(t, exponents, y, n);
  }

  /** y = t·P(t) + k. */
  private static void polynomial(float[] t, float[] k, float[] y, int n) {
    for (int i = 0; i < n; i++) {
      y[i] = Math.fma(t[i], FloatNoise.log2OverT(t[i]), k[i]);
    }
  }

  /** y = −t·P(t) + k. */
  private static void minusPolynomial(float[] t, float[] k, float[] y, int n) {
    for (int i = 0; i < n; i++) {
      y[i] = Math.fma(-t[i], FloatNoise.log2OverT(t[i]), k[i]);
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
