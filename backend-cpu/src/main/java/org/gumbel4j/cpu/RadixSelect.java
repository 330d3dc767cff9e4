package org.gumbel4j.cpu;

import java.util.Arrays;
import org.gumbel4j.cpu.kernels.ScalarSampling;

/**
 * Selection without sorting, in linear time whatever the numbers are: by the upper 11 bits, then
 * the next 11, then the last 10. Holds the bins, and belongs to one thread.
 */
final class RadixSelect {
  private static final int BINS = 1 << 11;
  private static final int[] SHIFTS = {21, 10, 0};
  private static final int[] MASKS = {BINS - 1, BINS - 1, (1 << 10) - 1};

  private final int[] counts = new int[BINS];
  private final double[] sums = new double[BINS];

  /**
   * The k-th largest of the first {@code n} numbers, 1 ≤ k ≤ n. Shuffles them.
   *
   * @param numbers signed integers
   */
  int largest(int[] numbers, int n, int k) {
    int left = n;
    int rank = k;
    for (int level = 0; ; level++) {
      int shift = SHIFTS[level];
      int mask = MASKS[level];
      Arrays.fill(counts, 0);
      for (int i = 0; i < left; i++) {
        counts[((numbers[i] ^ Integer.MIN_VALUE) >>> shift) & mask]++;
      }
      int bin = mask;
      while (counts[bin] < rank) {
        rank -= counts[bin--];
      }
      left = keep(numbers, left, shift, mask, bin);
      if (left == 1 || level == 2) {
        return numbers[0];
      }
    }
  }

  private static int keep(int[] numbers, int n, int shift, int mask, int bin) {
    int kept = 0;
    for (int i = 0; i < n; i++) {
      if ((((numbers[i] ^ Integer.MIN_VALUE) >>> shift) & mask) == bin) {
        numbers[kept++] = numbers[i];
      }
    }
    return kept;
  }

  /**
   * The largest of the first {@code n} values whose upper part, itself included, has at least the
   * weight {@code target}; the smallest value if rounding leaves all of them below. Shuffles values
   * and weights.
   */
  float heaviest(float[] values, float[] weights, int n, double target) {
    int left = n;
    double missing = target;
    for (int level = 0; ; level++) {
      int shift = SHIFTS[level];
      int mask = MASKS[level];
      Arrays.fill(sums, 0);
      for (int i = 0; i < left; i++) {
        sums[(key(values[i]) >>> shift) & mask] += weights[i];
      }
      int bin = mask;
      int last = -1;
      while (bin >= 0 && sums[bin] < missing) {
        if (sums[bin] > 0) {
          last = bin;
        }
        missing -= sums[bin--];
      }
      if (bin < 0) {
        // Added up in another order, the weights fall short by a rounding: the smallest it is.
        bin = last;
        missing = Double.POSITIVE_INFINITY;
      }
      int kept = 0;
      for (int i = 0; i < left; i++) {
        if (((key(values[i]) >>> shift) & mask) == bin) {
          values[kept] = values[i];
          weights[kept++] = weights[i];
        }
      }
      left = kept;
      if (left == 1 || level == 2) {
        return values[0];
      }
    }
  }

  private static int key(float value) {
    // Equal floats must have equal keys: a zero has no sign here.
    return ScalarSampling.ordered(Float.floatToRawIntBits(value + 0f)) ^ Integer.MIN_VALUE;
  }
}
