package org.gumbel4j.estimators;

import org.gumbel4j.random.Key;
import org.gumbel4j.tensor.Tensor;

/**
 * The unbiased uniform gradient, U2G (Yin, Ho, Yan, Qian and Zhou, "Probabilistic best subset
 * selection via gradient-based optimization", 2020, arXiv 2006.06448), for binary variables:
 *
 * <pre>
 * ĝ = ½ (f(b) − f(b̃)) (b − b̃) σ(|θ|)
 * </pre>
 *
 * <p>The same estimator as {@link DisArm}, found at the same time from ARM's uniform variable; for
 * the same key it gives the same bits. It has a name of its own so that it is found.
 *
 * @param pairs how many pairs are averaged
 * @since 0.1
 */
public record UnbiasedUniformGradient(int pairs) implements GradientEstimator {
  /**
   * Checks the number.
   *
   * @throws IllegalArgumentException if there is no pair
   */
  public UnbiasedUniformGradient {
    SampleCount.require("UnbiasedUniformGradient", "pairs", pairs, 1);
  }

  /** One pair. */
  public static UnbiasedUniformGradient of() {
    return new UnbiasedUniformGradient(1);
  }

  @Override
  public EstimatorTraits traits() {
    return EstimatorTraits.of(
        "u2g",
        "Yin, Ho, Yan, Qian, Zhou 2020 (2006.06448)",
        Bias.UNBIASED,
        "Unbiased; the same as disarm.",
        new Cost(2L * pairs, 0, pairs),
        Requirement.BINARY_VARIABLES);
  }

  @Override
  public Tensor surrogate(Tensor logits, ObjectiveFunction f, Key key) {
    return new DisArm(pairs).surrogate(logits, f, key);
  }
}
