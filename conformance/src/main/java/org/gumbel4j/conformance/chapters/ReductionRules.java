package org.gumbel4j.conformance.chapters;

import java.util.Arrays;
import java.util.function.ToDoubleFunction;
import org.gumbel4j.conformance.check.Close;
import org.gumbel4j.conformance.check.Reference;
import org.gumbel4j.conformance.check.Samples;
import org.gumbel4j.conformance.check.Shapes;
import org.gumbel4j.conformance.check.Tolerance;
import org.gumbel4j.tensor.DType;
import org.gumbel4j.tensor.Shape;

/** Primitives: many numbers into one. */
abstract class ReductionRules extends Section {
  private static final double NAN = Double.NaN;
  private static final double INF = Double.POSITIVE_INFINITY;

  private interface Reduction {
    Object apply(Object x, int[] axes, boolean keepDims);
  }

  @Rule("P30")
  void sumOverEverySetOfAxes() {
    reduceEverywhere("sum", backend()::sum, v -> Arrays.stream(v).sum());
  }

  @Rule("P31")
  void maxOverEverySetOfAxes() {
    reduceEverywhere("max", backend()::max, Reference::max);
  }

  @Rule("P32")
  void minOverEverySetOfAxes() {
    reduceEverywhere("min", backend()::min, Reference::min);
  }

  private void reduceEverywhere(
      String name, Reduction reduction, ToDoubleFunction<double[]> reference) {
    for (DType dtype : numericTypes()) {
      for (Shape shape : Shapes.AWKWARD) {
        double[] x = rounded(Samples.uniform(31, Close.size(shape), -9, 9), dtype);
        double total = Arrays.stream(x).map(Math::abs).sum();
        Tolerance tolerance =
            name.equals("sum")
                ? Tolerance.ulps(1, dtype).orAbsolute(total * Tolerance.ulps(1, dtype).relative())
                : Tolerance.EXACT;
        for (int[] axes : Shapes.axisSets(shape.rank())) {
          for (boolean keepDims : new boolean[] {false, true}) {
            checkHandle(
                () ->
                    name
                        + " of "
                        + dtype
                        + shape
                        + " over axes "
                        + Arrays.toString(axes)
                        + (keepDims ? ", kept" : ""),
                reduction.apply(handle(x, shape, dtype), axes, keepDims),
                Reference.reduced(shape, axes, keepDims),
                dtype,
                rounded(Reference.reduce(shape, x, axes, reference), dtype),
                tolerance);
          }
        }
      }
    }
  }

  @Rule("P33")
  void aMillionFloatsAddUpWithoutDrift() {
    int count = 1_000_000;
    float[] tenths = new float[count];
    Arrays.fill(tenths, 0.1f);
    checkSum(tenths, Shape.of(count), 0);
    float[] noisy = Samples.toFloats(Samples.uniform(33, count, 0.5, 1.5));
    checkSum(noisy, Shape.of(count), 0);
    checkSum(noisy, Shape.of(count / 4, 4), 0);
    checkSum(tenths, Shape.of(4, count / 4), 1);
  }

  private void checkSum(float[] values, Shape shape, int axis) {
    int inner = axis == 0 && shape.rank() == 2 ? (int) shape.dim(1) : 1;
    int length = (int) shape.dim(axis);
    double[] expected = new double[values.length / length];
    for (int i = 0; i < values.length; i++) {
      expected[inner == 1 ? i / length : i % inner] += values[i];
    }
    Object x = backend().create(values.clone(), shape);
    checkHandle(
        () ->
            "sum of FLOAT32"
                + shape
                + " over axis "
                + axis
                + "; plain left-to-right addition in single precision is not enough",
        backend().sum(x, new int[] {axis}, false),
        shape.without(axis),
        DType.FLOAT32,
        expected,
        Tolerance.relative(1e-5));
  }

  @Rule("P34")
  void sumFollowsIeeeArithmetic() {
    Shape shape = Shape.of(6, 3);
    double[] x = {
      1, NAN, 2, INF, 1, 1, -INF, 1, 1, INF, -INF, 1, 0.0, -0.0, 1, -INF, -INF, INF,
    };
    for (DType dtype : floatingTypes()) {
      checkHandle(
          () -> "sum of NaN and infinities, " + dtype,
          backend().sum(handle(x, shape, dtype), new int[] {1}, false),
          Shape.of(6),
          dtype,
          new double[] {NAN, INF, -INF, NAN, 1, NAN},
          Tolerance.EXACT);
    }
  }

