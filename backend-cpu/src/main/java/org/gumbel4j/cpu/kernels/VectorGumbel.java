package org.gumbel4j.cpu.kernels;

import org.gumbel4j.random.Key;
import org.jspecify.annotations.Nullable;

/**
 * Gumbel-Softmax and Gumbel-max for FLOAT32: a chunk of logits at a time goes through short passes,
 * its noise's included, over arrays that stay in the first cache.
 */
final class VectorGumbel extends ScalarGumbel {
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
    Chunk.ofThread().release();
  }

  @Override
  public void relax(float[] l, float[] g, float[] y, int at, int rows, int k, double temperature) {
    if (!RelaxedRows.takes(temperature)) {
      super.relax(l, g, y, at, rows, k, temperature);
      return;
    }
    RelaxedRows relaxed = new RelaxedRows(temperature, k);
    relaxed.relax((from, z, n) -> perturb(l, g, from, z, n), y, at, rows);
    Chunk.ofThread().release();
  }

  @Override
  public void draw(float[] l, Key key, long[] y, int at, int rows, int k) {
    DrawnRows.draw((from, z, n) -> perturb(l, key, 1, from, z, n), y, at / k, at, rows, k);
    Chunk.ofThread().release();
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
    if (soft == null || k > PerturbedChunk.SIZE || !RelaxedRows.takes(temperature)) {
      HardRows.harden(chunk, hard, at, rows, k);
      if (soft != null) {
        relax(l, key, scale, soft, at, rows, k, temperature);
      }
    } else {
      PerturbedChunk both =
          (from, z, n) -> {
            int largest = chunk.fill(from, z, n);
            HardRows.harden(z, largest, hard, from, n / k, k);
            return largest;
          };
      new RelaxedRows(temperature, k).relax(both, soft, at, rows);
    }
    Chunk.ofThread().release();
  }

  /** Perturbed logits {@code from, …, from + n − 1}, with the key's noise. */
  private static int perturb(float[] l, Key key, float scale, int from, float[] z, int n) {
    Chunk chunk = Chunk.ofThread().take(l, from, z, n);
    chunk.draw(key, from, chunk.padded);
    chunk.other = chunk.noise;
    chunk.otherAt = from % ThreefryPasses.BLOCK;
    if (scale == 1) {
      return chunk.through(NoisePasses.PERTURB).largest;
    }
    chunk.scale = scale;
    return chunk.through(NoisePasses.GUMBEL).through(NoisePasses.ADD_SCALED).largest;
  }

  /** Perturbed logits {@code from, …, from + n − 1}, with noise that is there. */
  private static int perturb(float[] l, float[] g, int from, float[] z, int n) {
    Chunk chunk = Chunk.ofThread().take(l, from, z, n);
    chunk.scale = 1;
    if (from + chunk.padded <= g.length) {
      chunk.other = g;
      chunk.otherAt = from;
    } else {
      System.arraycopy(g, from, chunk.noise, 0, n);
      chunk.other = chunk.noise;
      chunk.otherAt = 0;
    }
    return chunk.through(NoisePasses.ADD_SCALED).largest;
  }
}
