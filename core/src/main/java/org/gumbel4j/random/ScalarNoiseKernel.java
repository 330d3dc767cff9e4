package org.gumbel4j.random;

import java.util.Objects;

/**
 * The noise mapping in plain loops: what the documentation says, in Java, and what other kernels
 * must equal.
 */
final class ScalarNoiseKernel implements NoiseKernel {
  static final ScalarNoiseKernel INSTANCE = new ScalarNoiseKernel();

  /**
   * Counters per block: a block is these many neighbouring calls of the generator, read word by
   * word.
   */
  private static final int LANES = 16;

  private static final int INTS = 4 * LANES;
  private static final int LONGS = 2 * LANES;

  private ScalarNoiseKernel() {}

  @Override
  public String name() {
    return "scalar";
  }

  @Override
  public void words(Key key, long from, int[] out, int offset, int length) {
    Objects.requireNonNull(key, "key");
    NoiseKernel.checkRange(from, out.length, offset, length);
    int[] block = new int[INTS];
    int done = 0;
    while (done < length) {
      long index = from + done;
      int skip = (int) (index % INTS);
      int count = Math.min(INTS - skip, length - done);
      encryptBlock(key, index / INTS, block);
      System.arraycopy(block, skip, out, offset + done, count);
      done += count;
    }
  }

  @Override
  public void words(Key key, long from, long[] out, int offset, int length) {
    Objects.requireNonNull(key, "key");
    NoiseKernel.checkRange(from, out.length, offset, length);
    int[] block = new int[INTS];
    int done = 0;
    while (done < length) {
      long index = from + done;
      int skip = (int) (index % LONGS);
      int count = Math.min(LONGS - skip, length - done);
      encryptBlock(key, index / LONGS, block);
      for (int i = 0; i < count; i++) {
        int lane = (skip + i) % LANES;
        int pair = (skip + i) / LANES;
        long low = Integer.toUnsignedLong(block[2 * pair * LANES + lane]);
        long high = block[(2 * pair + 1) * LANES + lane];
        out[offset + done + i] = high << 32 | low;
      }
      done += count;
    }
  }

  /**
   * Word j of lane l goes to {@code block[16·j + l]}, so that a vector of lanes is stored as it
   * stands.
   */
  private static void encryptBlock(Key key, long number, int[] block) {
    for (int lane = 0; lane < LANES; lane++) {
      long counter = number * LANES + lane;
      Threefry.encrypt(
          key, (int) counter, (int) (counter >>> 32), 0, Key.TAG_DRAW, block, lane, LANES);
    }
  }

  @Override
  public void fill(Noise kind, Key key, long from, float[] out, int offset, int length) {
    NoiseKernel.checkRange(from, out.length, offset, length);
    int[] words = new int[Math.min(length, INTS)];
    int done = 0;
    while (done < length) {
      int untilBlockEnds = INTS - (int) ((from + done) % INTS);
      int count = Math.min(untilBlockEnds, length - done);
      words(key, from + done, words, 0, count);
      FloatNoise.convert(kind, words, out, offset + done, count);
      done += count;
    }
  }

  @Override
  public void fill(Noise kind, Key key, long from, double[] out, int offset, int length) {
    NoiseKernel.checkRange(from, out.length, offset, length);
    long[] words = new long[Math.min(length, LONGS)];
    int done = 0;
    while (done < length) {
      int untilBlockEnds = LONGS - (int) ((from + done) % LONGS);
      int count = Math.min(untilBlockEnds, length - done);
      words(key, from + done, words, 0, count);
      DoubleNoise.convert(kind, words, out, offset + done, count);
      done += count;
    }
  }
}
