package org.gumbel4j.conformance.chapters;

import java.util.List;
import org.gumbel4j.conformance.check.Close;
import org.gumbel4j.conformance.check.Golden;
import org.gumbel4j.conformance.check.Samples;
import org.gumbel4j.conformance.check.Tolerance;
import org.gumbel4j.distributions.ExpRelaxedOneHotCategorical;
import org.gumbel4j.distributions.RelaxedOneHotCategorical;
import org.gumbel4j.distributions.RelaxedSample;
import org.gumbel4j.distributions.Validation;
import org.gumbel4j.random.Key;
import org.gumbel4j.spi.Capability;
import org.gumbel4j.tensor.DType;
import org.gumbel4j.tensor.Shape;
import org.gumbel4j.tensor.Tensor;

/** Distributions: densities of the relaxations on the simplex and in its log space. */
abstract class RelaxedSimplexRules extends CategoricalRules {
  @Rule(value = "S21", needs = Capability.FLOAT64)
  void logSpaceDensityIsThatOfTheGoldenValues() {
    for (Golden golden : Golden.cases("exp_relaxed_categorical")) {
      checkDensity(
          golden,
          p ->
              ExpRelaxedOneHotCategorical.of(p.get(2), p.get(1), Validation.OFF).logProb(p.get(0)));
    }
  }

  @Rule(value = "S22", needs = Capability.FLOAT64)
  void simplexDensityIsThatOfTheGoldenValues() {
    for (Golden golden : Golden.cases("relaxed_one_hot_categorical")) {
      checkDensity(
          golden,
          p -> RelaxedOneHotCategorical.of(p.get(2), p.get(1), Validation.OFF).logProb(p.get(0)));
    }
  }

  private void checkDensity(Golden golden, Scalar logProb) {
    Tensor value = wide(golden.array("value"), golden.shape());
    Tensor logits = wide(golden.array("logits"), golden.shape());
    Tensor tau = wide(golden.array("tau"));
    Tensor[] parameters = {value, logits, tau};
    check(
        () -> golden + ", log p",
        golden.best("log_prob"),
        logProb.apply(List.of(parameters)),
        VALUES);
    List<double[]> gradients = gradients(p -> logProb.apply(p).sum(), parameters);
    Tolerance tolerance = new Tolerance(1e-10, 1e-10);
    if (golden.has("grad_value")) {
      Close.check(() -> golden + ", ∂x", golden.array("grad_value"), gradients.get(0), tolerance);
    }
    Close.check(() -> golden + ", ∂θ", golden.array("grad_logits"), gradients.get(1), tolerance);
    if (golden.has("grad_tau")) {
      Close.check(() -> golden + ", ∂λ", golden.array("grad_tau"), gradients.get(2), tolerance);
    }
  }

  @Rule(value = "S23", needs = Capability.FLOAT64)
  void simplexSamplesOfInjectedNoiseAreThoseOfTheGoldenValues() {
    for (Golden golden : Golden.cases("gumbel_softmax")) {
      int axis = (int) golden.number("dim");
      if ((axis != -1 && axis != golden.shape().rank() - 1) || hasBlindRow(golden)) {
        continue;
      }
      Tensor logits = wide(golden.array("logits"), golden.shape());
      Tensor noise = wide(golden.array("noise"), golden.shape());
      Tensor upstream = wide(golden.array("upstream"), golden.shape());
      Tensor tau = wide(golden.array("tau")).squeeze(0);
      Scalar sample = p -> RelaxedOneHotCategorical.of(p.get(1), p.get(0)).fromNoise(noise).value();
      RelaxedSample both = RelaxedOneHotCategorical.of(tau, logits).fromNoise(noise);
      check(() -> golden + ", x", golden.array("soft"), both.value(), VALUES);
      check(() -> golden + ", log x", golden.array("log_soft"), both.preimage(), VALUES);
      List<double[]> gradients = gradients(p -> sample.apply(p).mul(upstream).sum(), logits, tau);
      Close.check(
          () -> golden + ", ∂θ", golden.array("soft_grad_logits"), gradients.get(0), GRADIENTS);
      double[] slope = golden.array("soft_grad_tau");
      if (Double.isNaN(slope[0])) { // PyTorch's, where a class is masked
        Close.checkTrue(() -> golden + ", ∂λ is finite", Double.isFinite(gradients.get(1)[0]));
      } else {
        Close.check(() -> golden + ", ∂λ", slope, gradients.get(1), GRADIENTS);
      }
    }
  }

  private static boolean hasBlindRow(Golden golden) {
    return golden.name().startsWith("all_masked_row");
  }

