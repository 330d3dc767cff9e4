package org.gumbel4j.conformance.chapters;

import java.util.List;
import org.gumbel4j.conformance.check.Close;
import org.gumbel4j.conformance.check.Golden;
import org.gumbel4j.conformance.check.Samples;
import org.gumbel4j.conformance.check.Tolerance;
import org.gumbel4j.distributions.Bernoulli;
import org.gumbel4j.distributions.LogitRelaxedBernoulli;
import org.gumbel4j.distributions.RelaxedBernoulli;
import org.gumbel4j.distributions.RelaxedSample;
import org.gumbel4j.random.Key;
import org.gumbel4j.spi.Capability;
import org.gumbel4j.tensor.DType;
import org.gumbel4j.tensor.Shape;
import org.gumbel4j.tensor.Tensor;

/** Distributions: the coin toss and its relaxations. */
abstract class BinaryRules extends RelaxationAgreementRules {
  @Rule(value = "S41", needs = Capability.FLOAT64)
  void bernoulliIsThatOfTheGoldenValues() {
    Golden golden = Golden.cases("bernoulli").get(0);
    Tensor logits = wide(golden.array("logits"));
    Tensor value = wide(golden.array("value"));
    Tolerance sharp = Tolerance.relative(1e-12);
    check(() -> "log P", golden.best("log_prob"), Bernoulli.of(logits).logProb(value), VALUES);
    check(() -> "entropy", golden.best("entropy"), Bernoulli.of(logits).entropy(), sharp);
    Close.check(
        () -> "∂ log P",
        golden.array("log_prob_grad"),
        gradients(p -> Bernoulli.of(p.get(0)).logProb(value).sum(), logits).get(0),
        GRADIENTS);
    Close.check(
        () -> "∂ entropy",
        golden.array("entropy_grad"),
        gradients(p -> Bernoulli.of(p.get(0)).entropy().sum(), logits).get(0),
        GRADIENTS);
  }

  @Rule(value = "S42", needs = Capability.FLOAT64)
  void certainCoinsHaveNoEntropyAndNoGradient() {
    Tensor logits = wide(-MASK, MASK, 0.4);
    Tensor value = wide(1.0, 0, 1);
    Tensor other = wide(0.0, 1, 1);
    double last = -Math.log1p(Math.exp(-0.4));
    check(() -> "log P", new double[] {0, 0, last}, Bernoulli.of(logits).logProb(value), VALUES);
    check(
        () -> "log P of the impossible",
        new double[] {MASK, MASK, last},
        Bernoulli.of(logits).logProb(other),
        VALUES);
    check(
        () -> "probabilities",
        new double[] {1, 0, 1 / (1 + Math.exp(-0.4))},
        Bernoulli.of(logits).probs(),
        VALUES);
    double[] gradient =
        gradients(
                p -> {
                  Bernoulli b = Bernoulli.ofProbs(p.get(0));
                  return b.entropy().sum().add(b.logProb(value).sum());
                },
                wide(1.0, 0, 0.6))
            .get(0);
    Close.checkTrue(
        () -> "gradients " + List.of(gradient[0], gradient[1]),
        gradient[0] == 0 && gradient[1] == 0 && Double.isFinite(gradient[2]));
  }

  @Rule(value = "S43", needs = Capability.FLOAT64)
  void relaxedCoinsHaveTheDensityOfTheGoldenValues() {
    for (Golden golden : Golden.cases("relaxed_bernoulli")) {
      boolean logit = golden.name().startsWith("logit");
      Scalar logProb =
          p ->
              logit
                  ? LogitRelaxedBernoulli.of(p.get(2), p.get(1)).logProb(p.get(0))
                  : RelaxedBernoulli.of(p.get(2), p.get(1)).logProb(p.get(0));
      Tensor[] parameters = {
        wide(golden.array("value")), wide(golden.array("logits")), wide(golden.array("tau"))
      };
      check(
          () -> golden + ", log p",
          golden.best("log_prob"),
          logProb.apply(List.of(parameters)),
          VALUES);
      List<double[]> gradients = gradients(p -> logProb.apply(p).sum(), parameters);
      String[] fields = {"grad_value", "grad_logits", "grad_tau"};
      for (int i = 0; i < fields.length && golden.has(fields[0]); i++) {
        String field = fields[i];
        Close.check(() -> golden + ", " + field, golden.array(field), gradients.get(i), GRADIENTS);
      }
    }
  }

  @Rule("S44")
  void relaxedCoinsHaveAFiniteDensityOnTheirOwnSamples() {
    for (DType dtype : floatingTypes()) {
      Tensor logits = tensor(Samples.uniform(51, 200, -4, 4), dtype, 200);
      RelaxedBernoulli relaxed = RelaxedBernoulli.of(0.01, logits);
      RelaxedSample sample = relaxed.relaxedSample(Key.of(4501), Shape.of(5));
      Close.checkTrue(
          () -> "log p of samples in " + dtype, relaxed.logProb(sample).isFinite().all());
      Close.checkTrue(
          () -> "log p of points in " + dtype, relaxed.logProb(sample.value()).isFinite().all());
    }
  }

