package org.gumbel4j.conformance.chapters;

import java.util.List;
import org.gumbel4j.conformance.check.Close;
import org.gumbel4j.conformance.check.Samples;
import org.gumbel4j.conformance.check.Tolerance;
import org.gumbel4j.distributions.ExpRelaxedOneHotCategorical;
import org.gumbel4j.distributions.LogitRelaxedBernoulli;
import org.gumbel4j.distributions.RelaxedOneHotCategorical;
import org.gumbel4j.distributions.Validation;
import org.gumbel4j.random.Key;
import org.gumbel4j.relaxation.GumbelSoftmax;
import org.gumbel4j.spi.Capability;
import org.gumbel4j.tensor.DType;
import org.gumbel4j.tensor.Shape;
import org.gumbel4j.tensor.Tensor;

/** Distributions: two ways to the same relaxation give the same numbers. */
abstract class RelaxationAgreementRules extends RelaxedSamplingRules {
  @Rule("S38")
  void temperatureMustBePositive() {
    Tensor logits = tensor(new double[] {0, 1}, DType.FLOAT32, 2);
    for (double bad : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
      checkThrows(
          IllegalArgumentException.class,
          () -> RelaxedOneHotCategorical.of(bad, logits),
          "temperature",
          String.valueOf(bad));
      Tensor tau = tensor(new double[] {1, bad}, DType.FLOAT32, 2);
      checkThrows(
          IllegalArgumentException.class,
          () -> RelaxedOneHotCategorical.of(tau, logits),
          "temperature",
          String.valueOf(bad));
    }
  }

  @Rule("S39")
  void relaxedSamplesAreThoseOfGumbelSoftmax() {
    for (DType dtype : floatingTypes()) {
      Tensor logits = tensor(new double[] {0.3, MASK, 1.2, -0.7, 0.1, 0.4}, dtype, 2, 3);
      Tensor weight = tensor(Samples.uniform(56, 6, -1, 1), dtype, 2, 3);
      Tensor tau = tensor(new double[] {0.5, 1.5}, dtype, 2);
      Key key = Key.of(4801);
      Tolerance tolerance =
          Tolerance.ulps(64, dtype).orAbsolute(Tolerance.ulps(16, dtype).relative());
      Scalar here = p -> RelaxedOneHotCategorical.of(p.get(1), p.get(0)).rsample(key);
      Scalar there = p -> GumbelSoftmax.of(p.get(1)).sample(p.get(0), key);
      check(
          () -> "samples in " + dtype,
          read(here.apply(List.of(logits, tau))),
          there.apply(List.of(logits, tau)),
          tolerance);
      List<double[]> expected = gradients(p -> here.apply(p).mul(weight).sum(), logits, tau);
      List<double[]> actual = gradients(p -> there.apply(p).mul(weight).sum(), logits, tau);
      Close.check(() -> "∂θ in " + dtype, expected.get(0), actual.get(0), tolerance);
      Close.check(() -> "∂τ in " + dtype, expected.get(1), actual.get(1), tolerance);
      Close.checkTrue(() -> "∂τ is finite", Double.isFinite(expected.get(1)[0]));
    }
  }

  @Rule(value = "S40", needs = Capability.FLOAT64)
  void singlePrecisionAgreesWithDoublePrecision() {
    Shape shape = Shape.of(50, 8);
    double[] logits = Samples.uniform(57, 400, -4, 4);
    double[] values = Samples.uniform(58, 400, -6, 0);
    double[] offsets = Samples.uniform(59, 400, -20, 20);
    for (double tau : new double[] {0.125, 1, 8}) {
      Tolerance tolerance = new Tolerance(2e-5, 2e-4);
      check(
          () -> "log-space log p at " + tau,
          read(simplex(DType.FLOAT64, tau, logits, values, shape)),
          simplex(DType.FLOAT32, tau, logits, values, shape),
          tolerance);
      check(
          () -> "logit-space log p at " + tau,
          read(coin(DType.FLOAT64, tau, logits, offsets)),
          coin(DType.FLOAT32, tau, logits, offsets),
          tolerance);
    }
  }

  private Tensor simplex(DType dtype, double tau, double[] logits, double[] values, Shape shape) {
    return ExpRelaxedOneHotCategorical.of(
            tau, tensor(logits, dtype, shape.toArray()), Validation.OFF)
        .logProb(tensor(values, dtype, shape.toArray()));
  }

  private Tensor coin(DType dtype, double tau, double[] logits, double[] values) {
    return LogitRelaxedBernoulli.of(tau, tensor(logits, dtype, logits.length))
        .logProb(tensor(values, dtype, values.length));
  }
}
