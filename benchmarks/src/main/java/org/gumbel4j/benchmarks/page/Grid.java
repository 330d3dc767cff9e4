package org.gumbel4j.benchmarks.page;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The shapes that kernels of rows are measured at. */
record Grid(int n, int k) {
  private static final int[] ENTRIES = {10_000, 1_000_000, 16_000_000};
  private static final int[] CLASSES = {2, 10, 64, 1000, 32_000};

  /** All. */
  static List<Grid> all() {
    List<Grid> grids = new ArrayList<>();
    for (int n : ENTRIES) {
      for (int k : CLASSES) {
        grids.add(new Grid(n, k));
      }
    }
    return grids;
  }

  /** As benchmarks name it. */
  String size() {
    return n + "/" + k;
  }

  /** As people read it: n and K. */
  String where() {
    return String.format(Locale.ROOT, "n = %s, K = %d", entries(), k);
  }

  String entries() {
    return n == 10_000 ? "10⁴" : n == 1_000_000 ? "10⁶" : "1.6·10⁷";
  }

  boolean isFewClasses() {
    return k <= 10;
  }

  boolean isLarge() {
    return n >= 1_000_000;
  }
}
