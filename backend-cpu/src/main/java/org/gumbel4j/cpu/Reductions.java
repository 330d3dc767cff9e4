package org.gumbel4j.cpu;

import org.gumbel4j.cpu.kernels.BinaryOp;
import org.gumbel4j.cpu.kernels.ScalarElementwise;
import org.gumbel4j.cpu.kernels.ScalarReductions;
import org.gumbel4j.tensor.DType;
import org.gumbel4j.tensor.Shape;

/**
 * Reductions over any axes: the shape is folded to [outer, reduced, inner], by a permutation if it
 * must be. Long sums are cut into pieces at places that depend on the shape alone, and the pieces
 * added in order.
 */
final class Reductions {
  /** Entries summed by one task. */
  private static final int PIECE = 65_536;

  private static final int COLUMNS = 1024;
  private static final double NANOS = 0.2;

  private final ScalarReductions kernels;
  private final ScalarElementwise elementwise;
  private final ShapeMoves moves;
  private final Workers workers;

  Reductions(
      ScalarReductions kernels, ScalarElementwise elementwise, ShapeMoves moves, Workers workers) {
    this.kernels = kernels;
    this.elementwise = elementwise;
    this.moves = moves;
    this.workers = workers;
  }

  CpuArray sum(CpuArray x, int[] axes, boolean keepDims) {
    Fold f = fold(x, axes, keepDims);
    int entries = f.outer * f.inner;
    switch (x.dtype()) {
      case FLOAT32 -> {
        float[] y = new float[entries];
        double[] sums = sums(f);
        for (int i = 0; i < entries; i++) {
          y[i] = (float) sums[i];
        }
        return new CpuArray(f.shape, y);
      }
      case FLOAT64 -> {
        return new CpuArray(f.shape, sums(f));
      }
      default -> {
        return new CpuArray(f.shape, longSums(f));
      }
    }
  }

  private double[] sums(Fold f) {
    int columns = Math.min(f.inner, COLUMNS);
    int blocks = (f.inner - 1) / columns + 1;
    int rows = Math.max(1, PIECE / columns);
    int pieces = (f.reduced - 1) / rows + 1;
    int entries = f.outer * f.inner;
    double[][] parts = new double[pieces][];
    for (int p = 0; p < pieces; p++) {
      parts[p] = new double[entries];
    }
    double nanos = (double) f.outer * f.reduced * f.inner * NANOS;
    if (f.inner == 1 && pieces == 1) {
      double[] y = parts[0];
      workers.ranges(
          f.outer,
          f.reduced * NANOS,
          (from, to) -> {
            for (int o = from; o < to; o++) {
              y[o] = sum(f.x, o * f.reduced, f.reduced);
            }
          });
      return y;
    }
    workers.tasks(
        f.outer * blocks * pieces,
        nanos,
        task -> {
          int piece = task % pieces;
          int block = task / pieces % blocks;
          int o = task / pieces / blocks;
          int row = piece * rows;
          int from = (o * f.reduced + row) * f.inner + block * columns;
          int n = Math.min(rows, f.reduced - row);
          int width = Math.min(columns, f.inner - block * columns);
          int at = o * f.inner + block * columns;
          if (f.inner == 1) {
            parts[piece][at] = sum(f.x, from, n);
            return;
          }
          double[] acc = new double[width];
          if (f.x.dtype() == DType.FLOAT32) {
            kernels.sumColumns(f.x.floats(), from, f.inner, n, width, acc);
          } else {
            kernels.sumColumns(f.x.doubles(), from, f.inner, n, width, acc);
          }
          System.arraycopy(acc, 0, parts[piece], at, width);
        });
    double[] y = parts[0];
    for (int p = 1; p < pieces; p++) {
      for (int i = 0; i < entries; i++) {
        y[i] += parts[p][i];
      }
    }
    return y;
  }

  private double sum(CpuArray x, int from, int n) {
    return x.dtype() == DType.FLOAT32
        ? kernels.sum(x.floats(), from, n)
        : kernels.sum(x.doubles(), from, n);
  }

  private static long[] longSums(Fold f) {
    long[] x = f.x.longs();
    long[] y = new long[f.outer * f.inner];
    for (int o = 0; o < f.outer; o++) {
      for (int r = 0; r < f.reduced; r++) {
        for (int i = 0; i < f.inner; i++) {
          y[o * f.inner + i] += x[(o * f.reduced + r) * f.inner + i];
        }
      }
    }
    return y;
  }

  CpuArray max(CpuArray x, int[] axes, boolean keepDims) {
    return extreme(fold(x, axes, keepDims), BinaryOp.MAXIMUM);
  }

  CpuArray min(CpuArray x, int[] axes, boolean keepDims) {
    return extreme(fold(x, axes, keepDims), BinaryOp.MINIMUM);
  }

