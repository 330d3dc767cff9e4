package org.gumbel4j.conformance.chapters;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.gumbel4j.conformance.check.Close;
import org.gumbel4j.conformance.check.Reference;
import org.gumbel4j.conformance.check.Samples;
import org.gumbel4j.conformance.check.Shapes;
import org.gumbel4j.conformance.check.Specials;
import org.gumbel4j.tensor.DType;
import org.gumbel4j.tensor.Shape;

/** Primitives: entries moved, none changed. */
abstract class ShapeRules extends Section {
  @Rule("P41")
  void reshapeKeepsRowMajorOrder() {
    List<List<Shape>> families =
        List.of(
            List.of(Shape.SCALAR, Shape.of(1), Shape.of(1, 1, 1)),
            List.of(Shape.of(12), Shape.of(3, 4), Shape.of(2, 1, 6), Shape.of(2, 3, 2)));
    for (DType dtype : allTypes()) {
      for (List<Shape> family : families) {
        for (Shape from : family) {
          for (Shape to : family) {
            double[] x = values(dtype, Close.size(from));
            Object reshaped = backend().reshape(handle(x, from, dtype), to);
            checkHandleBits(() -> "reshape " + dtype + from + " to " + to, reshaped, to, dtype, x);
          }
        }
      }
    }
  }

  @Rule("P42")
  void permuteInEveryOrder() {
    for (DType dtype : allTypes()) {
      for (Shape shape : Shapes.AWKWARD) {
        double[] x = values(dtype, Close.size(shape));
        for (int[] permutation : Shapes.permutations(shape.rank())) {
          checkHandleBits(
              () -> "permute " + dtype + shape + " by " + Arrays.toString(permutation),
              backend().permute(handle(x, shape, dtype), permutation),
              Reference.permuted(shape, permutation),
              dtype,
              Reference.permute(shape, x, permutation));
        }
      }
    }
  }

  @Rule("P43")
  void reshapeAfterPermuteSeesTheNewOrder() {
    double[] x = values(DType.FLOAT32, 6);
    Object turned = backend().permute(handle(x, Shape.of(2, 3), DType.FLOAT32), new int[] {1, 0});
    checkHandleBits(
        () -> "reshape of a permuted array",
        backend().reshape(turned, Shape.of(6)),
        Shape.of(6),
        DType.FLOAT32,
        new double[] {x[0], x[3], x[1], x[4], x[2], x[5]});
  }

  @Rule("P44")
  void broadcastToRepeatsEntries() {
    Shape target = Shape.of(2, 3, 4, 5);
    List<Shape> sources =
        List.of(
            Shape.SCALAR,
            Shape.of(1),
            Shape.of(5),
            Shape.of(4, 1),
            Shape.of(3, 1, 5),
            Shape.of(2, 1, 1, 1),
            Shape.of(1, 3, 1, 5),
            target);
    for (DType dtype : allTypes()) {
      for (Shape source : sources) {
        double[] x = values(dtype, Close.size(source));
        checkHandleBits(
            () -> "broadcastTo " + dtype + source + " to " + target,
            backend().broadcastTo(handle(x, source, dtype), target),
            target,
            dtype,
            Reference.broadcast(source, x, target));
      }
    }
  }

  @Rule("P45")
  void concatAlongEveryAxis() {
    for (DType dtype : allTypes()) {
      for (Shape shape : Shapes.AWKWARD) {
        for (int axis = 0; axis < shape.rank(); axis++) {
          checkConcat(dtype, shape, axis, shape.dim(axis));
          checkConcat(dtype, shape, axis, 1, 3);
          checkConcat(dtype, shape, axis, 2, 1, 4);
        }
      }
    }
  }

  /** Cuts an array to pieces by the reference and has the backend put them together. */
  private void checkConcat(DType dtype, Shape like, int axis, long... extents) {
    Shape whole = like.with(axis, Arrays.stream(extents).sum());
    double[] x = values(dtype, Close.size(whole));
    List<Object> parts = new ArrayList<>();
    long from = 0;
    for (long extent : extents) {
      Shape part = like.with(axis, extent);
      parts.add(handle(cut(x, whole, axis, from, part), part, dtype));
      from += extent;
    }
    checkHandleBits(
        () -> "concat to " + dtype + whole + " of " + Arrays.toString(extents) + " on axis " + axis,
        backend().concat(parts, axis),
        whole,
        dtype,
        x);
  }

  @Rule("P46")
  void sliceAlongEveryAxis() {
    for (DType dtype : allTypes()) {
      for (Shape shape : Shapes.AWKWARD) {
        double[] x = values(dtype, Close.size(shape));
        for (int axis = 0; axis < shape.rank(); axis++) {
          long extent = shape.dim(axis);
          long[][] ranges = {
            {0, 1}, {extent - 1, extent}, {0, extent}, {extent / 3, extent / 2 + 1}
          };
          for (long[] range : ranges) {
            int a = axis;
            Shape part = shape.with(axis, range[1] - range[0]);
            checkHandleBits(
                () -> "slice " + dtype + shape + " axis " + a + " " + Arrays.toString(range),
                backend().slice(handle(x, shape, dtype), axis, range[0], range[1]),
                part,
                dtype,
                cut(x, shape, axis, range[0], part));
          }
        }
      }
    }
  }

  private static double[] cut(double[] x, Shape whole, int axis, long from, Shape part) {
    double[] result = new double[Close.size(part)];
    for (int p = 0; p < result.length; p++) {
      int[] at = Reference.coordinates(part, p);
      at[axis] += (int) from;
      result[p] = x[Reference.position(whole, at)];
    }
    return result;
  }

  @Rule("P47")
  void movesKeepSpecialNumbersToTheBit() {
    for (DType dtype : floatingTypes()) {
      double[] x = Specials.of(dtype);
      Shape row = Shape.of(1, x.length);
      Object h = handle(x, row, dtype);
      Shape column = Shape.of(x.length, 1);
      Shape flat = Shape.of(x.length);
      checkHandleBits(() -> "reshape " + dtype, backend().reshape(h, flat), flat, dtype, x);
      checkHandleBits(
          () -> "permute " + dtype, backend().permute(h, new int[] {1, 0}), column, dtype, x);
      Object twice = backend().concat(List.of(h, h), 0);
      Object second = backend().slice(twice, 0, 1, 2);
      checkHandleBits(() -> "concat and slice " + dtype, second, row, dtype, x);
      Object wide = backend().broadcastTo(h, Shape.of(3, x.length));
      Object last = backend().slice(wide, 0, 2, 3);
      checkHandleBits(() -> "broadcastTo " + dtype, last, row, dtype, x);
    }
  }

  private static double[] values(DType dtype, int count) {
    return rounded(
        dtype == DType.BOOL
            ? Samples.integers(41, count, 0, 2)
            : Samples.integers(42, count, -1000, 1000),
        dtype);
  }
}
