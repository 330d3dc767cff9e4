package org.gumbel4j.internal.ops;

import java.util.Arrays;
import org.gumbel4j.tensor.DType;
import org.gumbel4j.tensor.Shape;
import org.gumbel4j.tensor.Tensor;

/** Reductions over axes. */
public final class Reductions {
  private Reductions() {}

  /** The sum; 0 over no entries. */
  public static Tensor sum(Tensor x, int[] axes, boolean keepDims) {
    Op.numeric("sum", x);
    int[] sorted = normalise("sum", x, axes);
    if (sorted.length == 0) {
      return x;
    }
    Shape result = reduced(x.shape(), sorted, keepDims);
    if (x.shape().isEmpty()) {
      return x.device().zeros(result, x.dtype());
    }
    return Op.emit(
        "sum",
        x,
        result,
        x.dtype(),
        () -> Op.backend(x).sum(Op.handle(x, "sum"), sorted, keepDims),
        new Input(x, (y, g) -> spread(g, x.shape(), sorted)));
  }

  /** The largest entry; its gradient is shared evenly by the entries that attain it. */
  public static Tensor max(Tensor x, int[] axes, boolean keepDims) {
    return extremum("max", x, axes, keepDims);
  }

  /** The smallest entry; its gradient is shared evenly by the entries that attain it. */
  public static Tensor min(Tensor x, int[] axes, boolean keepDims) {
    return extremum("min", x, axes, keepDims);
  }

  private static Tensor extremum(String operation, Tensor x, int[] axes, boolean keepDims) {
    Op.numeric(operation, x);
    int[] sorted = normalise(operation, x, axes);
    if (sorted.length == 0) {
      return x;
    }
    Shape result = reduced(x.shape(), sorted, keepDims);
    if (x.shape().isEmpty() && !result.isEmpty()) {
      throw new IllegalArgumentException(
          operation + ": no entries along axes " + Arrays.toString(axes) + " of " + x.shape());
    }
    return Op.emit(
        operation,
        x,
        result,
        x.dtype(),
        () ->
            operation.equals("max")
                ? Op.backend(x).max(Op.handle(x, operation), sorted, keepDims)
                : Op.backend(x).min(Op.handle(x, operation), sorted, keepDims),
        new Input(
            x,
            (y, g) -> {
              Tensor hit = x.eq(spread(y, x.shape(), sorted));
              Tensor count = hit.cast(x.dtype()).sum(sorted, keepDims);
              Tensor none = x.device().scalar(0, x.dtype());
              return Tensor.where(hit, spread(g.div(count), x.shape(), sorted), none);
            }));
  }

  /** The index of the largest entry, the first among equals. */
  public static Tensor argMax(Tensor x, int axis, boolean keepDims) {
    Op.numeric("argMax", x);
    int a = x.shape().axis(axis, "argMax");
    if (x.shape().dim(a) == 0) {
      throw new IllegalArgumentException(
          "argMax: no entries along axis " + axis + " of " + x.shape());
    }
    Tensor index =
        Op.emit(
            "argMax",
            x,
            x.shape().without(a),
            DType.INT64,
            () -> Op.backend(x).argMax(Op.handle(x, "argMax"), a));
    return keepDims ? index.expandDims(a) : index;
  }

  /** The mean: sum over count. */
  public static Tensor mean(Tensor x, int[] axes, boolean keepDims) {
    Op.floating("mean", x);
    long count = 1;
    for (int axis : normalise("mean", x, axes)) {
      count *= x.shape().dim(axis);
    }
    return sum(x, axes, keepDims).div((double) count);
  }

  /** Repeats what a reduction over the axes left, to fill the shape it came from. */
  private static Tensor spread(Tensor reduced, Shape shape, int[] axes) {
    long[] kept = shape.toArray();
    for (int axis : axes) {
      kept[axis] = 1;
    }
    return reduced.reshape(Shape.of(kept)).broadcastTo(shape);
  }

  static int[] normalise(String operation, Tensor x, int[] axes) {
    int[] sorted = new int[axes.length];
    for (int i = 0; i < axes.length; i++) {
      sorted[i] = x.shape().axis(axes[i], operation);
    }
    Arrays.sort(sorted);
    for (int i = 1; i < sorted.length; i++) {
      if (sorted[i] == sorted[i - 1]) {
        throw new IllegalArgumentException(
            operation
                + ": axes "
                + Arrays.toString(axes)
                + " name one axis of "
                + x.shape()
                + " twice");
      }
    }
    return sorted;
  }

  private static Shape reduced(Shape shape, int[] sorted, boolean keepDims) {
    Shape result = shape;
    for (int i = sorted.length - 1; i >= 0; i--) {
      result = keepDims ? result.with(sorted[i], 1) : result.without(sorted[i]);
    }
    return result;
  }
}
