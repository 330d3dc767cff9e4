package org.gumbel4j.random;

import org.jspecify.annotations.Nullable;

/**
 * A name for an endless sequence of random numbers. Ask it twice and it answers the same.
 *
 * <p>A key is an immutable 128-bit value. It has no state that a draw would advance: {@code
 * key.floats(GUMBEL, 3)} is the beginning of {@code key.floats(GUMBEL, 5)}, today and on another
 * machine. For <em>new</em> numbers, take a new key, as in JAX:
 *
 * <pre>{@code
 * Key[] keys = Key.of(42).split(2);
 * float[] noise = keys[0].floats(Noise.GUMBEL, 1_000);
 * int[] order = keys[1].permutation(60_000);
 *
 * Key stepKey = trainingKey.fold(step);   // one key per step, without keeping a chain of splits
 * }</pre>
 *
 * <p>One key, one use: draws of several kinds from the same key start from the same words, so they
 * are dependent. The children of a key ({@link #split}, {@link #child}, {@link #fold}) come from
 * the generator under other counter tags than its draws, so they never coincide with numbers drawn
 * from it.
 *
 * <p>The mapping from (key, index) to a number is frozen, see {@code docs/randomness.md}. A draw is
 * cut from the sequence by {@link NoiseKernels#best()}; every kernel gives the same bits. Keys may
 * be shared between threads. They are for simulation and learning, not for secrets.
 */
public final class Key {
  /** The last counter word of every draw: "DRAW" in ASCII. */
  static final int TAG_DRAW = 0x44524157;

  /** The last counter word of {@link #child}: "SPLT" in ASCII. */
  static final int TAG_SPLIT = 0x53504C54;

  /** The last counter word of {@link #fold}: "FOLD" in ASCII. */
  static final int TAG_FOLD = 0x464F4C44;

  final int k0;
  final int k1;
  final int k2;
  final int k3;

  private Key(int k0, int k1, int k2, int k3) {
    this.k0 = k0;
    this.k1 = k1;
    this.k2 = k2;
    this.k3 = k3;
  }

  /**
   * The key of a seed: its low and high half, then two zero words. Different seeds are different
   * keys.
   */
  public static Key of(long seed) {
    return new Key((int) seed, (int) (seed >>> 32), 0, 0);
  }

  /**
   * The key made of exactly these four words, as {@link #word} gives them: for checkpoints and
   * other languages.
   */
  public static Key ofWords(int k0, int k1, int k2, int k3) {
    return new Key(k0, k1, k2, k3);
  }

  /**
   * One of the four words of this key.
   *
   * @param i from 0 to 3
   * @throws IndexOutOfBoundsException for another {@code i}
   */
  public int word(int i) {
    return switch (i) {
      case 0 -> k0;
      case 1 -> k1;
      case 2 -> k2;
      case 3 -> k3;
      default ->
          throw new IndexOutOfBoundsException(
              "Key.word: a key has the words 0 to 3, there is no word " + i);
    };
  }

  /**
   * The first {@code n} children of this key: {@code split(n)[i]} is {@link #child child(i)}, so a
   * larger {@code n} adds keys and changes none.
   *
   * @throws IllegalArgumentException if {@code n} is negative
   */
  public Key[] split(int n) {
    checkCount("split", n);
    Key[] children = new Key[n];
    for (int i = 0; i < n; i++) {
      children[i] = child(i);
    }
    return children;
  }

  /** Child number {@code i} of this key; any {@code long} is a good number. */
  public Key child(long i) {
    return derive(i, TAG_SPLIT);
  }

  /**
   * The key of this key and {@code data}: a step, an epoch, a rank, a hash. Differs from every
   * {@link #child} of this key, so a key that has been split may also be folded.
   */
  public Key fold(long data) {
    return derive(data, TAG_FOLD);
  }

  private Key derive(long number, int tag) {
    int[] words = Threefry.words(this, (int) number, (int) (number >>> 32), 0, tag);
    return new Key(words[0], words[1], words[2], words[3]);
  }

  /**
   * The first {@code n} samples of {@code kind} in single precision.
   *
   * @throws IllegalArgumentException if {@code n} is negative
   */
  public float[] floats(Noise kind, int n) {
    checkCount("floats", n);
    float[] out = new float[n];
    fill(kind, 0, out, 0, n);
    return out;
  }

