package org.gumbel4j.cpu.kernels;

/** The first largest entry of each row of perturbed logits, as its index. */
final class DrawnRows {
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
    } else if (k <= ArgMaxPasses.MOST) {
      Chunk chunk = Chunk.ofThread();
      chunk.z = z;
      chunk.rows = rows;
      chunk.k = k;
      chunk.drawn = y;
      chunk.drawnAt = row;
      chunk.through(ArgMaxPasses.ofRows(k));
    } else {
      for (int r = 0; r < rows; r++) {
        y[row + r] = RowLoops.indexOf(z, r * k, k, RowLoops.max(z, r * k, k));
      }
    }
  }

  static int drawLongRow(PerturbedChunk chunk, float[] z, int at, int k) {
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
}
