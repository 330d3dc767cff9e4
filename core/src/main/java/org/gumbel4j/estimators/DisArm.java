package org.gumbel4j.estimators;

import org.gumbel4j.random.Key;
import org.gumbel4j.tensor.Tensor;

/**
 * ARM with its noise integrated out (Dong, Mnih and Tucker, NeurIPS 2020, arXiv 2006.10680), for
 * binary variables:
 *
 * <pre>
 * ĝ = ½ (f(b) − f(b̃)) (b − b̃) σ(|θ|),  b = 1[u > 1 − σ(θ)],  b̃ = 1[u < σ(θ)],  u uniform
 * </pre>
 *
 * <p>Unbiased: the expectation of {@link Arm} given both members of the pair, hence of less
 * variance. Yin et al. (2020) found the same estimator by another way and called it the unbiased
 * uniform gradient, see {@link UnbiasedUniformGradient}. f is asked for vertices only and may be a
 * black box.
 *
 * <p>2n samples are n independent pairs, averaged, as in the paper; see {@link LocalDisArm} for the
 * bound by several samples. The value, and the gradient by what f depends on, are means over both
 * members. Two classes are seen through the difference of their logits; where a pair agrees on a
 * variable its gradient is exactly 0, so also where a class is masked.
 *
 * @param pairs n, how many pairs are averaged
 * @since 0.1
 */
public record DisArm(int pairs) implements GradientEstimator {
  private static final String NAME = "DisArm";

  /**
   * Checks the number.
   *
   * @throws IllegalArgumentException if there is no pair
   */
  public DisArm {
    SampleCount.require(NAME, "pairs", pairs, 1);
  }

  /** One pair. */
  public static DisArm of() {
    return new DisArm(1);
  }

  @Override
  public EstimatorTraits traits() {
    return EstimatorTraits.of(
        "disarm",
        "Dong, Mnih, Tucker 2020 (2006.10680)",
        Bias.UNBIASED,
        "Unbiased.",
        new Cost(2L * pairs, 0, pairs),
        Requirement.BINARY_VARIABLES);
  }

  @Override
  public Tensor surrogate(Tensor logits, ObjectiveFunction f, Key key) {
    AntitheticPairs drawn = AntitheticPairs.draw(NAME, pairs, logits, f, key);
    return drawn.surrogate(drawn.difference().mul(drawn.disagreement()).mean(0));
  }
}
