package org.gumbel4j.conformance.chapters;

import java.util.Arrays;
import org.gumbel4j.conformance.check.Close;
import org.gumbel4j.conformance.check.Reference;
import org.gumbel4j.conformance.check.Samples;
import org.gumbel4j.conformance.check.Shapes;
import org.gumbel4j.conformance.check.Tolerance;
import org.gumbel4j.spi.Capability;
import org.gumbel4j.tensor.DType;
import org.gumbel4j.tensor.Shape;

/** Primitives: entries by index, order, running sums. */
abstract class IndexingRules extends Section {
  private static final double NAN = Double.NaN;
  private static final double INF = Double.POSITIVE_INFINITY;

  @Rule(value = "P50", needs = Capability.GATHERING)
  void gatherPicksAlongEveryAxis() {
    for (DType dtype : allTypes()) {
      for (Shape shape : Shapes.AWKWARD) {
        double[] x = rounded(Samples.integers(51, Close.size(shape), -50, 50), dtype);
        for (int axis = 0; axis < shape.rank(); axis++) {
          for (long picks : new long[] {1, 2, 5}) {
            Shape indexShape = shape.with(axis, picks);
            double[] index = indices(indexShape, shape.dim(axis));
            double[] expected = new double[index.length];
            for (int p = 0; p < index.length; p++) {
              expected[p] = x[target(shape, indexShape, p, axis, index)];
            }
            int a = axis;
            checkHandleBits(
                () -> "gather " + dtype + shape + " by " + indexShape + " along axis " + a,
                backend()
                    .gather(handle(x, shape, dtype), handle(index, indexShape, DType.INT64), axis),
                indexShape,
                dtype,
                expected);
          }
        }
      }
    }
  }

  @Rule(value = "P51", needs = Capability.GATHERING)
  void scatterAddAddsUpWhatGoesToOneIndex() {
    for (DType dtype : numericTypes()) {
      for (Shape shape : Shapes.AWKWARD) {
        double[] x = rounded(Samples.uniform(52, Close.size(shape), -9, 9), dtype);
        for (int axis = 0; axis < shape.rank(); axis++) {
          for (long count : new long[] {1, 2, 5}) {
            Shape indexShape = shape.with(axis, count);
            double[] index = indices(indexShape, shape.dim(axis));
            double[] values = rounded(Samples.uniform(53, index.length, -9, 9), dtype);
            double[] expected = x.clone();
            for (int p = 0; p < index.length; p++) {
              expected[target(shape, indexShape, p, axis, index)] += values[p];
            }
            int a = axis;
            checkHandle(
                () -> "scatterAdd " + dtype + shape + " by " + indexShape + " along axis " + a,
                backend()
                    .scatterAdd(
                        handle(x, shape, dtype),
                        handle(index, indexShape, DType.INT64),
                        handle(values, indexShape, dtype),
                        axis),
                shape,
                dtype,
                rounded(expected, dtype),
                Tolerance.ulps(4, dtype)
                    .orAbsolute(
                        dtype == DType.INT64 ? 0 : 50 * Tolerance.ulps(1, dtype).relative()));
          }
        }
      }
    }
  }

  private static double[] indices(Shape shape, long extent) {
    return Samples.integers(54, Close.size(shape), 0, extent);
  }

  /** The position in x that entry p of the index points to. */
  private static int target(Shape shape, Shape indexShape, int p, int axis, double[] index) {
    int[] at = Reference.coordinates(indexShape, p);
    at[axis] = (int) index[p];
    return Reference.position(shape, at);
  }

  @Rule(value = "P52", needs = Capability.SORTING)
  void argSortAlongEveryAxisInBothDirections() {
    for (DType dtype : numericTypes()) {
      for (Shape shape : Shapes.AWKWARD) {
        double[] x = rounded(Samples.uniform(55, Close.size(shape), -90, 90), dtype);
        for (int axis = 0; axis < shape.rank(); axis++) {
          checkArgSort(x, shape, dtype, axis);
        }
      }
    }
  }

  @Rule(value = "P53", needs = Capability.SORTING)
  void argSortKeepsTheOrderOfEqualEntries() {
    for (DType dtype : numericTypes()) {
      for (int length : new int[] {2, 7, 33, 100}) {
        double[] few = rounded(Samples.integers(56, 3 * length, 0, 3), dtype);
        checkArgSort(few, Shape.of(3, length), dtype, 1);
        checkArgSort(few, Shape.of(length, 3), dtype, 0);
        checkArgSort(new double[length], Shape.of(length), dtype, 0);
      }
    }
    for (DType dtype : floatingTypes()) {
      checkArgSort(new double[] {0.0, -0.0, 0.0, -0.0, 1, -0.0}, Shape.of(6), dtype, 0);
    }
  }

  @Rule(value = "P54", needs = Capability.SORTING)
  void argSortPutsNaNAboveInfinity() {
    for (DType dtype : floatingTypes()) {
      checkArgSort(new double[] {NAN, 1, INF, NAN, -INF, 2, NAN}, Shape.of(7), dtype, 0);
      double[] x = Samples.uniform(57, 120, -1, 1);
      for (int i = 0; i < x.length; i += 7) {
        x[i] = i % 2 == 0 ? NAN : INF;
      }
      checkArgSort(x, Shape.of(4, 30), dtype, 1);
    }
  }

  private void checkArgSort(double[] x, Shape shape, DType dtype, int axis) {
    for (boolean descending : new boolean[] {false, true}) {
      checkHandleBits(
          () ->
              "argSort of "
                  + dtype
                  + shape
                  + " along axis "
                  + axis
                  + (descending ? " descending" : " ascending"),
          backend().argSort(handle(x, shape, dtype), axis, descending),
          shape,
          DType.INT64,
          Reference.alongAxis(shape, x, axis, line -> Reference.argSort(line, descending)));
    }
  }

  @Rule(value = "P55", needs = Capability.CUMULATIVE_SUM)
  void cumSumIncludesTheEntryItself() {
    for (DType dtype : numericTypes()) {
      for (Shape shape : Shapes.AWKWARD) {
        double[] x = rounded(Samples.uniform(58, Close.size(shape), -9, 9), dtype);
        double total = Arrays.stream(x).map(Math::abs).sum();
        for (int axis = 0; axis < shape.rank(); axis++) {
          int a = axis;
          checkHandle(
              () -> "cumSum of " + dtype + shape + " along axis " + a,
              backend().cumSum(handle(x, shape, dtype), axis),
              shape,
              dtype,
              rounded(Reference.alongAxis(shape, x, axis, IndexingRules::runningSums), dtype),
              Tolerance.ulps(1, dtype).orAbsolute(total * Tolerance.ulps(4, dtype).relative()));
        }
      }
    }
  }

  private static double[] runningSums(double[] line) {
    double[] sums = line.clone();
    Arrays.parallelPrefix(sums, Double::sum);
    return sums;
  }

  @Rule(value = "P56", needs = Capability.CUMULATIVE_SUM)
  void cumSumCarriesNaNForwardOnly() {
    for (DType dtype : floatingTypes()) {
      double[] x = {1, 2, NAN, 4, INF, 1};
      checkHandle(
          () -> "cumSum of NaN, " + dtype,
          backend().cumSum(handle(x, Shape.of(2, 3), dtype), 1),
          Shape.of(2, 3),
          dtype,
          new double[] {1, 3, NAN, 4, INF, INF},
          Tolerance.EXACT);
    }
  }
}
