package org.gumbel4j.conformance.chapters;

import java.util.Arrays;
import java.util.function.UnaryOperator;
import org.gumbel4j.conformance.check.Close;
import org.gumbel4j.conformance.check.Reference;
import org.gumbel4j.conformance.check.Samples;
import org.gumbel4j.conformance.check.Tolerance;
import org.gumbel4j.tensor.DType;
import org.gumbel4j.tensor.Shape;

/** Fused operations: softmax, its logarithm, its normaliser and their gradients. */
abstract class SoftmaxRules extends FusedSection {
  private static final double INF = Double.POSITIVE_INFINITY;
  private static final double NAN = Double.NaN;
  private static final Shape[] SHAPES = {
    Shape.of(1),
    Shape.of(10),
    Shape.of(3, 1),
    Shape.of(4, 30),
    Shape.of(67, 3),
    Shape.of(2, 5, 7),
    Shape.of(2, 129)
  };

  @Rule("F11")
  void softmaxAlongEveryAxis() {
    for (DType dtype : floatingTypes()) {
      for (Shape shape : SHAPES) {
        double[] x = Samples.uniform(101, Close.size(shape), -6, 6);
        Object h = handle(x, shape, dtype);
        for (int axis = 0; axis < shape.rank(); axis++) {
          int a = axis;
          checkBoth(
              () -> "softmax of " + dtype + shape + " along axis " + a,
              ops -> ops.softmax(h, a),
              shape,
              dtype,
              Reference.alongAxis(shape, x, axis, FusedSection::softmax),
              Tolerance.ulps(16, dtype));
          checkBoth(
              () -> "logSoftmax of " + dtype + shape + " along axis " + a,
              ops -> ops.logSoftmax(h, a),
              shape,
              dtype,
              Reference.alongAxis(shape, x, axis, SoftmaxRules::logSoftmax),
              Tolerance.ulps(8, dtype).orAbsolute(32 * Tolerance.ulps(1, dtype).relative()));
          for (boolean keepDims : new boolean[] {false, true}) {
            checkBoth(
                () -> "logSumExp of " + dtype + shape + " along axis " + a,
                ops -> ops.logSumExp(h, a, keepDims),
                Reference.reduced(shape, new int[] {axis}, keepDims),
                dtype,
                Reference.reduce(shape, x, new int[] {axis}, FusedSection::logSumExp),
                Tolerance.ulps(8, dtype).orAbsolute(32 * Tolerance.ulps(1, dtype).relative()));
          }
        }
      }
    }
  }

  @Rule("F12")
  void softmaxOfMaskedAndExtremeRows() {
    for (int axis = 0; axis < 2; axis++) {
      checkRows("softmax", axis, FusedSection::softmax);
      checkRows("logSoftmax", axis, SoftmaxRules::logSoftmax);
    }
  }

  private void checkRows(String name, int axis, UnaryOperator<double[]> reference) {
    Shape shape = shapeAlong(ROWS, axis);
    double[] x = alongAxis(ROWS, axis);
    for (DType dtype : floatingTypes()) {
      Object h = handle(x, shape, dtype);
      checkBoth(
          () -> name + " of masked and extreme rows, " + dtype + " along axis " + axis,
          ops -> name.equals("softmax") ? ops.softmax(h, axis) : ops.logSoftmax(h, axis),
          shape,
          dtype,
          Reference.alongAxis(shape, x, axis, reference),
          Tolerance.ulps(16, dtype)
              // log p of a row at 1000 is a small difference of large numbers
              .orAbsolute(
                  1100 * Tolerance.ulps(1, dtype).relative() * (name.equals("softmax") ? 0 : 1))
              .orAbsolute(dtype == DType.FLOAT32 ? Float.MIN_NORMAL : 0));
    }
  }

  @Rule("F13")
  void maskedEntriesGetExactlyZero() {
    for (DType dtype : floatingTypes()) {
      for (Variant variant : variants()) {
        for (int axis = 0; axis < 2; axis++) {
          double[] x = alongAxis(ROWS, axis);
          double[] y = read(variant.ops().softmax(handle(x, shapeAlong(ROWS, axis), dtype), axis));
          for (int i = 0; i < x.length; i++) {
            int at = i;
            Close.checkTrue(
                () ->
                    variant.word() + " softmax, " + dtype + ": masked entry " + at + " is " + y[at],
                x[i] != -INF || y[i] == 0);
          }
        }
      }
    }
  }

