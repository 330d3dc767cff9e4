package org.gumbel4j.internal.ops;

import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.gumbel4j.spi.Backend;
import org.gumbel4j.tensor.DType;
import org.gumbel4j.tensor.Shape;
import org.gumbel4j.tensor.Tensor;

/**
 * Checks of values. They are made by the backend, at once or, on a device that runs behind, with
 * the next read-back. {@code -Dgumbel4j.validate=false} turns off all but those of indices.
 */
public final class Checks {
  private static final boolean ENABLED =
      !"false".equalsIgnoreCase(System.getProperty("gumbel4j.validate"));

  private Checks() {}

  /** Whether values are checked at all. */
  public static boolean areEnabled() {
    return ENABLED;
  }

  private static boolean looksAt(Tensor x) {
    return ENABLED && !x.shape().isEmpty() && !x.device().isOnEngineTape();
  }

  private static void require(
      String operation,
      Tensor x,
      Function<Backend<Object>, Object> condition,
      Supplier<String> message) {
    Backend<Object> backend = Op.backend(x);
    x.device()
        .scopedAll(
            () -> {
              backend.check(condition.apply(backend), () -> error(operation, x, message));
              return List.of();
            });
    x.device().finish();
  }

  /** A backend that looks late may ask for the message when the values are gone. */
  private static RuntimeException error(String operation, Tensor x, Supplier<String> message) {
    String found;
    try {
      found = message.get();
    } catch (IllegalStateException e) {
      found =
          Op.describe(x)
              + " held a value that is not allowed; it was noticed late, and the value is gone:"
              + " run with -Dgumbel4j.debug=sync to be told at once";
    }
    return new IllegalArgumentException(operation + ": " + found);
  }

  static int[] allAxes(Tensor x) {
    int[] axes = new int[x.rank()];
    for (int i = 0; i < axes.length; i++) {
      axes[i] = i;
    }
    return axes;
  }

  /** Logits: no NaN, no +∞, and in every slice along the axis a class that is not masked. */
  public static void logits(String operation, Tensor logits, int axis) {
    Op.floating(operation, logits);
    int a = logits.shape().axis(axis, operation);
    if (logits.shape().dim(a) == 0) {
      throw new IllegalArgumentException(
          operation + ": logits " + logits.shape() + " have no class along axis " + axis);
    }
    if (!looksAt(logits)) {
      return;
    }
    Tensor constant = logits.stopGradient();
    require(
        operation,
        logits,
        backend -> backend.fused().areLogits(Op.handle(logits, operation), a),
        () -> describeBadLogits(constant, a));
  }

  private static String describeBadLogits(Tensor logits, int axis) {
    double[] values = entries(logits);
    int classes = (int) logits.shape().dim(axis);
    int inner = 1;
    for (int i = axis + 1; i < logits.rank(); i++) {
      inner *= (int) logits.shape().dim(i);
    }
    for (int row = 0; row < values.length / classes; row++) {
      int start = row / inner * classes * inner + row % inner;
      boolean masked = true;
      for (int k = 0; k < classes; k++) {
        double value = values[start + k * inner];
        if (Double.isNaN(value) || value == Double.POSITIVE_INFINITY) {
          return "logits"
              + logits.shape()
              + ", row "
              + row
              + ", class "
              + k
              + ": "
              + value
              + "; logits must be finite, or -Infinity for a masked class";
        }
        masked &= value == Double.NEGATIVE_INFINITY;
      }
      if (masked) {
        return "logits"
            + logits.shape()
            + ", row "
            + row
            + ": all classes are masked (-Infinity); leave at least one finite";
      }
    }
    return "logits" + logits.shape() + " hold a NaN, a +Infinity or a fully masked row";
  }

  /** Every entry positive and finite. */
  public static void positive(String operation, String argument, Tensor x) {
    Op.floating(operation, x);
    if (!looksAt(x)) {
      return;
    }
    Tensor constant = x.stopGradient();
    require(
        operation,
        x,
        backend -> {
          Object h = Op.handle(x, operation);
          int[] all = allAxes(x);
          Object low = all.length == 0 ? h : backend.min(h, all, false);
          Object high = all.length == 0 ? h : backend.max(h, all, false);
          return backend.and(
              backend.less(backend.full(Shape.SCALAR, x.dtype(), 0), low),
              backend.less(high, backend.full(Shape.SCALAR, x.dtype(), Double.POSITIVE_INFINITY)));
        },
        () -> describeNotPositive(argument, constant));
  }

  private static String describeNotPositive(String argument, Tensor x) {
    double[] values = entries(x);
    for (int i = 0; i < values.length; i++) {
      if (!(values[i] > 0 && values[i] < Double.POSITIVE_INFINITY)) {
        return argument
            + " "
            + x.shape()
            + " at position "
            + i
            + " is "
            + values[i]
            + "; it must be positive and finite";
      }
    }
    return argument + " must be positive and finite";
  }

  /** A positive, finite number. */
  public static double positive(String operation, String argument, double value) {
    if (!(value > 0 && value < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          operation + ": " + argument + " = " + value + " must be positive and finite");
    }
    return value;
  }

  /** A condition that every entry of a BOOL tensor must meet. */
  public static void all(String operation, Tensor condition, Supplier<String> message) {
    Op.type(operation, "the condition", DType.BOOL, condition);
    if (!ENABLED || condition.shape().isEmpty()) {
      return;
    }
    require(
        operation,
        condition,
        backend -> {
          int[] all = allAxes(condition);
          Object bad = backend.cast(backend.not(Op.handle(condition, operation)), DType.INT64);
          Object count = all.length == 0 ? bad : backend.sum(bad, all, false);
          return backend.equal(count, backend.full(Shape.SCALAR, DType.INT64, 0));
        },
        message);
  }

  /** The entries as doubles, for a message: without a cast, since not every backend has FLOAT64. */
  public static double[] entries(Tensor x) {
    double[] entries = new double[Math.toIntExact(x.size())];
    switch (x.dtype()) {
      case FLOAT64 -> System.arraycopy(x.toDoubles(), 0, entries, 0, entries.length);
      case FLOAT32 -> {
        float[] values = x.toFloats();
        for (int i = 0; i < entries.length; i++) {
          entries[i] = values[i];
        }
      }
      case INT64 -> {
        long[] values = x.toLongs();
        for (int i = 0; i < entries.length; i++) {
          entries[i] = (double) values[i];
        }
      }
      case BOOL -> {
        boolean[] values = x.toBooleans();
        for (int i = 0; i < entries.length; i++) {
          entries[i] = values[i] ? 1 : 0;
        }
      }
    }
    return entries;
  }
}
