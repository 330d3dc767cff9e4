package org.gumbel4j.conformance.chapters;

import static org.gumbel4j.conformance.check.Close.checkEqual;

import java.util.function.Supplier;
import org.gumbel4j.conformance.check.Close;
import org.gumbel4j.conformance.check.Tolerance;
import org.gumbel4j.tensor.DType;
import org.gumbel4j.tensor.Shape;

/** Part of a chapter, with the ways in which handles of a backend are compared. */
abstract class Section extends Chapter {
  /** Shape and type as expected, entries within a tolerance. */
  final void checkHandle(
      Supplier<String> what,
      Object actual,
      Shape shape,
      DType dtype,
      double[] expected,
      Tolerance tolerance) {
    checkKind(what, actual, shape, dtype);
    Close.check(what, expected, read(actual), tolerance);
  }

  /** Shape and type as expected, entries the same to the bit. */
  final void checkHandleBits(
      Supplier<String> what, Object actual, Shape shape, DType dtype, double[] expected) {
    checkKind(what, actual, shape, dtype);
    Close.checkBits(what, expected, read(actual));
  }

  private void checkKind(Supplier<String> what, Object actual, Shape shape, DType dtype) {
    checkEqual(() -> what.get() + ", shape of the result", shape, backend().shape(actual));
    checkEqual(() -> what.get() + ", type of the result", dtype, backend().dtype(actual));
  }

  /** Rounded as the type rounds. */
  static double[] rounded(double[] values, DType dtype) {
    double[] result = values.clone();
    for (int i = 0; i < result.length; i++) {
      result[i] =
          switch (dtype) {
            case FLOAT32 -> (float) values[i];
            case FLOAT64 -> values[i];
            case INT64 -> (long) values[i];
            case BOOL -> values[i] != 0 ? 1 : 0;
          };
    }
    return result;
  }
}
