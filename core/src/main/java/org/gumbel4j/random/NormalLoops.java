package org.gumbel4j.random;

/**
 * Normal samples in loops over arrays, with {@link FloatNoise}'s bits. The JIT compiler makes
 * vector code of the quantile function's formulas. The one for the middle, where 85 % of all
 * samples lie, is evaluated everywhere, the one for the tails over a list of what is left; no word
 * of 32 bits lies farther out than that goes.
 */
final class NormalLoops {
  private final double[] v;
  private final double[] z;
  private final int[] places;
  private final double[] roots;
  private final double[] tails;

  /** Scratch memory for so many samples at a time. */
  NormalLoops(int length) {
    v = new double[length];
    z = new double[length];
    places = new int[length];
    roots = new double[length];
    tails = new double[length];
  }

  /** {@code out[i]} = the sample of {@code words[i]}. */
  void convert(int[] words, float[] out, int n) {
    halfUniforms(words, v, n);
    centres(v, z, n);
    int count = list(v, places, n);
    for (int t = 0; t < count; t++) {
      roots[t] = DoubleNoise.minusLog(v[places[t]]);
    }
    tails(roots, tails, count);
    for (int t = 0; t < count; t++) {
      z[places[t]] = tails[t];
    }
    for (int i = 0; i < n; i++) {
      float magnitude = (float) -z[i];
      out[i] = (words[i] < 0) ? magnitude : -magnitude;
    }
  }

  private static void halfUniforms(int[] words, double[] v, int n) {
    for (int i = 0; i < n; i++) {
      v[i] = FloatNoise.exactHalfUniform(words[i]);
    }
  }

  private static void centres(double[] v, double[] z, int n) {
    for (int i = 0; i < n; i++) {
      z[i] = NormalQuantile.centre(v[i]);
    }
  }

  /** The places of what is not central, without a branch, which nobody could predict. */
  private static int list(double[] v, int[] places, int n) {
    int count = 0;
    for (int i = 0; i < n; i++) {
      places[count] = i;
      count += NormalQuantile.isCentral(v[i]) ? 0 : 1;
    }
    return count;
  }

  /** Takes −ln v to its root in place, and that to the quantile of a near tail. */
  private static void tails(double[] r, double[] z, int n) {
    for (int t = 0; t < n; t++) {
      r[t] = Math.sqrt(r[t]);
    }
    for (int t = 0; t < n; t++) {
      z[t] = NormalQuantile.near(r[t]);
    }
  }
}