  private CpuArray extreme(Fold f, BinaryOp op) {
    Object y = CpuArray.allocate(f.x.dtype(), f.outer * f.inner);
    if (f.inner == 1 && f.x.dtype() != DType.INT64) {
      workers.ranges(
          f.outer,
          f.reduced * NANOS,
          (from, to) -> {
            for (int o = from; o < to; o++) {
              extremeOfRow(f, op, o, y);
            }
          });
    } else {
      workers.tasks(
          f.outer,
          (double) f.x.size() * NANOS,
          o -> {
            int at = o * f.inner;
            System.arraycopy(f.x.data(), o * f.reduced * f.inner, y, at, f.inner);
            for (int r = 1; r < f.reduced; r++) {
              extremeOfTwo(f, op, y, at, (o * f.reduced + r) * f.inner);
            }
          });
    }
    return new CpuArray(f.shape, f.x.dtype(), y);
  }

  private void extremeOfRow(Fold f, BinaryOp op, int o, Object y) {
    boolean max = op == BinaryOp.MAXIMUM;
    int from = o * f.reduced;
    if (f.x.dtype() == DType.FLOAT32) {
      float[] v = f.x.floats();
      ((float[]) y)[o] = max ? kernels.max(v, from, f.reduced) : kernels.min(v, from, f.reduced);
    } else {
      double[] v = f.x.doubles();
      ((double[]) y)[o] = max ? kernels.max(v, from, f.reduced) : kernels.min(v, from, f.reduced);
    }
  }

  private void extremeOfTwo(Fold f, BinaryOp op, Object y, int at, int from) {
    int n = f.inner;
    switch (f.x.dtype()) {
      case FLOAT32 -> {
        float[] v = (float[]) y;
        elementwise.binary(op, v, at, f.x.floats(), from, v, at, n);
      }
      case FLOAT64 -> {
        double[] v = (double[]) y;
        elementwise.binary(op, v, at, f.x.doubles(), from, v, at, n);
      }
      default -> {
        long[] v = (long[]) y;
        elementwise.binary(op, v, at, f.x.longs(), from, v, at, n);
      }
    }
  }

  CpuArray argMax(CpuArray x, int axis) {
    Fold f = fold(x, new int[] {axis}, false);
    long[] y = new long[f.outer * f.inner];
    workers.ranges(
        y.length,
        2 * f.reduced * NANOS,
        (from, to) -> {
          for (int e = from; e < to; e++) {
            int start = e / f.inner * f.reduced * f.inner + e % f.inner;
            y[e] =
                switch (x.dtype()) {
                  case FLOAT32 -> kernels.argMax(x.floats(), start, f.inner, f.reduced);
                  case FLOAT64 -> kernels.argMax(x.doubles(), start, f.inner, f.reduced);
                  default -> kernels.argMax(x.longs(), start, f.inner, f.reduced);
                };
          }
        });
    return new CpuArray(f.shape, y);
  }

  /** An array seen as [outer, reduced, inner], and the shape of what remains. */
  private record Fold(CpuArray x, int outer, int reduced, int inner, Shape shape) {}

  private Fold fold(CpuArray x, int[] axes, boolean keepDims) {
    Shape shape = x.shape();
    int rank = shape.rank();
    boolean[] reduce = new boolean[rank];
    Shape kept = shape;
    for (int i = axes.length - 1; i >= 0; i--) {
      reduce[axes[i]] = true;
      kept = keepDims ? kept.with(axes[i], 1) : kept.without(axes[i]);
    }
    long[] sizes = {1, 1, 1};
    int stage = 0;
    for (int axis = 0; axis < rank; axis++) {
      long dim = shape.dim(axis);
      if (dim == 1) {
        continue;
      }
      if (reduce[axis] != (stage == 1)) {
        stage++;
      }
      if (stage > 2) {
        return foldLast(x, reduce, kept);
      }
      sizes[stage] *= dim;
    }
    return new Fold(x, (int) sizes[0], (int) sizes[1], (int) sizes[2], kept);
  }

  /** Reduced axes lie apart: they are brought together at the end. */
  private Fold foldLast(CpuArray x, boolean[] reduce, Shape kept) {
    int rank = reduce.length;
    int[] permutation = new int[rank];
    int next = 0;
    for (int pass = 0; pass < 2; pass++) {
      for (int axis = 0; axis < rank; axis++) {
        if (reduce[axis] == (pass == 1)) {
          permutation[next++] = axis;
        }
      }
    }
    CpuArray sorted = moves.permute(x, permutation);
    int outer = (int) kept.size();
    return new Fold(sorted, outer, x.size() / outer, 1, kept);
  }
}
