package org.gumbel4j.cpu.kernels;

import java.util.Arrays;

/**
 * Passes over one row of logits, for drawing from it. Vector kernels give the same bits.
 *
 * <p>A row is looked at in chunks of {@value #CHUNK} entries; entry i of a chunk belongs to lane i
 * mod {@value #LANES}.
 */
public class ScalarSampling {
  /** Entries to a chunk; its words and logits stay in the first-level cache. */
  public static final int CHUNK = 2048;

  /** Lanes to a chunk. */
  public static final int LANES = 16;

  /** Words that are looked at together. */
  public static final int WINDOW = 64;

  /** Entries whose weights are added in single precision before they meet the others in double. */
  public static final int SUM_BLOCK = 256;

  /** e⁻⁸⁷ is as small as a weight becomes: its place among normal floats. */
  static final float SMALLEST_LOG = 87f;

  static final float LOG2E = 0x1.715476p0f;

  /** 1.5·2²³: what is added to it is rounded to an integer, which its lowest bits then hold. */
  static final float ROUNDER = 0x1.8p23f;

  /** ln 2 in two parts; products of the first with exponents are exact. */
  static final float LN2_HIGH = 0x1.62e4p-1f;

  static final float LN2_LOW = 0x1.7f7d1cp-20f;

  /** 1/k!, as many as single precision sees on [−½ ln 2, ½ ln 2]. */
  static final float E2 = 0.5f;

  static final float E3 = 1f / 6;
  static final float E4 = 1f / 24;
  static final float E5 = 1f / 120;
  static final float E6 = 1f / 720;
  static final float E7 = 1f / 5040;

  /** The plain passes. */
  public ScalarSampling() {}

  /** Bits that are in the order of the floats: −NaN, −∞, …, −0, 0, …, ∞, NaN. Its own inverse. */
  public static int ordered(int bits) {
    return bits ^ ((bits >> 31) & Integer.MAX_VALUE);
  }

  /**
   * The largest entry of every lane of every chunk.
   *
   * @param maxima receives {@link #LANES} numbers a chunk, {@link #ordered}; the least integer for
   *     a lane without an entry
   * @return the smallest entry, {@link #ordered}
   */
  public int maxima(float[] x, int from, int n, int[] maxima) {
    Arrays.fill(maxima, 0, ((n - 1) / CHUNK + 1) * LANES, Integer.MIN_VALUE);
    int whole = n / LANES * LANES;
    int min = Integer.MAX_VALUE;
    for (int chunk = 0; chunk < whole; chunk += CHUNK) {
      int length = Math.min(CHUNK, whole - chunk);
      for (int lane = 0; lane < LANES; lane += 4) {
        int to = chunk / CHUNK * LANES + lane;
        min = Math.min(min, fourLanes(x, from + chunk + lane, length, maxima, to));
      }
    }
    return maxima(x, from, whole, n, maxima, min);
  }

  private static int fourLanes(float[] x, int from, int length, int[] maxima, int to) {
    int a = Integer.MIN_VALUE;
    int b = Integer.MIN_VALUE;
    int c = Integer.MIN_VALUE;
    int d = Integer.MIN_VALUE;
    int min = Integer.MAX_VALUE;
    for (int i = from; i < from + length; i += LANES) {
      int o = ordered(Float.floatToRawIntBits(x[i]));
      int p = ordered(Float.floatToRawIntBits(x[i + 1]));
      int q = ordered(Float.floatToRawIntBits(x[i + 2]));
      int r = ordered(Float.floatToRawIntBits(x[i + 3]));
      a = Math.max(a, o);
      b = Math.max(b, p);
      c = Math.max(c, q);
      d = Math.max(d, r);
      min = Math.min(min, Math.min(Math.min(o, p), Math.min(q, r)));
    }
    maxima[to] = a;
    maxima[to + 1] = b;
    maxima[to + 2] = c;
    maxima[to + 3] = d;
    return min;
  }

