package org.gumbel4j.conformance.chapters;

import java.util.function.DoubleUnaryOperator;
import org.gumbel4j.conformance.check.Close;
import org.gumbel4j.conformance.check.Reference;
import org.gumbel4j.conformance.check.Samples;
import org.gumbel4j.conformance.check.Shapes;
import org.gumbel4j.conformance.check.Tolerance;
import org.gumbel4j.spi.FusedOps;
import org.gumbel4j.tensor.DType;
import org.gumbel4j.tensor.Shape;

/** Fused operations: activations. */
abstract class ActivationRules extends FusedSection {
  private static final double INF = Double.POSITIVE_INFINITY;
  private static final double[] EDGES = {
    0.0, -0.0, 1, -1, 20, -20, 80, -80, 700, -700, INF, -INF, Double.NaN, 1e-4, -1e-4, 5e-5
  };

  private interface Activation {
    Object apply(FusedOps<Object> ops, Object x);
  }

  @Rule("F01")
  void sigmoidIsAccurateInBothTails() {
    check("sigmoid", FusedOps::sigmoid, v -> 1 / (1 + Math.exp(-v)), 8);
  }

  @Rule("F02")
  void softplusNeitherOverflowsNorUnderflows() {
    check(
        "softplus",
        FusedOps::softplus,
        v -> Math.max(v, 0) + Math.log1p(Math.exp(-Math.abs(v))),
        8);
  }

  @Rule("F03")
  void reluIsTheLargerOfXAndZero() {
    check("relu", FusedOps::relu, v -> Math.max(v, 0), 0);
  }

  private void check(String name, Activation f, DoubleUnaryOperator reference, double ulps) {
    for (DType dtype : floatingTypes()) {
      for (Shape shape : Shapes.AWKWARD) {
        check(
            name,
            f,
            reference,
            ulps,
            dtype,
            shape,
            Samples.uniform(91, Close.size(shape), -30, 30));
      }
      check(name, f, reference, ulps, dtype, Shape.of(EDGES.length), EDGES);
    }
  }

  private void check(
      String name,
      Activation f,
      DoubleUnaryOperator reference,
      double ulps,
      DType dtype,
      Shape shape,
      double[] values) {
    double[] x = rounded(values, dtype);
    Object h = handle(x, shape, dtype);
    // e^x itself overflows in single precision where σ(x) is still subnormal; zero is good enough
    // there.
    double tiny = ulps == 0 ? 0 : dtype == DType.FLOAT32 ? Float.MIN_NORMAL : Double.MIN_NORMAL;
    checkBoth(
        () -> name + " of " + dtype + shape,
        ops -> f.apply(ops, h),
        shape,
        dtype,
        rounded(Reference.map(x, reference), dtype),
        Tolerance.ulps(ulps, dtype).orAbsolute(tiny));
  }

  @Rule("F04")
  void reluBackwardPassesWhereXIsPositive() {
    for (DType dtype : floatingTypes()) {
      for (Shape shape : Shapes.AWKWARD) {
        double[] x = Samples.integers(92, Close.size(shape), -2, 3);
        double[] g = Samples.uniform(93, x.length, -3, 3);
        double[] expected = new double[x.length];
        for (int i = 0; i < x.length; i++) {
          expected[i] = x[i] > 0 ? g[i] : 0;
        }
        Object hx = handle(x, shape, dtype);
        Object hg = handle(g, shape, dtype);
        checkBoth(
            () -> "reluBackward of " + dtype + shape,
            ops -> ops.reluBackward(hx, hg),
            shape,
            dtype,
            expected,
            Tolerance.EXACT);
      }
    }
  }

  @Rule("F05")
  void binaryCrossEntropyDoesNotOverflow() {
    double[] logits = {0, 1, -1, 20, -20, 500, -500, 88, -88, 3};
    double[] targets = {0.5, 1, 0, 0, 1, 0, 1, 0.25, 0.75, 0.1};
    double[] g = {1, 2, -1, 0.5, 1, 1, 1, -3, 1, 1};
    double[] value = new double[logits.length];
    double[] gradient = new double[logits.length];
    for (int i = 0; i < logits.length; i++) {
      double l = logits[i];
      value[i] = Math.max(l, 0) - l * targets[i] + Math.log1p(Math.exp(-Math.abs(l)));
      gradient[i] = (1 / (1 + Math.exp(-l)) - targets[i]) * g[i];
    }
    Shape shape = Shape.of(2, 5);
    for (DType dtype : floatingTypes()) {
      Object l = handle(logits, shape, dtype);
      Object t = handle(targets, shape, dtype);
      Object hg = handle(g, shape, dtype);
      double unit = Tolerance.ulps(1, dtype).relative();
      Tolerance tolerance = new Tolerance(8 * unit, 8 * unit);
      checkBoth(
          () -> "binaryCrossEntropyWithLogits of " + dtype,
          ops -> ops.binaryCrossEntropyWithLogits(l, t),
          shape,
          dtype,
          value,
          tolerance);
      checkBoth(
          () -> "binaryCrossEntropyWithLogitsBackward of " + dtype,
          ops -> ops.binaryCrossEntropyWithLogitsBackward(l, t, hg),
          shape,
          dtype,
          gradient,
          tolerance);
    }
  }
}
