package org.gumbel4j.conformance.chapters;

import java.util.function.Function;
import java.util.function.Supplier;
import org.gumbel4j.conformance.check.Tolerance;
import org.gumbel4j.spi.FusedOps;
import org.gumbel4j.tensor.DType;
import org.gumbel4j.tensor.Shape;

/**
 * Rules of fused operations: what holds for the override holds for the default that it replaces.
 */
abstract class FusedSection extends Section {
  private static final double NAN = Double.NaN;

  /** Masked, extreme and ordinary rows of eight logits each. */
  static final double[][] ROWS = {
    {0.5, -1, 2, 0, 3, -2, 1, 0.25},
    {Double.NEGATIVE_INFINITY, 1, 2, Double.NEGATIVE_INFINITY, 0, -1, 3, 1},
    {
      Double.NEGATIVE_INFINITY,
      Double.NEGATIVE_INFINITY,
      Double.NEGATIVE_INFINITY,
      7,
      Double.NEGATIVE_INFINITY,
      Double.NEGATIVE_INFINITY,
      Double.NEGATIVE_INFINITY,
      Double.NEGATIVE_INFINITY
    },
    {1000, 1001, 999, 1000, 1002, 998, 1000, 1000},
    {-1000, -1001, -999, -1000, -1002, -998, -1000, -1000},
    {80, -80, 0, 1, 2, 3, 4, 5},
    {2, 2, 2, 2, 2, 2, 2, 2}
  };

  /** The fused operations of this backend, with the word for messages. */
  record Variant(String word, FusedOps<Object> ops) {}

  final Variant[] variants() {
    return new Variant[] {
      new Variant("the backend's", backend().fused()),
      new Variant("the default", new FusedOps<>(backend()))
    };
  }

  /** The override and the default give what is expected. */
  final void checkBoth(
      Supplier<String> what,
      Function<FusedOps<Object>, Object> operation,
      Shape shape,
      DType dtype,
      double[] expected,
      Tolerance tolerance) {
    for (Variant variant : variants()) {
      checkHandle(
          () -> variant.word() + " " + what.get(),
          operation.apply(variant.ops()),
          shape,
          dtype,
          expected,
          tolerance);
    }
  }

  /**
   * An array of the rows along an axis of a shape with one more axis of three copies on either
   * side.
   */
  static double[] alongAxis(double[][] rows, int axis) {
    int n = rows.length;
    int k = rows[0].length;
    double[] result = new double[n * k];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < k; j++) {
        result[axis == 1 ? i * k + j : j * n + i] = rows[i][j];
      }
    }
    return result;
  }

  /** The shape of {@link #alongAxis}. */
  static Shape shapeAlong(double[][] rows, int axis) {
    return axis == 1
        ? Shape.of(rows.length, rows[0].length)
        : Shape.of(rows[0].length, rows.length);
  }

  static double logSumExp(double[] row) {
    double max = Double.NEGATIVE_INFINITY;
    for (double v : row) {
      max = Math.max(max, v);
    }
    if (Double.isInfinite(max) || Double.isNaN(max)) {
      return max;
    }
    double sum = 0;
    for (double v : row) {
      sum += Math.exp(v - max);
    }
    return max + Math.log(sum);
  }

  static double[] softmax(double[] row) {
    double max = Double.NEGATIVE_INFINITY;
    for (double v : row) {
      max = Math.max(max, v);
    }
    double sum = 0;
    double[] result = new double[row.length];
    for (int i = 0; i < row.length; i++) {
      result[i] = max == Double.NEGATIVE_INFINITY ? NAN : Math.exp(row[i] - max);
      sum += result[i];
    }
    for (int i = 0; i < row.length; i++) {
      result[i] /= sum;
    }
    return result;
  }

  /** y ⊙ (g − ⟨g, y⟩) / τ. */
  static double[] softmaxBackward(double[] y, double[] g, double temperature) {
    double inner = 0;
    for (int i = 0; i < y.length; i++) {
      inner += y[i] * g[i];
    }
    double[] result = new double[y.length];
    for (int i = 0; i < y.length; i++) {
      result[i] = y[i] * (g[i] - inner) / temperature;
    }
    return result;
  }
}
