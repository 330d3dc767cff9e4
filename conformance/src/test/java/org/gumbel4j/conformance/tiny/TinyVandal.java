package org.gumbel4j.conformance.tiny;

import java.util.Arrays;

/** Does to a handle what no backend may: writes to it. */
public final class TinyVandal {
  private TinyVandal() {}

  /** Sets every entry to zero. */
  public static void wipe(Object handle) {
    TinyArray array = (TinyArray) handle;
    Arrays.fill(array.reals, 0);
    Arrays.fill(array.integers, 0);
  }
}
