package org.gumbel4j.estimators;

import org.gumbel4j.random.Key;
import org.gumbel4j.tensor.Tensor;

/**
 * The ½-estimator of deep autoregressive networks (Gregor, Danihelka, Mnih, Blundell and Wierstra,
 * arXiv 1310.8499), for binary variables: for b of probability σ and f′ its derivative by b,
 *
 * <pre>ĝ = ½ |b − σ| f′(b)</pre>
 *
 * <p>Its expectation is σ(1 − σ) times the trapezoidal rule for f(1) − f(0), hence the gradient if
 * f is quadratic in each variable. With K = 2, f′ is ∂f/∂z₁ − ∂f/∂z₀.
 *
 * @param samples how many are averaged
 * @since 0.1
 */
public record HalfDarn(int samples) implements DiscretePathEstimator {
  private static final String NAME = "half-darn";

  /**
   * Checks the number.
   *
   * @throws IllegalArgumentException if there is no sample
   */
  public HalfDarn {
    SampleCount.require(NAME, samples, 1);
  }

  /** One sample for each surrogate. */
  public static HalfDarn of() {
    return new HalfDarn(1);
  }

  @Override
  public EstimatorTraits traits() {
    return EstimatorTraits.of(
        NAME,
        "Gregor, Danihelka, Mnih, Blundell, Wierstra 2014 (1310.8499)",
        Bias.BIASED,
        "Unbiased if f is quadratic in each variable.",
        new Cost(samples, samples, samples),
        Requirement.DIFFERENTIABLE_OBJECTIVE,
        Requirement.BINARY_VARIABLES);
  }

  @Override
  public Tensor through(FactorisedLatents latents, Tensor z, Key key) {
    latents.requireBinary("take darn, reinmax or zgr for more classes");
    Tensor score = z.sub(latents.constantProbs());
    Tensor away = z.sub(0.5);
    return PathRule.ofEach(g -> PathRule.outer(score, away, g), d -> PathRule.outer(away, score, d))
        .attach(latents, z);
  }
}
