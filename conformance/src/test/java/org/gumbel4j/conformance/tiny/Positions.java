package org.gumbel4j.conformance.tiny;

import java.util.function.IntUnaryOperator;
import org.gumbel4j.tensor.Shape;

/** Where entries lie in row-major order. */
final class Positions {
  private Positions() {}

  /** From positions in {@code large} to positions in {@code small}, which broadcasts to it. */
  static IntUnaryOperator stretched(Shape large, Shape small) {
    if (large.equals(small)) {
      return position -> position;
    }
    int[] steps = new int[large.rank()];
    int step = 1;
    for (int axis = small.rank() - 1; axis >= 0; axis--) {
      int extent = (int) small.dim(axis);
      steps[axis + large.rank() - small.rank()] = extent == 1 ? 0 : step;
      step *= extent;
    }
    return walk(large, steps);
  }

  /** From positions in the permuted array to positions in the array of the given shape. */
  static IntUnaryOperator permuted(Shape shape, Shape result, int[] permutation) {
    int[] steps = new int[permutation.length];
    for (int axis = 0; axis < steps.length; axis++) {
      steps[axis] = after(shape, permutation[axis]);
    }
    return walk(result, steps);
  }

  /** From a position in {@code shape} to the sum of its coordinates times the steps. */
  private static IntUnaryOperator walk(Shape shape, int[] steps) {
    long[] extents = shape.toArray();
    return position -> {
      int rest = position;
      int result = 0;
      for (int axis = extents.length - 1; axis >= 0; axis--) {
        int extent = (int) extents[axis];
        result += rest % extent * steps[axis];
        rest /= extent;
      }
      return result;
    };
  }

  /** How many entries lie between neighbours along an axis. */
  static int after(Shape shape, int axis) {
    return (int) shape.axes(axis + 1, shape.rank()).size();
  }

  /**
   * From positions in {@code to} to positions in {@code from}, which differs from it in the extent
   * of one axis: {@code index} tells, for a position in {@code to}, where on that axis of {@code
   * from} its entry lies.
   */
  static IntUnaryOperator moved(Shape to, Shape from, int axis, IntUnaryOperator index) {
    int inner = after(to, axis);
    int extent = (int) to.dim(axis);
    int source = (int) from.dim(axis);
    return p -> (p / (inner * extent) * source + index.applyAsInt(p)) * inner + p % inner;
  }

  /** Where on an axis a position lies. */
  static IntUnaryOperator along(Shape shape, int axis) {
    int inner = after(shape, axis);
    int extent = (int) shape.dim(axis);
    return p -> p / inner % extent;
  }
}
