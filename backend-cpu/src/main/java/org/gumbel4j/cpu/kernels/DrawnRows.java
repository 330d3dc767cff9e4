package org.gumbel4j.cpu.kernels;

import org.gumbel4j.cpu.kernels.Scratch.Slot;

/** The first largest entry of each row of perturbed logits, as its index. */
final class DrawnRows {
  private static final int L = VectorShapes.FLOATS.length();
  private static final int INFINITE = 0x7f800000;

  private static final VectorReductions REDUCTIONS = new VectorReductions();

  private DrawnRows() {}

  /** Of rows of k entries, the first of which begins at {@code at}; y begins at {@code yo}. */
  static void draw(PerturbedChunk chunk, long[] y, int yo, int at, int rows, int k) {
    float[] z = PerturbedChunk.array();
    if (k > PerturbedChunk.SIZE) {
      for (int r = 0; r < rows; r++) {
        y[yo + r] = drawLongRow(chunk, z, at + r * k, k);
      }
      return;
    }
    int step = PerturbedChunk.SIZE / k;
    for (int r = 0; r < rows; r += step) {
      int count = Math.min(step, rows - r);
      int largest = chunk.fill(at + r * k, z, count * k);
      draw(z, largest, y, yo + r, count, k);
    }
  }

  /** Of the rows of a chunk; {@code largest} is what its maker said. */
  static void draw(float[] z, int largest, long[] y, int row, int rows, int k) {
    if (largest > INFINITE) {
      for (int r = 0; r < rows; r++) {
        y[row + r] = REDUCTIONS.argMax(z, r * k, 1, k);
      }
    } else if (k < 2 * L) {
      few(z, y, row, rows, k);
    } else {
      for (int r = 0; r < rows; r++) {
        y[row + r] = RowLoops.indexOf(z, r * k, k, RowLoops.max(z, r * k, k));
      }
    }
  }

  private static int drawLongRow(PerturbedChunk chunk, float[] z, int at, int k) {
    float best = Float.NEGATIVE_INFINITY;
    int index = 0;
    for (int j = 0; j < k; j += PerturbedChunk.SIZE) {
      int n = Math.min(PerturbedChunk.SIZE, k - j);
      if (chunk.fill(at + j, z, n) > INFINITE) {
        int i = REDUCTIONS.argMax(z, 0, 1, n);
        if (Float.isNaN(z[i])) {
          return j + i;
        }
      }
      float max = RowLoops.max(z, 0, n);
      if (max > best) {
        best = max;
        index = j + RowLoops.indexOf(z, 0, n, max);
      }
    }
    return index;
  }

  /** Rows of less than 32 entries. */
  private static void few(float[] z, long[] y, int row, int rows, int k) {
    if (k == 2) {
      RowLoops.largerOfPairs(z, y, row, rows);
      return;
    }
    int[] ordered = Scratch.ints(Slot.ORDERED, rows * k + L);
    RowLoops.order(z, ordered, rows * k);
    boolean sixteen = (k & 16) != 0;
    boolean eight = (k & 8) != 0;
    boolean four = (k & 4) != 0;
    boolean two = (k & 2) != 0;
    boolean one = (k & 1) != 0;
    for (int r = 0; r < rows; r++) {
      int i = r * k;
      int end = i + k;
      long best = Long.MIN_VALUE / 2;
      if (sixteen) {
        best = larger(ofEight(ordered, i, end), ofEight(ordered, i + 8, end));
        i += 16;
      }
      if (eight) {
        best = larger(best, ofEight(ordered, i, end));
        i += 8;
      }
      if (four) {
        best = larger(best, larger(ofTwo(ordered, i, end), ofTwo(ordered, i + 2, end)));
        i += 4;
      }
      if (two) {
        best = larger(best, ofTwo(ordered, i, end));
        i += 2;
      }
      if (one) {
        best = larger(best, word(ordered, i, end));
      }
      y[row + r] = k - (best & 31);
    }
  }

  private static long ofEight(int[] ordered, int i, int end) {
    return larger(
        larger(ofTwo(ordered, i, end), ofTwo(ordered, i + 2, end)),
        larger(ofTwo(ordered, i + 4, end), ofTwo(ordered, i + 6, end)));
  }

  private static long ofTwo(int[] ordered, int i, int end) {
    return larger(word(ordered, i, end), word(ordered, i + 1, end));
  }

  /**
   * An entry's bits, in the order of numbers, above how far it is from the end: the largest of such
   * words is the first largest entry's.
   */
  private static long word(int[] ordered, int i, int end) {
    return ((long) ordered[i] << 5) + (end - i);
  }

  /** Without a branch, which nobody could predict. */
  private static long larger(long a, long b) {
    long d = a - b;
    return a - (d & (d >> 63));
  }
}
