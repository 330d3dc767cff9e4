package org.gumbel4j.cpu;

import java.util.List;
import org.gumbel4j.cpu.kernels.Transposition;
import org.gumbel4j.tensor.DType;
import org.gumbel4j.tensor.Shape;

/** Entries moved, none computed: permutations, concatenation, slices. */
final class ShapeMoves {
  private static final int TILE = 32;
  private static final double NANOS = 0.5;

  private final Workers workers;

  ShapeMoves(Workers workers) {
    this.workers = workers;
  }

  CpuArray permute(CpuArray x, int[] permutation) {
    Shape shape = x.shape();
    int rank = shape.rank();
    int[] inputStrides = new int[rank];
    int stride = 1;
    for (int axis = rank - 1; axis >= 0; axis--) {
      inputStrides[axis] = stride;
      stride *= (int) shape.dim(axis);
    }
    long[] result = new long[rank];
    int[] dims = new int[rank];
    int[] strides = new int[rank];
    int merged = 0;
    for (int i = 0; i < rank; i++) {
      int axis = permutation[i];
      int dim = (int) shape.dim(axis);
      result[i] = dim;
      if (dim == 1) {
        continue;
      }
      if (merged > 0 && strides[merged - 1] == inputStrides[axis] * dim) {
        dims[merged - 1] *= dim;
        strides[merged - 1] = inputStrides[axis];
      } else {
        dims[merged] = dim;
        strides[merged] = inputStrides[axis];
        merged++;
      }
    }
    Shape moved = Shape.of(result);
    if (merged <= 1) {
      return x.reshape(moved);
    }
    Object y = CpuArray.allocate(x.dtype(), x.size());
    move(x, dims, strides, merged, y);
    return new CpuArray(moved, x.dtype(), y);
  }

  /**
   * Fills y, of extents dims, from entries that lie strides apart. The last axis and the one along
   * which the operand is contiguous are walked together in tiles, so that both sides stay in cache.
   */
  private void move(CpuArray x, int[] dims, int[] strides, int rank, Object y) {
    int last = rank - 1;
    int[] steps = new int[rank];
    int step = 1;
    for (int axis = last; axis >= 0; axis--) {
      steps[axis] = step;
      step *= dims[axis];
    }
    boolean runs = strides[last] == 1;
    // The axis that is walked beside the last one: where the operand is contiguous, else the next.
    int beside = runs ? last - 1 : contiguousAxis(strides, last);
    int others = x.size() / dims[last] / dims[beside];
    int bands = (dims[beside] - 1) / TILE + 1;
    workers.tasks(
        others * bands,
        x.size() * NANOS,
        task -> {
          int from = task % bands * TILE;
          int to = Math.min(dims[beside], from + TILE);
          int rest = task / bands;
          int source = 0;
          int target = 0;
          for (int axis = last - 1; axis >= 0; axis--) {
            if (axis != beside) {
              int index = rest % dims[axis];
              rest /= dims[axis];
              source += index * strides[axis];
              target += index * steps[axis];
            }
          }
          if (runs) {
            for (int i = from; i < to; i++) {
              System.arraycopy(
                  x.data(),
                  source + i * strides[beside],
                  y,
                  target + i * steps[beside],
                  dims[last]);
            }
            return;
          }
          int columnStride = strides[last];
          int rowStep = steps[beside];
          for (int j0 = 0; j0 < dims[last]; j0 += TILE) {
            int j1 = Math.min(dims[last], j0 + TILE);
            transposeTile(x, source, columnStride, y, target, rowStep, from, to, j0, j1);
          }
        });
  }

  private static int contiguousAxis(int[] strides, int otherwise) {
    for (int axis = 0; axis < otherwise; axis++) {
      if (strides[axis] == 1) {
        return axis;
      }
    }
    return otherwise;
  }

  /** y[target + i·rowStep + j] = x[source + i + j·columnStride] over a tile. */
  private static void transposeTile(
      CpuArray x,
      int source,
      int columnStride,
      Object y,
      int target,
      int rowStep,
      int i0,
      int i1,
      int j0,
      int j1) {
    switch (x.dtype()) {
      case FLOAT32 ->
          Transposition.copy(
              x.floats(),
              source + i0 + j0 * columnStride,
              columnStride,
              (float[]) y,
              target + i0 * rowStep + j0,
              rowStep,
              j1 - j0,
              i1 - i0);
      case FLOAT64 ->
          Transposition.copy(
              x.doubles(),
              source + i0 + j0 * columnStride,
              columnStride,
              (double[]) y,
              target + i0 * rowStep + j0,
              rowStep,
              j1 - j0,
              i1 - i0);
      case INT64 -> {
        long[] u = x.longs();
        long[] v = (long[]) y;
        for (int i = i0; i < i1; i++) {
          for (int j = j0; j < j1; j++) {
            v[target + i * rowStep + j] = u[source + i + j * columnStride];
          }
        }
      }
      case BOOL -> {
        boolean[] u = x.booleans();
        boolean[] v = (boolean[]) y;
        for (int i = i0; i < i1; i++) {
          for (int j = j0; j < j1; j++) {
            v[target + i * rowStep + j] = u[source + i + j * columnStride];
          }
        }
      }
    }
  }

  CpuArray concat(List<CpuArray> parts, int axis) {
    CpuArray first = parts.get(0);
    long extent = 0;
    for (CpuArray part : parts) {
      extent += part.shape().dim(axis);
    }
    Shape shape = first.shape().with(axis, extent);
    DType dtype = first.dtype();
    Object y = CpuArray.allocate("concat", shape, dtype);
    int outer = (int) shape.axes(0, axis).size();
    int row = (int) shape.axes(axis, shape.rank()).size();
    int at = 0;
    for (CpuArray part : parts) {
      int length = part.size() / outer;
      for (int o = 0; o < outer; o++) {
        System.arraycopy(part.data(), o * length, y, o * row + at, length);
      }
      at += length;
    }
    return new CpuArray(shape, dtype, y);
  }

  CpuArray slice(CpuArray x, int axis, long from, long to) {
    Shape shape = x.shape().with(axis, to - from);
    if (shape.equals(x.shape())) {
      return x.again();
    }
    int outer = (int) shape.axes(0, axis).size();
    int inner = (int) shape.axes(axis + 1, shape.rank()).size();
    int row = (int) x.shape().dim(axis) * inner;
    int length = (int) (to - from) * inner;
    Object y = CpuArray.allocate(x.dtype(), outer * length);
    for (int o = 0; o < outer; o++) {
      System.arraycopy(x.data(), o * row + (int) from * inner, y, o * length, length);
    }
    return new CpuArray(shape, x.dtype(), y);
  }
}
