package org.gumbel4j.estimators;

import org.gumbel4j.random.Key;
import org.gumbel4j.tensor.Tensor;

/**
 * The limit of {@link GumbelRao} at temperature zero, in closed form (Shekhovtsov, ICML 2023): the
 * mean of the straight-through estimator and of DARN's.
 *
 * <pre>ĝ = ½ J_p(∂f/∂z) + ½ ⟨∂f/∂z, z − p⟩ (z − p)</pre>
 *
 * <p>There is no temperature to tune.
 *
 * @param samples how many are averaged
 * @since 0.1
 */
public record Zgr(int samples) implements DiscretePathEstimator {
  private static final String NAME = "zgr";

  /**
   * Checks the number.
   *
   * @throws IllegalArgumentException if there is no sample
   */
  public Zgr {
    SampleCount.require(NAME, samples, 1);
  }

  /** One sample for each surrogate. */
  public static Zgr of() {
    return new Zgr(1);
  }

  @Override
  public EstimatorTraits traits() {
    return EstimatorTraits.of(
        NAME,
        "Shekhovtsov 2023 (ICML, Cold Analysis of Rao-Blackwellized ST Gumbel-Softmax)",
        Bias.BIASED,
        "Unbiased if f is quadratic in each variable.",
        new Cost(samples, samples, samples),
        Requirement.DIFFERENTIABLE_OBJECTIVE);
  }

  @Override
  public Tensor through(FactorisedLatents latents, Tensor z, Key key) {
    Tensor p = latents.constantProbs();
    Tensor away = z.sub(p);
    return PathRule.ofTotal(g -> PathRule.jacobian(latents, p, g).mul(0.5))
        .andOfEach(g -> PathRule.outer(away, away, g).mul(0.5))
        .attach(latents, z);
  }
}