  /** The same of the entries from {@code i} on; what is in {@code maxima} already counts too. */
  static int maxima(float[] x, int from, int i, int n, int[] maxima, int smallest) {
    int min = smallest;
    for (int j = i; j < n; j++) {
      int o = ordered(Float.floatToRawIntBits(x[from + j]));
      int lane = j / CHUNK * LANES + j % LANES;
      maxima[lane] = Math.max(maxima[lane], o);
      min = Math.min(min, o);
    }
    return min;
  }

  /**
   * The first window of {@link #WINDOW} words, from the one that begins at {@code window} on, in
   * which a word may be within its lane's limit; {@code n} or more if there is none.
   *
   * @param window a multiple of {@link #WINDOW}
   * @param limits a number a lane: the largest word, unsigned, with its highest bit turned over
   */
  public int nextWindow(int[] words, int window, int n, int[] limits) {
    for (int i = window; i < n; i++) {
      if (isWithin(words[i], limits[i & (LANES - 1)])) {
        return i / WINDOW * WINDOW;
      }
    }
    return n;
  }

  /** Whether a word is within a limit of {@link #nextWindow}. */
  public static boolean isWithin(int word, int limit) {
    return (word ^ Integer.MIN_VALUE) <= limit;
  }

  /**
   * Appends {@code first + i} to {@code out} for every entry i that is at least {@code threshold}.
   *
   * @param out has room for {@code n} numbers from {@code count} on
   * @return the new count
   */
  public int atLeast(float[] x, int from, int n, float threshold, int first, int[] out, int count) {
    int at = count;
    for (int i = 0; i < n; i++) {
      // Without a branch: what is written too much is written over.
      out[at] = first + i;
      at += x[from + i] >= threshold ? 1 : 0;
    }
    return at;
  }

  /** out = x where allowed, −∞ elsewhere. */
  public void masked(float[] x, int from, boolean[] allowed, int n, float[] out) {
    for (int i = 0; i < n; i++) {
      out[i] = allowed[i] ? x[from + i] : Float.NEGATIVE_INFINITY;
    }
  }

  /** out = exp((x − max)·scale), at least e⁻⁸⁷. */
  public void weights(float[] x, int from, int n, float max, float scale, float[] out) {
    for (int i = 0; i < n; i++) {
      out[i] = weight((max - x[from + i]) * scale);
    }
  }

  /**
   * Σ exp((x − max)·scale), in a fixed order.
   *
   * @param lanes scratch, {@link #LANES} numbers
   * @param totals receives the sum of the first block of {@link #SUM_BLOCK} entries, that of the
   *     first two, …
   */
  public double sumWeights(
      float[] x, int from, int n, float max, float scale, float[] lanes, double[] totals) {
    double sum = 0;
    for (int block = 0; block < n; block += SUM_BLOCK) {
      Arrays.fill(lanes, 0, LANES, 0f);
      int end = Math.min(n, block + SUM_BLOCK);
      for (int i = block; i < end; i++) {
        lanes[i % LANES] += weight((max - x[from + i]) * scale);
      }
      sum = addLanes(sum, lanes);
      totals[block / SUM_BLOCK] = sum;
    }
    return sum;
  }

  static double addLanes(double sum, float[] lanes) {
    double total = sum;
    for (int lane = 0; lane < LANES; lane++) {
      total += lanes[lane];
    }
    return total;
  }

  /** exp(−y) for y ≥ 0, its argument kept below 87: within 1.5 units in the last place. */
  public static float weight(float y) {
    // Floats from 0 to ∞ are in the order of their bits.
    int bits = Math.min(Float.floatToRawIntBits(y), Float.floatToRawIntBits(SMALLEST_LOG));
    float x = -Float.intBitsToFloat(bits);
    float rounded = Math.fma(x, LOG2E, ROUNDER);
    float k = rounded - ROUNDER;
    float r = Math.fma(k, -LN2_LOW, Math.fma(k, -LN2_HIGH, x));
    float p = Math.fma(E7, r, E6);
    p = Math.fma(p, r, E5);
    p = Math.fma(p, r, E4);
    p = Math.fma(p, r, E3);
    p = Math.fma(p, r, E2);
    p = Math.fma(p, r, 1f);
    p = Math.fma(p, r, 1f);
    return Float.intBitsToFloat(
        Float.floatToRawIntBits(p) + (Float.floatToRawIntBits(rounded) << 23));
  }
}
