package org.gumbel4j.conformance.chapters;

import java.util.List;
import org.gumbel4j.conformance.check.Close;
import org.gumbel4j.conformance.check.Golden;
import org.gumbel4j.conformance.check.Samples;
import org.gumbel4j.conformance.check.Tolerance;
import org.gumbel4j.distributions.Bernoulli;
import org.gumbel4j.distributions.Categorical;
import org.gumbel4j.distributions.Distribution;
import org.gumbel4j.distributions.Estimate;
import org.gumbel4j.distributions.Gumbel;
import org.gumbel4j.distributions.KullbackLeibler;
import org.gumbel4j.distributions.MonteCarlo;
import org.gumbel4j.distributions.OneHotCategorical;
import org.gumbel4j.distributions.OneHotCategoricalStraightThrough;
import org.gumbel4j.distributions.RelaxedBernoulli;
import org.gumbel4j.distributions.RelaxedOneHotCategorical;
import org.gumbel4j.random.Key;
import org.gumbel4j.spi.Capability;
import org.gumbel4j.tensor.DType;
import org.gumbel4j.tensor.Shape;
import org.gumbel4j.tensor.Tensor;

/** Distributions: Kullback-Leibler divergences, in closed form and by sampling. */
abstract class DivergenceRules extends BinaryRules {
  @Rule(value = "S51", needs = Capability.FLOAT64)
  void categoricalDivergenceIsThatOfTheGoldenValues() {
    for (Golden golden : Golden.cases("kl_categorical")) {
      if (!golden.has("kl")) {
        continue;
      }
      Tensor p = wide(golden.array("p_logits"), golden.shape());
      Tensor q = wide(golden.array("q_logits"), golden.shape());
      Scalar divergence =
          x -> KullbackLeibler.of(Categorical.of(x.get(0)), Categorical.of(x.get(1)));
      check(() -> golden + ", KL", golden.best("kl"), divergence.apply(List.of(p, q)), VALUES);
      check(
          () -> golden + ", KL of one-hot vectors",
          golden.best("kl"),
          KullbackLeibler.of(OneHotCategoricalStraightThrough.of(p), OneHotCategorical.of(q)),
          VALUES);
      List<double[]> gradients = gradients(x -> divergence.apply(x).sum(), p, q);
      Close.check(
          () -> golden + ", ∂q", golden.array("grad_q_logits"), gradients.get(1), GRADIENTS);
      double[] toP = golden.array("grad_p_logits");
      if (!Double.isNaN(toP[0])) {
        Close.check(() -> golden + ", ∂p", toP, gradients.get(0), GRADIENTS);
      }
    }
    Golden guide = Golden.cases("kl_categorical").get(5);
    Tensor logits = wide(guide.array("logits"), guide.shape());
    Tensor kl = KullbackLeibler.of(Categorical.of(logits), Categorical.of(logits.zerosLike()));
    check(() -> "KL to uniform", guide.array("exact_kl"), kl.sum(1).mean(), VALUES);
  }

  @Rule(value = "S52", needs = Capability.FLOAT64)
  void impossibleClassesAreLeftOutUnlessTheyHappen() {
    double[] theta = {0.3, MASK, 1.2};
    Tensor p = wide(theta, Shape.of(1, 3));
    Tensor kept = wide(new double[] {0.3, 1.2}, Shape.of(1, 2));
    Tensor q = wide(new double[] {0.1, MASK, 0.4}, Shape.of(1, 3));
    Tensor keptQ = wide(new double[] {0.1, 0.4}, Shape.of(1, 2));
    double[] with =
        gradients(x -> KullbackLeibler.of(Categorical.of(x.get(0)), Categorical.of(q)).sum(), p)
            .get(0);
    double[] without =
        gradients(
                x -> KullbackLeibler.of(Categorical.of(x.get(0)), Categorical.of(keptQ)).sum(),
                kept)
            .get(0);
    Close.check(() -> "gradients", new double[] {without[0], 0, without[1]}, with, GRADIENTS);
    Tensor never = wide(new double[] {MASK, 1, 0.4}, Shape.of(1, 3));
    check(
        () -> "KL to what is impossible",
        new double[] {-MASK},
        KullbackLeibler.of(Categorical.of(p), Categorical.of(never)),
        Tolerance.EXACT);
  }

