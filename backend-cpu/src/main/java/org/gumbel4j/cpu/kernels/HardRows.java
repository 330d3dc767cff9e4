package org.gumbel4j.cpu.kernels;

import java.util.Arrays;
import org.gumbel4j.cpu.kernels.Scratch.Slot;

/** The one-hot vector of the first largest entry of each row of perturbed logits. */
final class HardRows {
  private static final int INFINITE = 0x7f800000;

  private HardRows() {}

  /** Of rows of k entries, the first of which begins at {@code at}, as does its vector in y. */
  static void harden(PerturbedChunk chunk, float[] y, int at, int rows, int k) {
    float[] z = PerturbedChunk.array();
    if (k > PerturbedChunk.SIZE) {
      for (int r = 0; r < rows; r++) {
        int from = at + r * k;
        int drawn = DrawnRows.drawLongRow(chunk, z, from, k);
        Arrays.fill(y, from, from + k, 0);
        y[from + drawn] = 1;
      }
      return;
    }
    int step = PerturbedChunk.SIZE / k;
    for (int r = 0; r < rows; r += step) {
      int count = Math.min(step, rows - r);
      int from = at + r * k;
      int largest = chunk.fill(from, z, count * k);
      harden(z, largest, y, from, count, k);
    }
  }

  /** Of the rows of a chunk; {@code largest} is what its maker said. */
  static void harden(float[] z, int largest, float[] y, int at, int rows, int k) {
    if (k == 2 && largest <= INFINITE) {
      Chunk chunk = Chunk.ofThread();
      chunk.z = z;
      chunk.rows = rows;
      chunk.out = y;
      chunk.outAt = at;
      chunk.through(ArgMaxOfFewPasses.ONE_HOT_PAIRS);
      return;
    }
    long[] drawn = Scratch.longs(Slot.DRAWN, PerturbedChunk.SIZE);
    DrawnRows.draw(z, largest, drawn, 0, rows, k);
    Arrays.fill(y, at, at + rows * k, 0);
    for (int r = 0; r < rows; r++) {
      y[at + r * k + (int) drawn[r]] = 1;
    }
  }
}
