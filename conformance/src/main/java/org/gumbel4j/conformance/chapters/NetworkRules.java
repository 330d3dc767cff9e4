package org.gumbel4j.conformance.chapters;

import java.util.List;
import org.gumbel4j.conformance.check.Golden;
import org.gumbel4j.conformance.check.Samples;
import org.gumbel4j.conformance.check.Tolerance;
import org.gumbel4j.spi.AdamCoefficients;
import org.gumbel4j.spi.AdamStep;
import org.gumbel4j.spi.FusedOps;
import org.gumbel4j.tensor.DType;
import org.gumbel4j.tensor.Shape;

/** Fused operations: a dense layer and a step of Adam. */
abstract class NetworkRules extends FusedSection {
  @Rule("F31")
  void linearIsAProductAndABias() {
    int[][] sizes = {{1, 1, 1}, {3, 4, 5}, {17, 33, 9}, {5, 64, 66}};
    for (DType dtype : floatingTypes()) {
      for (int[] size : sizes) {
        double[] x = Samples.uniform(121, size[0] * size[1], -2, 2);
        double[] w = Samples.uniform(122, size[1] * size[2], -2, 2);
        double[] bias = Samples.uniform(123, size[2], -2, 2);
        double[] expected = new double[size[0] * size[2]];
        for (int p = 0; p < expected.length; p++) {
          expected[p] = bias[p % size[2]];
          for (int k = 0; k < size[1]; k++) {
            expected[p] += x[p / size[2] * size[1] + k] * w[k * size[2] + p % size[2]];
          }
        }
        Object hx = handle(x, Shape.of(size[0], size[1]), dtype);
        Object hw = handle(w, Shape.of(size[1], size[2]), dtype);
        Object hb = handle(bias, Shape.of(size[2]), dtype);
        checkBoth(
            () -> "linear of " + dtype + " [" + size[0] + ", " + size[1] + "] to " + size[2],
            ops -> ops.linear(hx, hw, hb),
            Shape.of(size[0], size[2]),
            dtype,
            expected,
            Tolerance.ulps(1, dtype).orAbsolute(size[1] * 4 * Tolerance.ulps(1, dtype).relative()));
      }
    }
  }

  @Rule("F32")
  void adamFollowsPyTorch() {
    for (Golden golden : Golden.cases("adam")) {
      for (DType dtype : floatingTypes()) {
        for (Variant variant : variants()) {
          checkAdam(golden, dtype, variant, false);
        }
      }
    }
  }

  /** Also where the step may write over its operands: but not over what another handle shares. */
  @Rule("F33")
  void adamInPlaceFollowsPyTorch() {
    for (Golden golden : Golden.cases("adam")) {
      for (DType dtype : floatingTypes()) {
        for (Variant variant : variants()) {
          checkAdam(golden, dtype, variant, true);
        }
      }
    }
  }

  private void checkAdam(Golden golden, DType dtype, Variant variant, boolean inPlace) {
    String operation = inPlace ? "adamStepInPlace" : "adamStep";
    double[] start = golden.array("start");
    Shape shape = Shape.of(start.length);
    Object parameter = handle(start, shape, dtype);
    Object m = backend().full(shape, dtype, 0);
    Object v = backend().full(shape, dtype, 0);
    List<double[]> gradients = golden.arrays("grads");
    List<double[]> expected = golden.arrays("params");
    double[] mean = new double[start.length];
    double[] squares = new double[start.length];
    Tolerance tolerance =
        dtype == DType.FLOAT64 ? new Tolerance(1e-12, 1e-13) : new Tolerance(1e-6, 1e-7);
    for (int t = 0; t < gradients.size(); t++) {
      int step = t + 1;
      Object gradient = handle(gradients.get(t), shape, dtype);
      AdamCoefficients numbers = new AdamCoefficients(1e-3, 0.9, 0.999, 1e-8, step);
      FusedOps<Object> ops = variant.ops();
      Shape column = Shape.of(start.length, 1);
      // A second handle to the parameter at every other step, so that both cases are met.
      boolean isShared = t % 2 == 0;
      Object shared = isShared ? backend().reshape(parameter, column) : parameter;
      AdamStep<Object> next =
          inPlace
              ? ops.adamStepInPlace(parameter, gradient, m, v, numbers)
              : ops.adamStep(parameter, gradient, m, v, numbers);
      if (inPlace) {
        backend().release(parameter);
        backend().release(m);
        backend().release(v);
      }
      if (isShared) {
        checkHandle(
            () -> variant.word() + " " + operation + " of " + dtype + ", what shares the parameter",
            shared,
            column,
            dtype,
            t == 0 ? start : expected.get(t - 1),
            tolerance);
        backend().release(shared);
      }
      checkHandle(
          () -> variant.word() + " " + operation + " of " + dtype + ", step " + step,
          next.parameter(),
          shape,
          dtype,
          expected.get(t),
          tolerance);
      decay(mean, gradients.get(t), 0.9, 1);
      decay(squares, gradients.get(t), 0.999, 2);
      parameter = next.parameter();
      m = next.firstMoment();
      v = next.secondMoment();
    }
    checkHandle(
        () -> variant.word() + " " + operation + " of " + dtype + ", the mean of gradients",
        m,
        shape,
        dtype,
        mean,
        tolerance);
    checkHandle(
        () -> variant.word() + " " + operation + " of " + dtype + ", the mean of squares",
        v,
        shape,
        dtype,
        squares,
        tolerance);
  }

  private static void decay(double[] mean, double[] values, double beta, double power) {
    for (int i = 0; i < mean.length; i++) {
      mean[i] = beta * mean[i] + (1 - beta) * Math.pow(values[i], power);
    }
  }
}
