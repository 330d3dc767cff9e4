package org.gumbel4j.cpu.kernels;

import java.util.Objects;
import org.gumbel4j.random.Key;
import org.gumbel4j.random.Noise;
import org.gumbel4j.random.NoiseKernel;
import org.gumbel4j.random.NoiseKernels;

/**
 * Single-precision noise, a register of lanes at a time, equal to the scalar kernel in every bit.
 *
 * <p>Works in passes over a chunk that stays in the first-level cache: the words, then one short
 * loop for each step from word to sample. A piece that begins or ends within a block of 64 is
 * computed to the block's edges and cut. Normal noise is the loops', double precision the scalar
 * kernel's.
 */
final class VectorNoiseKernel implements NoiseKernel {
  private static final int BLOCK = ThreefryPasses.BLOCK;

  private final NoiseKernel scalar = NoiseKernels.scalar();
  private final NoiseKernel loops = NoiseKernels.loops();

  @Override
  public String name() {
    return "vector";
  }

  @Override
  public void words(Key key, long from, int[] out, int offset, int length) {
    Objects.requireNonNull(key, "key");
    NoiseKernel.checkRange(from, out.length, offset, length);
    Chunk chunk = Chunk.ofThread();
    int done = 0;
    while (done < length) {
      int skip = (int) ((from + done) % BLOCK);
      int count = Math.min(Chunk.SIZE - skip, length - done);
      chunk.draw(key, from + done, count);
      System.arraycopy(chunk.words, skip, out, offset + done, count);
      done += count;
    }
  }

  @Override
  public void words(Key key, long from, long[] out, int offset, int length) {
    scalar.words(key, from, out, offset, length);
  }

  @Override
  public void fill(Noise kind, Key key, long from, float[] out, int offset, int length) {
    Objects.requireNonNull(key, "key");
    NoiseKernel.checkRange(from, out.length, offset, length);
    if (kind == Noise.NORMAL) {
      loops.fill(kind, key, from, out, offset, length);
      return;
    }
    Pass[] passes =
        switch (kind) {
          case UNIFORM -> NoisePasses.UNIFORM;
          case EXPONENTIAL -> NoisePasses.EXPONENTIAL;
          case GUMBEL -> NoisePasses.GUMBEL;
          case LOGISTIC -> NoisePasses.LOGISTIC;
          case NORMAL -> throw new AssertionError("normal noise has no vector form");
        };
    Chunk chunk = Chunk.ofThread();
    float[] made = kind == Noise.UNIFORM ? chunk.uniforms : chunk.noise;
    int done = 0;
    while (done < length) {
      int skip = (int) ((from + done) % BLOCK);
      int count = Math.min(Chunk.SIZE - skip, length - done);
      chunk.draw(key, from + done, count).through(passes);
      System.arraycopy(made, skip, out, offset + done, count);
      done += count;
    }
  }

  @Override
  public void fill(Noise kind, Key key, long from, double[] out, int offset, int length) {
    scalar.fill(kind, key, from, out, offset, length);
  }
}
