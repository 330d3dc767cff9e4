package org.gumbel4j.cpu.kernels;

import org.gumbel4j.cpu.kernels.Scratch.Slot;
import org.gumbel4j.random.Key;
import org.jspecify.annotations.Nullable;

/**
 * Gumbel-Softmax and Gumbel-max for FLOAT32: a chunk of logits at a time goes through short passes,
 * its noise's included, over arrays that stay in the first cache.
 */
final class VectorGumbel extends ScalarGumbel {
  private static final int BLOCK = ThreefryPasses.BLOCK;
  private static final int L = VectorShapes.FLOATS.length();

  VectorGumbel(VectorSoftmax softmax, VectorReductions reductions) {
    super(softmax, reductions);
  }

  @Override
  public void relax(
      float[] l, Key key, double scale, float[] y, int at, int rows, int k, double temperature) {
    if (!RelaxedRows.takes(temperature)) {
      super.relax(l, key, scale, y, at, rows, k, temperature);
      return;
    }
    RelaxedRows relaxed = new RelaxedRows(temperature, k);
    relaxed.relax((from, z, n) -> perturb(l, key, (float) scale, from, z, n), y, at, rows);
  }

  @Override
  public void relax(float[] l, float[] g, float[] y, int at, int rows, int k, double temperature) {
    if (!RelaxedRows.takes(temperature)) {
      super.relax(l, g, y, at, rows, k, temperature);
      return;
    }
    RelaxedRows relaxed = new RelaxedRows(temperature, k);
    relaxed.relax((from, z, n) -> perturb(l, g, from, z, n), y, at, rows);
  }

  @Override
  public void draw(float[] l, Key key, long[] y, int at, int rows, int k) {
    int[] drawn = new int[rows];
    DrawnRows.draw((from, z, n) -> perturb(l, key, 1, from, z, n), drawn, at, rows, k);
    for (int r = 0; r < rows; r++) {
      y[at / k + r] = drawn[r];
    }
  }

  @Override
  public void harden(
      float[] l,
      Key key,
      double scale,
      float[] hard,
      float @Nullable [] soft,
      int at,
      int rows,
      int k,
      double temperature) {
    PerturbedChunk chunk = (from, z, n) -> perturb(l, key, (float) scale, from, z, n);
    int[] drawn = new int[rows];
    if (soft == null || k > PerturbedChunk.SIZE || !RelaxedRows.takes(temperature)) {
      DrawnRows.draw(chunk, drawn, at, rows, k);
      if (soft != null) {
        relax(l, key, scale, soft, at, rows, k, temperature);
      }
    } else {
      PerturbedChunk both =
          (from, z, n) -> {
            int largest = chunk.fill(from, z, n);
            DrawnRows.draw(z, largest, drawn, (from - at) / k, n / k, k);
            return largest;
          };
      new RelaxedRows(temperature, k).relax(both, soft, at, rows);
    }
    for (int r = 0; r < rows; r++) {
      hard[at + r * k + drawn[r]] = 1;
    }
  }

  /** Perturbed logits {@code from, …, from + n − 1}, with the key's noise. */
  private static int perturb(float[] l, Key key, float scale, int from, float[] z, int n) {
    int padded = (n + L - 1) / L * L;
    int skip = from % BLOCK;
    int blocks = (skip + padded + BLOCK - 1) / BLOCK;
    int[] words = Scratch.ints(Slot.WORDS, blocks * BLOCK);
    float[] e = Scratch.floats(Slot.NOISE, blocks * BLOCK);
    ThreefryPasses.words(key, from / BLOCK, blocks, words);
    NoisePasses.exponential2(words, e, blocks * BLOCK);
    float[] x = l;
    int xo = from;
    if (from + padded > l.length) {
      System.arraycopy(l, from, z, 0, n);
      x = z;
      xo = 0;
    }
    if (scale == 1) {
      return NoisePasses.perturb(e, skip, x, xo, z, 0, padded);
    }
    NoisePasses.gumbel(e, blocks * BLOCK);
    return NoisePasses.perturb(e, skip, scale, x, xo, z, 0, padded);
  }

  /** Perturbed logits {@code from, …, from + n − 1}, with noise that is there. */
  private static int perturb(float[] l, float[] g, int from, float[] z, int n) {
    int padded = (n + L - 1) / L * L;
    if (from + padded <= l.length) {
      return NoisePasses.perturb(g, from, 1, l, from, z, 0, padded);
    }
    float[] noise = Scratch.floats(Slot.NOISE, padded);
    System.arraycopy(g, from, noise, 0, n);
    System.arraycopy(l, from, z, 0, n);
    return NoisePasses.perturb(noise, 0, 1, z, 0, z, 0, padded);
  }
}
