package org.gumbel4j.cpu.kernels;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * One pass over one row of k FLOAT32 entries. Rows of a block are passed in ascending order; {@code
 * room} says how many entries, the row's own included, may still be read and written: up to there a
 * pass writes whole vectors, and what it writes beyond its row is written again by the next row's
 * pass. Only a block's last entries are done one by one, by the same operations.
 */
final class RowLoops {
  private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
  private static final int L = S.length();

  private RowLoops() {}

  /**
   * The largest entry; NaN may or may not be reported, but is still there to spoil the row's sum.
   */
  static float max(float[] x, int from, int k) {
    // In the order of their bits, with those of negative numbers turned round, floats are integers:
    // whose maximum is one instruction.
    int max;
    if (k < L) {
      max = Integer.MIN_VALUE;
      for (int j = 0; j < k; j++) {
        int bits = Float.floatToRawIntBits(x[from + j]);
        max = Math.max(max, bits ^ ((bits >> 31) & Integer.MAX_VALUE));
      }
    } else {
      IntVector last = FloatVector.fromArray(S, x, from + k - L).reinterpretAsInts();
      IntVector m =
          last.lanewise(VectorOperators.ASHR, 31)
              .lanewise(VectorOperators.AND, Integer.MAX_VALUE)
              .lanewise(VectorOperators.XOR, last);
      for (int j = 0; j <= k - L; j += L) {
        IntVector bits = FloatVector.fromArray(S, x, from + j).reinterpretAsInts();
        m =
            bits.lanewise(VectorOperators.ASHR, 31)
                .lanewise(VectorOperators.AND, Integer.MAX_VALUE)
                .lanewise(VectorOperators.XOR, bits)
                .max(m);
      }
      // An integer maximum has no order to fear.
      max = m.reduceLanes(VectorOperators.MAX);
    }
    return Float.intBitsToFloat(max ^ ((max >> 31) & Integer.MAX_VALUE));
  }

  /**
   * The largest of the bits of |x|.
   *
   * <p>Eight vectors a turn, so that the method is too long to be inlined (325 bytes of code, by
   * HotSpot's defaults): where JDK 17 inlined it into its callers, in every other JVM, each
   * reinterpretation of a vector was a call that made objects, at three nanoseconds an entry.
   */
  static int largestMagnitude(float[] x, int from, int k) {
    int largest = 0;
    if (k < 8 * L) {
      for (int j = 0; j < k; j++) {
        largest = Math.max(largest, Float.floatToRawIntBits(x[from + j]) & Integer.MAX_VALUE);
      }
      return largest;
    }
    int[] m = new int[L];
    for (int j = 0; j < k; j += 8 * L) {
      int at = from + Math.min(j, k - 8 * L);
      IntVector a = FloatVector.fromArray(S, x, at).reinterpretAsInts();
      IntVector b = FloatVector.fromArray(S, x, at + L).reinterpretAsInts();
      IntVector c = FloatVector.fromArray(S, x, at + 2 * L).reinterpretAsInts();
      IntVector d = FloatVector.fromArray(S, x, at + 3 * L).reinterpretAsInts();
      IntVector e = FloatVector.fromArray(S, x, at + 4 * L).reinterpretAsInts();
      IntVector f = FloatVector.fromArray(S, x, at + 5 * L).reinterpretAsInts();
      IntVector g = FloatVector.fromArray(S, x, at + 6 * L).reinterpretAsInts();
      IntVector h = FloatVector.fromArray(S, x, at + 7 * L).reinterpretAsInts();
      a = a.lanewise(VectorOperators.AND, Integer.MAX_VALUE);
      b = b.lanewise(VectorOperators.AND, Integer.MAX_VALUE);
      c = c.lanewise(VectorOperators.AND, Integer.MAX_VALUE);
      d = d.lanewise(VectorOperators.AND, Integer.MAX_VALUE);
      e = e.lanewise(VectorOperators.AND, Integer.MAX_VALUE);
      f = f.lanewise(VectorOperators.AND, Integer.MAX_VALUE);
      g = g.lanewise(VectorOperators.AND, Integer.MAX_VALUE);
      h = h.lanewise(VectorOperators.AND, Integer.MAX_VALUE);
      IntVector u = a.max(b).max(c.max(d));
      IntVector v = e.max(f).max(g.max(h));
      u.max(v).max(IntVector.fromArray(IntVector.SPECIES_PREFERRED, m, 0)).intoArray(m, 0);
    }
    for (int lane : m) {
      largest = Math.max(largest, lane);
    }
    return largest;
  }

