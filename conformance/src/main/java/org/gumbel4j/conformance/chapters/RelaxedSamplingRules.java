package org.gumbel4j.conformance.chapters;

import java.util.List;
import org.gumbel4j.conformance.check.Close;
import org.gumbel4j.conformance.check.Samples;
import org.gumbel4j.conformance.check.Tolerance;
import org.gumbel4j.distributions.Categorical;
import org.gumbel4j.distributions.Estimate;
import org.gumbel4j.distributions.ExpRelaxedOneHotCategorical;
import org.gumbel4j.distributions.MonteCarlo;
import org.gumbel4j.distributions.RelaxedOneHotCategorical;
import org.gumbel4j.distributions.RelaxedOneHotCategoricalStraightThrough;
import org.gumbel4j.distributions.RelaxedSample;
import org.gumbel4j.random.Key;
import org.gumbel4j.spi.Capability;
import org.gumbel4j.tensor.DType;
import org.gumbel4j.tensor.Shape;
import org.gumbel4j.tensor.Tensor;

/** Distributions: samples on the simplex, and densities that integrate to one. */
abstract class RelaxedSamplingRules extends RelaxedSimplexRules {
  private static final double STEP = 0.25;

  @Rule(value = "S31", falseAlarm = 2e-4)
  void largestEntryIsAsOftenAClassAsTheClassIsProbable() {
    int n = 50_000;
    double[] theta = {0.5, -1, 1.5, 0};
    Tensor logits = tensor(theta, DType.FLOAT32, 4);
    for (double temperature : new double[] {0.1, 5}) {
      RelaxedOneHotCategorical relaxed = RelaxedOneHotCategorical.of(temperature, logits);
      Tensor winners = relaxed.sample(Key.of(4401), Shape.of(n)).argMax(-1);
      double[] counts = read(winners.oneHot(4, DType.INT64).sum(0));
      checkBelow(
          "χ² of winners at " + temperature + ", 3 degrees",
          21.108,
          chiSquare(counts, softmax(theta), n));
    }
  }

  @Rule(value = "S32", falseAlarm = 1e-4)
  void marginalOfTwoClassesIsTheBinaryConcreteDistribution() {
    DType dtype = finestType();
    Tensor logits = tensor(new double[] {1.3, 0.4}, dtype, 2);
    RelaxedOneHotCategorical relaxed = RelaxedOneHotCategorical.of(0.7, logits);
    Tensor y = relaxed.relaxedSample(Key.of(4402), Shape.of(20_000)).preimage();
    double[] logit = read(y.select(-1, 0).sub(y.select(-1, 1)));
    double[] u = new double[logit.length];
    for (int i = 0; i < u.length; i++) {
      u[i] = 1 / (1 + Math.exp(0.9 - 0.7 * logit[i]));
    }
    checkBelow("√n · distance from the binary Concrete cdf", KOLMOGOROV_1E4, kolmogorov(u));
  }

  @Rule(value = "S33", needs = Capability.FLOAT64)
  void densitiesOnTwoClassesIntegrateToOne() {
    int half = 300;
    double[] logs = new double[4 * half];
    double[] jacobian = new double[2 * half];
    for (int i = 0; i < 2 * half; i++) {
      double u = (i - half) * STEP;
      logs[2 * i] = -Math.log1p(Math.exp(-u));
      logs[2 * i + 1] = -Math.log1p(Math.exp(u));
      jacobian[i] = logs[2 * i] + logs[2 * i + 1];
    }
    checkIntegral(wide(0.4, -0.8), wide(logs, Shape.of(2L * half, 2)), wide(jacobian), STEP);
  }

  @Rule(value = "S34", needs = Capability.FLOAT64)
  void densitiesOnThreeClassesIntegrateToOne() {
    int half = 200;
    int n = 2 * half;
    double[] logs = new double[3 * n * n];
    double[] jacobian = new double[n * n];
    for (int i = 0; i < n * n; i++) {
      double u = (i / n - half) * STEP;
      double v = (i % n - half) * STEP;
      double max = Math.max(0, Math.max(u, v));
      double norm = max + Math.log(Math.exp(u - max) + Math.exp(v - max) + Math.exp(-max));
      logs[3 * i] = u - norm;
      logs[3 * i + 1] = v - norm;
      logs[3 * i + 2] = -norm;
      jacobian[i] = u + v - 3 * norm;
    }
    Tensor y = wide(logs, Shape.of((long) n * n, 3));
    checkIntegral(wide(0.4, -0.8, 1), y, wide(jacobian), STEP * STEP);
  }

