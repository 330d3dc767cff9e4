package org.gumbel4j.conformance.chapters;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.gumbel4j.autodiff.Autodiff;
import org.gumbel4j.conformance.check.Close;
import org.gumbel4j.conformance.check.FiniteDifferences;
import org.gumbel4j.conformance.check.Samples;
import org.gumbel4j.conformance.check.Tolerance;
import org.gumbel4j.tensor.DType;
import org.gumbel4j.tensor.Shape;
import org.gumbel4j.tensor.Tensor;

/** Gradients by Autodiff beside gradients by moving each entry a little. */
abstract class GradientSection extends Chapter {
  /** Σ w ⊙ y + ¼ Σ y² with fixed weights: a scalar that notices every entry, and curves. */
  static Tensor scalarOf(Tensor y) {
    double[] weights = Samples.uniform(141, Close.size(y.shape()), -2, 2);
    Tensor w = y.device().tensor(weights, y.dtype(), y.shape().toArray());
    return y.mul(w).sum().add(y.mul(y).sum().mul(0.25));
  }

  /** Gradients of the scalar of f at a point, one array a parameter. */
  final List<double[]> gradients(
      Function<List<Tensor>, Tensor> f, List<Shape> shapes, List<double[]> point, DType dtype) {
    return inScope(
        () ->
            Autodiff.valueAndGradient(p -> scalarOf(f.apply(p)), tensors(point, shapes, dtype))
                .gradients()
                .stream()
                .map(Chapter::read)
                .toList());
  }

  /** The same by finite differences. */
  final List<double[]> differences(
      Function<List<Tensor>, Tensor> f, List<Shape> shapes, List<double[]> point, DType dtype) {
    return differences(
        at -> inScope(() -> scalarOf(f.apply(tensors(at, shapes, dtype))).item()), point, dtype);
  }

  /** Finite differences of any function of several arrays. */
  static List<double[]> differences(
      ToDoubleFunction<List<double[]>> f, List<double[]> point, DType dtype) {
    List<double[]> result = new ArrayList<>();
    for (int i = 0; i < point.size(); i++) {
      int which = i;
      result.add(
          FiniteDifferences.gradient(
              x -> {
                List<double[]> moved = new ArrayList<>(point);
                moved.set(which, x);
                return f.applyAsDouble(moved);
              },
              point.get(i),
              step(dtype)));
    }
    return result;
  }

  private static double step(DType dtype) {
    return dtype == DType.FLOAT64 ? 1e-3 : 0x1p-6;
  }

  /** What finite differences of a type can promise. */
  static Tolerance differenceTolerance(DType dtype) {
    return dtype == DType.FLOAT64 ? new Tolerance(1e-7, 1e-8) : new Tolerance(2e-2, 1e-2);
  }

  final List<Tensor> tensors(List<double[]> point, List<Shape> shapes, DType dtype) {
    List<Tensor> tensors = new ArrayList<>();
    for (int i = 0; i < point.size(); i++) {
      tensors.add(device().tensor(point.get(i), dtype, shapes.get(i).toArray()));
    }
    return tensors;
  }

  static void checkAll(
      String what, List<double[]> expected, List<double[]> actual, Tolerance tolerance) {
    for (int i = 0; i < expected.size(); i++) {
      int which = i;
      Close.check(() -> what + ", parameter " + which, expected.get(i), actual.get(i), tolerance);
    }
  }
}