  @Rule(value = "S45", falseAlarm = 2e-4)
  void coinsShowOnesAsOftenAsTheyShould() {
    int n = 50_000;
    double[] theta = {-9, -1, 0, 2, 9};
    Tensor logits = tensor(theta, DType.FLOAT32, 5);
    double[] tosses = read(Bernoulli.of(logits).sample(Key.of(4502), Shape.of(n)).sum(0));
    Tensor soft = RelaxedBernoulli.of(0.3, logits).sample(Key.of(4503), Shape.of(n));
    double[] above = read(soft.gt(0.5).cast(DType.FLOAT32).sum(0));
    double tossed = 0;
    double relaxed = 0;
    for (int i = 0; i < 5; i++) {
      double p = 1 / (1 + Math.exp(-theta[i]));
      tossed += (tosses[i] - n * p) * (tosses[i] - n * p) / (n * p * (1 - p));
      relaxed += (above[i] - n * p) * (above[i] - n * p) / (n * p * (1 - p));
    }
    checkBelow("χ² of tosses, 5 degrees", 25.745, tossed);
    checkBelow("χ² of relaxed tosses above ½, 5 degrees", 25.745, relaxed);
  }

  @Rule(value = "S46", falseAlarm = 1e-4)
  void relaxedCoinsFollowTheirDistributionFunction() {
    Tensor logits = tensor(new double[] {0.8}, finestType(), 1);
    LogitRelaxedBernoulli relaxed = LogitRelaxedBernoulli.of(0.4, logits);
    Tensor samples = relaxed.sample(Key.of(4504), Shape.of(20_000));
    checkBelow("√n · distance", KOLMOGOROV_1E4, kolmogorov(read(relaxed.cdf(samples))));
  }

  @Rule(value = "S47", needs = Capability.FLOAT64)
  void relaxedCoinsHaveADensityThatIntegratesToOneAndAnEntropyOfItsLogarithm() {
    int half = 600;
    double step = 0.125;
    double[] y = new double[2 * half];
    for (int i = 0; i < y.length; i++) {
      y[i] = (i - half) * step;
    }
    RelaxedBernoulli relaxed = RelaxedBernoulli.of(0.7, wide(0.6));
    Tensor logProb = relaxed.base().logProb(wide(y));
    Tolerance tolerance = new Tolerance(1e-9, 0);
    check(() -> "∫ p", new double[] {1}, logProb.exp().sum().mul(step), tolerance);
    check(
        () -> "−∫ p log p",
        read(relaxed.base().entropy()),
        logProb.exp().mul(logProb).sum().mul(-step),
        tolerance);
    Tensor x = wide(y).sigmoid();
    Tensor jacobian = wide(y).logSigmoid().add(wide(y).neg().logSigmoid());
    Tensor inside = x.lt(1 - 1e-9).and(x.gt(1e-9));
    Tensor onInterval = relaxed.logProb(x).add(jacobian).exp();
    Tensor inLogSpace = logProb.exp();
    check(
        () -> "p on the interval",
        read(Tensor.where(inside, inLogSpace, inLogSpace.zerosLike())),
        Tensor.where(inside, onInterval, inLogSpace.zerosLike()),
        new Tolerance(1e-6, 0));
  }

  @Rule("S48")
  void binaryDistributionsNameWhatIsWrong() {
    Tensor nan = tensor(new double[] {0, Double.NaN}, DType.FLOAT32, 2);
    checkThrows(IllegalArgumentException.class, () -> Bernoulli.of(nan), "logits", "[1]", "NaN");
    Tensor probs = tensor(new double[] {0.5, 1.5}, DType.FLOAT32, 2);
    checkThrows(IllegalArgumentException.class, () -> Bernoulli.ofProbs(probs), "1.5", "[0, 1]");
    Tensor zero = tensor(new double[] {0, 0}, DType.FLOAT32, 2);
    checkThrows(
        IllegalArgumentException.class, () -> Bernoulli.of(zero).logProb(probs), "0.5", "0 or 1");
    Tensor infinite = tensor(new double[] {0, MASK}, DType.FLOAT32, 2);
    checkThrows(IllegalArgumentException.class, () -> RelaxedBernoulli.of(1, infinite), "Infinity");
    checkThrows(
        UnsupportedOperationException.class,
        () -> RelaxedBernoulli.of(1, zero).mean(),
        "MonteCarlo.mean");
  }

  @Rule("S27")
  void logProbabilitiesOfNearlySureTossesKeepTheirDigits() {
    double[] theta = {-50, -30, 30, 50};
    double[] sure = {0, 0, 1, 1};
    for (DType dtype : floatingTypes()) {
      double[] expected = new double[theta.length];
      for (int i = 0; i < theta.length; i++) {
        expected[i] = -Math.log1p(Math.exp(-Math.abs(theta[i])));
      }
      Tensor logProb = Bernoulli.of(tensor(theta, dtype, 4)).logProb(tensor(sure, dtype, 4));
      Close.check(
          () -> "log p of what is nearly sure, " + dtype,
          expected,
          read(logProb),
          Tolerance.relative(64 * Tolerance.ulps(1, dtype).relative()));
    }
  }
}
