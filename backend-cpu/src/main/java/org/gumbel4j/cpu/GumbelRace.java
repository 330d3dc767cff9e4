package org.gumbel4j.cpu;

import org.gumbel4j.cpu.kernels.ScalarSampling;
import org.gumbel4j.random.Key;
import org.gumbel4j.random.NoiseKernel;

/**
 * Finds the k largest of s + G over a row, s the logits over the temperature, without most of the
 * logarithms.
 *
 * <p>G falls as its word grows. While b is the k-th largest sum so far, an entry among others of
 * which the largest s is m can only matter if G &gt; b − m, that is, if its word is below a bound:
 * integers are compared, and few words become noise. The bound is drawn too wide rather than too
 * narrow, so the result is that of computing everything.
 *
 * <p>A workspace of one thread.
 */
final class GumbelRace {
  private static final int CHUNK = ScalarSampling.CHUNK;
  private static final int LANES = ScalarSampling.LANES;
  private static final int WINDOW = ScalarSampling.WINDOW;
  private static final int BLOCK = 64;

  /** A block of words costs about what this many do as a part of many. */
  private static final int BLOCK_COST = 256;

  /** Rows as short as this are raced as they come. */
  private static final int SHORT = 256;

  /** More than the largest Gumbel variate. */
  private static final double NOISE_END = 22.9;

  /** More than the error of a variate beside the exact one of its word. */
  private static final double NOISE_ERROR = 1e-5;

  private static final double LOG2E = 1.4426950408889634;

  private final ScalarSampling kernels;
  private final NoiseKernel noise;
  private final int[] words = new int[CHUNK];
  private final int[] limits = new int[LANES];
  private final BestClasses best = new BestClasses();

  private final LogitRow row;
  private float temperature;

  GumbelRace(ScalarSampling kernels, NoiseKernel noise, LogitRow row) {
    this.kernels = kernels;
    this.noise = noise;
    this.row = row;
  }

  /**
   * Runs the race; class c has number {@code first + c} of the key's Gumbel variates.
   *
   * @return the k best, or fewer if fewer can be drawn
   */
  BestClasses run(Key key, long first, int k, float temperature) {
    this.temperature = temperature;
    best.open(k);
    if (row.isListed && (long) row.listed * BLOCK_COST < row.n) {
      few(key, first);
      return best;
    }
    float lower = row.threshold;
    float upper = Float.POSITIVE_INFINITY;
    if (row.n > SHORT) {
      // The likeliest classes first, so that the bound is narrow when the crowd comes.
      float bound = Math.max(row.topBound(k), lower);
      if (bound > Float.NEGATIVE_INFINITY && row.collect(bound, 4 * k + BLOCK)) {
        few(key, first);
        upper = bound;
      }
    }
    if (upper > lower) {
      crowd(key, first, lower, upper);
    }
    return best;
  }

  /** The k largest logits of the row, in the order of the race. */
  BestClasses withoutNoise(int k) {
    best.open(k);
    row.keepTop(k);
    int count = row.isListed ? row.listed : row.n;
    for (int j = 0; j < count; j++) {
      int c = row.isListed ? row.list[j] : j;
      float logit = row.x[row.from + c];
      if (logit >= row.threshold) {
        best.offer(logit + 0f, c);
      }
    }
    return best;
  }

  /** The listed classes, one by one. */
  private void few(Key key, long first) {
    long block = -1;
    for (int j = 0; j < row.listed; j++) {
      int c = row.list[j];
      long index = first + c;
      if (index / BLOCK != block) {
        block = index / BLOCK;
        noise.words(key, block * BLOCK, words, 0, BLOCK);
      }
      enter(c, words[(int) (index % BLOCK)]);
    }
  }

  /** All classes whose logit lies in [lower, upper). */
  private void crowd(Key key, long first, float lower, float upper) {
    for (int chunk = 0; chunk < row.chunks(); chunk++) {
      float chunkMax = row.chunkMax(chunk);
      if (chunkMax < lower || !canWin(scaled(Math.min(chunkMax, upper)))) {
        continue;
      }
      int length = row.chunkLength(chunk);
      int start = chunk * CHUNK;
      noise.words(key, first + start, words, 0, length);
      limits(chunk, upper);
      for (int window = kernels.nextWindow(words, 0, length, limits);
          window < length;
          window = kernels.nextWindow(words, window + WINDOW, length, limits)) {
        if (window(start, window, Math.min(window + WINDOW, length), lower, upper)) {
          limits(chunk, upper);
        }
      }
    }
  }

  /** Computes the sums of a window that may win; says whether one is among the best. */
  private boolean window(int start, int from, int to, float lower, float upper) {
    boolean entered = false;
    for (int i = from; i < to; i++) {
      if (ScalarSampling.isWithin(words[i], limits[i % LANES])) {
        float logit = row.x[row.from + start + i];
        if (logit >= lower && logit < upper) {
          entered |= enter(start + i, words[i]);
        }
      }
    }
    return entered;
  }

  private void limits(int chunk, float upper) {
    for (int lane = 0; lane < LANES; lane++) {
      float m = scaled(Math.min(row.laneMax(chunk, lane), upper));
      limits[lane] = wordLimit(m) ^ Integer.MIN_VALUE;
    }
  }

  private boolean enter(int c, int word) {
    // Adding 0 makes a minus zero a zero: equal sums must look equal.
    float z = scaled(row.x[row.from + c]) + GumbelWord.toGumbel(word) + 0f;
    return best.offer(z, c);
  }

  private float scaled(float logit) {
    return temperature == 1 ? logit : (logit - row.max) / temperature;
  }

  private boolean canWin(float m) {
    return m > Float.NEGATIVE_INFINITY && (!best.isFull() || distance(m) < NOISE_END);
  }

  /** What a variate must at least be, for a class of scaled logit m to be among the best. */
  private double distance(float m) {
    float b = best.worst();
    // The sum was rounded.
    double rounding = Math.scalb((double) Math.max(Math.abs(b), Math.abs(m)), -22);
    return (double) b - m - NOISE_ERROR - rounding;
  }

  /** The largest word, unsigned, whose variate can reach the distance; or a larger one. */
  private int wordLimit(float m) {
    if (m == Float.NEGATIVE_INFINITY) {
      return 0;
    }
    if (!best.isFull()) {
      return -1;
    }
    // G > d needs v < 1 − exp(−exp(−d)) ≤ exp(−d) = 2^y, and 2^y lies below its chords at
    // integers: those are what the bits of a double are, read as a number.
    double y = -distance(m) * LOG2E;
    if (!(y < 0)) {
      return -1;
    }
    double v = Double.longBitsToDouble((long) ((Math.max(y, -64) + 1023) * 0x1p52));
    return (int) (long) Math.min(v * 0x1p32 + 2, 0xffffffffL);
  }
}
