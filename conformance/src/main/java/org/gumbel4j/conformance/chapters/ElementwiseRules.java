package org.gumbel4j.conformance.chapters;

import java.util.List;
import java.util.function.BiFunction;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import org.gumbel4j.conformance.check.Close;
import org.gumbel4j.conformance.check.Reference;
import org.gumbel4j.conformance.check.Samples;
import org.gumbel4j.conformance.check.Shapes;
import org.gumbel4j.conformance.check.Specials;
import org.gumbel4j.conformance.check.Tolerance;
import org.gumbel4j.spi.Backend;
import org.gumbel4j.tensor.DType;
import org.gumbel4j.tensor.Shape;

/** Primitives: functions of one or two numbers, entry by entry. */
abstract class ElementwiseRules extends Section {
  /**
   * A function of one number.
   *
   * @param ulps how far a result may be off, in units in the last place; 0 for correctly rounded
   */
  record Unary(
      String name,
      BiFunction<Backend<Object>, Object, Object> primitive,
      DoubleUnaryOperator reference,
      double ulps,
      double low,
      double high) {}

  record Binary(
      String name, Primitive2 primitive, DoubleBinaryOperator reference, double ulps, double low) {}

  interface Primitive2 {
    Object apply(Backend<Object> backend, Object a, Object b);
  }

  static final List<Unary> OF_NUMBERS =
      List.of(
          new Unary("neg", Backend::neg, v -> -v, 0, -9, 9),
          new Unary("abs", Backend::abs, Math::abs, 0, -9, 9),
          new Unary("sign", Backend::sign, Math::signum, 0, -2, 2));

  static final List<Unary> OF_REALS =
      List.of(
          new Unary("exp", Backend::exp, Math::exp, 4, -30, 30),
          new Unary("expm1", Backend::expm1, Math::expm1, 4, -5, 5),
          new Unary("log", Backend::log, Math::log, 4, 1e-3, 50),
          new Unary("log1p", Backend::log1p, Math::log1p, 4, -0.9, 9),
          new Unary("sqrt", Backend::sqrt, Math::sqrt, 0, 0, 1e6),
          new Unary("tanh", Backend::tanh, Math::tanh, 4, -6, 6));

  static final List<Binary> OF_TWO_NUMBERS =
      List.of(
          new Binary("add", Backend::add, (v, w) -> v + w, 0, -9),
          new Binary("sub", Backend::sub, (v, w) -> v - w, 0, -9),
          new Binary("mul", Backend::mul, (v, w) -> v * w, 0, -9),
          new Binary("maximum", Backend::maximum, Math::max, 0, -9),
          new Binary("minimum", Backend::minimum, Math::min, 0, -9));

  static final List<Binary> OF_TWO_REALS =
      List.of(
          new Binary("div", Backend::div, (v, w) -> v / w, 0, -9),
          new Binary("pow", Backend::pow, Math::pow, 8, 0.1));

  @Rule("P11")
  void functionsOfOneNumberOverAwkwardShapes() {
    for (DType dtype : numericTypes()) {
      for (Shape shape : Shapes.AWKWARD) {
        OF_NUMBERS.forEach(f -> checkUnary(f, dtype, shape));
        if (dtype.isFloating()) {
          OF_REALS.forEach(f -> checkUnary(f, dtype, shape));
        }
      }
    }
  }

  private void checkUnary(Unary f, DType dtype, Shape shape) {
    double[] x = rounded(Samples.uniform(12, Close.size(shape), f.low, f.high), dtype);
    checkHandle(
        () -> f.name + " of " + dtype + shape,
        f.primitive.apply(backend(), handle(x, shape, dtype)),
        shape,
        dtype,
        rounded(Reference.map(x, f.reference), dtype),
        Tolerance.ulps(f.ulps, dtype));
  }

