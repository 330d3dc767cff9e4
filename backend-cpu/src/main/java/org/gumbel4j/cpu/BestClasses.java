package org.gumbel4j.cpu;

import org.gumbel4j.cpu.kernels.ScalarSampling;

/**
 * The k largest of the numbers offered, with their classes; of equal numbers the lower class is the
 * better. A heap with the worst in front, each entry one {@code long}: the number's bits in order
 * above, the class turned round below.
 */
final class BestClasses {
  private long[] heap = new long[1];
  private int k;
  private int count;

  void open(int k) {
    if (heap.length < k) {
      heap = new long[k];
    }
    this.k = k;
    count = 0;
  }

  int count() {
    return count;
  }

  boolean isFull() {
    return count == k;
  }

  /** The worst of the numbers that are in. */
  float worst() {
    return Float.intBitsToFloat(ScalarSampling.ordered((int) (heap[0] >> 32)));
  }

  /**
   * Takes the class in if it is among the k best so far; −∞ never is.
   *
   * @return whether it is
   */
  boolean offer(float z, int c) {
    if (z == Float.NEGATIVE_INFINITY) {
      return false;
    }
    long entry = entry(z, c);
    if (count < k) {
      rise(entry, count++);
      return true;
    }
    if (entry <= heap[0]) {
      return false;
    }
    sink(entry, count);
    return true;
  }

  private static long entry(float z, int c) {
    return (long) ScalarSampling.ordered(Float.floatToRawIntBits(z)) << 32
        | Integer.toUnsignedLong(~c);
  }

  /** The one class there is, of k = 1. */
  int only() {
    return ~(int) heap[0];
  }

  /** Whether these are the classes, the best first; is empty thereafter. */
  boolean isInOrder(int[] classes, int offset, int length) {
    boolean same = count == length;
    while (count > 0) {
      same &= count <= length && classes[offset + count - 1] == ~(int) heap[0];
      count--;
      sink(heap[count], count);
    }
    return same;
  }

  /** Writes the classes, the best first, and is empty thereafter. */
  void drainTo(int[] out, int offset) {
    while (count > 0) {
      out[offset + count - 1] = ~(int) heap[0];
      count--;
      sink(heap[count], count);
    }
  }

  private void rise(long entry, int at) {
    int i = at;
    while (i > 0 && heap[(i - 1) / 2] > entry) {
      heap[i] = heap[(i - 1) / 2];
      i = (i - 1) / 2;
    }
    heap[i] = entry;
  }

  /** Replaces the front of a heap of {@code size} entries. */
  private void sink(long entry, int size) {
    int i = 0;
    for (int child = 1; child < size; child = 2 * i + 1) {
      if (child + 1 < size && heap[child + 1] < heap[child]) {
        child++;
      }
      if (heap[child] >= entry) {
        break;
      }
      heap[i] = heap[child];
      i = child;
    }
    heap[i] = entry;
  }
}
