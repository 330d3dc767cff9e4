package org.gumbel4j.cpu.kernels;

import org.gumbel4j.cpu.kernels.Scratch.Slot;

/**
 * The softmax family for FLOAT32: a block of rows at a time goes through short passes over an array
 * that stays in the first cache. A pass over a row writes whole vectors, beyond its end where the
 * next row's pass will write after it. Every row is computed by itself, whatever its neighbours
 * hold. Rows of few entries are the affair of {@link NarrowRows}.
 */
final class VectorSoftmax extends ScalarSoftmax {
  private static final int STEP = 2048;
  private static final int L = FloatLoops.L;

  /** The bits of infinity. */
  private static final int INFINITE = 0x7f800000;

  private static final VectorReductions REDUCTIONS = new VectorReductions();

  /** From x to exponentials of its distances from a row's maximum, and what rounding takes away. */
  private static final Pass[] EXPONENTIALS = {
    VectorSoftmax::maxima, VectorSoftmax::shift, VectorSoftmax::exponentials
  };

  /** The same, with nothing taken out of a row whose maximum is infinite. */
  private static final Pass[] FINITE_EXPONENTIALS = {
    VectorSoftmax::maxima,
    VectorSoftmax::noInfinities,
    VectorSoftmax::shift,
    VectorSoftmax::exponentials
  };

  /** Exponentials over their row's sum. */
  private static final Pass[] NORMALISE = {VectorSoftmax::reciprocals, VectorSoftmax::scale};

  @Override
  public void softmax(float[] x, int xo, float[] y, int yo, int rows, int k, double scale) {
    if (k < NarrowRows.LIMIT) {
      NarrowRows.softmax(x, xo, y, yo, rows, k, scale);
      return;
    }
    int step = Math.max(1, STEP / k);
    Chunk chunk = Chunk.ofThread();
    for (int r = 0; r < rows; r += step) {
      take(chunk, x, xo + r * k, Math.min(step, rows - r), k, scale).through(EXPONENTIALS);
      chunk.out = y;
      chunk.outAt = yo + r * k;
      chunk.through(NORMALISE);
    }
    chunk.release();
  }

  /** A block of rows whose differences from a shift are to be multiplied by a factor. */
  private static Chunk take(Chunk chunk, float[] x, int xo, int rows, int k, double factor) {
    int n = rows * k;
    chunk.x = x;
    chunk.xAt = xo;
    chunk.rows = rows;
    chunk.k = k;
    chunk.factor = factor;
    chunk.padded = (n + L - 1) / L * L;
    chunk.e = Scratch.floats(Slot.ROWS, n + 2 * L);
    chunk.rests = Scratch.floats(Slot.RESTS, n + 2 * L);
    chunk.sums = Scratch.floats(Slot.TOTALS, rows);
    chunk.totals = Scratch.doubles(Slot.TOTALS, rows);
    return chunk;
  }

  private static void maxima(Chunk c) {
    for (int r = 0; r < c.rows; r++) {
      c.sums[r] = RowLoops.max(c.x, c.xAt + r * c.k, c.k);
    }
  }

  private static void noInfinities(Chunk c) {
    for (int r = 0; r < c.rows; r++) {
      c.sums[r] = Float.isInfinite(c.sums[r]) ? 0 : c.sums[r];
    }
  }

  private static void shift(Chunk c) {
    for (int r = 0; r < c.rows; r++) {
      int at = r * c.k;
      int room = (c.rows - r) * c.k;
      ExactRows.shift(c.x, c.xAt + at, c.sums[r], c.factor, c.e, c.rests, at, c.k, room);
    }
  }

  private static void exponentials(Chunk c) {
    FloatFunctions.expInTwo(c.e, c.rests, c.padded);
  }

  private static void reciprocals(Chunk c) {
    for (int r = 0; r < c.rows; r++) {
      c.totals[r] = 1 / ExactRows.sum(c.e, r * c.k, c.k);
    }
  }

  private static void scale(Chunk c) {
    for (int r = 0; r < c.rows; r++) {
      int at = r * c.k;
      int room = (c.rows - r) * c.k;
      ExactRows.scale(c.e, c.rests, at, c.totals[r], c.out, c.outAt + at, c.k, room);
    }
  }

  private static double sum(float[] x, int from, int k) {
    return k < 2 * L ? RowLoops.sum(x, from, k) : REDUCTIONS.sum(x, from, k);
  }

  @Override
  public void logSumExp(float[] x, int xo, float[] y, int yo, int rows, int k) {
    if (k < NarrowRows.LIMIT) {
      NarrowRows.logSumExp(x, xo, y, yo, rows, k);
      return;
    }
    int step = Math.max(1, STEP / k);
    Chunk chunk = Chunk.ofThread();
    for (int r = 0; r < rows; r += step) {
      take(chunk, x, xo + r * k, Math.min(step, rows - r), k, 1).through(FINITE_EXPONENTIALS);
      for (int i = 0; i < chunk.rows; i++) {
        int at = i * k;
        float shift = chunk.sums[i];
        double total = shift + Math.log(ExactRows.sum(chunk.e, at, k));
        y[yo + r + i] = (float) total;
        if (shift < 0 && Math.abs(total) < (k <= 8 ? 0.5 : 1)) {
          // The two cancel, and exponentials in single precision are too coarse for what is left.
          super.logSumExp(x, xo + r * k + at, y, yo + r + i, 1, k);
        }
      }
    }
    chunk.release();
  }

  @Override
  public void logSoftmax(float[] x, int xo, float[] y, int yo, int rows, int k) {
    if (k < NarrowRows.LIMIT) {
      NarrowRows.logSoftmax(x, xo, y, yo, rows, k);
      return;
    }
    int step = Math.max(1, STEP / k);
    Chunk chunk = Chunk.ofThread();
    for (int r = 0; r < rows; r += step) {
      int xb = xo + r * k;
      int yb = yo + r * k;
      take(chunk, x, xb, Math.min(step, rows - r), k, 1).through(FINITE_EXPONENTIALS);
      for (int i = 0; i < chunk.rows; i++) {
        // Two differences rather than one keep the digits of entries near the maximum.
        float total = (float) Math.log(sum(chunk.e, i * k, k));
        int room = (chunk.rows - i) * k;
        RowLoops.shiftTwice(x, xb + i * k, chunk.sums[i], total, y, yb + i * k, k, room);
      }
    }
    chunk.release();
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
        chunk.sums[0] = (float) REDUCTIONS.sum(chunk.e, 0, k);
        chunk.through(RowSums.SOFTMAX_GRADIENT_OF_PRODUCTS);
      }
    }
    chunk.release();
  }

  @Override
  public void logSoftmaxBackward(float[] y, float[] g, int o, float[] d, int dO, int rows, int k) {
    if (k <= LogSoftmaxGradient.MOST) {
      LogSoftmaxGradient.of(y, g, o, d, dO, rows, k);
      return;
    }
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
