package org.gumbel4j.random;

/** The order that sorts numbers without moving equal ones past each other. */
final class StableOrder {
  private StableOrder() {}

  /**
   * The indices of {@code words} from the smallest word to the largest, read as unsigned; bottom-up
   * merge sort.
   */
  static int[] ofUnsigned(long[] words) {
    int n = words.length;
    int[] order = new int[n];
    for (int i = 0; i < n; i++) {
      order[i] = i;
    }
    int[] merged = new int[n];
    for (long run = 1; run < n; run *= 2) {
      for (long start = 0; start < n; start += 2 * run) {
        int middle = (int) Math.min(start + run, n);
        int end = (int) Math.min(start + 2 * run, n);
        merge(words, order, (int) start, middle, end, merged);
      }
      int[] swap = order;
      order = merged;
      merged = swap;
    }
    return order;
  }

  private static void merge(
      long[] words, int[] order, int start, int middle, int end, int[] merged) {
    int left = start;
    int right = middle;
    for (int i = start; i < end; i++) {
      boolean takeLeft =
          left < middle
              && (right >= end
                  || Long.compareUnsigned(words[order[left]], words[order[right]]) <= 0);
      merged[i] = takeLeft ? order[left++] : order[right++];
    }
  }
}
