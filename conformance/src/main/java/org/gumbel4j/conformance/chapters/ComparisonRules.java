package org.gumbel4j.conformance.chapters;

import java.util.List;
import java.util.function.DoubleBinaryOperator;
import org.gumbel4j.conformance.chapters.ElementwiseRules.Primitive2;
import org.gumbel4j.conformance.check.Close;
import org.gumbel4j.conformance.check.Reference;
import org.gumbel4j.conformance.check.Samples;
import org.gumbel4j.conformance.check.Shapes;
import org.gumbel4j.conformance.check.Specials;
import org.gumbel4j.spi.Backend;
import org.gumbel4j.tensor.DType;
import org.gumbel4j.tensor.Shape;

/** Primitives: comparison, logic, choice. */
abstract class ComparisonRules extends Section {
  record Comparison(String name, Primitive2 primitive, DoubleBinaryOperator reference) {}

  static final Comparison EQUAL = new Comparison("equal", Backend::equal, (v, w) -> v == w ? 1 : 0);
  static final List<Comparison> ORDER =
      List.of(
          new Comparison("less", Backend::less, (v, w) -> v < w ? 1 : 0),
          new Comparison("lessEqual", Backend::lessEqual, (v, w) -> v <= w ? 1 : 0));
  static final List<Comparison> LOGIC =
      List.of(
          new Comparison("and", Backend::and, Math::min),
          new Comparison("or", Backend::or, Math::max));

  @Rule("P20")
  void comparisonsOverAwkwardShapes() {
    for (DType dtype : allTypes()) {
      for (Shape shape : Shapes.AWKWARD) {
        double[] a = rounded(Samples.integers(21, Close.size(shape), -2, 3), dtype);
        double[] b = rounded(Samples.integers(22, Close.size(shape), -2, 3), dtype);
        compare(EQUAL, dtype, shape, a, shape, b);
        if (dtype == DType.BOOL) {
          LOGIC.forEach(c -> compare(c, dtype, shape, a, shape, b));
        } else {
          ORDER.forEach(c -> compare(c, dtype, shape, a, shape, b));
        }
      }
    }
  }

  @Rule("P21")
  void comparisonsAtTheEdgesAreFalseForNaN() {
    for (DType dtype : floatingTypes()) {
      double[] x = Specials.of(dtype);
      Shape column = Shape.of(x.length, 1);
      Shape row = Shape.of(x.length);
      compare(EQUAL, dtype, column, x, row, x);
      ORDER.forEach(c -> compare(c, dtype, column, x, row, x));
    }
  }

  private void compare(
      Comparison c, DType dtype, Shape shapeA, double[] a, Shape shapeB, double[] b) {
    checkHandleBits(
        () -> c.name + " of " + dtype + shapeA + " and " + shapeB,
        c.primitive.apply(backend(), handle(a, shapeA, dtype), handle(b, shapeB, dtype)),
        shapeA.broadcast(shapeB, c.name),
        DType.BOOL,
        Reference.zip(shapeA, a, shapeB, b, c.reference));
  }

  @Rule("P22")
  void largeIntegersDifferInTheirLastDigit() {
    long big = 1L << 53;
    Object a = backend().create(new long[] {big, big + 1, Long.MAX_VALUE - 1}, Shape.of(3));
    Object b = backend().create(new long[] {big + 1, big + 1, Long.MAX_VALUE}, Shape.of(3));
    Shape shape = Shape.of(3);
    double[] onlyMiddle = {0, 1, 0};
    double[] others = {1, 0, 1};
    checkHandleBits(
        () -> "equal of neighbours", backend().equal(a, b), shape, DType.BOOL, onlyMiddle);
    checkHandleBits(() -> "less of neighbours", backend().less(a, b), shape, DType.BOOL, others);
  }

  @Rule("P23")
  void notTurnsTruthRound() {
    for (Shape shape : Shapes.AWKWARD) {
      double[] x = rounded(Samples.integers(23, Close.size(shape), 0, 2), DType.BOOL);
      checkHandleBits(
          () -> "not of " + shape,
          backend().not(handle(x, shape, DType.BOOL)),
          shape,
          DType.BOOL,
          Reference.map(x, v -> 1 - v));
    }
  }

  @Rule("P24")
  void whereChoosesEntriesOfEveryType() {
    for (DType dtype : allTypes()) {
      for (Shape shape : Shapes.AWKWARD) {
        int size = Close.size(shape);
        double[] condition = rounded(Samples.integers(24, size, 0, 2), DType.BOOL);
        double[] a = rounded(Samples.integers(25, size, -3, 4), dtype);
        double[] b = rounded(Samples.integers(26, size, -3, 4), dtype);
        double[] expected = new double[size];
        for (int i = 0; i < size; i++) {
          expected[i] = condition[i] != 0 ? a[i] : b[i];
        }
        checkHandleBits(
            () -> "where of " + dtype + shape,
            backend()
                .where(
                    handle(condition, shape, DType.BOOL),
                    handle(a, shape, dtype),
                    handle(b, shape, dtype)),
            shape,
            dtype,
            expected);
      }
    }
  }

  @Rule("P25")
  void whatWhereDoesNotChooseHasNoEffect() {
    for (DType dtype : floatingTypes()) {
      double[] bad = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY};
      double[] good = {1, -0.0, 3};
      Shape shape = Shape.of(3);
      Object yes = handle(new double[] {1, 1, 1}, shape, DType.BOOL);
      Object no = handle(new double[] {0, 0, 0}, shape, DType.BOOL);
      Object b = handle(bad, shape, dtype);
      Object g = handle(good, shape, dtype);
      checkHandleBits(() -> "where true", backend().where(yes, g, b), shape, dtype, good);
      checkHandleBits(() -> "where false", backend().where(no, b, g), shape, dtype, good);
    }
  }
}
