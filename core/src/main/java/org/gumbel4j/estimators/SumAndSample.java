package org.gumbel4j.estimators;

import java.util.List;
import org.gumbel4j.random.Key;
import org.gumbel4j.tensor.Tensor;

/**
 * The score function with the likeliest values summed and the rest sampled (Liu, Regier,
 * Tripuraneni, Jordan and McAuliffe, "Rao-Blackwellized stochastic gradients for discrete
 * distributions", arXiv 1810.04777): with C the k likeliest of all values of z,
 *
 * <pre>Σ_{c∈C} ∇P(c)(f(c) − b) + (1 − P(C)) · 1/S Σₛ (f(zₛ) − bₛ)∇log P(zₛ),   zₛ ~ P(· | not in C)
 * </pre>
 *
 * <p>The baselines b are estimates of E[f] by the sum and the other samples; with one sample, the
 * mean over C. z stands for all N variables together: C is found by a beam search, and the rest
 * drawn without rejection, in N rounds each. It pays where few values have most of the probability.
 * With k no smaller than the number of values nothing is sampled, and the gradient is exact. Needs
 * a backend that sorts and gathers.
 *
 * @param summed k
 * @param samples S
 * @since 0.1
 */
public record SumAndSample(int summed, int samples) implements GradientEstimator {
  private static final String NAME = "SumAndSample";

  /**
   * Checks the counts.
   *
   * @throws IllegalArgumentException if nothing is summed or nothing sampled
   */
  public SumAndSample {
    if (summed < 1) {
      throw new IllegalArgumentException(
          NAME + ": summed = " + summed + " must be at least 1; a ScoreFunction sums none");
    }
    SampleCount.require(NAME, samples, 1);
  }

  /** So many summed, and one sampled. */
  public static SumAndSample of(int summed) {
    return new SumAndSample(summed, 1);
  }

  /** The same with another number of samples. */
  public SumAndSample withSamples(int count) {
    return new SumAndSample(summed, count);
  }

  @Override
  public EstimatorTraits traits() {
    return EstimatorTraits.of(
        "sum-and-sample",
        "Liu, Regier, Tripuraneni, Jordan, McAuliffe 2018 (1810.04777)",
        Bias.UNBIASED,
        "Unbiased for every f; exact if all values are summed.",
        new Cost((long) summed + samples, 0, samples));
  }

  @Override
  public Tensor surrogate(Tensor logits, ObjectiveFunction f, Key key) {
    FactorisedLatents latents = FactorisedLatents.of(NAME, logits);
    double states = latents.stateCount();
    int size = (int) Math.min(summed, states);
    int drawn = size < states ? samples : 0;
    Tensor z = new JointStates(latents).likeliest(size);
    if (drawn > 0) {
      z = Tensor.concat(List.of(z, ComplementSampler.sample(latents, z, drawn, key)), 0);
    }
    Tensor logProb = latents.logProb(z).stopGradient();
    Tensor possible = logProb.gt(Double.NEGATIVE_INFINITY);
    Tensor zero = logits.device().scalar(0, logits.dtype());
    Tensor values = Tensor.where(possible, latents.evaluate(f, z), zero);

    Tensor head = logProb.slice(0, 0, size);
    Tensor weights = head.exp();
    Tensor known = values.stopGradient();
    Tensor baselines = weights.mul(known.slice(0, 0, size)).sum(new int[] {0}, true);
    if (drawn > 0) {
      Tensor rest = weights.sum(new int[] {0}, true).neg().add(1).maximum(0);
      Tensor others = others(head, known, size, drawn);
      baselines = baselines.add(rest.mul(others));
      Tensor each = rest.div(drawn);
      weights = Tensor.concat(List.of(weights, each.broadcastTo(others.shape().with(0, drawn))), 0);
    }
    Tensor score = latents.score(weights.mul(known.sub(baselines)), z);
    return Surrogates.withScore(weights.mul(values).sum(0), score);
  }

  /**
   * For every row, what samples other than itself say of the mean over the rest; one sample says
   * nothing of itself, and the mean over the summed stands in.
   */
  private static Tensor others(Tensor head, Tensor values, int size, int drawn) {
    if (drawn == 1) {
      Tensor mean = head.softmax(0).mul(values.slice(0, 0, size)).sum(new int[] {0}, true);
      return mean.broadcastTo(values.shape());
    }
    Tensor sampled = values.slice(0, size, (long) size + drawn);
    Tensor total = sampled.sum(new int[] {0}, true);
    Tensor all = total.div(drawn).broadcastTo(head.shape());
    return Tensor.concat(List.of(all, total.sub(sampled).div(drawn - 1)), 0);
  }
}
