package org.gumbel4j.cpu;

import org.gumbel4j.tensor.DType;
import org.gumbel4j.tensor.Shape;

/** Entries picked, added and accumulated along an axis, seen as [outer, extent, inner]. */
final class Indexing {
  private Indexing() {}

  private record Sides(int outer, int extent, int inner) {
    static Sides of(Shape shape, int axis) {
      return new Sides(
          (int) shape.axes(0, axis).size(),
          (int) shape.dim(axis),
          (int) shape.axes(axis + 1, shape.rank()).size());
    }
  }

  /** For each place of the index, in row-major order, the place in x that it names. */
  private static int[] places(Shape x, CpuArray index, int axis) {
    Sides to = Sides.of(index.shape(), axis);
    int extent = (int) x.dim(axis);
    long[] indices = index.longs();
    int[] places = new int[index.size()];
    int at = 0;
    for (int o = 0; o < to.outer; o++) {
      for (int e = 0; e < to.extent; e++) {
        for (int i = 0; i < to.inner; i++) {
          places[at] = (o * extent + (int) indices[at]) * to.inner + i;
          at++;
        }
      }
    }
    return places;
  }

  static CpuArray gather(CpuArray x, CpuArray index, int axis) {
    int[] places = places(x.shape(), index, axis);
    Object y = CpuArray.allocate(x.dtype(), places.length);
    switch (x.dtype()) {
      case FLOAT32 -> {
        float[] to = (float[]) y;
        for (int i = 0; i < places.length; i++) {
          to[i] = x.floats()[places[i]];
        }
      }
      case FLOAT64 -> {
        double[] to = (double[]) y;
        for (int i = 0; i < places.length; i++) {
          to[i] = x.doubles()[places[i]];
        }
      }
      case INT64 -> {
        long[] to = (long[]) y;
        for (int i = 0; i < places.length; i++) {
          to[i] = x.longs()[places[i]];
        }
      }
      case BOOL -> {
        boolean[] to = (boolean[]) y;
        for (int i = 0; i < places.length; i++) {
          to[i] = x.booleans()[places[i]];
        }
      }
    }
    return new CpuArray(index.shape(), x.dtype(), y);
  }

  static CpuArray scatterAdd(CpuArray x, CpuArray index, CpuArray values, int axis) {
    int[] places = places(x.shape(), index, axis);
    switch (x.dtype()) {
      case FLOAT32 -> {
        float[] y = x.floats().clone();
        for (int i = 0; i < places.length; i++) {
          y[places[i]] += values.floats()[i];
        }
        return new CpuArray(x.shape(), y);
      }
      case FLOAT64 -> {
        double[] y = x.doubles().clone();
        for (int i = 0; i < places.length; i++) {
          y[places[i]] += values.doubles()[i];
        }
        return new CpuArray(x.shape(), y);
      }
      default -> {
        long[] y = x.longs().clone();
        for (int i = 0; i < places.length; i++) {
          y[places[i]] += values.longs()[i];
        }
        return new CpuArray(x.shape(), y);
      }
    }
  }

  static CpuArray cumSum(CpuArray x, int axis) {
    Sides s = Sides.of(x.shape(), axis);
    Object y = CpuArray.allocate(x.dtype(), x.size());
    for (int o = 0; o < s.outer; o++) {
      for (int i = 0; i < s.inner; i++) {
        int from = o * s.extent * s.inner + i;
        switch (x.dtype()) {
          case FLOAT32 -> cumSum(x.floats(), (float[]) y, from, s.inner, s.extent);
          case FLOAT64 -> cumSum(x.doubles(), (double[]) y, from, s.inner, s.extent);
          default -> cumSum(x.longs(), (long[]) y, from, s.inner, s.extent);
        }
      }
    }
    return new CpuArray(x.shape(), x.dtype(), y);
  }

  private static void cumSum(float[] x, float[] y, int from, int stride, int n) {
    double sum = 0;
    for (int i = 0; i < n; i++) {
      sum += x[from + i * stride];
      y[from + i * stride] = (float) sum;
    }
  }

  private static void cumSum(double[] x, double[] y, int from, int stride, int n) {
    double sum = 0;
    for (int i = 0; i < n; i++) {
      sum += x[from + i * stride];
      y[from + i * stride] = sum;
    }
  }

  private static void cumSum(long[] x, long[] y, int from, int stride, int n) {
    long sum = 0;
    for (int i = 0; i < n; i++) {
      sum += x[from + i * stride];
      y[from + i * stride] = sum;
    }
  }

  static CpuArray argSort(CpuArray x, int axis, boolean descending, Workers workers) {
    Sides s = Sides.of(x.shape(), axis);
    long[] y = new long[x.size()];
    double levels = 1 + Math.log(s.extent) / Math.log(2);
    workers.ranges(
        s.outer * s.inner,
        s.extent * levels * 3,
        (first, last) -> {
          long[] keys = new long[s.extent];
          StableSort sort = new StableSort(s.extent);
          for (int slice = first; slice < last; slice++) {
            int from = slice / s.inner * s.extent * s.inner + slice % s.inner;
            for (int e = 0; e < s.extent; e++) {
              long key = key(x, from + e * s.inner);
              keys[e] = descending ? ~key : key;
            }
            int[] order = sort.order(keys);
            for (int e = 0; e < s.extent; e++) {
              y[from + e * s.inner] = order[e];
            }
          }
        });
    return new CpuArray(x.shape(), y);
  }

  /** An integer in the order of the entries: zeros are one, NaN is above +∞. */
  private static long key(CpuArray x, int i) {
    if (x.dtype() == DType.INT64) {
      return x.longs()[i];
    }
    double v = x.dtype() == DType.FLOAT32 ? x.floats()[i] : x.doubles()[i];
    long bits = Double.doubleToLongBits(v + 0.0);
    return bits ^ ((bits >> 63) & Long.MAX_VALUE);
  }
}