  @Rule("F14")
  void logSumExpOfMaskedInfiniteAndNaNRows() {
    double[][] rows = {
      {-INF, -INF, -INF},
      {INF, 1, -INF},
      {NAN, 1, 2},
      {-INF, 3, -INF},
      {INF, NAN, 0},
      {1e4, 1e4, -INF}
    };
    double[] expected = {-INF, INF, NAN, 3, NAN, 1e4 + Math.log(2)};
    for (int axis = 0; axis < 2; axis++) {
      int a = axis;
      for (DType dtype : floatingTypes()) {
        Object h = handle(alongAxis(rows, axis), shapeAlong(rows, axis), dtype);
        checkBoth(
            () -> "logSumExp of special rows, " + dtype + " along axis " + a,
            ops -> ops.logSumExp(h, a, false),
            Shape.of(rows.length),
            dtype,
            expected,
            Tolerance.ulps(4, dtype));
      }
    }
  }

  @Rule("F15")
  void aFullyMaskedRowGivesNaNInSoftmaxAlone() {
    double[][] rows = {{-INF, -INF}, {0, 0}};
    for (DType dtype : floatingTypes()) {
      Object h = handle(alongAxis(rows, 1), Shape.of(2, 2), dtype);
      checkBoth(
          () -> "softmax of a fully masked row, " + dtype,
          ops -> ops.softmax(h, 1),
          Shape.of(2, 2),
          dtype,
          new double[] {NAN, NAN, 0.5, 0.5},
          Tolerance.ulps(1, dtype));
    }
  }

  @Rule("F16")
  void softmaxBackwardIsItsGradient() {
    for (DType dtype : floatingTypes()) {
      for (Shape shape : SHAPES) {
        for (int axis = 0; axis < shape.rank(); axis++) {
          int a = axis;
          double[] x = Samples.uniform(102, Close.size(shape), -4, 4);
          double[] y = rounded(Reference.alongAxis(shape, x, axis, FusedSection::softmax), dtype);
          double[] g = Samples.uniform(103, x.length, -2, 2);
          Object hy = handle(y, shape, dtype);
          Object hg = handle(g, shape, dtype);
          Tolerance tolerance =
              Tolerance.ulps(16, dtype).orAbsolute(32 * Tolerance.ulps(1, dtype).relative());
          checkBoth(
              () -> "softmaxBackward of " + dtype + shape + " along axis " + a,
              ops -> ops.softmaxBackward(hy, hg, a),
              shape,
              dtype,
              pairwise(shape, axis, y, g, (p, q) -> softmaxBackward(p, q, 1)),
              tolerance);
          Object logs =
              handle(Reference.alongAxis(shape, x, axis, SoftmaxRules::logSoftmax), shape, dtype);
          checkBoth(
              () -> "logSoftmaxBackward of " + dtype + shape + " along axis " + a,
              ops -> ops.logSoftmaxBackward(logs, hg, a),
              shape,
              dtype,
              pairwise(shape, axis, y, g, SoftmaxRules::logSoftmaxBackward),
              tolerance.orAbsolute(shape.dim(axis) * 16 * Tolerance.ulps(1, dtype).relative()));
        }
      }
    }
  }

  @Rule("F17")
  void gradientsOfMaskedEntriesAreExactlyZero() {
    for (DType dtype : floatingTypes()) {
      double[] x = ROWS[1];
      Shape shape = Shape.of(8);
      Object g = handle(new double[] {5, -1, 2, -7, 0.5, 1, 1, 3}, shape, dtype);
      for (Variant variant : variants()) {
        Object y = variant.ops().softmax(handle(x, shape, dtype), 0);
        double[] gradient = read(variant.ops().softmaxBackward(y, g, 0));
        Close.checkTrue(
            () -> variant.word() + " softmaxBackward of masked: " + Arrays.toString(gradient),
            gradient[0] == 0 && gradient[3] == 0 && Double.isFinite(gradient[1]));
      }
    }
  }

  private interface Backward {
    double[] apply(double[] y, double[] g);
  }

  /** A gradient rule applied to each line along an axis. */
  private static double[] pairwise(Shape shape, int axis, double[] y, double[] g, Backward rule) {
    int extent = (int) shape.dim(axis);
    double[] result = new double[y.length];
    for (int p = 0; p < y.length; p++) {
      int[] at = Reference.coordinates(shape, p);
      if (at[axis] == 0) {
        double[] lineY = new double[extent];
        double[] lineG = new double[extent];
        int[] line = new int[extent];
        for (int i = 0; i < extent; i++) {
          at[axis] = i;
          line[i] = Reference.position(shape, at);
          lineY[i] = y[line[i]];
          lineG[i] = g[line[i]];
        }
        double[] gradient = rule.apply(lineY, lineG);
        for (int i = 0; i < extent; i++) {
          result[line[i]] = gradient[i];
        }
      }
    }
    return result;
  }

  private static double[] logSoftmax(double[] row) {
    double total = logSumExp(row);
    return Reference.map(row, v -> v - total);
  }

  private static double[] logSoftmaxBackward(double[] y, double[] g) {
    double total = Arrays.stream(g).sum();
    double[] result = new double[y.length];
    for (int i = 0; i < y.length; i++) {
      result[i] = g[i] - y[i] * total;
    }
    return result;
  }
}
