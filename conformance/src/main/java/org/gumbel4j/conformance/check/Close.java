package org.gumbel4j.conformance.check;

import java.util.Arrays;
import java.util.function.Supplier;
import org.gumbel4j.tensor.Shape;

/** Comparisons whose failures print both sides. */
public final class Close {
  private Close() {}

  /** Entry by entry within a tolerance; NaN equals NaN. The message names the worst entry. */
  public static void check(
      Supplier<String> what, double[] expected, double[] actual, Tolerance tolerance) {
    if (expected.length != actual.length) {
      throw new AssertionError(
          what.get() + ": " + expected.length + " entries expected, got " + actual.length);
    }
    int worst = -1;
    double worstError = -1;
    int wrong = 0;
    for (int i = 0; i < expected.length; i++) {
      if (!tolerance.accepts(expected[i], actual[i])) {
        wrong++;
        double error = Math.abs(actual[i] - expected[i]);
        error = Double.isNaN(error) ? Double.POSITIVE_INFINITY : error;
        if (error > worstError) {
          worst = i;
          worstError = error;
        }
      }
    }
    if (worst >= 0) {
      throw new AssertionError(
          what.get()
              + ": "
              + wrong
              + " of "
              + expected.length
              + " entries are wrong; worst at "
              + worst
              + ": expected "
              + expected[worst]
              + ", got "
              + actual[worst]
              + " (relative error "
              + Math.abs(actual[worst] - expected[worst]) / Math.abs(expected[worst])
              + ", allowed "
              + tolerance.relative()
              + " and absolute "
              + tolerance.absolute()
              + ")"
              + both(expected, actual));
    }
  }

  /** The same bits, the sign of zero included; every NaN is the same. */
  public static void checkBits(Supplier<String> what, double[] expected, double[] actual) {
    if (expected.length != actual.length) {
      throw new AssertionError(
          what.get() + ": " + expected.length + " entries expected, got " + actual.length);
    }
    for (int i = 0; i < expected.length; i++) {
      if (Double.doubleToLongBits(expected[i]) != Double.doubleToLongBits(actual[i])) {
        throw new AssertionError(
            what.get()
                + ": entry "
                + i
                + " must have the very bits of "
                + Double.toHexString(expected[i])
                + ", got "
                + Double.toHexString(actual[i])
                + both(expected, actual));
      }
    }
  }

  /** Two shapes, or two types, or anything else that must be equal. */
  public static void checkEqual(Supplier<String> what, Object expected, Object actual) {
    if (!expected.equals(actual)) {
      throw new AssertionError(what.get() + ": expected " + expected + ", got " + actual);
    }
  }

  /** A condition that must hold. */
  public static void checkTrue(Supplier<String> what, boolean condition) {
    if (!condition) {
      throw new AssertionError(what.get());
    }
  }

  /** A number of entries that a shape has. */
  public static int size(Shape shape) {
    return Math.toIntExact(shape.size());
  }

  private static String both(double[] expected, double[] actual) {
    return expected.length > 24
        ? ""
        : "\n  expected " + Arrays.toString(expected) + "\n  actual   " + Arrays.toString(actual);
  }
}
