package org.gumbel4j.cpu.kernels;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Passes over one row of k FLOAT32 entries that keep what plain ones round off: with them softmax
 * and log-sum-exp stay within two units in the last place. Ranges and {@code room} are as in {@link
 * RowLoops}.
 */
final class ExactRows {
  private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
  private static final int L = S.length();

  private ExactRows() {}

  /**
   * (x − shift)·scale: rounded in y, and in {@code lost} what the roundings took away. Far below
   * the maximum that is many units in the last place of its exponential.
   */
  static void shift(
      float[] x,
      int xo,
      float shift,
      double scale,
      float[] y,
      float[] lost,
      int o,
      int k,
      int room) {
    float high = (float) scale;
    float low = (float) (scale - high);
    FloatVector t = FloatVector.broadcast(S, shift);
    FloatVector s = FloatVector.broadcast(S, high);
    FloatVector u = FloatVector.broadcast(S, low);
    int j = 0;
    for (; j < k && j <= room - L; j += L) {
      FloatVector v = FloatVector.fromArray(S, x, xo + j);
      FloatVector d = v.sub(t);
      FloatVector back = d.sub(v);
      FloatVector part = v.sub(d.sub(back)).sub(t.add(back));
      FloatVector p = d.mul(s);
      part = part.fma(s, d.fma(u, d.fma(s, p.neg())));
      p.intoArray(y, o + j);
      // Of a masked entry it is NaN, of one that is far down it does not matter.
      part.blend(0f, part.abs().compare(VectorOperators.LT, 1f).not()).intoArray(lost, o + j);
    }
    for (; j < k; j++) {
      float v = x[xo + j];
      float d = v - shift;
      float back = d - v;
      float part = (v - (d - back)) - (shift + back);
      float p = d * high;
      part = Math.fma(part, high, Math.fma(d, low, Math.fma(d, high, -p)));
      y[o + j] = p;
      lost[o + j] = Math.abs(part) < 1 ? part : 0;
    }
  }

  /** The sum, as if in double. */
  static double sum(float[] x, int from, int k) {
    double sum = 0;
    int whole = k < 2 * L ? 0 : k / L * L;
    if (whole > 0) {
      float[] lanes = new float[L];
      float[] lost = new float[L];
      sumLanes(x, from, whole, lanes, lost);
      for (int i = 0; i < L; i++) {
        // Beside an infinity nothing is lost, but the difference of two is NaN.
        sum += Float.isNaN(lost[i]) ? lanes[i] : (double) lanes[i] + lost[i];
      }
    }
    double odd = 0;
    int j = whole;
    for (; j < k - 1; j += 2) {
      sum += x[from + j];
      odd += x[from + j + 1];
    }
    return j < k ? sum + odd + x[from + j] : sum + odd;
  }

  /** Knuth's TwoSum in every lane. */
  private static void sumLanes(float[] x, int from, int n, float[] lanes, float[] lost) {
    FloatVector s0 = FloatVector.zero(S);
    FloatVector s1 = s0;
    FloatVector c0 = s0;
    FloatVector c1 = s0;
    int i = 0;
    for (; i <= n - 2 * L; i += 2 * L) {
      FloatVector v0 = FloatVector.fromArray(S, x, from + i);
      FloatVector v1 = FloatVector.fromArray(S, x, from + i + L);
      FloatVector t0 = s0.add(v0);
      FloatVector t1 = s1.add(v1);
      FloatVector back0 = t0.sub(s0);
      FloatVector back1 = t1.sub(s1);
      c0 = c0.add(s0.sub(t0.sub(back0)).add(v0.sub(back0)));
      c1 = c1.add(s1.sub(t1.sub(back1)).add(v1.sub(back1)));
      s0 = t0;
      s1 = t1;
    }
    FloatVector v = i < n ? FloatVector.fromArray(S, x, from + i) : FloatVector.zero(S);
    FloatVector t0 = s0.add(v);
    FloatVector back0 = t0.sub(s0);
    c0 = c0.add(s0.sub(t0.sub(back0)).add(v.sub(back0)));
    FloatVector t1 = t0.add(s1);
    FloatVector back1 = t1.sub(t0);
    c1 = c1.add(t0.sub(t1.sub(back1)).add(s1.sub(back1)));
    t1.intoArray(lanes, 0);
    c0.add(c1).intoArray(lost, 0);
  }

  /** y = (x + rest)·factor, rounded once. */
  static void scale(
      float[] x, float[] rest, int o, double factor, float[] y, int yo, int k, int room) {
    float high = (float) factor;
    float low = (float) (factor - high);
    FloatVector f = FloatVector.broadcast(S, high);
    FloatVector g = FloatVector.broadcast(S, low);
    int j = 0;
    for (; j < k && j <= room - L; j += L) {
      FloatVector v = FloatVector.fromArray(S, x, o + j);
      FloatVector w = FloatVector.fromArray(S, rest, o + j);
      v.fma(f, v.fma(g, w.mul(f))).intoArray(y, yo + j);
    }
    for (; j < k; j++) {
      float v = x[o + j];
      y[yo + j] = Math.fma(v, high, Math.fma(v, low, rest[o + j] * high));
    }
  }
}