  @Rule("P35")
  void maxAndMinAreNaNIfAnyEntryIs() {
    for (DType dtype : floatingTypes()) {
      for (int length : new int[] {1, 2, 3, 8, 17, 64, 100}) {
        Shape shape = Shape.of(length, length);
        double[] x = Samples.uniform(35, length * length, -5, 5);
        for (int i = 0; i < length; i++) {
          x[i * length + i] = NAN; // in row i at place i, and in column i too
        }
        double[] allNaN = new double[length];
        Arrays.fill(allNaN, NAN);
        for (int axis = 0; axis < 2; axis++) {
          int[] axes = {axis};
          Object h = handle(x, shape, dtype);
          String where = " of " + dtype + shape + " with a NaN in every slice of axis " + axis;
          Shape result = Shape.of(length);
          checkHandleBits(
              () -> "max" + where, backend().max(h, axes, false), result, dtype, allNaN);
          checkHandleBits(
              () -> "min" + where, backend().min(h, axes, false), result, dtype, allNaN);
        }
      }
    }
  }

  @Rule("P36")
  void maxAndMinOfInfinities() {
    double[] x = {-INF, -INF, INF, 3, INF, INF, -INF, 7};
    for (DType dtype : floatingTypes()) {
      Object h = handle(x, Shape.of(4, 2), dtype);
      int[] axes = {1};
      checkHandleBits(
          () -> "max of infinities, " + dtype,
          backend().max(h, axes, false),
          Shape.of(4),
          dtype,
          new double[] {-INF, INF, INF, 7});
      checkHandleBits(
          () -> "min of infinities, " + dtype,
          backend().min(h, axes, false),
          Shape.of(4),
          dtype,
          new double[] {-INF, 3, INF, -INF});
    }
  }

  @Rule("P37")
  void argMaxAlongEveryAxis() {
    for (DType dtype : numericTypes()) {
      for (Shape shape : Shapes.AWKWARD) {
        double[] x = rounded(Samples.uniform(37, Close.size(shape), -90, 90), dtype);
        for (int axis = 0; axis < shape.rank(); axis++) {
          checkArgMax(x, shape, dtype, axis);
        }
      }
    }
  }

  @Rule("P38")
  void argMaxTakesTheFirstOfEqualEntries() {
    for (DType dtype : numericTypes()) {
      for (int length : new int[] {2, 3, 8, 9, 16, 33, 100}) {
        Shape shape = Shape.of(length, length);
        double[] few = rounded(Samples.integers(38, length * length, 0, 3), dtype);
        checkArgMax(few, shape, dtype, 0);
        checkArgMax(few, shape, dtype, 1);
        checkArgMax(new double[length * length], shape, dtype, 1);
      }
    }
    for (DType dtype : floatingTypes()) {
      checkArgMax(new double[] {-0.0, 0.0, -0.0, -INF}, Shape.of(4), dtype, 0);
      checkArgMax(new double[] {-INF, -INF, -INF}, Shape.of(3), dtype, 0);
    }
  }

  @Rule("P39")
  void argMaxCountsNaNAsTheLargest() {
    for (DType dtype : floatingTypes()) {
      checkArgMax(new double[] {1, NAN, 3, NAN, INF}, Shape.of(5), dtype, 0);
      checkArgMax(new double[] {INF, 1, NAN}, Shape.of(3), dtype, 0);
      checkArgMax(new double[] {NAN, NAN, 2, INF}, Shape.of(4), dtype, 0);
      for (int length : new int[] {16, 33, 64}) {
        double[] x = Samples.uniform(39, length, -5, 5);
        x[length - 1] = NAN;
        checkArgMax(x, Shape.of(length), dtype, 0);
      }
    }
  }

  private void checkArgMax(double[] x, Shape shape, DType dtype, int axis) {
    checkHandleBits(
        () -> "argMax of " + dtype + shape + " along axis " + axis,
        backend().argMax(handle(x, shape, dtype), axis),
        shape.without(axis),
        DType.INT64,
        Reference.reduce(shape, x, new int[] {axis}, Reference::argMax));
  }

  @Rule("P40")
  void reductionsOfIntegersAreExact() {
    long big = 1L << 53;
    Object x = backend().create(new long[] {big, big + 1, big, 1L << 60}, Shape.of(2, 2));
    int[] axes = {1};
    checkLongs("sum", backend().sum(x, axes, false), 2 * big + 1, big + (1L << 60));
    checkLongs("max", backend().max(x, axes, false), big + 1, 1L << 60);
    checkLongs("min", backend().min(x, axes, false), big, big);
    checkLongs("argMax", backend().argMax(x, 1), 1, 1);
  }

  private void checkLongs(String what, Object handle, long... expected) {
    long[] actual = backend().toLongs(handle);
    Close.checkTrue(
        () ->
            what
                + " of INT64: expected "
                + Arrays.toString(expected)
                + ", got "
                + Arrays.toString(actual),
        Arrays.equals(expected, actual));
  }
}
