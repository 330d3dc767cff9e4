package org.gumbel4j.benchmarks.page;

/** How threads are counted in words. */
final class Threads {
  private Threads() {}

  static String of(int threads) {
    return threads == 1 ? "one thread" : threads == 2 ? "two threads" : threads + " threads";
  }
}