  /**
   * The first {@code n} samples of {@code kind} in double precision. They come from 64-bit words,
   * so they are other samples than {@link #floats} gives, not finer ones.
   *
   * @throws IllegalArgumentException if {@code n} is negative
   */
  public double[] doubles(Noise kind, int n) {
    checkCount("doubles", n);
    double[] out = new double[n];
    fill(kind, 0, out, 0, n);
    return out;
  }

  /**
   * Writes the samples {@code from}, …, {@code from + length − 1} of this key's single-precision
   * sequence to {@code out[offset]}, …: a piece of {@link #floats}, wherever it is cut.
   *
   * @throws IndexOutOfBoundsException if {@code from} is negative or the piece does not fit into
   *     {@code out}
   */
  public void fill(Noise kind, long from, float[] out, int offset, int length) {
    NoiseKernels.best().fill(kind, this, from, out, offset, length);
  }

  /**
   * Writes the samples {@code from}, …, {@code from + length − 1} of this key's double-precision
   * sequence to {@code out[offset]}, …: a piece of {@link #doubles}, wherever it is cut.
   *
   * @throws IndexOutOfBoundsException if {@code from} is negative or the piece does not fit into
   *     {@code out}
   */
  public void fill(Noise kind, long from, double[] out, int offset, int length) {
    NoiseKernels.best().fill(kind, this, from, out, offset, length);
  }

  /**
   * The first {@code n} raw 32-bit words, all 2<sup>32</sup> values equally likely.
   *
   * @throws IllegalArgumentException if {@code n} is negative
   */
  public int[] ints(int n) {
    checkCount("ints", n);
    int[] out = new int[n];
    NoiseKernels.best().words(this, 0, out, 0, n);
    return out;
  }

  /**
   * The first {@code n} raw 64-bit words, all 2<sup>64</sup> values equally likely.
   *
   * @throws IllegalArgumentException if {@code n} is negative
   */
  public long[] longs(int n) {
    checkCount("longs", n);
    long[] out = new long[n];
    NoiseKernels.best().words(this, 0, out, 0, n);
    return out;
  }

  /**
   * The first {@code n} integers uniform on {@code lo}, …, {@code hi − 1}: {@code lo} plus the high
   * half of the product of a 64-bit word with the width of the range. No value's probability is off
   * by as much as 2<sup>−64</sup>, so the bias over the whole range is below (hi −
   * lo)·2<sup>−64</sup>.
   *
   * @param lo the smallest value
   * @param hi one more than the largest value; {@code hi − lo} may exceed the largest {@code long}
   * @throws IllegalArgumentException if {@code n} is negative or {@code hi <= lo}
   */
  public long[] integers(long lo, long hi, int n) {
    checkCount("integers", n);
    if (hi <= lo) {
      throw new IllegalArgumentException(
          "Key.integers: the range [" + lo + ", " + hi + ") is empty; hi must be greater than lo");
    }
    long width = hi - lo;
    long[] out = longs(n);
    for (int i = 0; i < n; i++) {
      out[i] = lo + unsignedMultiplyHigh(out[i], width);
    }
    return out;
  }

  // Math.unsignedMultiplyHigh came with Java 18.
  private static long unsignedMultiplyHigh(long a, long b) {
    return Math.multiplyHigh(a, b) + ((a >> 63) & b) + ((b >> 63) & a);
  }

  /**
   * A random order of 0, …, {@code n − 1}: the numbers, stably sorted by the first {@code n}
   * unsigned 64-bit words.
   *
   * @throws IllegalArgumentException if {@code n} is negative
   */
  public int[] permutation(int n) {
    checkCount("permutation", n);
    return StableOrder.ofUnsigned(longs(n));
  }

  private static void checkCount(String operation, int n) {
    if (n < 0) {
      throw new IllegalArgumentException(
          "Key." + operation + ": n is " + n + "; it must be 0 or more");
    }
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Key that
        && k0 == that.k0
        && k1 == that.k1
        && k2 == that.k2
        && k3 == that.k3;
  }

  @Override
  public int hashCode() {
    return ((k0 * 31 + k1) * 31 + k2) * 31 + k3;
  }

  /** The four words in hexadecimal, for logs: {@code Key[0000002a 00000000 00000000 00000000]}. */
  @Override
  public String toString() {
    return String.format("Key[%08x %08x %08x %08x]", k0, k1, k2, k3);
  }
}
