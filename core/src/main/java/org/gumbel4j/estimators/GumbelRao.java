package org.gumbel4j.estimators;

import org.gumbel4j.internal.ops.Checks;
import org.gumbel4j.random.Key;
import org.gumbel4j.tensor.Shape;
import org.gumbel4j.tensor.Tensor;

/**
 * Straight-through Gumbel-Softmax, Rao-Blackwellised (Paulus, Maddison and Krause, arXiv
 * 2010.04838): the gradient averaged over Gumbel noise drawn anew given z. Same expectation as
 * {@link GumbelSoftmaxEstimator#straightThrough}, less variance, and f is still evaluated once.
 *
 * <pre>ĝ = 1/k Σᵢ J_y(∂f/∂z) / τ, y = softmax((θ + Gᵢ)/τ), Gᵢ ~ Gumbel given argmax(θ + Gᵢ) = z
 * </pre>
 *
 * <p>As τ → 0 and k → ∞ it becomes {@link Zgr}.
 *
 * @param temperature τ
 * @param draws k, how often noise is drawn for each sample
 * @param samples how many are averaged
 * @since 0.1
 */
public record GumbelRao(double temperature, int draws, int samples)
    implements DiscretePathEstimator {
  private static final String NAME = "gumbel-rao";

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException if the temperature is not positive and finite, or there is no
   *     draw or sample
   */
  public GumbelRao {
    Checks.positive(NAME, "temperature", temperature);
    if (draws < 1) {
      throw new IllegalArgumentException(NAME + ": draws = " + draws + " must be at least 1");
    }
    SampleCount.require(NAME, samples, 1);
  }

  /** One sample for each surrogate. */
  public static GumbelRao of(double temperature, int draws) {
    return new GumbelRao(temperature, draws, 1);
  }

  @Override
  public EstimatorTraits traits() {
    return EstimatorTraits.of(
        NAME,
        "Paulus, Maddison, Krause 2020 (2010.04838)",
        Bias.BIASED,
        "That of straight-through Gumbel-Softmax: biased at every temperature, even for linear f.",
        new Cost(samples, samples, Math.multiplyExact((long) samples, 1L + draws)),
        Requirement.DIFFERENTIABLE_OBJECTIVE);
  }

  @Override
  public Tensor through(FactorisedLatents latents, Tensor z, Key key) {
    latents.requirePositive("temperature", temperature);
    FactorisedLatents constant = latents.constant();
    return PathRule.ofEach(g -> pull(constant, z, key, g)).attach(latents, z);
  }

  private Tensor pull(FactorisedLatents latents, Tensor z, Key key, Tensor g) {
    Tensor perturbed = new ConditionalPerturbation(latents, z).belowWinner(key, Shape.of(draws));
    Tensor y = latents.soften(perturbed, temperature);
    Tensor each =
        latents.isBernoulli()
            ? y.mul(y.neg().add(1)).mean(0).mul(g)
            : y.mul(g.sub(y.mul(g).sum(new int[] {-1}, true))).mean(0);
    return each.div(temperature);
  }
}
