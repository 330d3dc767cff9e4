package org.gumbel4j.internal.ops;

import java.util.Arrays;
import java.util.List;
import org.gumbel4j.spi.Backend;
import org.gumbel4j.spi.Capability;
import org.gumbel4j.tensor.DType;
import org.gumbel4j.tensor.Tensor;

/** Picking, adding and ordering entries by index. */
public final class Indexing {
  private Indexing() {}

  /** Entries picked along an axis. */
  public static Tensor gather(Tensor x, Tensor index, int axis) {
    Op.require("gather", x, Capability.GATHERING);
    int a = checkIndex("gather", x, index, axis);
    return Op.emit(
        "gather",
        x,
        index.shape(),
        x.dtype(),
        () -> Op.backend(x).gather(Op.handle(x, "gather"), Op.handle(index, "gather"), a),
        new Input(x, (y, g) -> scatterAdd(x.zerosLike(), index, g, a)));
  }

  /** Values added at indices along an axis. */
  public static Tensor scatterAdd(Tensor x, Tensor index, Tensor values, int axis) {
    String op = "scatterAdd";
    Op.require(op, x, Capability.GATHERING);
    Op.numeric(op, x);
    Op.sameType(op, x, values);
    int a = checkIndex(op, x, index, axis);
    if (!values.shape().equals(index.shape())) {
      throw new IllegalArgumentException(
          op
              + ": values "
              + values.shape()
              + " and index "
              + index.shape()
              + " must have one shape");
    }
    if (index.shape().isEmpty()) {
      return x;
    }
    return Op.emit(
        op,
        x,
        x.shape(),
        x.dtype(),
        () ->
            Op.backend(x)
                .scatterAdd(Op.handle(x, op), Op.handle(index, op), Op.handle(values, op), a),
        new Input(x, (y, g) -> g),
        new Input(values, (y, g) -> gather(g, index, a)));
  }

  private static int checkIndex(String operation, Tensor x, Tensor index, int axis) {
    Op.type(operation, "an index", DType.INT64, index);
    Op.sameDevice(operation, x, index);
    int a = x.shape().axis(axis, operation);
    if (index.rank() != x.rank() || !index.shape().with(a, 0).equals(x.shape().with(a, 0))) {
      throw new IllegalArgumentException(
          operation
              + ": index "
              + index.shape()
              + " must have the extents of "
              + x.shape()
              + " but along axis "
              + axis);
    }
    checkRange(operation, index, x.shape().dim(a));
    return a;
  }

  /**
   * Every index must be 0 … count − 1. Read at once, on every backend and on an engine's tape too:
   * what an engine does with an index outside of its memory is not for anybody to find out.
   */
  static void checkRange(String operation, Tensor index, long count) {
    if (index.shape().isEmpty()) {
      return;
    }
    Backend<Object> backend = Op.backend(index);
    index
        .device()
        .scopedAll(
            () -> {
              Object h = Op.handle(index, operation);
              int[] all = Checks.allAxes(index);
              long low = backend.toLongs(all.length == 0 ? h : backend.min(h, all, false))[0];
              long high = backend.toLongs(all.length == 0 ? h : backend.max(h, all, false))[0];
              if (low < 0 || high >= count) {
                throw outside(operation, index, count);
              }
              return List.of();
            });
  }

  private static IndexOutOfBoundsException outside(String operation, Tensor index, long count) {
    for (long i : index.toLongs()) {
      if (i < 0 || i >= count) {
        return new IndexOutOfBoundsException(
            operation + ": index " + i + " is outside 0 … " + (count - 1));
      }
    }
    return new IndexOutOfBoundsException(operation + ": an index was outside 0 … " + (count - 1));
  }

  /** The indices that sort x. */
  public static Tensor argSort(Tensor x, int axis, boolean descending) {
    Op.require("argSort", x, Capability.SORTING);
    Op.numeric("argSort", x);
    int a = x.shape().axis(axis, "argSort");
    return Op.emit(
        "argSort",
        x,
        x.shape(),
        DType.INT64,
        () -> Op.backend(x).argSort(Op.handle(x, "argSort"), a, descending));
  }

  /** Running sums. */
  public static Tensor cumSum(Tensor x, int axis) {
    Op.require("cumSum", x, Capability.CUMULATIVE_SUM);
    Op.numeric("cumSum", x);
    int a = x.shape().axis(axis, "cumSum");
    return Op.emit(
        "cumSum",
        x,
        x.shape(),
        x.dtype(),
        () -> Op.backend(x).cumSum(Op.handle(x, "cumSum"), a),
        new Input(x, (y, g) -> sumFromEnd(g, a)));
  }

  /** Running sums from the last entry to the first. */
  private static Tensor sumFromEnd(Tensor g, int axis) {
    if (Op.backend(g).capabilities().contains(Capability.GATHERING)) {
      return flip(cumSum(flip(g, axis), axis), axis);
    }
    // what is left of a large total has few digits, but it is the best without an index
    return g.sum(new int[] {axis}, true).sub(cumSum(g, axis)).add(g);
  }

  /** The entries of an axis in opposite order. */
  private static Tensor flip(Tensor x, int axis) {
    long extent = x.shape().dim(axis);
    Tensor places = x.device().range(extent).neg().add((double) extent - 1);
    long[] along = new long[x.rank()];
    Arrays.fill(along, 1);
    along[axis] = extent;
    return gather(x, places.reshape(along).broadcastTo(x.shape()), axis);
  }

  /** One-hot vectors along a new last axis. */
  public static Tensor oneHot(Tensor index, long classes, DType dtype) {
    Op.type("oneHot", "an index", DType.INT64, index);
    index.device().requireType("oneHot", dtype);
    if (classes < 1) {
      throw new IllegalArgumentException("oneHot: classes = " + classes + " must be positive");
    }
    checkRange("oneHot", index, classes);
    return Op.emitFused(
        "oneHot",
        index,
        index.shape().withInserted(-1, classes),
        dtype,
        () -> Op.backend(index).fused().oneHot(Op.handle(index, "oneHot"), classes, dtype));
  }
}
