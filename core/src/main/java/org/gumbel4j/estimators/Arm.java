package org.gumbel4j.estimators;

import org.gumbel4j.random.Key;
import org.gumbel4j.tensor.Tensor;

/**
 * Augment-REINFORCE-merge (Yin and Zhou, ICLR 2019, arXiv 1807.11143), for binary variables:
 *
 * <pre>
 * ĝ = (f(b) − f(b̃)) (u − ½),  b = 1[u > 1 − σ(θ)],  b̃ = 1[u < σ(θ)],  u uniform
 * </pre>
 *
 * <p>Unbiased. f is asked for vertices only and may be a black box. {@link DisArm} has the same
 * cost and always less variance; this one is here to be compared with.
 *
 * <p>The value, and the gradient by what f depends on, are means over both members of a pair. Two
 * classes are seen through the difference of their logits.
 *
 * @param pairs how many pairs are averaged
 * @since 0.1
 */
public record Arm(int pairs) implements GradientEstimator {
  private static final String NAME = "Arm";

  /**
   * Checks the number.
   *
   * @throws IllegalArgumentException if there is no pair
   */
  public Arm {
    SampleCount.require(NAME, "pairs", pairs, 1);
  }

  /** One pair. */
  public static Arm of() {
    return new Arm(1);
  }

  @Override
  public EstimatorTraits traits() {
    return EstimatorTraits.of(
        "arm",
        "Yin, Zhou 2018 (1807.11143)",
        Bias.UNBIASED,
        "Unbiased.",
        new Cost(2L * pairs, 0, pairs),
        Requirement.BINARY_VARIABLES);
  }

  @Override
  public Tensor surrogate(Tensor logits, ObjectiveFunction f, Key key) {
    AntitheticPairs drawn = AntitheticPairs.draw(NAME, pairs, logits, f, key);
    // u − ½ = ½ tanh(L/2), without the rounding of u near 1
    Tensor centred = drawn.noise().mul(0.5).tanh().mul(0.5);
    Tensor gradient = drawn.difference().mul(centred);
    // a masked class leaves no choice, while the other variables still make a difference
    Tensor free = drawn.latents().logit().isFinite();
    return drawn.surrogate(Tensor.where(free, gradient, gradient.zerosLike()).mean(0));
  }
}
