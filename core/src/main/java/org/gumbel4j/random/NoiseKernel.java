package org.gumbel4j.random;

/**
 * Cuts pieces out of a key's sequences, fast. All kernels give the same bits; they differ in
 * nothing but speed.
 *
 * <p>A kernel is a pure range fill: the number at an index depends on the key, the kind and the
 * index alone, never on where a piece begins, how long it is, or which thread asks. So a caller may
 * split a tensor over threads as it likes (pieces that begin at a multiple of 64 waste nothing), or
 * make noise for a few thousand elements at a time into a scratch array that stays in cache. A
 * kernel holds no state that outlives a call, but for scratch memory of the calling thread, and may
 * be used by any number of threads.
 *
 * <h2>Writing one</h2>
 *
 * The mapping is stated to the bit in {@code docs/randomness.md}. Floating-point results must come
 * from the very sequence of operations given there (a fused multiply-add is one rounding, and a
 * reciprocal is not a division), and can be checked against {@link NoiseKernels#scalar()}, which is
 * written to be read. Register a {@link NoiseKernelProvider} with {@link java.util.ServiceLoader},
 * and {@link NoiseKernels#best()} will find it. A kernel that is fast for a few kinds may hand the
 * others to the scalar one.
 */
public interface NoiseKernel {
  /** A short name for logs and reports, such as {@code scalar} or {@code vector}. */
  String name();

  /**
   * Writes the 32-bit words {@code from}, …, {@code from + length − 1} of {@code key} to {@code
   * out[offset]}, ….
   *
   * @throws IndexOutOfBoundsException if the range is negative, too long to count or does not fit
   *     into {@code out}; {@link #checkRange} says it as every kernel should
   */
  void words(Key key, long from, int[] out, int offset, int length);

  /**
   * Writes the 64-bit words {@code from}, …, {@code from + length − 1} of {@code key} to {@code
   * out[offset]}, ….
   *
   * @throws IndexOutOfBoundsException as above
   */
  void words(Key key, long from, long[] out, int offset, int length);

  /**
   * Writes the single-precision samples {@code from}, …, {@code from + length − 1} of {@code kind}
   * to {@code out[offset]}, …; sample i is a function of the 32-bit word i.
   *
   * @throws IndexOutOfBoundsException as above
   */
  void fill(Noise kind, Key key, long from, float[] out, int offset, int length);

  /**
   * Writes the double-precision samples {@code from}, …, {@code from + length − 1} of {@code kind}
   * to {@code out[offset]}, …; sample i is a function of the 64-bit word i.
   *
   * @throws IndexOutOfBoundsException as above
   */
  void fill(Noise kind, Key key, long from, double[] out, int offset, int length);

  /**
   * Checks that a piece lies within the sequence and within the array it is written to.
   *
   * @param from index of the first number in the sequence
   * @param arrayLength length of the array to be written to
   * @param offset where in the array the piece begins
   * @param length how many numbers
   * @throws IndexOutOfBoundsException if {@code from} or {@code length} is negative, if {@code from
   *     + length} exceeds the largest {@code long}, or if the array has no room for the piece at
   *     {@code offset}
   */
  static void checkRange(long from, int arrayLength, int offset, int length) {
    if (from < 0 || length < 0 || from > Long.MAX_VALUE - length) {
      throw new IndexOutOfBoundsException(
          "NoiseKernel: there is no piece of "
              + length
              + " numbers from index "
              + from
              + "; both must be 0 or more and their sum at most "
              + Long.MAX_VALUE);
    }
    if (offset < 0 || offset > arrayLength - length) {
      throw new IndexOutOfBoundsException(
          "NoiseKernel: an array of length "
              + arrayLength
              + " has no room for "
              + length
              + " numbers at offset "
              + offset);
    }
  }
}