  @Rule("P12")
  void functionsOfOneNumberAtTheEdges() {
    for (DType dtype : floatingTypes()) {
      double[] x = Specials.of(dtype);
      Shape shape = Shape.of(x.length);
      for (List<Unary> functions : List.of(OF_NUMBERS, OF_REALS)) {
        for (Unary f : functions) {
          checkHandle(
              () -> f.name + " of special " + dtype,
              f.primitive.apply(backend(), handle(x, shape, dtype)),
              shape,
              dtype,
              rounded(Reference.map(x, f.reference), dtype),
              Tolerance.ulps(f.ulps, dtype));
        }
      }
    }
  }

  @Rule("P13")
  void signsOfZeroAreKept() {
    for (DType dtype : floatingTypes()) {
      double[] zeros = {0.0, -0.0};
      Shape shape = Shape.of(2);
      for (Unary f :
          List.of(
              new Unary("neg", Backend::neg, v -> -v, 0, 0, 0),
              new Unary("sign", Backend::sign, Math::signum, 0, 0, 0),
              new Unary("abs", Backend::abs, Math::abs, 0, 0, 0))) {
        checkHandleBits(
            () -> f.name + " of +0 and -0, " + dtype,
            f.primitive.apply(backend(), handle(zeros, shape, dtype)),
            shape,
            dtype,
            Reference.map(zeros, f.reference));
      }
    }
  }

  @Rule("P14")
  void functionsOfTwoNumbersOverAwkwardShapes() {
    for (DType dtype : numericTypes()) {
      for (Shape shape : Shapes.AWKWARD) {
        OF_TWO_NUMBERS.forEach(f -> checkBinary(f, dtype, shape));
        if (dtype.isFloating()) {
          OF_TWO_REALS.forEach(f -> checkBinary(f, dtype, shape));
        }
      }
    }
  }

  private void checkBinary(Binary f, DType dtype, Shape shape) {
    int size = Close.size(shape);
    double[] a = rounded(Samples.uniform(13, size, f.low, 9), dtype);
    double[] b = rounded(Samples.uniform(14, size, -5, 5), dtype);
    checkHandle(
        () -> f.name + " of " + dtype + shape,
        f.primitive.apply(backend(), handle(a, shape, dtype), handle(b, shape, dtype)),
        shape,
        dtype,
        rounded(Reference.zip(shape, a, shape, b, f.reference), dtype),
        Tolerance.ulps(f.ulps, dtype));
  }

  @Rule("P15")
  void functionsOfTwoNumbersAtTheEdges() {
    for (DType dtype : floatingTypes()) {
      double[] x = Specials.of(dtype);
      Shape column = Shape.of(x.length, 1);
      Shape row = Shape.of(x.length);
      for (List<Binary> functions : List.of(OF_TWO_NUMBERS, OF_TWO_REALS)) {
        for (Binary f : functions) {
          checkHandle(
              () -> f.name + " of all pairs of special " + dtype,
              f.primitive.apply(backend(), handle(x, column, dtype), handle(x, row, dtype)),
              Shape.of(x.length, x.length),
              dtype,
              rounded(Reference.zip(column, x, row, x, f.reference), dtype),
              Tolerance.ulps(f.ulps, dtype));
        }
      }
    }
  }

  @Rule("P16")
  void integersAreExactBeyondTwoToTheFiftyThree() {
    long big = (1L << 60) + 1;
    Object a = backend().create(new long[] {big, -big, 3037000499L}, Shape.of(3));
    Object b = backend().create(new long[] {1, 2, 3037000499L}, Shape.of(3));
    checkLongs("add", backend().add(a, b), big + 1, 2 - big, 2 * 3037000499L);
    checkLongs("sub", backend().sub(a, b), big - 1, -big - 2, 0);
    checkLongs("mul", backend().mul(a, b), big, -2 * big, 3037000499L * 3037000499L);
    checkLongs("neg", backend().neg(a), -big, big, -3037000499L);
    checkLongs("maximum", backend().maximum(a, backend().sub(a, b)), big, -big, 3037000499L);
  }

  private void checkLongs(String what, Object handle, long... expected) {
    long[] actual = backend().toLongs(handle);
    for (int i = 0; i < expected.length; i++) {
      int at = i;
      Close.checkEqual(() -> what + " of INT64, entry " + at, expected[i], actual[i]);
    }
  }
}
