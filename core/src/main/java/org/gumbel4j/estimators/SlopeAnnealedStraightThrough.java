package org.gumbel4j.estimators;

import org.gumbel4j.internal.ops.Checks;
import org.gumbel4j.random.Key;
import org.gumbel4j.tensor.Tensor;

/**
 * Straight-through with a slope (Chung, Ahn and Bengio, arXiv 1609.01704): the sample of p =
 * softmax(θ) forward, and backward as if it were q = softmax(aθ), or σ(aθ), so that
 *
 * <pre>ĝ = a J_q(∂f/∂z)</pre>
 *
 * <p>The slope a begins at 1, where this is {@link StraightThrough}, and is raised in training, so
 * that what goes backward comes to resemble the step that goes forward: make an estimator for each
 * step, with {@link #withSlope}. The paper has a hard sigmoid for binary units; the logistic one
 * here extends to classes, and is the probability itself at slope 1.
 *
 * @param slope a
 * @param samples how many are averaged
 * @since 0.1
 */
public record SlopeAnnealedStraightThrough(double slope, int samples)
    implements DiscretePathEstimator {
  private static final String NAME = "slope-annealed-st";

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException if the slope is not positive and finite, or there is no sample
   */
  public SlopeAnnealedStraightThrough {
    Checks.positive(NAME, "slope", slope);
    SampleCount.require(NAME, samples, 1);
  }

  /** One sample for each surrogate. */
  public static SlopeAnnealedStraightThrough of(double slope) {
    return new SlopeAnnealedStraightThrough(slope, 1);
  }

  /** The same at another slope. */
  public SlopeAnnealedStraightThrough withSlope(double next) {
    return new SlopeAnnealedStraightThrough(next, samples);
  }

  @Override
  public EstimatorTraits traits() {
    return EstimatorTraits.of(
        NAME,
        "Chung, Ahn, Bengio 2016 (1609.01704)",
        Bias.BIASED,
        "Unbiased for linear f at slope 1 alone; elsewhere biased even for linear f.",
        new Cost(samples, samples, samples),
        Requirement.DIFFERENTIABLE_OBJECTIVE);
  }

  @Override
  public Tensor through(FactorisedLatents latents, Tensor z, Key key) {
    latents.requirePositive("slope", slope);
    return PathRule.ofTotal(g -> PathRule.jacobian(latents, steep(latents), g).mul(slope))
        .attach(latents, z);
  }

  private Tensor steep(FactorisedLatents latents) {
    Tensor logits = latents.constantLogits();
    return latents.isBernoulli()
        ? logits.mul(slope).sigmoid()
        : FactorisedLatents.belowMaximum(logits).mul(slope).softmax(-1);
  }
}
