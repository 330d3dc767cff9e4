package org.gumbel4j.distributions;

import java.util.Arrays;
import org.gumbel4j.internal.ops.Checks;
import org.gumbel4j.tensor.DType;
import org.gumbel4j.tensor.Shape;
import org.gumbel4j.tensor.Tensor;

/** Checks of numbers whose errors name the place, the value, and what would have been right. */
final class Validity {
  private static final int SHOWN = 12;

  private Validity() {}

  /**
   * Requires a condition of every event of a tensor.
   *
   * @param ok BOOL, of x's shape without its last {@code eventRank} axes
   * @param requirement what the value must be, to follow "it must be"
   */
  static void require(
      String operation, String argument, Tensor x, Tensor ok, int eventRank, String requirement) {
    Tensor constant = x.stopGradient();
    Checks.all(
        operation, ok, () -> argument + " " + describe(constant, ok, eventRank, requirement));
  }

  /** Requires every entry to be finite. */
  static void finite(String operation, String argument, Tensor x) {
    requireFloating(operation, argument, x);
    require(operation, argument, x, x.stopGradient().isFinite(), 0, "finite");
  }

  /** Requires a floating tensor. */
  static void requireFloating(String operation, String argument, Tensor x) {
    if (!x.dtype().isFloating()) {
      throw new IllegalArgumentException(
          operation
              + ": "
              + argument
              + " is "
              + x.dtype()
              + x.shape()
              + "; it must be FLOAT32 or FLOAT64");
    }
  }

  private static String describe(Tensor x, Tensor ok, int eventRank, String requirement) {
    boolean[] good = ok.toBooleans();
    int first = 0;
    while (first < good.length && good[first]) {
      first++;
    }
    Shape batch = ok.shape();
    Tensor event = x;
    StringBuilder place = new StringBuilder(x.shape().toString());
    if (batch.rank() > 0) {
      long[] index = unravel(first, batch);
      place.append(" at ").append(Arrays.toString(index));
      for (long i : index) {
        event = event.select(0, i);
      }
    }
    return place + " is " + entries(event, eventRank) + "; it must be " + requirement;
  }

  private static String entries(Tensor event, int eventRank) {
    if (eventRank == 0) {
      return event.dtype() == DType.INT64
          ? Long.toString(event.toLongs()[0])
          : Double.toString(event.item());
    }
    double[] values = Checks.entries(event);
    return values.length <= SHOWN
        ? Arrays.toString(values)
        : Arrays.toString(Arrays.copyOf(values, SHOWN)).replace("]", ", …]");
  }

  private static long[] unravel(long position, Shape shape) {
    long[] index = new long[shape.rank()];
    long rest = position;
    for (int axis = shape.rank() - 1; axis >= 0; axis--) {
      index[axis] = rest % shape.dim(axis);
      rest /= shape.dim(axis);
    }
    return index;
  }
}
