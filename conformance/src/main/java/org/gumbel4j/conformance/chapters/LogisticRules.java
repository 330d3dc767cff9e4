package org.gumbel4j.conformance.chapters;

import java.util.List;
import org.gumbel4j.conformance.check.Close;
import org.gumbel4j.conformance.check.Golden;
import org.gumbel4j.conformance.check.Tolerance;
import org.gumbel4j.distributions.KullbackLeibler;
import org.gumbel4j.distributions.Logistic;
import org.gumbel4j.distributions.LogitRelaxedBernoulli;
import org.gumbel4j.distributions.RelaxedBernoulli;
import org.gumbel4j.distributions.Validation;
import org.gumbel4j.random.Key;
import org.gumbel4j.spi.Capability;
import org.gumbel4j.tensor.DType;
import org.gumbel4j.tensor.Shape;
import org.gumbel4j.tensor.Tensor;

/** Distributions: the logistic distribution. */
abstract class LogisticRules extends DistributionSection {
  private static final Tolerance CLOSE = new Tolerance(1e-11, 1e-13);

  private static List<Golden> cases(String name) {
    return Golden.cases("logistic").stream().filter(c -> c.name().equals(name)).toList();
  }

  @Rule(value = "S101", needs = Capability.FLOAT64)
  void logisticIsThatOfTheGoldenValues() {
    for (Golden golden : cases("logistic")) {
      Tensor loc = wide(golden.number("loc")).squeeze(0);
      Tensor scale = wide(golden.number("scale")).squeeze(0);
      Logistic logistic = Logistic.of(loc, scale);
      Tensor value = wide(golden.array("value"));
      // z = (x − μ)/s is rounded before any function sees it, and e^700 makes 700 of that
      Tolerance tails = new Tolerance(1e-12, 0);
      check(() -> "log p", golden.best("log_prob"), logistic.logProb(value), VALUES);
      check(() -> "cdf", golden.best("cdf"), logistic.cdf(value), tails);
      check(() -> "log cdf", golden.best("log_cdf"), logistic.logCdf(value), tails);
      check(() -> "survival", golden.best("survival"), logistic.survival(value), tails);
      Tensor u = wide(golden.array("u"));
      check(() -> "icdf", golden.best("icdf"), logistic.inverseCdf(u), VALUES);
      check(
          () -> "survival of its inverse",
          read(u),
          logistic.survival(logistic.inverseSurvival(u)),
          CLOSE);
      check(() -> "entropy", golden.best("entropy"), logistic.entropy(), VALUES);
      check(() -> "variance", golden.best("variance"), logistic.variance(), VALUES);
      check(() -> "stddev", golden.best("stddev"), logistic.stddev(), VALUES);
      double[] mean = {golden.number("loc")};
      check(() -> "mean", mean, logistic.mean(), Tolerance.EXACT);
      check(() -> "mode", mean, logistic.mode(), Tolerance.EXACT);
    }
  }

  @Rule(value = "S102", needs = Capability.FLOAT64)
  void logisticDivergenceIsThatOfTheGoldenValues() {
    for (Golden golden : cases("kl_logistic_logistic")) {
      double[] p = golden.array("p");
      double[] q = golden.array("q");
      Tensor[] parameters = {wide(p[0]), wide(p[1]), wide(q[0]), wide(q[1])};
      Scalar divergence =
          x ->
              KullbackLeibler.of(Logistic.of(x.get(0), x.get(1)), Logistic.of(x.get(2), x.get(3)))
                  .sum();
      double[] exact = golden.best("kl");
      check(() -> "KL", exact, divergence.apply(List.of(parameters)), new Tolerance(1e-12, 1e-13));
      List<double[]> found = gradients(divergence, parameters);
      double[] flat = new double[4];
      for (int i = 0; i < 4; i++) {
        flat[i] = found.get(i)[0];
      }
      Close.check(() -> "∂KL", golden.array("grad"), flat, new Tolerance(1e-9, 1e-9));
    }
  }

