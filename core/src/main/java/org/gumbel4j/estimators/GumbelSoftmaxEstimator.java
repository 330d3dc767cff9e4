package org.gumbel4j.estimators;

import org.gumbel4j.autodiff.CustomGradient;
import org.gumbel4j.internal.ops.Checks;
import org.gumbel4j.random.Key;
import org.gumbel4j.tensor.Shape;
import org.gumbel4j.tensor.Tensor;

/**
 * The gradient through a relaxed sample y = softmax((θ + G)/τ) (Jang, Gu and Poole, arXiv
 * 1611.01144; Maddison, Mnih and Teh, arXiv 1611.00712); for binary variables y = σ((θ + L)/τ), L
 * logistic.
 *
 * <p>Soft: the exact reparameterised gradient of E[f(y)], which is not E[f(z)]; f is asked for
 * points inside the simplex. Straight-through: f at the one-hot vector, the gradient of y. Small τ:
 * low bias, high variance.
 *
 * @param temperature τ
 * @param straightThrough whether f sees the one-hot vector
 * @param samples how many are averaged
 * @since 0.1
 */
public record GumbelSoftmaxEstimator(double temperature, boolean straightThrough, int samples)
    implements PathwiseEstimator {
  private static final String NAME = "GumbelSoftmaxEstimator";

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException if the temperature is not positive and finite, or there is no
   *     sample
   */
  public GumbelSoftmaxEstimator {
    Checks.positive(NAME, "temperature", temperature);
    SampleCount.require(NAME, samples, 1);
  }

  /** Soft samples, one for each surrogate. */
  public static GumbelSoftmaxEstimator of(double temperature) {
    return new GumbelSoftmaxEstimator(temperature, false, 1);
  }

  /** Straight-through samples, one for each surrogate. */
  public static GumbelSoftmaxEstimator straightThrough(double temperature) {
    return new GumbelSoftmaxEstimator(temperature, true, 1);
  }

  /** As many samples as given, averaged. */
  public GumbelSoftmaxEstimator withSamples(int count) {
    return new GumbelSoftmaxEstimator(temperature, straightThrough, count);
  }

  @Override
  public EstimatorTraits traits() {
    return straightThrough
        ? EstimatorTraits.of(
            "st-gumbel-softmax",
            "Jang, Gu, Poole 2016 (1611.01144)",
            Bias.BIASED,
            "Biased at every temperature, even for linear f.",
            new Cost(samples, samples, samples),
            Requirement.DIFFERENTIABLE_OBJECTIVE)
        : EstimatorTraits.of(
            "gumbel-softmax",
            "Jang, Gu, Poole 2016 (1611.01144); Maddison, Mnih, Teh 2016 (1611.00712)",
            Bias.BIASED,
            "Unbiased for E[f(y)] of the relaxed y; the bias for E[f(z)] vanishes as τ → 0.",
            new Cost(samples, samples, samples),
            Requirement.DIFFERENTIABLE_OBJECTIVE,
            Requirement.RELAXED_OBJECTIVE);
  }

  @Override
  public Tensor sample(Tensor logits, Key key, Shape shape) {
    return sample(FactorisedLatents.of(NAME, logits), key, shape);
  }

  private Tensor sample(FactorisedLatents latents, Key key, Shape shape) {
    if (!straightThrough) {
      return GumbelDraw.soft(latents, key, shape, temperature);
    }
    GumbelDraw draw = GumbelDraw.of(latents, key, shape);
    return CustomGradient.straightThrough(draw.hard(), draw.soft(temperature));
  }

  @Override
  public Tensor surrogate(Tensor logits, ObjectiveFunction f, Key key) {
    FactorisedLatents latents = FactorisedLatents.of(NAME, logits);
    return latents.evaluate(f, sample(latents, key, Shape.of(samples))).mean(0);
  }
}
