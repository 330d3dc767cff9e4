package org.gumbel4j.cpu.kernels;

import java.util.Arrays;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;
import org.gumbel4j.cpu.kernels.Scratch.Slot;

/**
 * Products of FLOAT64 matrices by tiles, after Goto and van de Geijn ("Anatomy of high-performance
 * matrix multiplication", 2008): panels of b are packed so that a tile reads them straight on, in
 * blocks that stay in the second cache. Every entry is summed by one chain of fused multiply-adds
 * per 256 steps of k, whatever tile it falls into.
 */
final class DoubleMatMul {
  private static final int DEPTH = 256;
  private static final int COLUMNS = 1024 / Double.BYTES;
  private static final int BAND = 384 / Double.BYTES;

  /**
   * Keeps packed rows from lying a power of two apart, where they would push each other out of
   * cache.
   */
  private static final int PAD = 16;

  private static final VectorSpecies<Double> S = DoubleVector.SPECIES_PREFERRED;
  private static final int L = S.length();

  private DoubleMatMul() {}

  /**
   * As {@link ScalarMatMul#multiply(Product, double[], int, double[], int, double[], int, int, int,
   * int, int)}.
   */
  static void multiply(
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
    if (p.m() == 1) {
      rowTimesMatrix(p, a, ao, b, bo, c, co, j0, j1);
    } else if (p.n() == 1) {
      rowTimesMatrix(p.transposed(), b, bo, a, ao, c, co, i0, i1);
    } else {
      for (int j = j0; j < j1; j += COLUMNS) {
        int cols = Math.min(COLUMNS, j1 - j);
        for (int q = 0; q < p.k(); q += DEPTH) {
          int depth = Math.min(DEPTH, p.k() - q);
          double[] panels = packB(p, b, bo, q, depth, j, cols);
          for (int i = i0; i < i1; i += BAND) {
            int rows = Math.min(BAND, i1 - i);
            band(p, a, ao, panels, c, co, i, rows, j, cols, q, depth);
          }
        }
      }
    }
  }

  private static void band(
      Product p,
      double[] a,
      int ao,
      double[] panels,
      double[] c,
      int co,
      int i,
      int rows,
      int j,
      int cols,
      int q,
      int depth) {
    double[] source = p.transposeA() ? packA(p, a, ao, i, rows, q, depth) : a;
    int first = p.transposeA() ? 0 : ao + p.indexA(i, q);
    int rowStep = p.transposeA() ? 1 : p.k();
    int step = p.transposeA() ? BAND + PAD : 1;
    int whole = rows / DoubleTile.ROWS * DoubleTile.ROWS;
    boolean ragged = whole < rows && !p.transposeA();
    double[] last =
        ragged ? lastRows(a, first + whole * rowStep, rowStep, rows - whole, depth) : source;
    double[] sums = Scratch.doubles(Slot.TILE, DoubleTile.ROWS * DoubleTile.MAX_WIDTH * L);
    int panel = 0;
    for (int t = 0; t < cols; ) {
      int width = DoubleTile.width(cols - t);
      int wide = Math.min(width * L, cols - t);
      for (int r = 0; r < rows; r += DoubleTile.ROWS) {
        int high = Math.min(DoubleTile.ROWS, rows - r);
        int at = co + (i + r) * p.n() + j + t;
        if (q == 0 && high == DoubleTile.ROWS && wide == width * L) {
          int from = first + r * rowStep;
          DoubleTile.multiply(
              width, source, from, rowStep, step, panels, panel, depth, c, at, p.n());
        } else {
          boolean apart = ragged && high < DoubleTile.ROWS;
          DoubleTile.multiply(
              width,
              apart ? last : source,
              apart ? 0 : first + r * rowStep,
              apart ? DEPTH : rowStep,
              step,
              panels,
              panel,
              depth,
              sums,
              0,
              width * L);
          for (int s = 0; s < high; s++) {
            if (q == 0) {
              System.arraycopy(sums, s * width * L, c, at + s * p.n(), wide);
            } else {
              add(sums, s * width * L, c, at + s * p.n(), wide);
            }
          }
        }
      }
      panel += depth * width * L;
      t += width * L;
    }
  }

  /** The rows that are left over below the last whole tile, the last one repeated. */
  private static double[] lastRows(double[] a, int from, int rowStep, int rows, int depth) {
    double[] last = Scratch.doubles(Slot.PANELS_A, DoubleTile.ROWS * DEPTH);
    for (int r = 0; r < DoubleTile.ROWS; r++) {
      System.arraycopy(a, from + Math.min(r, rows - 1) * rowStep, last, r * DEPTH, depth);
    }
    return last;
  }

  private static void add(double[] sums, int from, double[] c, int to, int n) {
    int t = 0;
    for (; t <= n - 2 * L; t += 2 * L) {
      DoubleVector left = DoubleVector.fromArray(S, c, to + t);
      DoubleVector right = DoubleVector.fromArray(S, c, to + t + L);
      left.add(DoubleVector.fromArray(S, sums, from + t)).intoArray(c, to + t);
      right.add(DoubleVector.fromArray(S, sums, from + t + L)).intoArray(c, to + t + L);
    }
    for (; t < n; t++) {
      c[to + t] += sums[from + t];
    }
  }

