package org.gumbel4j.conformance.chapters;

import java.util.Arrays;
import java.util.List;
import org.gumbel4j.autodiff.Autodiff;
import org.gumbel4j.conformance.check.Close;
import org.gumbel4j.conformance.check.Golden;
import org.gumbel4j.conformance.check.Tolerance;
import org.gumbel4j.distributions.Gumbel;
import org.gumbel4j.distributions.KullbackLeibler;
import org.gumbel4j.distributions.Validation;
import org.gumbel4j.random.Key;
import org.gumbel4j.spi.Capability;
import org.gumbel4j.tensor.DType;
import org.gumbel4j.tensor.Shape;
import org.gumbel4j.tensor.Tensor;

/** Distributions: the Gumbel distribution. */
abstract class GumbelDistributionRules extends DistributionSection {
  @Rule(value = "S01", needs = Capability.FLOAT64)
  void gumbelIsThatOfTheGoldenValues() {
    for (Golden golden : Golden.cases("gumbel")) {
      if (!golden.name().equals("gumbel")) {
        continue;
      }
      Tensor loc = wide(golden.number("loc")).squeeze(0);
      Tensor scale = wide(golden.number("scale")).squeeze(0);
      Gumbel gumbel = Gumbel.of(loc, scale);
      Tensor value = wide(golden.array("value"));
      check(() -> "log p", golden.best("log_prob"), gumbel.logProb(value), conditioned(golden));
      check(() -> "cdf", golden.best("cdf"), gumbel.cdf(value), conditioned(golden));
      check(() -> "log cdf", golden.best("log_cdf"), gumbel.logCdf(value), conditioned(golden));
      check(() -> "survival", golden.best("survival"), gumbel.survival(value), conditioned(golden));
      check(() -> "icdf", golden.best("icdf"), gumbel.inverseCdf(wide(golden.array("u"))), VALUES);
      check(() -> "entropy", golden.best("entropy"), gumbel.entropy(), VALUES);
      check(() -> "mean", golden.best("mean"), gumbel.mean(), VALUES);
      check(() -> "mode", golden.best("mode"), gumbel.mode(), VALUES);
      check(() -> "stddev", golden.best("stddev"), gumbel.stddev(), VALUES);
      check(() -> "variance", golden.best("variance"), gumbel.variance(), VALUES);
      List<double[]> gradients =
          gradients(p -> Gumbel.of(p.get(1), p.get(2)).logProb(p.get(0)).sum(), value, loc, scale);
      Close.check(() -> "∂x", golden.array("grad_value"), gradients.get(0), conditioned(golden));
      Close.check(() -> "∂μ", golden.array("grad_loc"), gradients.get(1), conditioned(golden));
      Close.check(() -> "∂β", golden.array("grad_scale"), gradients.get(2), conditioned(golden));
    }
  }

  /** z = (x − μ)/β is rounded to (|x| + |μ|)/β units before any function sees it. */
  private static Tolerance conditioned(Golden golden) {
    double condition = 2 * Math.abs(golden.number("loc")) / golden.number("scale");
    double relative = Math.max(1e-12, 1e-10 * Math.min(1, condition / 1e4));
    return new Tolerance(relative, relative);
  }

  @Rule(value = "S02", needs = Capability.FLOAT64)
  void gumbelKeepsItsDigitsInBothTails() {
    Gumbel gumbel = Gumbel.standard(device(), DType.FLOAT64);
    double[] q = {1e-300, 1e-20, 1e-12, 1e-3, 0.5, 0.999};
    Tensor x = gumbel.inverseSurvival(wide(q));
    check(() -> "survival of its inverse", q, gumbel.survival(x), new Tolerance(1e-12, 0));
    check(
        () -> "cdf of its inverse",
        q,
        gumbel.cdf(gumbel.inverseCdf(wide(q))),
        new Tolerance(1e-12, 0));
    double[] logs = new double[q.length];
    for (int i = 0; i < q.length; i++) {
      logs[i] = Math.log(q[i]);
    }
    check(() -> "log survival", logs, gumbel.logSurvival(x), VALUES);
    check(
        () -> "log survival where e^-z is 0",
        new double[] {-1e4},
        gumbel.logSurvival(wide(1e4)),
        VALUES);
    checkDifferentiable(
        "log survival", p -> gumbel.logSurvival(p.get(0)).sum(), wide(-2, 0.3, 29.5, 31, 800));
  }

