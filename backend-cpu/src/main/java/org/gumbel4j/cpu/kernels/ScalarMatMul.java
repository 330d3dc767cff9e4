package org.gumbel4j.cpu.kernels;

import java.util.Arrays;

/**
 * Matrix products. Each entry of c is summed over k in one fixed order, whichever block of c is
 * asked for: a caller may cut c among threads as it likes.
 */
public class ScalarMatMul {
  private static final int ROWS = 64;
  private static final int COLS = 64;
  private static final int DEPTH = 256;

  /**
   * The block of rows {@code i0 … i1 − 1} and columns {@code j0 … j1 − 1} of c = op(a) · op(b),
   * sums in double. Matrices start at {@code ao}, {@code bo}, {@code co}.
   */
  public void multiply(
      Product p,
      float[] a,
      int ao,
      float[] b,
      int bo,
      float[] c,
      int co,
      int i0,
      int i1,
      int j0,
      int j1) {
    // Only these casts to double and back distinguish it from the version for FLOAT64.
    int depth = Math.min(DEPTH, p.k());
    double[] packed = new double[depth * COLS];
    double[] acc = new double[Math.min(ROWS, i1 - i0) * COLS];
    for (int j = j0; j < j1; j += COLS) {
      int cols = Math.min(COLS, j1 - j);
      for (int i = i0; i < i1; i += ROWS) {
        int rows = Math.min(ROWS, i1 - i);
        Arrays.fill(acc, 0);
        for (int q = 0; q < p.k(); q += DEPTH) {
          int steps = Math.min(DEPTH, p.k() - q);
          for (int s = 0; s < steps; s++) {
            for (int t = 0; t < cols; t++) {
              packed[s * COLS + t] = b[bo + p.indexB(q + s, j + t)];
            }
          }
          for (int r = 0; r < rows; r++) {
            addRows(acc, r * COLS, p, a, ao, i + r, q, steps, packed, cols);
          }
        }
        for (int r = 0; r < rows; r++) {
          int row = co + (i + r) * p.n() + j;
          for (int t = 0; t < cols; t++) {
            c[row + t] = (float) acc[r * COLS + t];
          }
        }
      }
    }
  }

  /** As the one for FLOAT32. */
  public void multiply(
      Product p,
      double[] a,
      int ao,
      double[] b,
      int bo,
      double[] c,
      int co,
      int i0,
      int i1,
      int j0,
      int j1) {
    int depth = Math.min(DEPTH, p.k());
    double[] packed = new double[depth * COLS];
    double[] acc = new double[Math.min(ROWS, i1 - i0) * COLS];
    for (int j = j0; j < j1; j += COLS) {
      int cols = Math.min(COLS, j1 - j);
      for (int i = i0; i < i1; i += ROWS) {
        int rows = Math.min(ROWS, i1 - i);
        Arrays.fill(acc, 0);
        for (int q = 0; q < p.k(); q += DEPTH) {
          int steps = Math.min(DEPTH, p.k() - q);
          for (int s = 0; s < steps; s++) {
            for (int t = 0; t < cols; t++) {
              packed[s * COLS + t] = b[bo + p.indexB(q + s, j + t)];
            }
          }
          for (int r = 0; r < rows; r++) {
            addRows(acc, r * COLS, p, a, ao, i + r, q, steps, packed, cols);
          }
        }
        for (int r = 0; r < rows; r++) {
          System.arraycopy(acc, r * COLS, c, co + (i + r) * p.n() + j, cols);
        }
      }
    }
  }

  // acc += one row of op(a) times the packed block of op(b).

  private static void addRows(
      double[] acc,
      int to,
      Product p,
      float[] a,
      int ao,
      int i,
      int q,
      int steps,
      double[] packed,
      int cols) {
    int s = 0;
    for (; s <= steps - 4; s += 4) {
      double a0 = a[ao + p.indexA(i, q + s)];
      double a1 = a[ao + p.indexA(i, q + s + 1)];
      double a2 = a[ao + p.indexA(i, q + s + 2)];
      double a3 = a[ao + p.indexA(i, q + s + 3)];
      addScaled(acc, to, a0, a1, a2, a3, packed, s * COLS, cols);
    }
    for (; s < steps; s++) {
      double scale = a[ao + p.indexA(i, q + s)];
      for (int t = 0; t < cols; t++) {
        acc[to + t] += scale * packed[s * COLS + t];
      }
    }
  }

  private static void addRows(
      double[] acc,
      int to,
      Product p,
      double[] a,
      int ao,
      int i,
      int q,
      int steps,
      double[] packed,
      int cols) {
    int s = 0;
    for (; s <= steps - 4; s += 4) {
      double a0 = a[ao + p.indexA(i, q + s)];
      double a1 = a[ao + p.indexA(i, q + s + 1)];
      double a2 = a[ao + p.indexA(i, q + s + 2)];
      double a3 = a[ao + p.indexA(i, q + s + 3)];
      addScaled(acc, to, a0, a1, a2, a3, packed, s * COLS, cols);
    }
    for (; s < steps; s++) {
      double scale = a[ao + p.indexA(i, q + s)];
      for (int t = 0; t < cols; t++) {
        acc[to + t] += scale * packed[s * COLS + t];
      }
    }
  }

  /** Four rows at once: a loop of its own, which the JIT turns into SIMD code unaided. */
  private static void addScaled(
      double[] acc,
      int to,
      double a0,
      double a1,
      double a2,
      double a3,
      double[] packed,
      int from,
      int n) {
    for (int t = 0; t < n; t++) {
      double sum = acc[to + t] + a0 * packed[from + t];
      sum += a1 * packed[from + COLS + t];
      sum += a2 * packed[from + 2 * COLS + t];
      acc[to + t] = sum + a3 * packed[from + 3 * COLS + t];
    }
  }
}
