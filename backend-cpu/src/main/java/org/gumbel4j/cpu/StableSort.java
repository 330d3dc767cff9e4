package org.gumbel4j.cpu;

/** A merge sort of indices by their keys: equal keys keep their order. */
final class StableSort {
  private int[] order;
  private int[] merged;

  StableSort(int n) {
    order = new int[n];
    merged = new int[n];
  }

  /** The indices that sort the keys in ascending order; valid until the next call. */
  int[] order(long[] keys) {
    int n = order.length;
    for (int i = 0; i < n; i++) {
      order[i] = i;
    }
    for (long width = 1; width < n; width *= 2) {
      for (long from = 0; from < n; from += 2 * width) {
        int middle = (int) Math.min(n, from + width);
        merge(keys, (int) from, middle, (int) Math.min(n, from + 2 * width));
      }
      int[] swapped = order;
      order = merged;
      merged = swapped;
    }
    return order;
  }

  private void merge(long[] keys, int from, int middle, int to) {
    int left = from;
    int right = middle;
    for (int at = from; at < to; at++) {
      boolean takeLeft = left < middle && (right >= to || keys[order[left]] <= keys[order[right]]);
      merged[at] = takeLeft ? order[left++] : order[right++];
    }
  }
}