  @Rule(value = "S03", needs = Capability.FLOAT64)
  void gumbelDivergenceIsThatOfTheGoldenValues() {
    for (Golden golden : Golden.cases("gumbel")) {
      if (!golden.name().equals("kl_gumbel_gumbel")) {
        continue;
      }
      double[] p = golden.array("p");
      double[] q = golden.array("q");
      Tensor[] parameters = {wide(p[0]), wide(p[1]), wide(q[0]), wide(q[1])};
      Scalar divergence =
          x ->
              KullbackLeibler.of(Gumbel.of(x.get(0), x.get(1)), Gumbel.of(x.get(2), x.get(3)))
                  .sum();
      check(() -> "KL", golden.best("kl"), divergence.apply(List.of(parameters)), VALUES);
      List<double[]> found = gradients(divergence, parameters);
      double[] flat = new double[4];
      for (int i = 0; i < 4; i++) {
        flat[i] = found.get(i)[0];
      }
      Close.check(() -> "∂KL", golden.array("grad"), flat, GRADIENTS);
    }
  }

  @Rule(value = "S04", needs = Capability.FLOAT64)
  void gumbelDivergenceHasASecondDerivative() {
    Tensor one = wide(1.0);
    Scalar slope =
        x ->
            Autodiff.gradient(
                    b -> KullbackLeibler.of(Gumbel.of(one, b), Gumbel.of(one, one)).sum(), x.get(0))
                .sum();
    checkDifferentiable("∂KL/∂β", slope, wide(0.7));
    checkDifferentiable("∂KL/∂β", slope, wide(8.5));
  }

  @Rule(value = "S05", falseAlarm = 1e-4)
  void gumbelSamplesFollowTheDistributionFunction() {
    Tensor loc = tensor(new double[] {2}, finestType(), 1);
    Gumbel gumbel = Gumbel.of(loc, tensor(new double[] {0.5}, finestType(), 1));
    Tensor samples = gumbel.sample(Key.of(4101), Shape.of(20_000));
    checkBelow(
        "√n · distance of Gumbel samples", KOLMOGOROV_1E4, kolmogorov(read(gumbel.cdf(samples))));
  }

  @Rule(value = "S07", needs = Capability.FLOAT64)
  void gumbelDivergenceHoldsTheGammaFunctionToThirteenDigits() {
    double[] ratio = {1e-9, 0.25, 0.5, 1, 1.5, 2, 3, 5, 7, 8, 20};
    double quarter = 0.906402477055477077982671288966918;
    double root = Math.sqrt(Math.PI);
    double[] gamma = {
      1 - 1e-9 * Gumbel.EULER,
      quarter,
      root / 2,
      1,
      0.75 * root,
      2,
      6,
      120,
      5040,
      40320,
      2.43290200817664e18
    };
    double[] expected = new double[ratio.length];
    for (int i = 0; i < ratio.length; i++) {
      expected[i] = Gumbel.EULER * (ratio[i] - 1) - Math.log(ratio[i]) + gamma[i] - 1;
    }
    Tensor zero = wide(0.0);
    Gumbel p = Gumbel.of(zero, wide(ratio));
    check(
        () -> "KL of scales r and 1, which holds Γ(r + 1)",
        expected,
        KullbackLeibler.of(p, Gumbel.of(zero, wide(1.0))),
        new Tolerance(2e-13, 2e-15));
  }

  @Rule("S06")
  void gumbelRefusesWhatHasNoMeaning() {
    Tensor zero = tensor(new double[] {0, 0}, DType.FLOAT32, 2);
    Tensor bad = tensor(new double[] {1, -2}, DType.FLOAT32, 2);
    checkThrows(
        IllegalArgumentException.class, () -> Gumbel.of(zero, bad), "scale", "-2.0", "positive");
    Tensor nan = tensor(new double[] {0, Double.NaN}, DType.FLOAT32, 2);
    checkThrows(
        IllegalArgumentException.class, () -> Gumbel.of(nan, zero.add(1)), "loc", "[1]", "NaN");
    Gumbel gumbel = Gumbel.of(zero, zero.add(1));
    checkThrows(IllegalArgumentException.class, () -> gumbel.logProb(nan), "logProb", "[1]", "NaN");
    Tensor unchecked = Gumbel.of(zero, bad, Validation.OFF).logProb(nan);
    Close.checkEqual(() -> "shape without validation", Shape.of(2), unchecked.shape());
  }

  @Rule("S08")
  void gumbelHasGradientZeroWhereNothingIsLeftOfIt() {
    for (DType dtype : floatingTypes()) {
      Gumbel gumbel = Gumbel.standard(device(), dtype);
      Tensor x = tensor(new double[] {-1000, -90}, dtype, 2);
      Tensor cdf = Autodiff.gradient(p -> gumbel.cdf(p).sum(), x);
      Tensor survival = Autodiff.gradient(p -> gumbel.survival(p).sum(), x);
      Tensor logSurvival = Autodiff.gradient(p -> gumbel.logSurvival(p).sum(), x);
      for (Tensor gradient : List.of(cdf, survival, logSurvival)) {
        Close.checkTrue(
            () -> "gradient far on the left " + gradient,
            Arrays.stream(read(gradient)).allMatch(g -> g == 0));
      }
    }
  }
}