  @Rule("S24")
  void densityIsFiniteOnItsOwnSamplesAtTheLowestTemperature() {
    for (DType dtype : floatingTypes()) {
      Tensor logits = tensor(Samples.uniform(45, 1000, -3, 3), dtype, 100, 10);
      RelaxedOneHotCategorical relaxed = RelaxedOneHotCategorical.of(0.01, logits);
      RelaxedSample sample = relaxed.relaxedSample(Key.of(4301), Shape.of(5));
      Tensor exact = relaxed.logProb(sample);
      Close.checkEqual(() -> "shape of log p", Shape.of(5, 100), exact.shape());
      Close.checkTrue(() -> "log p of samples is finite in " + dtype, exact.isFinite().all());
      Tensor ofPoint = relaxed.logProb(sample.value());
      Close.checkTrue(() -> "log p of points is finite in " + dtype, ofPoint.isFinite().all());
      for (double[] gradient :
          gradients(
              p -> {
                var p0 = RelaxedOneHotCategorical.of(p.get(1), p.get(0));
                return p0.logProb(p0.relaxedSample(Key.of(4301))).sum();
              },
              logits,
              tensor(new double[] {0.01}, dtype, 1))) {
        for (double g : gradient) {
          Close.checkTrue(() -> "gradients through samples are finite", Double.isFinite(g));
        }
      }
    }
  }

  @Rule(value = "S25", needs = Capability.FLOAT64)
  void maskedClassesLeaveTheDensityOfTheOthers() {
    Tensor masked = wide(new double[] {0.3, MASK, 1.2, -0.7}, Shape.of(1, 4));
    Tensor kept = wide(new double[] {0.3, 1.2, -0.7}, Shape.of(1, 3));
    Tensor x = wide(new double[] {0.2, 0, 0.7, 0.1}, Shape.of(1, 4));
    Tensor point = wide(new double[] {0.2, 0.7, 0.1}, Shape.of(1, 3));
    RelaxedOneHotCategorical with = RelaxedOneHotCategorical.of(0.6, masked);
    RelaxedOneHotCategorical without = RelaxedOneHotCategorical.of(0.6, kept);
    check(() -> "log p", read(without.logProb(point)), with.logProb(x), VALUES);
    check(
        () -> "log-space log p",
        read(without.base().logProb(point.log())),
        with.base().logProb(x.log()),
        VALUES);
    check(() -> "entropy", read(without.base().entropy()), with.base().entropy(), VALUES);
    Tensor onMask = wide(new double[] {0.2, 0.1, 0.6, 0.1}, Shape.of(1, 4));
    check(() -> "on a mask", new double[] {MASK}, with.logProb(onMask), Tolerance.EXACT);
    check(
        () -> "on a mask in log space",
        new double[] {MASK},
        with.base().logProb(onMask.log()),
        Tolerance.EXACT);
    Tensor tau = wide(0.6);
    List<double[]> gradients =
        gradients(
            p -> {
              var relaxed = RelaxedOneHotCategorical.of(p.get(1), p.get(0));
              RelaxedSample sample = relaxed.relaxedSample(Key.of(4302));
              Tensor squares = sample.value().square().sum();
              return relaxed.logProb(sample).sum().add(squares).add(relaxed.logProb(x).sum());
            },
            masked,
            tau);
    checkDifferentiable(
        "samples beside a mask",
        p -> RelaxedOneHotCategorical.of(p.get(0), masked).rsample(Key.of(4302)).square().sum(),
        tau);
    Close.checkTrue(() -> "no gradient at the mask", gradients.get(0)[1] == 0);
    for (double[] gradient : gradients) {
      for (double g : gradient) {
        Close.checkTrue(() -> "finite gradients: " + g, Double.isFinite(g));
      }
    }
  }

  @Rule(value = "S26", needs = Capability.FLOAT64)
  void relaxedDensitiesHaveTheGradientsOfFiniteDifferences() {
    Tensor logits = wide(Samples.uniform(46, 6, -1, 1), Shape.of(2, 3));
    Tensor tau = wide(0.5, 1.7);
    Tensor value = wide(new double[] {-1.2, -0.7, -1.4, -0.3, -2.1, -2}, Shape.of(2, 3));
    checkDifferentiable(
        "log-space log p",
        p ->
            ExpRelaxedOneHotCategorical.of(p.get(1), p.get(0), Validation.OFF)
                .logProb(p.get(2))
                .sum(),
        logits,
        tau,
        value);
    Tensor weight = wide(Samples.uniform(47, 6, -1, 1), Shape.of(2, 3));
    checkDifferentiable(
        "samples",
        p ->
            RelaxedOneHotCategorical.of(p.get(1), p.get(0)).rsample(Key.of(4303)).mul(weight).sum(),
        logits,
        tau);
    checkDifferentiable(
        "entropy",
        p -> ExpRelaxedOneHotCategorical.of(p.get(0), logits).entropy().square().sum(),
        tau);
  }
}
