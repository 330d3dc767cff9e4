package org.gumbel4j.cpu.kernels;

import org.gumbel4j.cpu.kernels.Scratch.Slot;

/**
 * The softmax family for FLOAT32 without the Vector API: a block of rows at a time goes through
 * short loops over an array that stays in the first cache, most of which the JIT compiler makes
 * vector code of.
 *
 * <p>Sums are in double, exponents in single precision: an entry e^−z below the largest has a
 * relative error of up to z · 2^−24, which is nothing near the largest and 64 units in the last
 * place at the smallest of all. The plain and the vector kernels stay within two.
 */
final class LoopSoftmax extends ScalarSoftmax {
  private static final int STEP = 2048;
  private static final float HUGE = 1e18f;

  @Override
  public void softmax(float[] x, int xo, float[] y, int yo, int rows, int k, double scale) {
    int step = Math.max(1, STEP / k);
    for (int r = 0; r < rows; r += step) {
      int block = Math.min(step, rows - r);
      float[] e = Scratch.floats(Slot.ROWS, block * k);
      for (int i = 0; i < block; i++) {
        int from = xo + (r + i) * k;
        shift(x, from, max(x, from, k), (float) scale, e, i * k, k);
      }
      LoopExp.exp(e, block * k);
      for (int i = 0; i < block; i++) {
        float factor = (float) (1 / sum(e, i * k, k));
        multiply(e, i * k, factor, y, yo + (r + i) * k, k);
      }
    }
  }

  @Override
  public void logSumExp(float[] x, int xo, float[] y, int yo, int rows, int k) {
    for (int r = 0; r < rows; r++) {
      float shift = shift(x, xo + r * k, k);
      y[yo + r] = (float) (shift + logOfSum(x, xo + r * k, shift, k));
    }
  }

  @Override
  public void logSoftmax(float[] x, int xo, float[] y, int yo, int rows, int k) {
    for (int r = 0; r < rows; r++) {
      int from = xo + r * k;
      float shift = shift(x, from, k);
      float total = (float) logOfSum(x, from, shift, k);
      // Two differences rather than one keep the digits of entries near the maximum.
      int to = yo + r * k;
      for (int j = 0; j < k; j++) {
        y[to + j] = (x[from + j] - shift) - total;
      }
    }
  }

  /** Rows are looked at one by one only where a piece of them holds anything huge, or NaN. */
  @Override
  public boolean areLogits(float[] x, int from, int to, int k) {
    int step = Math.max(1, STEP / k);
    for (int r = from; r < to; r += step) {
      int end = Math.min(to, r + step);
      if (!LoopLanes.areWellBelow(HUGE, x, r * k, (end - r) * k)
          && !super.areLogits(x, r, end, k)) {
        return false;
      }
    }
    return true;
  }

  /** The largest of a row, or 0 if that is infinite. */
  private static float shift(float[] x, int from, int k) {
    float max = max(x, from, k);
    return Float.isInfinite(max) ? 0 : max;
  }

  /** log Σ e^(x − shift) over a row. */
  private static double logOfSum(float[] x, int from, float shift, int k) {
    float[] e = Scratch.floats(Slot.ROWS, k);
    shift(x, from, shift, 1, e, 0, k);
    if (shift == 0 && max(e, 0, k) > 0) {
      return infinityUnlessNaN(e, k);
    }
    LoopExp.exp(e, k);
    return Math.log(sum(e, 0, k));
  }

  private static double infinityUnlessNaN(float[] x, int k) {
    for (int j = 0; j < k; j++) {
      if (Float.isNaN(x[j])) {
        return Double.NaN;
      }
    }
    return Double.POSITIVE_INFINITY;
  }

  /**
   * The largest of a row, by four maxima side by side; a NaN in it may be passed over, since it
   * comes back in the sum.
   */
  private static float max(float[] x, int from, int k) {
    float a = x[from];
    float b = a;
    float c = a;
    float d = a;
    int whole = k & ~3;
    for (int j = 0; j < whole; j += 4) {
      a = x[from + j] > a ? x[from + j] : a;
      b = x[from + j + 1] > b ? x[from + j + 1] : b;
      c = x[from + j + 2] > c ? x[from + j + 2] : c;
      d = x[from + j + 3] > d ? x[from + j + 3] : d;
    }
    for (int j = whole; j < k; j++) {
      a = x[from + j] > a ? x[from + j] : a;
    }
    a = b > a ? b : a;
    c = d > c ? d : c;
    return c > a ? c : a;
  }

  /** y = (x − shift) · scale. */
  private static void shift(float[] x, int xo, float shift, float scale, float[] y, int yo, int k) {
    for (int j = 0; j < k; j++) {
      y[yo + j] = (x[xo + j] - shift) * scale;
    }
  }

  /** y = x·factor. */
  static void multiply(float[] x, int xo, float factor, float[] y, int yo, int k) {
    for (int j = 0; j < k; j++) {
      y[yo + j] = x[xo + j] * factor;
    }
  }

  /** In double, by four sums side by side that are added at the end. */
  static double sum(float[] x, int from, int k) {
    double a = 0;
    double b = 0;
    double c = 0;
    double d = 0;
    int whole = k & ~3;
    for (int j = 0; j < whole; j += 4) {
      a += x[from + j];
      b += x[from + j + 1];
      c += x[from + j + 2];
      d += x[from + j + 3];
    }
    for (int j = whole; j < k; j++) {
      a += x[from + j];
    }
    return (a + b) + (c + d);
  }
}
