package org.gumbel4j.estimators;

import org.gumbel4j.internal.ops.Checks;
import org.gumbel4j.random.Key;
import org.gumbel4j.tensor.Tensor;

/**
 * ReinMax (Liu, Dong, Liu, Yu and Gao, arXiv 2304.08612): Heun's method of second order, where
 * straight-through is of first.
 *
 * <pre>ĝ = 2 J_π(∂f/∂z) − ½ J_p(∂f/∂z), π = ½ (z + softmax(θ/τ))</pre>
 *
 * @param temperature τ, at least 1
 * @param samples how many are averaged
 * @since 0.1
 */
public record ReinMax(double temperature, int samples) implements DiscretePathEstimator {
  private static final String NAME = "reinmax";

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException if the temperature is below 1 or not finite, or there is no
   *     sample
   */
  public ReinMax {
    Checks.positive(NAME, "temperature", temperature);
    if (temperature < 1) {
      throw new IllegalArgumentException(
          NAME
              + ": temperature = "
              + temperature
              + " must be at least 1; below, the estimator is worse than straight-through");
    }
    SampleCount.require(NAME, samples, 1);
  }

  /** One sample for each surrogate, at temperature 1. */
  public static ReinMax of() {
    return new ReinMax(1, 1);
  }

  @Override
  public EstimatorTraits traits() {
    return EstimatorTraits.of(
        NAME,
        "Liu, Dong, Liu, Yu, Gao 2023 (2304.08612)",
        Bias.BIASED,
        temperature == 1
            ? "Unbiased if f is quadratic in each variable."
            : "Biased even for linear f; unbiased for quadratic f at τ = 1.",
        new Cost(samples, samples, samples),
        Requirement.DIFFERENTIABLE_OBJECTIVE);
  }

  @Override
  public Tensor through(FactorisedLatents latents, Tensor z, Key key) {
    Tensor p = latents.constantProbs();
    Tensor cooled = temperature == 1 ? p : latents.soften(latents.constantLogits(), temperature);
    Tensor between = z.add(cooled).mul(0.5);
    return PathRule.ofTotal(g -> PathRule.jacobian(latents, p, g).mul(-0.5))
        .andOfEach(g -> PathRule.jacobian(latents, between, g).mul(2))
        .attach(latents, z);
  }
}
