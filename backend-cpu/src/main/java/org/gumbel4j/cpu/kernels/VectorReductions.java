package org.gumbel4j.cpu.kernels;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Sums and extremes of FLOAT32, a register at a time. Lanes are added up one after another, in
 * double; they hold at most 16 terms each, so a sum's error does not grow with its length.
 */
final class VectorReductions extends ScalarReductions {
  private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
  private static final int L = S.length();
  private static final int TERMS = 16;

  @Override
  public double sum(float[] x, int from, int n) {
    if (n < 2 * L) {
      return super.sum(x, from, n);
    }
    float[] lanes = new float[L];
    double sum = 0;
    int whole = n / L * L;
    for (int i = 0; i < whole; i += 4 * TERMS * L) {
      sumLanes(x, from + i, Math.min(4 * TERMS * L, whole - i), lanes);
      for (float lane : lanes) {
        sum += lane;
      }
    }
    return sum + super.sum(x, from + whole, n - whole);
  }

  private static void sumLanes(float[] x, int from, int n, float[] lanes) {
    FloatVector s0 = FloatVector.zero(S);
    FloatVector s1 = s0;
    FloatVector s2 = s0;
    FloatVector s3 = s0;
    int i = 0;
    for (; i <= n - 4 * L; i += 4 * L) {
      s0 = s0.add(FloatVector.fromArray(S, x, from + i));
      s1 = s1.add(FloatVector.fromArray(S, x, from + i + L));
      s2 = s2.add(FloatVector.fromArray(S, x, from + i + 2 * L));
      s3 = s3.add(FloatVector.fromArray(S, x, from + i + 3 * L));
    }
    for (; i < n; i += L) {
      s0 = s0.add(FloatVector.fromArray(S, x, from + i));
    }
    s0.add(s1).add(s2.add(s3)).intoArray(lanes, 0);
  }

  @Override
  public float max(float[] x, int from, int n) {
    if (n < 2 * L) {
      return super.max(x, from, n);
    }
    // The last vector overlaps the one before: an entry counted twice is no larger.
    FloatVector last = FloatVector.fromArray(S, x, from + n - L);
    FloatVector m0 = last;
    FloatVector m1 = last;
    for (int i = 0; i <= n - 2 * L; i += 2 * L) {
      m0 = m0.max(FloatVector.fromArray(S, x, from + i));
      m1 = m1.max(FloatVector.fromArray(S, x, from + i + L));
    }
    m0 = m0.max(FloatVector.fromArray(S, x, from + (n - L) / L * L));
    float[] lanes = new float[L];
    m0.max(m1).intoArray(lanes, 0);
    return super.max(lanes, 0, L);
  }

  @Override
  public float min(float[] x, int from, int n) {
    if (n < 2 * L) {
      return super.min(x, from, n);
    }
    FloatVector last = FloatVector.fromArray(S, x, from + n - L);
    FloatVector m0 = last;
    FloatVector m1 = last;
    for (int i = 0; i <= n - 2 * L; i += 2 * L) {
      m0 = m0.min(FloatVector.fromArray(S, x, from + i));
      m1 = m1.min(FloatVector.fromArray(S, x, from + i + L));
    }
    m0 = m0.min(FloatVector.fromArray(S, x, from + (n - L) / L * L));
    float[] lanes = new float[L];
    m0.min(m1).intoArray(lanes, 0);
    return super.min(lanes, 0, L);
  }

  @Override
  public int argMax(float[] x, int from, int stride, int n) {
    if (stride != 1 || n < 4 * L) {
      return super.argMax(x, from, stride, n);
    }
    float max = max(x, from, n);
    boolean nan = Float.isNaN(max);
    int i = 0;
    while (i <= n - L && !found(x, from + i, max, nan)) {
      i += L;
    }
    while (nan ? !Float.isNaN(x[from + i]) : x[from + i] != max) {
      i++;
    }
    return i;
  }

  private static boolean found(float[] x, int from, float max, boolean nan) {
    FloatVector v = FloatVector.fromArray(S, x, from);
    return nan
        ? v.compare(VectorOperators.NE, v).anyTrue()
        : v.compare(VectorOperators.EQ, max).anyTrue();
  }

  @Override
  public void sumColumns(float[] x, int from, int stride, int rows, int cols, double[] acc) {
    int whole = cols / L * L;
    float[] sums = new float[whole];
    for (int r = 0; r < rows; r += TERMS) {
      int n = Math.min(TERMS, rows - r);
      int block = from + r * stride;
      int j = 0;
      for (; j <= whole - 4 * L; j += 4 * L) {
        sumFour(x, block + j, stride, n, sums, j);
      }
      for (; j < whole; j += L) {
        sumOne(x, block + j, stride, n, sums, j);
      }
      for (int t = 0; t < whole; t++) {
        acc[t] += sums[t];
      }
    }
    for (int r = 0; r < rows; r++) {
      for (int j = whole; j < cols; j++) {
        acc[j] += x[from + r * stride + j];
      }
    }
  }

  private static void sumFour(float[] x, int from, int stride, int rows, float[] sums, int at) {
    FloatVector s0 = FloatVector.zero(S);
    FloatVector s1 = s0;
    FloatVector s2 = s0;
    FloatVector s3 = s0;
    for (int r = 0; r < rows; r++) {
      int row = from + r * stride;
      s0 = s0.add(FloatVector.fromArray(S, x, row));
      s1 = s1.add(FloatVector.fromArray(S, x, row + L));
      s2 = s2.add(FloatVector.fromArray(S, x, row + 2 * L));
      s3 = s3.add(FloatVector.fromArray(S, x, row + 3 * L));
    }
    s0.intoArray(sums, at);
    s1.intoArray(sums, at + L);
    s2.intoArray(sums, at + 2 * L);
    s3.intoArray(sums, at + 3 * L);
  }

  private static void sumOne(float[] x, int from, int stride, int rows, float[] sums, int at) {
    FloatVector sum = FloatVector.zero(S);
    for (int r = 0; r < rows; r++) {
      sum = sum.add(FloatVector.fromArray(S, x, from + r * stride));
    }
    sum.intoArray(sums, at);
  }
}
