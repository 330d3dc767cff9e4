package org.gumbel4j.cpu;

import org.gumbel4j.cpu.kernels.ScalarSampling;
import org.gumbel4j.random.Key;
import org.gumbel4j.random.NoiseKernel;

/**
 * Draws by inverse transform sampling: with one uniform variate u, the first class at which the
 * classes' weights, added up in order, exceed u times their sum.
 *
 * <p>Weights are added up in blocks, whose sums are in double: one pass over the row finds the
 * block, and the block's weights, computed again, the class.
 *
 * <p>A workspace of one thread.
 */
final class InverseTransform {
  private static final int BLOCK = ScalarSampling.SUM_BLOCK;

  /** 64-bit words in a block of the generator; each half of one lies this many lanes apart. */
  private static final int WORDS = 32;

  private static final int LANES = 16;

  private final ScalarSampling kernels;
  private final NoiseKernel noise;
  private final LogitRow row;
  private final float[] weights = new float[BLOCK];
  private final int[] words = new int[2 * WORDS];

  InverseTransform(ScalarSampling kernels, NoiseKernel noise, LogitRow row) {
    this.kernels = kernels;
    this.noise = noise;
    this.row = row;
  }

  /** Draws one class, with number {@code position} of the key's double-precision uniforms. */
  int draw(Key key, long position, float temperature) {
    return row.n == 1 ? 0 : at(uniform(key, position), temperature);
  }

  /**
   * The operations of the frozen mapping ({@code docs/randomness.md}), without an array of its own.
   */
  private double uniform(Key key, long index) {
    noise.words(key, index / WORDS * words.length, words, 0, words.length);
    int place = (int) (index % WORDS);
    int low = place / LANES * 2 * LANES + place % LANES;
    long word = (long) words[low + LANES] << 32 | Integer.toUnsignedLong(words[low]);
    double fine = ((word & 2047) + 0.5) * 0x1p-64;
    return Math.min(Math.fma((double) (word >>> 11), 0x1p-53, fine), 1 - 0x1p-53);
  }

  /** The class at u, from 2⁻⁶⁵ to 1 − 2⁻⁵³. */
  int at(double u, float temperature) {
    float scale = LogitRow.scale(temperature);
    double target = u * row.sumKept(scale);
    int count = row.isListed ? row.listed : row.n;
    int block = block(target, (count - 1) / BLOCK);
    double before = block == 0 ? 0 : row.totals[block - 1];
    double share = (target - before) / (row.totals[block] - before);
    int from = block * BLOCK;
    int i = within(from, Math.min(BLOCK, count - from), share, scale);
    if (i < 0) {
      // To the kernels 256 masked classes weigh 1e-35, beside a sum of at least 1.
      return row.argMax();
    }
    return row.isListed ? row.list[from + i] : from + i;
  }

  /** The first block up to which there is more than the target, which is less than there is. */
  private int block(double target, int last) {
    int low = 0;
    int high = last;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (row.totals[middle] > target) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }

  /** The first of n entries up to which there is more than a share of their weight; −1 of none. */
  private int within(int from, int n, double share, float scale) {
    float[] x = row.isListed ? row.values : row.x;
    int first = row.isListed ? from : row.from + from;
    kernels.weights(x, first, n, row.max, scale, weights);
    double sum = 0;
    for (int i = 0; i < n; i++) {
      if (x[first + i] == Float.NEGATIVE_INFINITY) {
        weights[i] = 0;
      }
      sum += weights[i];
    }
    double target = share * sum;
    double total = 0;
    for (int i = 0; i < n; i++) {
      total += weights[i];
      if (total > target) {
        return i;
      }
    }
    return -1;
  }
}