  /** The place of a number that is there, counted from {@code from}; its first. */
  static int indexOf(float[] x, int from, int k, float number) {
    int j = 0;
    while (j <= k - L
        && !FloatVector.fromArray(S, x, from + j).compare(VectorOperators.EQ, number).anyTrue()) {
      j += L;
    }
    while (x[from + j] != number) {
      j++;
    }
    return j;
  }

  /** The sum of few entries, by four chains. */
  static float sum(float[] x, int from, int k) {
    float s0 = 0;
    float s1 = 0;
    float s2 = 0;
    float s3 = 0;
    int j = 0;
    for (; j <= k - 4; j += 4) {
      s0 += x[from + j];
      s1 += x[from + j + 1];
      s2 += x[from + j + 2];
      s3 += x[from + j + 3];
    }
    for (; j < k; j++) {
      s0 += x[from + j];
    }
    return (s0 + s1) + (s2 + s3);
  }

  /** y = (x − shift)·scale. */
  static void shift(
      float[] x, int xo, float shift, float scale, float[] y, int yo, int k, int room) {
    FloatVector t = FloatVector.broadcast(S, shift);
    FloatVector s = FloatVector.broadcast(S, scale);
    int j = 0;
    for (; j < k && j <= room - L; j += L) {
      FloatVector.fromArray(S, x, xo + j).sub(t).mul(s).intoArray(y, yo + j);
    }
    for (; j < k; j++) {
      y[yo + j] = (x[xo + j] - shift) * scale;
    }
  }

  /** y = (x − first) − second. */
  static void shiftTwice(
      float[] x, int xo, float first, float second, float[] y, int yo, int k, int room) {
    FloatVector t = FloatVector.broadcast(S, first);
    FloatVector u = FloatVector.broadcast(S, second);
    int j = 0;
    for (; j < k && j <= room - L; j += L) {
      FloatVector.fromArray(S, x, xo + j).sub(t).sub(u).intoArray(y, yo + j);
    }
    for (; j < k; j++) {
      y[yo + j] = (x[xo + j] - first) - second;
    }
  }

  /** y = x·factor. */
  static void scale(float[] x, int xo, float factor, float[] y, int yo, int k, int room) {
    FloatVector f = FloatVector.broadcast(S, factor);
    int j = 0;
    for (; j < k && j <= room - L; j += L) {
      FloatVector.fromArray(S, x, xo + j).mul(f).intoArray(y, yo + j);
    }
    for (; j < k; j++) {
      y[yo + j] = x[xo + j] * factor;
    }
  }

  /** d = y·(g − inner)·scale. */
  static void softmaxGradient(
      float[] y, float[] g, int o, float inner, float scale, float[] d, int dO, int k, int room) {
    FloatVector t = FloatVector.broadcast(S, inner);
    FloatVector s = FloatVector.broadcast(S, scale);
    int j = 0;
    for (; j < k && j <= room - L; j += L) {
      FloatVector u = FloatVector.fromArray(S, g, o + j).sub(t);
      FloatVector.fromArray(S, y, o + j).mul(u).mul(s).intoArray(d, dO + j);
    }
    for (; j < k; j++) {
      d[dO + j] = y[o + j] * (g[o + j] - inner) * scale;
    }
  }

  /** d = g − e·total. */
  static void subScaled(
      float[] g, int go, float[] e, int eo, float total, float[] d, int dO, int k, int room) {
    FloatVector t = FloatVector.broadcast(S, total);
    int j = 0;
    for (; j < k && j <= room - L; j += L) {
      FloatVector u = FloatVector.fromArray(S, e, eo + j).mul(t);
      FloatVector.fromArray(S, g, go + j).sub(u).intoArray(d, dO + j);
    }
    for (; j < k; j++) {
      d[dO + j] = g[go + j] - e[eo + j] * total;
    }
  }
}