  @Rule(value = "S103", needs = Capability.FLOAT64)
  void relaxedCoinsDivergeAsTheLogisticVariablesOfTheirLogits() {
    Tensor theta = wide(0.7, -1.2);
    Tensor phi = wide(0.1, 0.4);
    Tensor hot = wide(2.0, 0.5);
    Tensor cold = wide(0.5, 0.1);
    double[] expected =
        read(
            KullbackLeibler.of(
                Logistic.of(theta.div(hot), hot.reciprocal()),
                Logistic.of(phi.div(cold), cold.reciprocal())));
    check(
        () -> "KL of logits",
        expected,
        KullbackLeibler.of(
            LogitRelaxedBernoulli.of(hot, theta), LogitRelaxedBernoulli.of(cold, phi)),
        VALUES);
    check(
        () -> "KL of relaxed coins",
        expected,
        KullbackLeibler.of(RelaxedBernoulli.of(hot, theta), RelaxedBernoulli.of(cold, phi)),
        VALUES);
    double[] equal = new double[2];
    for (int i = 0; i < 2; i++) {
      double d = read(theta)[i] - read(phi)[i];
      equal[i] = d / Math.tanh(d / 2) - 2; // the closed form at equal temperatures
    }
    check(
        () -> "KL at one temperature",
        equal,
        KullbackLeibler.of(RelaxedBernoulli.of(hot, theta), RelaxedBernoulli.of(hot, phi)),
        new Tolerance(1e-12, 1e-14));
  }

  @Rule(value = "S104", falseAlarm = 1e-4)
  void logisticSamplesFollowTheDistributionFunction() {
    Tensor loc = tensor(new double[] {2}, finestType(), 1);
    Logistic logistic = Logistic.of(loc, tensor(new double[] {0.5}, finestType(), 1));
    Tensor samples = logistic.sample(Key.of(5401), Shape.of(20_000));
    checkBelow(
        "√n · distance of logistic samples",
        KOLMOGOROV_1E4,
        kolmogorov(read(logistic.cdf(samples))));
  }

  @Rule(value = "S105", needs = Capability.FLOAT64)
  void logisticHasTheGradientsOfFiniteDifferences() {
    Tensor loc = wide(0.3, -1);
    Tensor scale = wide(0.5, 2);
    Tensor x = wide(-2, 4);
    checkDifferentiable(
        "log p", p -> Logistic.of(p.get(0), p.get(1)).logProb(p.get(2)).sum(), loc, scale, x);
    checkDifferentiable(
        "log survival and log cdf",
        p -> {
          Logistic logistic = Logistic.of(p.get(0), p.get(1));
          return logistic.logSurvival(p.get(2)).add(logistic.logCdf(p.get(2)).mul(2)).sum();
        },
        loc,
        scale,
        x);
    checkDifferentiable(
        "samples",
        p -> Logistic.of(p.get(0), p.get(1)).rsample(Key.of(5402)).square().sum(),
        loc,
        scale);
  }

  @Rule("S106")
  void logisticRefusesWhatHasNoMeaning() {
    Tensor zero = tensor(new double[] {0, 0}, DType.FLOAT32, 2);
    Tensor bad = tensor(new double[] {1, -2}, DType.FLOAT32, 2);
    Class<IllegalArgumentException> wrong = IllegalArgumentException.class;
    checkThrows(wrong, () -> Logistic.of(zero, bad), "scale", "-2.0", "positive");
    Tensor nan = tensor(new double[] {0, Double.NaN}, DType.FLOAT32, 2);
    checkThrows(wrong, () -> Logistic.of(nan, zero.add(1)), "loc", "[1]", "NaN");
    Tensor unchecked = Logistic.of(zero, bad, Validation.OFF).logProb(nan);
    Close.checkEqual(() -> "shape without validation", Shape.of(2), unchecked.shape());
  }
}
