package org.gumbel4j.djl;

/**
 * Counts calls of an engine as they are made. The primitives do not know for which device they
 * work, so a thread's calls are kept until the backend takes over what they made.
 */
final class CallCount {
  private static final ThreadLocal<long[]> CALLS = ThreadLocal.withInitial(() -> new long[1]);

  private CallCount() {}

  /** Counts calls that this thread has made, or is about to. */
  static void add(int calls) {
    CALLS.get()[0] += calls;
  }

  /** Returns what was counted on this thread since the last time, and begins anew. */
  static long take() {
    long[] count = CALLS.get();
    long calls = count[0];
    count[0] = 0;
    return calls;
  }
}
