package org.gumbel4j.conformance.chapters;

import java.util.ArrayList;
import java.util.List;
import org.gumbel4j.conformance.chapters.ComparisonRules.Comparison;
import org.gumbel4j.conformance.chapters.ElementwiseRules.Binary;
import org.gumbel4j.conformance.check.Close;
import org.gumbel4j.conformance.check.Reference;
import org.gumbel4j.conformance.check.Samples;
import org.gumbel4j.conformance.check.Tolerance;
import org.gumbel4j.tensor.DType;
import org.gumbel4j.tensor.Shape;

/** Operands of different shapes: every pair of a list, for every operation of two operands. */
public abstract class BroadcastingChapter extends Section {
  private static final List<Shape> SHAPES =
      List.of(
          Shape.SCALAR,
          Shape.of(1),
          Shape.of(5),
          Shape.of(4, 1),
          Shape.of(1, 5),
          Shape.of(4, 5),
          Shape.of(3, 1, 1),
          Shape.of(3, 4, 1),
          Shape.of(3, 1, 5),
          Shape.of(1, 4, 5),
          Shape.of(3, 4, 5),
          Shape.of(2, 1, 4, 1),
          Shape.of(2, 3, 4, 5),
          Shape.of(1, 1, 1, 1));

  private record Pair(Shape a, Shape b) {}

  private static List<Pair> pairs() {
    List<Pair> pairs = new ArrayList<>();
    for (Shape a : SHAPES) {
      for (Shape b : SHAPES) {
        pairs.add(new Pair(a, b));
      }
    }
    // Long enough for a vector loop with a tail, on either side.
    pairs.add(new Pair(Shape.of(3, 67), Shape.of(67)));
    pairs.add(new Pair(Shape.of(67), Shape.of(3, 67)));
    pairs.add(new Pair(Shape.of(67, 3), Shape.of(67, 1)));
    pairs.add(new Pair(Shape.of(67, 1), Shape.of(1, 131)));
    return pairs;
  }

  @Rule("B01")
  void arithmeticBroadcastsAsNumPyDoes() {
    for (DType dtype : numericTypes()) {
      for (Pair pair : pairs()) {
        ElementwiseRules.OF_TWO_NUMBERS.forEach(f -> checkBinary(f, dtype, pair));
      }
    }
  }

  @Rule("B02")
  void quotientsAndPowersBroadcastAsNumPyDoes() {
    for (DType dtype : floatingTypes()) {
      for (Pair pair : pairs()) {
        ElementwiseRules.OF_TWO_REALS.forEach(f -> checkBinary(f, dtype, pair));
      }
    }
  }

  private void checkBinary(Binary f, DType dtype, Pair pair) {
    double[] a = rounded(Samples.uniform(81, Close.size(pair.a), 0.1, 9), dtype);
    double[] b = rounded(Samples.uniform(82, Close.size(pair.b), -5, 5), dtype);
    checkHandle(
        () -> f.name() + " of " + dtype + pair.a + " and " + pair.b,
        f.primitive().apply(backend(), handle(a, pair.a, dtype), handle(b, pair.b, dtype)),
        pair.a.broadcast(pair.b, f.name()),
        dtype,
        rounded(Reference.zip(pair.a, a, pair.b, b, f.reference()), dtype),
        Tolerance.ulps(f.ulps(), dtype));
  }

  @Rule("B03")
  void comparisonsBroadcastAsNumPyDoes() {
    for (DType dtype : numericTypes()) {
      for (Pair pair : pairs()) {
        checkComparison(ComparisonRules.EQUAL, dtype, pair);
        ComparisonRules.ORDER.forEach(c -> checkComparison(c, dtype, pair));
      }
    }
  }

  @Rule("B04")
  void logicBroadcastsAsNumPyDoes() {
    for (Pair pair : pairs()) {
      checkComparison(ComparisonRules.EQUAL, DType.BOOL, pair);
      ComparisonRules.LOGIC.forEach(c -> checkComparison(c, DType.BOOL, pair));
    }
  }

  private void checkComparison(Comparison c, DType dtype, Pair pair) {
    double[] a = rounded(Samples.integers(83, Close.size(pair.a), 0, 3), dtype);
    double[] b = rounded(Samples.integers(84, Close.size(pair.b), 0, 3), dtype);
    checkHandleBits(
        () -> c.name() + " of " + dtype + pair.a + " and " + pair.b,
        c.primitive().apply(backend(), handle(a, pair.a, dtype), handle(b, pair.b, dtype)),
        pair.a.broadcast(pair.b, c.name()),
        DType.BOOL,
        Reference.zip(pair.a, a, pair.b, b, c.reference()));
  }

  @Rule("B05")
  void whereBroadcastsAllThreeOperands() {
    List<Shape> conditions =
        List.of(Shape.SCALAR, Shape.of(5), Shape.of(4, 1), Shape.of(3, 1, 5), Shape.of(2, 3, 4, 5));
    for (DType dtype : allTypes()) {
      for (Shape condition : conditions) {
        for (Pair pair : pairs().subList(0, SHAPES.size() * SHAPES.size())) {
          checkWhere(dtype, condition, pair);
        }
      }
    }
  }

  private void checkWhere(DType dtype, Shape condition, Pair pair) {
    double[] c = Samples.integers(85, Close.size(condition), 0, 2);
    double[] a = rounded(Samples.integers(86, Close.size(pair.a), 0, 9), dtype);
    double[] b = rounded(Samples.integers(87, Close.size(pair.b), 0, 9), dtype);
    Shape shape = pair.a.broadcast(pair.b, "where").broadcast(condition, "where");
    double[] expected = new double[Close.size(shape)];
    for (int i = 0; i < expected.length; i++) {
      expected[i] =
          c[Reference.stretched(shape, i, condition)] != 0
              ? a[Reference.stretched(shape, i, pair.a)]
              : b[Reference.stretched(shape, i, pair.b)];
    }
    checkHandleBits(
        () -> "where " + condition + " of " + dtype + pair.a + " and " + pair.b,
        backend()
            .where(
                handle(c, condition, DType.BOOL),
                handle(a, pair.a, dtype),
                handle(b, pair.b, dtype)),
        shape,
        dtype,
        expected);
  }
}
