package org.gumbel4j.estimators;

import java.util.Arrays;
import org.gumbel4j.random.Key;
import org.gumbel4j.tensor.Tensor;

/**
 * VIMCO, for bounds by several samples (Mnih and Rezende, arXiv 1602.06725): the gradient of E[L̂],
 * L̂ = log 1/S Σₛ exp f(zₛ), where f is the logarithm of a weight such as log p(x, z) − log q(z):
 *
 * <pre>∇L̂ + Σₛ (L̂ − L̂₋ₛ)∇log P(zₛ)</pre>
 *
 * <p>In L̂₋ₛ the mean of the other values, so the geometric mean of their weights, stands for
 * f(zₛ). Each sample has a baseline of its own, in which it has no part, and nothing is learnt. The
 * first term is the gradient by whatever f depends on, the logits among them. The surrogate's value
 * is L̂.
 *
 * <p>This is not the gradient of E[f(z)]: the bound lies above it, and closes in on log E[exp
 * f(z)].
 *
 * @param samples S, at least 2
 * @since 0.1
 */
public record Vimco(int samples) implements GradientEstimator {
  private static final String NAME = "Vimco";

  /**
   * Checks the number of samples.
   *
   * @throws IllegalArgumentException if there are fewer than 2
   */
  public Vimco {
    SampleCount.require(NAME, samples, 2);
  }

  /** Of so many samples. */
  public static Vimco of(int samples) {
    return new Vimco(samples);
  }

  @Override
  public EstimatorTraits traits() {
    return EstimatorTraits.ofBound(
        "vimco",
        "Mnih, Rezende 2016 (1602.06725)",
        Bias.UNBIASED,
        "Unbiased for the gradient of the bound, for every f.",
        new Cost(samples, 0, samples),
        samples);
  }

  @Override
  public Tensor surrogate(Tensor logits, ObjectiveFunction f, Key key) {
    FactorisedLatents latents = FactorisedLatents.of(NAME, logits);
    Tensor z = latents.sample(key, FactorisedLatents.axis(samples));
    Tensor values = latents.evaluate(f, z);
    Tensor bound = bound(values, 0);
    Tensor signals = bound.stopGradient().sub(withoutEach(values.stopGradient()));
    return Surrogates.withScore(bound, latents.score(signals, z));
  }

  private Tensor bound(Tensor values, int axis) {
    return values.logSumExp(axis).sub(Math.log(samples));
  }

  /** The bound for each sample with the mean of the others' values in place of its own. */
  private Tensor withoutEach(Tensor values) {
    boolean[] diagonal = new boolean[samples * samples];
    for (int s = 0; s < samples; s++) {
      diagonal[s * samples + s] = true;
    }
    long[] shape = new long[values.rank() + 1];
    Arrays.fill(shape, 1);
    shape[0] = samples;
    shape[1] = samples;
    Tensor own = values.device().tensor(diagonal, shape);
    Tensor zero = values.device().scalar(0, values.dtype());
    Tensor others = Tensor.where(own, zero, values);
    Tensor mean = others.sum(new int[] {1}, true).div(samples - 1);
    return bound(Tensor.where(own, mean, values), 1);
  }
}
