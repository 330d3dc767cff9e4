package org.gumbel4j.conformance.chapters;

import java.util.List;
import org.gumbel4j.autodiff.Autodiff;
import org.gumbel4j.conformance.chapters.GradientCases.Case;
import org.gumbel4j.conformance.check.Tolerance;
import org.gumbel4j.spi.Capability;
import org.gumbel4j.tensor.DType;
import org.gumbel4j.tensor.Tensor;

/** Autodiff: every operation's first and second derivative. */
abstract class GradientRules extends GradientSection {
  @Rule(value = "A01", needs = Capability.FLOAT64)
  void gradientOfEveryOperationEqualsFiniteDifferences() {
    checkFirstDerivatives(DType.FLOAT64);
  }

  @Rule(value = "A02", without = Capability.FLOAT64)
  void gradientOfEveryOperationIsNearFiniteDifferencesInSingle() {
    checkFirstDerivatives(DType.FLOAT32);
  }

  private void checkFirstDerivatives(DType dtype) {
    for (Case c : GradientCases.all()) {
      if (c.applies(device().capabilities())) {
        checkAll(
            "gradient of " + c,
            differences(c.f(), c.shapes(), c.point(), dtype),
            gradients(c.f(), c.shapes(), c.point(), dtype),
            differenceTolerance(dtype));
      }
    }
  }

  @Rule(value = "A03", needs = Capability.FLOAT64)
  void gradientsInSingleAgreeWithThoseInDouble() {
    for (Case c : GradientCases.all()) {
      if (c.applies(device().capabilities())) {
        checkAll(
            "FLOAT32 gradient of " + c,
            gradients(c.f(), c.shapes(), c.point(), DType.FLOAT64),
            gradients(c.f(), c.shapes(), c.point(), DType.FLOAT32),
            new Tolerance(1e-5, 2e-5));
      }
    }
  }

  @Rule(value = "A04", needs = Capability.FLOAT64)
  void hessianOfEveryOperationEqualsFiniteDifferencesOfItsGradient() {
    checkSecondDerivatives(DType.FLOAT64);
  }

  @Rule(value = "A05", without = Capability.FLOAT64)
  void hessianOfEveryOperationIsNearFiniteDifferencesInSingle() {
    checkSecondDerivatives(DType.FLOAT32);
  }

  private void checkSecondDerivatives(DType dtype) {
    for (Case c : GradientCases.all()) {
      if (c.applies(device().capabilities())) {
        checkAll(
            "Hessian of " + c,
            differences(at -> slope(c, at, dtype), c.point(), dtype),
            hessianProduct(c, dtype),
            differenceTolerance(dtype));
      }
    }
  }

  /** Σ ⟨gradient, direction⟩ over the parameters, where the direction is the point itself. */
  private double slope(Case c, List<double[]> at, DType dtype) {
    List<double[]> gradients = gradients(c.f(), c.shapes(), at, dtype);
    double total = 0;
    for (int i = 0; i < gradients.size(); i++) {
      double[] direction = c.point().get(i);
      for (int j = 0; j < direction.length; j++) {
        total += gradients.get(i)[j] * direction[j];
      }
    }
    return total;
  }

  private List<double[]> hessianProduct(Case c, DType dtype) {
    return inScope(() -> hessianProduct(c, tensors(c.point(), c.shapes(), dtype)));
  }

  private static List<double[]> hessianProduct(Case c, List<Tensor> point) {
    return Autodiff.valueAndGradient(
            outer -> {
              List<Tensor> inner =
                  Autodiff.valueAndGradient(p -> scalarOf(c.f().apply(p)), outer).gradients();
              Tensor total = inner.get(0).mul(point.get(0)).sum();
              for (int i = 1; i < inner.size(); i++) {
                total = total.add(inner.get(i).mul(point.get(i)).sum());
              }
              return total;
            },
            point)
        .gradients()
        .stream()
        .map(Chapter::read)
        .toList();
  }
}
