package org.gumbel4j.conformance.chapters;

import static org.gumbel4j.conformance.check.Close.checkTrue;

import java.util.Arrays;
import java.util.List;
import org.gumbel4j.conformance.check.Close;
import org.gumbel4j.conformance.check.Samples;
import org.gumbel4j.conformance.check.Shapes;
import org.gumbel4j.conformance.check.Specials;
import org.gumbel4j.spi.Capability;
import org.gumbel4j.tensor.DType;
import org.gumbel4j.tensor.Shape;

/** Primitives: arrays in, arrays out, and between types. */
abstract class CreationRules extends Section {
  @Rule("P01")
  void whatGoesInComesOut() {
    for (DType dtype : allTypes()) {
      for (Shape shape : Shapes.AWKWARD) {
        double[] values = rounded(Samples.uniform(11, Close.size(shape), -9, 9), dtype);
        checkHandleBits(
            () -> "create " + dtype + shape, handle(values, shape, dtype), shape, dtype, values);
      }
    }
  }

  @Rule("P02")
  void specialNumbersSurviveTheWayInAndOut() {
    for (DType dtype : floatingTypes()) {
      double[] values = Specials.of(dtype);
      Shape shape = Shape.of(values.length);
      checkHandleBits(
          () -> "create special " + dtype, handle(values, shape, dtype), shape, dtype, values);
    }
  }

  @Rule("P03")
  void longsAreNotRoundedToDoubles() {
    long[] values = {Long.MAX_VALUE, Long.MIN_VALUE, (1L << 53) + 1, -(1L << 60) - 7, 0, 1};
    long[] back = backend().toLongs(backend().create(values.clone(), Shape.of(6)));
    checkTrue(
        () -> "INT64 " + Arrays.toString(values) + " came back as " + Arrays.toString(back),
        Arrays.equals(values, back));
  }

  @Rule("P04")
  void fullRepeatsOneValueOfAnyType() {
    for (DType dtype : allTypes()) {
      for (double value : dtype == DType.BOOL ? new double[] {0, 1} : new double[] {0, -7, 1}) {
        for (Shape shape : Shapes.AWKWARD) {
          double[] expected = new double[Close.size(shape)];
          Arrays.fill(expected, value);
          Object made = backend().full(shape, dtype, value);
          checkHandleBits(
              () -> "full " + value + " " + dtype + shape, made, shape, dtype, expected);
        }
      }
    }
  }

  @Rule("P05")
  void fullKeepsTheLastDigitOfItsType() {
    for (DType dtype : floatingTypes()) {
      for (double value : new double[] {0.1, Math.PI, 1e-30, Double.POSITIVE_INFINITY}) {
        Object made = backend().full(Shape.of(3), dtype, value);
        double right = dtype == DType.FLOAT32 ? (float) value : value;
        checkHandleBits(
            () -> "full " + value + " " + dtype,
            made,
            Shape.of(3),
            dtype,
            new double[] {right, right, right});
      }
    }
    long[] large = backend().toLongs(backend().full(Shape.of(2), DType.INT64, 0x1p53 - 1));
    checkTrue(
        () -> "full 2^53 - 1 INT64 came back as " + Arrays.toString(large),
        large[0] == (1L << 53) - 1 && large[1] == large[0]);
  }

  @Rule("P06")
  void readingTwiceGivesTwoArrays() {
    Object x = handle(new double[] {1, 2, 3}, Shape.of(3), DType.FLOAT32);
    backend().toFloats(x)[0] = 99;
    checkHandleBits(
        () -> "an array whose copy was written to",
        x,
        Shape.of(3),
        DType.FLOAT32,
        new double[] {1, 2, 3});
    Object index = handle(new double[] {1, 2}, Shape.of(2), DType.INT64);
    backend().toLongs(index)[0] = 99;
    checkHandleBits(
        () -> "indices whose copy was written to",
        index,
        Shape.of(2),
        DType.INT64,
        new double[] {1, 2});
  }

  @Rule("P07")
  void castConvertsBetweenAllTypes() {
    double[] values = {0, 1, -1, 2.75, -2.75, 0.4, -0.4, 1000, 16777217, 3};
    Shape shape = Shape.of(2, 5);
    for (DType from : allTypes()) {
      for (DType to : allTypes()) {
        double[] before = rounded(values, from);
        checkHandleBits(
            () -> "cast " + from + " to " + to,
            backend().cast(handle(before, shape, from), to),
            shape,
            to,
            withPositiveZeros(rounded(before, to)));
      }
    }
  }

  private static double[] withPositiveZeros(double[] values) {
    return Arrays.stream(values).map(v -> v + 0.0).toArray();
  }

  @Rule("P08")
  void castToBoolTakesNaNForTrue() {
    for (DType dtype : floatingTypes()) {
      double least = dtype == DType.FLOAT32 ? Float.MIN_VALUE : Double.MIN_VALUE;
      double[] values = {Double.NaN, Double.POSITIVE_INFINITY, least, 0.0, -0.0};
      Object truth = backend().cast(handle(values, Shape.of(5), dtype), DType.BOOL);
      checkHandleBits(
          () -> "cast " + dtype + " " + Arrays.toString(values) + " to BOOL",
          truth,
          Shape.of(5),
          DType.BOOL,
          new double[] {1, 1, 1, 0, 0});
    }
  }

  @Rule("P09")
  void castKeepsSpecialNumbersBetweenFloatingTypes() {
    double[] values = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, -0.0, 1};
    for (DType from : floatingTypes()) {
      for (DType to : floatingTypes()) {
        Object cast = backend().cast(handle(values, Shape.of(5), from), to);
        checkHandleBits(() -> "cast " + from + " to " + to, cast, Shape.of(5), to, values);
      }
    }
  }

  @Rule(value = "P10", needs = Capability.FLOAT64)
  void doublesAreDoubleThroughout() {
    double[] values = {Math.PI, 1.0 / 3, 0x1.fffffffffffffp0};
    Object x = handle(values, Shape.of(3), DType.FLOAT64);
    checkHandleBits(() -> "FLOAT64 create", x, Shape.of(3), DType.FLOAT64, values);
    double[] doubled = Arrays.stream(values).map(v -> v + v).toArray();
    checkHandleBits(() -> "FLOAT64 add", backend().add(x, x), Shape.of(3), DType.FLOAT64, doubled);
    Object one = backend().concat(List.of(x), 0);
    checkHandleBits(() -> "FLOAT64 concat of one", one, Shape.of(3), DType.FLOAT64, values);
  }
}
