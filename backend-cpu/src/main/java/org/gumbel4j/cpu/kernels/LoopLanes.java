package org.gumbel4j.cpu.kernels;

import java.util.Arrays;
import org.gumbel4j.cpu.kernels.Scratch.Slot;

/**
 * What an array of FLOAT32 holds at most, without the Vector API: by sums over lanes of an array,
 * since the JIT compiler makes vector code of neither a maximum nor a sum that a loop carries
 * along.
 */
final class LoopLanes {
  private static final int LANES = 256;

  /** Sums are rounded: they are held against a little less. */
  private static final double LESS = 0.999;

  private LoopLanes() {}

  /**
   * Whether n entries are so small that their squares cannot add up to the square of {@code most}:
   * then no |x| is larger, but the other way it need not be so. False where one is NaN.
   */
  static boolean areWellBelow(float most, float[] x, int from, int n) {
    float square = most * most;
    if (!(square >= Float.MIN_NORMAL && square < Float.POSITIVE_INFINITY)) {
      return false; // squares that are 0 or infinite say nothing
    }
    float[] lanes = Scratch.floats(Slot.LANES, LANES);
    Arrays.fill(lanes, 0, LANES, 0);
    int i = 0;
    for (; i <= n - LANES; i += LANES) {
      addSquares(x, from + i, lanes, LANES);
    }
    addSquares(x, from + i, lanes, n - i);
    double bound = LESS * square;
    boolean below = true;
    for (int j = 0; j < LANES; j++) {
      below &= lanes[j] <= bound;
    }
    return below;
  }

  private static void addSquares(float[] x, int from, float[] lanes, int n) {
    for (int j = 0; j < n; j++) {
      lanes[j] = Math.fma(x[from + j], x[from + j], lanes[j]);
    }
  }

  /** Whether no |x| of n entries is larger than {@code most}, and none is NaN. */
  static boolean areWithin(float most, float[] x, int from, int n) {
    boolean within = true;
    for (int i = from; i < from + n; i++) {
      within &= Math.abs(x[i]) <= most;
    }
    return within;
  }
}