  /** Over a grid of log-ratios, by the trapezoid rule, which is exact here to many digits. */
  private void checkIntegral(Tensor logits, Tensor logs, Tensor jacobian, double cell) {
    RelaxedOneHotCategorical relaxed = RelaxedOneHotCategorical.of(0.8, logits);
    Tolerance tolerance = new Tolerance(1e-9, 0);
    Tensor inLogSpace = relaxed.base().logProb(logs).exp().sum().mul(cell);
    check(() -> "∫ p over log-ratios", new double[] {1}, inLogSpace, tolerance);
    Tensor onSimplex = relaxed.logProb(logs.exp()).add(jacobian).exp().sum().mul(cell);
    check(() -> "∫ p over the simplex", new double[] {1}, onSimplex, tolerance);
  }

  @Rule(value = "S35", falseAlarm = 3e-4)
  void entropyInLogSpaceIsThatOfSamples() {
    double[] theta = {0.3, MASK, 1.2, -0.7, 2.0, 0, 0, 0, 0, 4, MASK, 4};
    Tensor logits = tensor(theta, finestType(), 3, 4);
    Tensor tau = tensor(new double[] {0.1, 1, 4}, finestType(), 3);
    ExpRelaxedOneHotCategorical relaxed = ExpRelaxedOneHotCategorical.of(tau, logits);
    Estimate estimate = MonteCarlo.entropy(relaxed, Key.of(4403), 20_000);
    double[] expected = read(relaxed.entropy());
    double[] found = read(estimate.value());
    double[] error = read(estimate.standardError());
    for (int i = 0; i < 3; i++) {
      checkBelow(
          "standard errors between the entropies",
          NORMAL_1E4,
          Math.abs(found[i] - expected[i]) / error[i]);
      checkBelow("the standard error", 0.05, error[i]);
    }
  }

  @Rule("S36")
  void temperatureBroadcastsOverTheBatch() {
    Tensor logits = tensor(Samples.uniform(48, 12, -1, 1), DType.FLOAT32, 4, 3);
    Tensor tau = tensor(new double[] {0.5, 2}, DType.FLOAT32, 2, 1);
    RelaxedOneHotCategorical relaxed = RelaxedOneHotCategorical.of(tau, logits);
    Close.checkEqual(() -> "batch shape", Shape.of(2, 4), relaxed.batchShape());
    RelaxedSample sample = relaxed.relaxedSample(Key.of(4404), Shape.of(5));
    Close.checkEqual(() -> "sample shape", Shape.of(5, 2, 4, 3), sample.value().shape());
    Close.checkEqual(() -> "log p shape", Shape.of(5, 2, 4), relaxed.logProb(sample).shape());
    RelaxedOneHotCategorical cold = RelaxedOneHotCategorical.of(0.5, logits);
    RelaxedOneHotCategorical warm = RelaxedOneHotCategorical.of(2, logits);
    Tensor y = sample.preimage();
    Tensor both =
        Tensor.stack(
            List.of(cold.base().logProb(y.select(1, 0)), warm.base().logProb(y.select(1, 1))), 1);
    check(
        () -> "log p at each temperature",
        read(both),
        relaxed.base().logProb(y),
        new Tolerance(1e-5, 1e-5));
  }

  @Rule("S37")
  void straightThroughSamplesAreOneHotWithTheRelaxedGradient() {
    Tensor logits = tensor(Samples.uniform(49, 60, -2, 2), DType.FLOAT32, 12, 5);
    Tensor weight = tensor(Samples.uniform(50, 60, -1, 1), DType.FLOAT32, 12, 5);
    Key key = Key.of(4405);
    var straight = RelaxedOneHotCategoricalStraightThrough.of(0.5, logits);
    check(
        () -> "samples are those of Categorical",
        read(Categorical.of(logits).sample(key).oneHot(5, DType.FLOAT32)),
        straight.rsample(key),
        Tolerance.EXACT);
    Close.check(
        () -> "gradient",
        gradients(
                p -> RelaxedOneHotCategorical.of(0.5, p.get(0)).rsample(key).mul(weight).sum(),
                logits)
            .get(0),
        gradients(
                p ->
                    RelaxedOneHotCategoricalStraightThrough.of(0.5, p.get(0))
                        .rsample(key)
                        .mul(weight)
                        .sum(),
                logits)
            .get(0),
        Tolerance.ulps(4, DType.FLOAT32));
    RelaxedSample sample = straight.relaxedSample(key);
    check(
        () -> "density is that of the relaxed point",
        read(RelaxedOneHotCategorical.of(0.5, logits).logProb(sample)),
        straight.logProb(sample),
        Tolerance.EXACT);
  }
}
