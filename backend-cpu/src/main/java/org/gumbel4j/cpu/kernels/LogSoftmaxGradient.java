package org.gumbel4j.cpu.kernels;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import org.gumbel4j.cpu.kernels.Scratch.Slot;

/**
 * The gradient of a log-softmax of FLOAT32 rows of at most a register, d = g − e^y·Σ g: all but its
 * last step goes over a chunk's entries whatever rows they are of.
 */
final class LogSoftmaxGradient {
  private static final VectorSpecies<Float> S = VectorShapes.FLOATS;
  private static final int L = S.length();

  /** How many entries a row may have. */
  static final int MOST = L;

  private static final Pass[] ROWS = {
    LogSoftmaxGradient::copyGradients,
    c -> RowSums.sums(c.e, c.rows, c.k, c.sums),
    LogSoftmaxGradient::exponentials,
    LogSoftmaxGradient::subtractShares
  };

  private static final Pass[] PAIRS = {
    LogSoftmaxGradient::copyGradients,
    c -> RowSums.addPartners(c.e, c.rows * 2),
    LogSoftmaxGradient::exponentials,
    LogSoftmaxGradient::subtractProducts
  };

  private LogSoftmaxGradient() {}

  /** y and g start at {@code o}, d at {@code dO}. */
  static void of(float[] y, float[] g, int o, float[] d, int dO, int rows, int k) {
    int step = Chunk.SIZE / k;
    Chunk chunk = Chunk.ofThread();
    chunk.y = y;
    chunk.g = g;
    chunk.out = d;
    chunk.k = k;
    chunk.e = Scratch.floats(Slot.ROWS, Chunk.SIZE + 2 * L);
    chunk.rests = Scratch.floats(Slot.RESTS, Chunk.SIZE + 2 * FloatFunctions.L);
    chunk.sums = Scratch.floats(Slot.TOTALS, Chunk.SIZE + L);
    for (int r = 0; r < rows; r += step) {
      chunk.rows = Math.min(step, rows - r);
      chunk.at = o + r * k;
      chunk.outAt = dO + r * k;
      chunk.through(k == 2 ? PAIRS : ROWS);
    }
    chunk.release();
  }

  /** e = g. */
  private static void copyGradients(Chunk c) {
    System.arraycopy(c.g, c.at, c.e, 0, c.rows * c.k);
  }

  /** rests = e^y. */
  private static void exponentials(Chunk c) {
    int n = c.rows * c.k;
    System.arraycopy(c.y, c.at, c.rests, 0, n);
    int padded = (n + FloatFunctions.L - 1) / FloatFunctions.L * FloatFunctions.L;
    FloatFunctions.exp(c.rests, 0, c.rests, 0, padded);
  }

  /** Each row is a register, whose end the next row overwrites; the last are done singly. */
  private static void subtractShares(Chunk c) {
    int n = c.rows * c.k;
    int whole = n < L ? 0 : (n - L) / c.k + 1;
    for (int r = 0; r < whole; r++) {
      int at = r * c.k;
      FloatVector v = FloatVector.fromArray(S, c.rests, at).mul(c.sums[r]);
      FloatVector.fromArray(S, c.g, c.at + at).sub(v).intoArray(c.out, c.outAt + at);
    }
    for (int i = whole * c.k; i < n; i++) {
      c.out[c.outAt + i] = c.g[c.at + i] - c.rests[i] * c.sums[i / c.k];
    }
  }

  /** d = g − rests·e, for any n. */
  private static void subtractProducts(Chunk c) {
    int n = c.rows * c.k;
    int i = 0;
    for (; i <= n - L; i += L) {
      FloatVector v = FloatVector.fromArray(S, c.rests, i).mul(FloatVector.fromArray(S, c.e, i));
      FloatVector.fromArray(S, c.g, c.at + i).sub(v).intoArray(c.out, c.outAt + i);
    }
    for (; i < n; i++) {
      c.out[c.outAt + i] = c.g[c.at + i] - c.rests[i] * c.e[i];
    }
  }
}
