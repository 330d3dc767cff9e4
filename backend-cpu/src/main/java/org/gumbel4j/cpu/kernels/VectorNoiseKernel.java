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
 * computed to the block's edges and cut. Normal noise and double precision are the scalar kernel's.
 */
final class VectorNoiseKernel implements NoiseKernel {
  private static final int BLOCK = ThreefryPasses.BLOCK;
  private static final int CHUNK = 32 * BLOCK;

  private static final ThreadLocal<Scratch> SCRATCH = ThreadLocal.withInitial(Scratch::new);

  private final NoiseKernel scalar = NoiseKernels.scalar();

  private static final class Scratch {
    final int[] words = new int[CHUNK];
    final float[] values = new float[CHUNK];
    final float[] uniforms = new float[CHUNK];
  }

  @Override
  public String name() {
    return "vector";
  }

  @Override
  public void words(Key key, long from, int[] out, int offset, int length) {
    Objects.requireNonNull(key, "key");
    NoiseKernel.checkRange(from, out.length, offset, length);
    int[] words = SCRATCH.get().words;
    int done = 0;
    while (done < length) {
      int skip = (int) ((from + done) % BLOCK);
      int count = Math.min(CHUNK - skip, length - done);
      ThreefryPasses.words(key, (from + done) / BLOCK, blocks(skip + count), words);
      System.arraycopy(words, skip, out, offset + done, count);
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
      scalar.fill(kind, key, from, out, offset, length);
      return;
    }
    Scratch scratch = SCRATCH.get();
    int done = 0;
    while (done < length) {
      int skip = (int) ((from + done) % BLOCK);
      int count = Math.min(CHUNK - skip, length - done);
      int blocks = blocks(skip + count);
      ThreefryPasses.words(key, (from + done) / BLOCK, blocks, scratch.words);
      convert(kind, scratch, blocks * BLOCK);
      System.arraycopy(scratch.values, skip, out, offset + done, count);
      done += count;
    }
  }

  private static void convert(Noise kind, Scratch scratch, int length) {
    switch (kind) {
      case UNIFORM -> NoisePasses.uniform(scratch.words, scratch.values, length);
      case EXPONENTIAL -> {
        NoisePasses.exponential2(scratch.words, scratch.values, length);
        NoisePasses.toBaseE(scratch.values, length);
      }
      case GUMBEL -> {
        NoisePasses.exponential2(scratch.words, scratch.values, length);
        NoisePasses.gumbel(scratch.values, length);
      }
      case LOGISTIC -> {
        NoisePasses.halfUniform(scratch.words, scratch.uniforms, scratch.values, length);
        NoisePasses.logistic(scratch.words, scratch.uniforms, scratch.values, length);
      }
      case NORMAL -> throw new AssertionError("normal noise has no vector form");
    }
  }

  private static int blocks(int words) {
    return (words + BLOCK - 1) / BLOCK;
  }

  @Override
  public void fill(Noise kind, Key key, long from, double[] out, int offset, int length) {
    scalar.fill(kind, key, from, out, offset, length);
  }
}
