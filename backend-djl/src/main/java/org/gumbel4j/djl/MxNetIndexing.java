package org.gumbel4j.djl;

import static org.gumbel4j.djl.EngineOps.called;
import static org.gumbel4j.djl.MxNetOps.invoke;
import static org.gumbel4j.djl.MxNetOps.tuple;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

/**
 * Picking, adding and ordering along an axis, which MXNet has not as one operator. The axis goes
 * last, everything before it becomes rows, and an entry is addressed by its place in the whole.
 */
final class MxNetIndexing {
  private final MxNetOps ops;
  private final long[] extents;
  private final int axis;

  /** For arrays of a shape, along one of its axes. */
  MxNetIndexing(MxNetOps ops, Shape shape, int axis) {
    this.ops = ops;
    this.extents = shape.getShape();
    this.axis = axis;
  }

  NDArray gather(NDArray x, NDArray index) {
    long picked = index.getShape().get(axis);
    try (Temporaries t = new Temporaries()) {
      NDArray flat = t.add(called(rows(t, x, extents[axis]).reshape(-1)));
      NDArray places = places(t, index, picked);
      NDArray taken = t.add(invoke("take", flat, places, "axis", "0", "mode", "clip"));
      return back(t, taken, picked);
    }
  }

  NDArray scatterAdd(NDArray x, NDArray index, NDArray values) {
    long picked = index.getShape().get(axis);
    try (Temporaries t = new Temporaries()) {
      NDArray places = t.add(called(places(t, index, picked).reshape(1, -1)));
      NDArray flat = t.add(called(rows(t, values, picked).reshape(-1)));
      String whole = tuple(LongStream.of(LongStream.of(extents).reduce(1, Math::multiplyExact)));
      NDArray sums = t.add(invoke("_backward_gather_nd", flat, places, "shape", whole));
      NDArray moved = t.add(back(t, sums, extents[axis]));
      return ops.add(x, moved);
    }
  }

  /**
   * A stable order from a sort that is not: in a first sorting, equal entries form runs; a second
   * sorts by run, then by place, and no two of its keys are equal.
   */
  NDArray argSort(NDArray x, boolean descending) {
    long n = extents[axis];
    try (Temporaries t = new Temporaries()) {
      NDArray rows = rows(t, x, n);
      MxNetIndexing alongRows = new MxNetIndexing(ops, rows.getShape(), 1);
      NDArray places;
      if (x.getDataType() == DataType.INT64) {
        places = order(t, rows);
        NDArray sorted = t.add(alongRows.gather(rows, places));
        places = keys(t, runs(t, sorted), places, descending);
      } else {
        // a NaN would spoil the order of the others: it sorts with the infinities, then after them
        NDArray nan = t.add(invoke("_npi_isnan", rows));
        NDArray some = t.add(invoke("_npi_where_lscalar", nan, rows, "scalar", "inf"));
        places = order(t, some);
        NDArray sorted = t.add(alongRows.gather(some, places));
        NDArray isNaN = t.add(alongRows.gather(t.add(ops.cast(nan, DataType.INT64)), places));
        NDArray doubled = scaled(t, runs(t, sorted), 2);
        places = keys(t, t.add(ops.add(doubled, isNaN)), places, descending);
      }
      NDArray keys = t.add(invoke("_npi_sort", places, "axis", "1"));
      NDArray flat = invoke("_npi_mod_scalar", keys, "scalar", Long.toString(n));
      return back(t, t.add(flat), n);
    }
  }

  private static NDArray order(Temporaries t, NDArray rows) {
    return t.add(invoke("_npi_argsort", rows, "axis", "1", "dtype", "int64"));
  }

  private static NDArray scaled(Temporaries t, NDArray x, long factor) {
    return t.add(invoke("_npi_multiply_scalar", x, "scalar", Long.toString(factor)));
  }

  /** The number of each entry's run of equal ones in sorted rows. */
  private NDArray runs(Temporaries t, NDArray sorted) {
    long n = sorted.getShape().get(1);
    NDArray first = t.add(ops.slice(sorted, 1, 0, 1));
    NDArray same = t.add(ops.cast(t.add(invoke("_npi_not_equal", first, first)), DataType.INT64));
    if (n == 1) {
      return same;
    }
    NDArray later = t.add(ops.slice(sorted, 1, 1, n));
    NDArray earlier = t.add(ops.slice(sorted, 1, 0, n - 1));
    NDArray changes =
        t.add(ops.cast(t.add(invoke("_npi_not_equal", later, earlier)), DataType.INT64));
    return t.add(ops.cumSum(t.add(ops.concat(List.of(same, changes), 1)), 1));
  }

  /** Numbers that sort by run, then by place, and hold the place as their remainder. */
  private NDArray keys(Temporaries t, NDArray runs, NDArray places, boolean descending) {
    return t.add(ops.add(scaled(t, runs, descending ? -extents[axis] : extents[axis]), places));
  }

  // ---- rows and places --------------------------------------------------------------------------

  /** [rows, length]: the axis last. */
  private NDArray rows(Temporaries t, NDArray x, long length) {
    NDArray moved = axis == last() ? x : t.add(ops.permute(x, toLast()));
    return t.add(called(moved.reshape(-1, length)));
  }

  /** Where the entries that an index picks are in the flattened rows. */
  private NDArray places(Temporaries t, NDArray index, long picked) {
    NDArray rows = rows(t, index, picked);
    long count = rows.getShape().get(0);
    long[] starts = new long[Math.toIntExact(count)];
    for (int i = 0; i < starts.length; i++) {
      starts[i] = i * extents[axis];
    }
    NDArray start =
        t.add(ops.create(index.getManager(), starts, org.gumbel4j.tensor.Shape.of(count, 1)));
    return t.add(called(t.add(ops.add(rows, start)).reshape(-1)));
  }

  /** The rows, flattened, as an array with the axis in its place again. */
  private NDArray back(Temporaries t, NDArray flat, long length) {
    long[] moved = new long[extents.length];
    int[] toLast = toLast();
    for (int i = 0; i < moved.length; i++) {
      moved[i] = i == last() ? length : extents[toLast[i]];
    }
    if (axis == last()) {
      return called(flat.reshape(moved));
    }
    return ops.permute(t.add(called(flat.reshape(moved))), fromLast());
  }

  private int last() {
    return extents.length - 1;
  }

  private int[] toLast() {
    int[] permutation = new int[extents.length];
    for (int i = 0; i < permutation.length; i++) {
      permutation[i] = i < axis ? i : i == last() ? axis : i + 1;
    }
    return permutation;
  }

  private int[] fromLast() {
    int[] permutation = new int[extents.length];
    for (int i = 0; i < permutation.length; i++) {
      permutation[i] = i < axis ? i : i == axis ? last() : i - 1;
    }
    return permutation;
  }

  /** Arrays made on the way, closed at the end. */
  private static final class Temporaries implements AutoCloseable {
    private final List<NDArray> arrays = new ArrayList<>();

    NDArray add(NDArray array) {
      arrays.add(array);
      return array;
    }

    @Override
    public void close() {
      arrays.forEach(NDArray::close);
    }
  }
}