  @Rule(value = "S53", needs = Capability.FLOAT64)
  void bernoulliDivergenceIsThatOfTheGoldenValues() {
    Golden golden = Golden.cases("bernoulli").get(1);
    Tensor p = wide(golden.array("p_logits"));
    Tensor q = wide(golden.array("q_logits"));
    Scalar divergence = x -> KullbackLeibler.of(Bernoulli.of(x.get(0)), Bernoulli.of(x.get(1)));
    check(() -> "KL", golden.best("kl"), divergence.apply(List.of(p, q)), VALUES);
    checkDifferentiable("KL of coins", x -> divergence.apply(x).sum(), wide(-3, 0.2), wide(1.0, 4));
    Tensor sure = wide(-MASK, MASK, -MASK, 0.5);
    Tensor other = wide(0.0, MASK, MASK, -MASK);
    check(
        () -> "KL of certain coins",
        new double[] {Math.log(2), 0, -MASK, -MASK},
        divergence.apply(List.of(sure, other)),
        VALUES);
  }

  @Rule(value = "S54", falseAlarm = 3e-4)
  void divergencesBySamplingAgreeWithClosedForms() {
    DType dtype = finestType();
    Tensor theta = tensor(Samples.uniform(52, 4, -1, 1), dtype, 4);
    Tensor phi = tensor(Samples.uniform(53, 4, -1, 1), dtype, 4);
    Tensor half = tensor(new double[] {0.5}, dtype, 1);
    checkEstimate(Categorical.of(theta), Categorical.of(phi));
    checkEstimate(Bernoulli.of(half), Bernoulli.of(half.neg()));
    checkEstimate(Gumbel.of(half, half), Gumbel.of(half.neg(), half.add(0.3)));
  }

  private static void checkEstimate(Distribution p, Distribution q) {
    Estimate estimate = MonteCarlo.kl(p, q, Key.of(4601), 20_000);
    double exact = KullbackLeibler.of(p, q).item();
    double error = estimate.standardError().item();
    checkBelow(
        "standard errors between the divergences of " + p,
        NORMAL_1E4,
        Math.abs(estimate.value().item() - exact) / error);
    checkBelow("the standard error", 0.02, error);
  }

  @Rule("S55")
  void relaxedDivergenceBySamplingIsFiniteAtTheVertex() {
    for (DType dtype : floatingTypes()) {
      Tensor theta = tensor(Samples.uniform(54, 20, -3, 3), dtype, 2, 10);
      Tensor phi = theta.zerosLike();
      Estimate estimate =
          MonteCarlo.kl(
              RelaxedOneHotCategorical.of(0.01, theta),
              RelaxedOneHotCategorical.of(0.02, phi),
              Key.of(4602),
              50);
      Close.checkTrue(() -> "KL in " + dtype, estimate.value().isFinite().all());
      Close.checkTrue(() -> "its error", estimate.standardError().isFinite().all());
      double[] gradient =
          gradients(
                  p ->
                      MonteCarlo.kl(
                              RelaxedOneHotCategorical.of(0.01, p.get(0)),
                              RelaxedOneHotCategorical.of(0.02, phi),
                              Key.of(4602),
                              50)
                          .value()
                          .sum(),
                  theta)
              .get(0);
      for (double g : gradient) {
        Close.checkTrue(() -> "gradient " + g, Double.isFinite(g));
      }
    }
  }

  @Rule("S56")
  void unknownPairsAreNamedAndStrangersCanAddTheirs() {
    Tensor logits = tensor(new double[] {0.1, 0.2}, DType.FLOAT32, 2);
    RelaxedBernoulli coin = RelaxedBernoulli.of(1, logits);
    checkThrows(
        UnsupportedOperationException.class,
        () -> KullbackLeibler.of(coin, Bernoulli.of(logits)),
        "RelaxedBernoulli",
        "Bernoulli",
        "MonteCarlo.kl");
    checkThrows(
        IllegalArgumentException.class,
        () ->
            KullbackLeibler.of(
                OneHotCategorical.of(logits),
                OneHotCategorical.of(tensor(new double[] {1, 2, 3}, DType.FLOAT32, 3))),
        "[2]",
        "[3]");
    KullbackLeibler.register(Stranger.class, Distribution.class, (p, q) -> p.mean());
    Stranger stranger = new Stranger(logits);
    Close.checkTrue(
        () -> "the stranger's formula is used", KullbackLeibler.of(stranger, coin) == logits);
  }
}
