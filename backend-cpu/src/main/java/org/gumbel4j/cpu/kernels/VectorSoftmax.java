package org.gumbel4j.cpu.kernels;

import org.gumbel4j.cpu.kernels.Scratch.Slot;

/**
 * The softmax family for FLOAT32: a block of rows at a time goes through short passes over an array
 * that stays in the first cache. A pass over a row writes whole vectors, beyond its end where the
 * next row's pass will write after it. Every row is computed by itself, whatever its neighbours
 * hold.
 */
final class VectorSoftmax extends ScalarSoftmax {
  private static final int STEP = 2048;
  private static final int L = FloatLoops.L;

  /** The bits of infinity. */
  private static final int INFINITE = 0x7f800000;

  private final VectorReductions reductions = new VectorReductions();

  @Override
  public void softmax(float[] x, int xo, float[] y, int yo, int rows, int k, double scale) {
    int step = Math.max(1, STEP / k);
    for (int r = 0; r < rows; r += step) {
      int xb = xo + r * k;
      int yb = yo + r * k;
      int n = Math.min(step, rows - r) * k;
      float[] e = Scratch.floats(Slot.ROWS, n + 2 * L);
      float[] rest = Scratch.floats(Slot.RESTS, n + 2 * L);
      for (int i = 0; i < n; i += k) {
        ExactRows.shift(x, xb + i, RowLoops.max(x, xb + i, k), scale, e, rest, i, k, n - i);
      }
      FloatFunctions.expInTwo(e, rest, (n + L - 1) / L * L);
      for (int i = 0; i < n; i += k) {
        double factor = 1 / ExactRows.sum(e, i, k);
        ExactRows.scale(e, rest, i, factor, y, yb + i, k, n - i);
      }
    }
  }

  private double sum(float[] x, int from, int k) {
    return k < 2 * L ? RowLoops.sum(x, from, k) : reductions.sum(x, from, k);
  }

  @Override
  public void logSumExp(float[] x, int xo, float[] y, int yo, int rows, int k) {
    int step = Math.max(1, STEP / k);
    float[] shifts = new float[Math.min(step, rows)];
    for (int r = 0; r < rows; r += step) {
      int block = Math.min(step, rows - r);
      float[] e = exponentials(x, xo + r * k, block, k, shifts);
      for (int i = 0; i < block; i++) {
        int at = i * k;
        double total = shifts[i] + Math.log(ExactRows.sum(e, at, k));
        y[yo + r + i] = (float) total;
        if (shifts[i] < 0 && Math.abs(total) < (k <= 8 ? 0.5 : 1)) {
          // The two cancel, and exponentials in single precision are too coarse for what is left.
          super.logSumExp(x, xo + r * k + at, y, yo + r + i, 1, k);
        }
      }
    }
  }

  @Override
  public void logSoftmax(float[] x, int xo, float[] y, int yo, int rows, int k) {
    int step = Math.max(1, STEP / k);
    float[] shifts = new float[Math.min(step, rows)];
    for (int r = 0; r < rows; r += step) {
      int block = Math.min(step, rows - r);
      int xb = xo + r * k;
      int yb = yo + r * k;
      int n = block * k;
      float[] e = exponentials(x, xb, block, k, shifts);
      for (int i = 0; i < block; i++) {
        // Two differences rather than one keep the digits of entries near the maximum.
        float total = (float) Math.log(sum(e, i * k, k));
        RowLoops.shiftTwice(x, xb + i * k, shifts[i], total, y, yb + i * k, k, n - i * k);
      }
    }
  }

  /**
   * e^(x − shift) for a block of rows; the shift is the row's maximum where that is finite, else 0.
   */
  private static float[] exponentials(float[] x, int xb, int rows, int k, float[] shifts) {
    int n = rows * k;
    float[] e = Scratch.floats(Slot.ROWS, n + 2 * L);
    float[] rest = Scratch.floats(Slot.RESTS, n + 2 * L);
    for (int r = 0; r < rows; r++) {
      float max = RowLoops.max(x, xb + r * k, k);
      shifts[r] = Float.isInfinite(max) ? 0 : max;
      ExactRows.shift(x, xb + r * k, shifts[r], 1, e, rest, r * k, k, n - r * k);
    }
    FloatFunctions.expInTwo(e, rest, (n + L - 1) / L * L);
    return e;
  }

  @Override
  public void softmaxBackward(
      float[] y, float[] g, int o, float[] d, int dO, int rows, int k, double scale) {
    int step = Math.max(1, STEP / k);
    Chunk chunk = Chunk.ofThread();
    for (int r = 0; r < rows; r += step) {
      chunk.rows = Math.min(step, rows - r);
      chunk.k = k;
      chunk.y = y;
      chunk.g = g;
      chunk.at = o + r * k;
      chunk.e = Scratch.floats(Slot.ROWS, chunk.rows * k + 2 * L);
      chunk.sums = Scratch.floats(Slot.TOTALS, chunk.rows + L);
      chunk.scale = (float) scale;
      chunk.out = d;
      chunk.outAt = dO + r * k;
      if (k == 2) {
        chunk.through(RowSums.PAIR_GRADIENT);
      } else if (k <= STEP) {
        chunk.through(RowSums.SOFTMAX_GRADIENT);
      } else {
        chunk.through(RowSums.PRODUCTS);
        chunk.sums[0] = (float) reductions.sum(chunk.e, 0, k);
        chunk.through(RowSums.SOFTMAX_GRADIENT_OF_PRODUCTS);
      }
    }
    chunk.release();
  }

  @Override
  public void logSoftmaxBackward(float[] y, float[] g, int o, float[] d, int dO, int rows, int k) {
    int step = Math.max(1, STEP / k);
    for (int r = 0; r < rows; r += step) {
      int n = Math.min(step, rows - r) * k;
      int at = o + r * k;
      float[] e = Scratch.floats(Slot.ROWS, n + 2 * L);
      System.arraycopy(y, at, e, 0, n);
      FloatFunctions.exp(e, 0, e, 0, (n + L - 1) / L * L);
      for (int i = 0; i < n; i += k) {
        float total = (float) sum(g, at + i, k);
        RowLoops.subScaled(g, at + i, e, i, total, d, dO + r * k + i, k, n - i);
      }
    }
  }

  /** Rows are looked at one by one only where a piece of them holds anything infinite, or NaN. */
  @Override
  public boolean areLogits(float[] x, int from, int to, int k) {
    int step = Math.max(1, STEP / k);
    for (int r = from; r < to; r += step) {
      int end = Math.min(to, r + step);
      if (RowLoops.largestMagnitude(x, r * k, (end - r) * k) >= INFINITE
          && !super.areLogits(x, r, end, k)) {
        return false;
      }
    }
    return true;
  }

  @Override
  public void perturb(
      float[] x, int xo, float[] noise, int no, float scale, float[] z, int zo, int n) {
    int whole = n / L * L;
    FloatLoops.addScaled(x, xo, noise, no, scale, z, zo, whole);
    super.perturb(x, xo + whole, noise, no + whole, scale, z, zo + whole, n - whole);
  }
}
