package org.gumbel4j.estimators;

import org.gumbel4j.random.Key;
import org.gumbel4j.tensor.Tensor;

/**
 * The straight-through estimator (Bengio, Léonard and Courville, arXiv 1308.3432): the sample
 * forward, and backward as if it were its mean, p = softmax(θ) or σ(θ):
 *
 * <pre>ĝ = J_p(∂f/∂z) = p ⊙ (g − ⟨p, g⟩)</pre>
 *
 * <p>The biased path derivative at a plain sample. Its expectation Σ P(z) J_p(∂f(z)) is the
 * gradient for linear f; for f of degree two it is not.
 *
 * @param samples how many are averaged
 * @since 0.1
 */
public record StraightThrough(int samples) implements DiscretePathEstimator {
  private static final String NAME = "straight-through";

  /**
   * Checks the number.
   *
   * @throws IllegalArgumentException if there is no sample
   */
  public StraightThrough {
    SampleCount.require(NAME, samples, 1);
  }

  /** One sample for each surrogate. */
  public static StraightThrough of() {
    return new StraightThrough(1);
  }

  @Override
  public EstimatorTraits traits() {
    return EstimatorTraits.of(
        NAME,
        "Bengio, Léonard, Courville 2013 (1308.3432)",
        Bias.BIASED,
        "Unbiased for linear f alone.",
        new Cost(samples, samples, samples),
        Requirement.DIFFERENTIABLE_OBJECTIVE);
  }

  @Override
  public Tensor through(FactorisedLatents latents, Tensor z, Key key) {
    return PathRule.ofTotal(g -> PathRule.jacobian(latents, latents.constantProbs(), g))
        .attach(latents, z);
  }
}
