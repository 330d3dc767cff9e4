package org.gumbel4j.cpu.kernels;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import org.gumbel4j.cpu.kernels.Scratch.Slot;

/**
 * Products of FLOAT32 matrices by tiles, after Goto and van de Geijn ("Anatomy of high-performance
 * matrix multiplication", 2008): panels of b are packed so that a tile reads them straight on, in
 * blocks that stay in the second cache. Every entry is summed by one chain of fused multiply-adds
 * per 256 steps of k, whatever tile it falls into.
 */
final class FloatMatMul {
  private static final int DEPTH = 256;
  private static final int COLUMNS = 1024 / Float.BYTES;
  private static final int BAND = 384 / Float.BYTES;

  /**
   * Keeps packed rows from lying a power of two apart, where they would push each other out of
   * cache.
   */
  private static final int PAD = 16;

  private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
  private static final int L = S.length();

  private FloatMatMul() {}

  /**
   * As {@link ScalarMatMul#multiply(Product, float[], int, float[], int, float[], int, int, int,
   * int, int)}.
   */
  static void multiply(
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
    if (p.m() == 1) {
      rowTimesMatrix(p, a, ao, b, bo, c, co, j0, j1);
    } else if (p.n() == 1) {
      rowTimesMatrix(p.transposed(), b, bo, a, ao, c, co, i0, i1);
    } else {
      for (int j = j0; j < j1; j += COLUMNS) {
        int cols = Math.min(COLUMNS, j1 - j);
        for (int q = 0; q < p.k(); q += DEPTH) {
          int depth = Math.min(DEPTH, p.k() - q);
          float[] panels = packB(p, b, bo, q, depth, j, cols);
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
      float[] a,
      int ao,
      float[] panels,
      float[] c,
      int co,
      int i,
      int rows,
      int j,
      int cols,
      int q,
      int depth) {
    float[] source = p.transposeA() ? packA(p, a, ao, i, rows, q, depth) : a;
    int first = p.transposeA() ? 0 : ao + p.indexA(i, q);
    int rowStep = p.transposeA() ? 1 : p.k();
    int step = p.transposeA() ? BAND + PAD : 1;
    int whole = rows / FloatTile.ROWS * FloatTile.ROWS;
    boolean ragged = whole < rows && !p.transposeA();
    float[] last =
        ragged ? lastRows(a, first + whole * rowStep, rowStep, rows - whole, depth) : source;
    float[] sums = Scratch.floats(Slot.TILE, FloatTile.ROWS * FloatTile.MAX_WIDTH * L);
    int panel = 0;
    for (int t = 0; t < cols; ) {
      int width = FloatTile.width(cols - t);
      int wide = Math.min(width * L, cols - t);
      for (int r = 0; r < rows; r += FloatTile.ROWS) {
        int high = Math.min(FloatTile.ROWS, rows - r);
        int at = co + (i + r) * p.n() + j + t;
        if (q == 0 && high == FloatTile.ROWS && wide == width * L) {
          int from = first + r * rowStep;
          FloatTile.multiply(
              width, source, from, rowStep, step, panels, panel, depth, c, at, p.n());
        } else {
          boolean apart = ragged && high < FloatTile.ROWS;
          FloatTile.multiply(
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
  private static float[] lastRows(float[] a, int from, int rowStep, int rows, int depth) {
    float[] last = Scratch.floats(Slot.PANELS_A, FloatTile.ROWS * DEPTH);
    for (int r = 0; r < FloatTile.ROWS; r++) {
      System.arraycopy(a, from + Math.min(r, rows - 1) * rowStep, last, r * DEPTH, depth);
    }
    return last;
  }

  private static void add(float[] sums, int from, float[] c, int to, int n) {
    int t = 0;
    for (; t <= n - 2 * L; t += 2 * L) {
      FloatVector left = FloatVector.fromArray(S, c, to + t);
      FloatVector right = FloatVector.fromArray(S, c, to + t + L);
      left.add(FloatVector.fromArray(S, sums, from + t)).intoArray(c, to + t);
      right.add(FloatVector.fromArray(S, sums, from + t + L)).intoArray(c, to + t + L);
    }
    for (; t < n; t++) {
      c[to + t] += sums[from + t];
    }
  }

  /** Columns q … of op(a), rows i … i + rows − 1, one column after another: as they are stored. */
  private static float[] packA(Product p, float[] a, int ao, int i, int rows, int q, int depth) {
    float[] packed = Scratch.floats(Slot.PANELS_A, (BAND + PAD) * DEPTH);
    for (int s = 0; s < depth; s++) {
      System.arraycopy(a, ao + p.indexA(i, q + s), packed, s * (BAND + PAD), rows);
    }
    return packed;
  }

  /** Rows q … of op(b), columns j …, as panels of a tile's width, filled up with zeros. */
  private static float[] packB(Product p, float[] b, int bo, int q, int depth, int j, int cols) {
    float[] packed = Scratch.floats(Slot.PANELS_B, DEPTH * (COLUMNS + 4 * L));
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
      Product p, float[] b, int bo, int q, int depth, int j, int cols, float[] packed) {
    int panel = 0;
    for (int t = 0; t < cols; ) {
      int stride = FloatTile.width(cols - t) * L;
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
  private static void packRow(float[] b, int from, int cols, float[] packed, int s, int depth) {
    int widest = FloatTile.MAX_WIDTH * L;
    int t = 0;
    for (; t <= cols - widest; t += widest) {
      int to = t * depth + s * widest;
      for (int u = 0; u < widest; u += 2 * L) {
        FloatVector left = FloatVector.fromArray(S, b, from + t + u);
        FloatVector right = FloatVector.fromArray(S, b, from + t + u + L);
        left.intoArray(packed, to + u);
        right.intoArray(packed, to + u + L);
      }
    }
    while (t < cols) {
      int stride = FloatTile.width(cols - t) * L;
      int wide = Math.min(stride, cols - t);
      int to = t * depth + s * stride;
      System.arraycopy(b, from + t, packed, to, wide);
      Arrays.fill(packed, to + wide, to + stride, 0);
      t += stride;
    }
  }

  /** One row: nothing is used twice, so nothing is packed. */
  private static void rowTimesMatrix(
      Product p, float[] a, int ao, float[] b, int bo, float[] c, int co, int j0, int j1) {
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
      float sum = 0;
      for (int s = 0; s < p.k(); s++) {
        sum = Math.fma(a[ao + s], b[bo + s * p.n() + j], sum);
      }
      c[co + j] = sum;
    }
  }

  private static void columns(
      float[] a, int ao, float[] b, int bo, int stride, int k, float[] c, int co) {
    FloatVector sum = FloatVector.zero(S);
    for (int s = 0; s < k; s++) {
      FloatVector row = FloatVector.fromArray(S, b, bo + s * stride);
      sum = row.fma(FloatVector.broadcast(S, a[ao + s]), sum);
    }
    sum.intoArray(c, co);
  }

  private static float dot(float[] a, int ao, float[] b, int bo, int k) {
    FloatVector even = FloatVector.zero(S);
    FloatVector odd = FloatVector.zero(S);
    int s = 0;
    for (; s <= k - 2 * L; s += 2 * L) {
      even = FloatVector.fromArray(S, a, ao + s).fma(FloatVector.fromArray(S, b, bo + s), even);
      odd =
          FloatVector.fromArray(S, a, ao + s + L).fma(FloatVector.fromArray(S, b, bo + s + L), odd);
    }
    float[] lanes = new float[L];
    even.add(odd).intoArray(lanes, 0);
    double sum = 0;
    for (float lane : lanes) {
      sum += lane;
    }
    for (; s < k; s++) {
      sum += (double) a[ao + s] * b[bo + s];
    }
    return (float) sum;
  }
}
