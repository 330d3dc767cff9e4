package org.gumbel4j.cpu.kernels;

import java.util.Arrays;
import org.gumbel4j.random.Key;

/**
 * What {@linkplain Pass passes} share: operands, results and what lies between them, such as words
 * and noise on the way from a key to rows of a relaxed sample. All but the operands and results
 * stays in the first cache. Each thread has one chunk, and uses it for one thing at a time.
 */
final class Chunk {
  /** The most numbers that there is room for between operands and results. */
  static final int SIZE = 2048;

  private static final int BLOCK = ThreefryPasses.BLOCK;
  private static final int L = VectorShapes.lanes();

  /** Of the first and the last block of noise a part may be needed. */
  private static final int ROOM = SIZE + 2 * BLOCK;

  private static final float[] NONE = {};
  private static final long[] NO_INDICES = {};
  private static final double[] NO_DOUBLES = {};

  private static final ThreadLocal<Chunk> LOCAL = ThreadLocal.withInitial(Chunk::new);

  /** Words, in whole blocks. */
  final int[] words = new int[ROOM];

  /** Uniform variates of the words; or fractions that numbers are taken apart to. */
  final float[] uniforms = new float[ROOM];

  /** Noise made of them; or exponents, and then logarithms. */
  final float[] noise = new float[ROOM];

  /** How many words there are. */
  int length;

  /** The key's words, and their parity. */
  final int[] key = new int[5];

  /** The number of the first block. */
  long block;

  /** How often the key has been added to the words. */
  int injections;

  /** The first operand, such as logits, and where the chunk's part of it begins. */
  float[] x = NONE;

  int xAt;

  /** The second, such as noise that is added to them, where it begins, and what it is scaled by. */
  float[] other = NONE;

  int otherAt;
  float scale;

  /** Perturbed logits from the beginning of the array on, and how many whole registers hold. */
  float[] z = NONE;

  int padded;

  /** The bits of the largest |z|, or more if one is NaN. */
  int largest;

  /** What a loop carries along: kept in a vector, JDK 17 now and then makes an object of it. */
  private final int[] lanes = new int[L];

  /** Which of z are taken to exponentials of z·(high + low), or to pairs of a softmax. */
  int zAt;

  int count;
  float high;
  float low;

  /** The z beyond which an exponential is 0. */
  float bound;

  /** Whole rows: how many, of how many entries. */
  int rows;

  int k;

  /** Numbers of the rows, from the beginning on, and one number for each row. */
  float[] e = NONE;

  float[] sums = NONE;

  /** What rounding took from them, and what differences from a row's maximum are multiplied by. */
  float[] rests = NONE;

  double factor;

  /** Rows turned: entry j of row r at j·stride + r. Then powers of e in the same order. */
  double[] turned = NO_DOUBLES;

  double[] powers = NO_DOUBLES;
  int stride;

  /** One number for each row, in whole registers. */
  double[] maxima = NO_DOUBLES;

  double[] totals = NO_DOUBLES;

  /** Where results go. */
  float[] out = NONE;

  int outAt;

  /** Indices of the rows' first largest entries, and where those of the first row go. */
  long[] drawn = NO_INDICES;

  int drawnAt;

  /** A softmax and the gradient by it, from which the gradient by its argument is made. */
  float[] y = NONE;

  float[] g = NONE;
  int at;

  private Chunk() {}

  /** The calling thread's. */
  static Chunk ofThread() {
    return LOCAL.get();
  }

  /** Makes the words in which numbers {@code from, …, from + count − 1} of a key begin. */
  Chunk draw(Key of, long from, int count) {
    int skip = (int) (from % BLOCK);
    length = (skip + count + BLOCK - 1) / BLOCK * BLOCK;
    block = from / BLOCK;
    injections = 0;
    key[4] = ThreefryPasses.PARITY;
    for (int i = 0; i < 4; i++) {
      key[i] = of.word(i);
      key[4] ^= key[i];
    }
    return through(ThreefryPasses.WORDS);
  }

  /** Word i of what the key adds to the words next. */
  int injection(int i) {
    int round = injections + 1;
    return key[(round + i) % 5] + (i == 3 ? round : 0);
  }

  /** Takes n logits {@code from} on, to be perturbed into z, which has room for whole registers. */
  Chunk take(float[] l, int from, float[] result, int n) {
    z = result;
    padded = (n + L - 1) / L * L;
    if (from + padded <= l.length) {
      x = l;
      xAt = from;
    } else {
      System.arraycopy(l, from, z, 0, n);
      x = z;
      xAt = 0;
    }
    return this;
  }

  /** Takes n numbers of an operand to as many results. */
  Chunk map(float[] operand, int from, float[] results, int resultsAt, int n) {
    x = operand;
    xAt = from;
    return toResults(0, n, results, resultsAt);
  }

  /** The lanes, at zero. */
  int[] clearedLanes() {
    Arrays.fill(lanes, 0);
    return lanes;
  }

  /** Makes {@link #largest} the largest of the lanes. */
  void noteLargest() {
    largest = 0;
    for (int lane : lanes) {
      largest = Math.max(largest, lane);
    }
  }

  /** Takes n of z, from number {@code from} on, to results. */
  Chunk toResults(int from, int n, float[] results, int resultsAt) {
    zAt = from;
    count = n;
    out = results;
    outAt = resultsAt;
    return this;
  }

  /**
   * Lets go of the arrays that are others', which a thread would keep alive for as long as it is.
   */
  void release() {
    x = NONE;
    other = NONE;
    out = NONE;
    y = NONE;
    g = NONE;
    drawn = NO_INDICES;
  }

  /** Runs passes, one after another. */
  Chunk through(Pass[] passes) {
    for (Pass pass : passes) {
      pass.over(this);
    }
    return this;
  }
}