  /** Columns q … of op(a), rows i … i + rows − 1, one column after another: as they are stored. */
  private static double[] packA(Product p, double[] a, int ao, int i, int rows, int q, int depth) {
    double[] packed = Scratch.doubles(Slot.PANELS_A, (BAND + PAD) * DEPTH);
    for (int s = 0; s < depth; s++) {
      System.arraycopy(a, ao + p.indexA(i, q + s), packed, s * (BAND + PAD), rows);
    }
    return packed;
  }

  /** Rows q … of op(b), columns j …, as panels of a tile's width, filled up with zeros. */
  private static double[] packB(Product p, double[] b, int bo, int q, int depth, int j, int cols) {
    double[] packed = Scratch.doubles(Slot.PANELS_B, DEPTH * (COLUMNS + 4 * L));
    if (p.transposeB()) {
      packColumns(p, b, bo, q, depth, j, cols, packed);
    } else {
      // Along the rows of b, as they lie in memory.
      for (int s = 0; s < depth; s++) {
        packRow(b, bo + p.indexB(q + s, j), cols, packed, s, depth);
      }
    }
    return packed;
  }

  private static void packColumns(
      Product p, double[] b, int bo, int q, int depth, int j, int cols, double[] packed) {
    int panel = 0;
    for (int t = 0; t < cols; ) {
      int stride = DoubleTile.width(cols - t) * L;
      int wide = Math.min(stride, cols - t);
      if (wide < stride) {
        Arrays.fill(packed, panel, panel + depth * stride, 0);
      }
      int from = bo + p.indexB(q, j + t);
      Transposition.copy(b, from, p.k(), packed, panel, stride, wide, depth);
      panel += depth * stride;
      t += stride;
    }
  }

  /** One row of b to row s of each panel. */
  private static void packRow(double[] b, int from, int cols, double[] packed, int s, int depth) {
    int widest = DoubleTile.MAX_WIDTH * L;
    int t = 0;
    for (; t <= cols - widest; t += widest) {
      int to = t * depth + s * widest;
      for (int u = 0; u < widest; u += 2 * L) {
        DoubleVector left = DoubleVector.fromArray(S, b, from + t + u);
        DoubleVector right = DoubleVector.fromArray(S, b, from + t + u + L);
        left.intoArray(packed, to + u);
        right.intoArray(packed, to + u + L);
      }
    }
    while (t < cols) {
      int stride = DoubleTile.width(cols - t) * L;
      int wide = Math.min(stride, cols - t);
      int to = t * depth + s * stride;
      System.arraycopy(b, from + t, packed, to, wide);
      Arrays.fill(packed, to + wide, to + stride, 0);
      t += stride;
    }
  }

  /** One row: nothing is used twice, so nothing is packed. */
  private static void rowTimesMatrix(
      Product p, double[] a, int ao, double[] b, int bo, double[] c, int co, int j0, int j1) {
    if (p.transposeB()) {
      for (int j = j0; j < j1; j++) {
        c[co + j] = dot(a, ao, b, bo + j * p.k(), p.k());
      }
      return;
    }
    int whole = j0 + (j1 - j0) / L * L;
    for (int j = j0; j < whole; j += L) {
      columns(a, ao, b, bo + j, p.n(), p.k(), c, co + j);
    }
    for (int j = whole; j < j1; j++) {
      double sum = 0;
      for (int s = 0; s < p.k(); s++) {
        sum = Math.fma(a[ao + s], b[bo + s * p.n() + j], sum);
      }
      c[co + j] = sum;
    }
  }

  private static void columns(
      double[] a, int ao, double[] b, int bo, int stride, int k, double[] c, int co) {
    DoubleVector sum = DoubleVector.zero(S);
    for (int s = 0; s < k; s++) {
      DoubleVector row = DoubleVector.fromArray(S, b, bo + s * stride);
      sum = row.fma(DoubleVector.broadcast(S, a[ao + s]), sum);
    }
    sum.intoArray(c, co);
  }

  private static double dot(double[] a, int ao, double[] b, int bo, int k) {
    DoubleVector even = DoubleVector.zero(S);
    DoubleVector odd = DoubleVector.zero(S);
    int s = 0;
    for (; s <= k - 2 * L; s += 2 * L) {
      even = DoubleVector.fromArray(S, a, ao + s).fma(DoubleVector.fromArray(S, b, bo + s), even);
      odd =
          DoubleVector.fromArray(S, a, ao + s + L)
              .fma(DoubleVector.fromArray(S, b, bo + s + L), odd);
    }
    double[] lanes = new double[L];
    even.add(odd).intoArray(lanes, 0);
    double sum = 0;
    for (double lane : lanes) {
      sum += lane;
    }
    for (; s < k; s++) {
      sum += a[ao + s] * b[bo + s];
    }
    return sum;
  }
}
