package org.gumbel4j.estimators;

import org.gumbel4j.autodiff.CustomGradient;
import org.gumbel4j.internal.ops.Checks;
import org.gumbel4j.random.Key;
import org.gumbel4j.tensor.Shape;
import org.gumbel4j.tensor.Tensor;

/**
 * Gumbel-Softmax with one temperature forward and another backward (Shah, Yan, Mozer and Liu, arXiv
 * 2410.13331): of the same noise, f sees softmax((θ + G)/τ_f), and the gradient is that of
 * softmax((θ + G)/τ_b).
 *
 * <p>Forward at 0 is the limit, the one-hot argmax: then this is straight-through Gumbel-Softmax at
 * τ_b. With both equal it is Gumbel-Softmax. A small τ_f keeps f near the vertices, where it will
 * be used, while a larger τ_b keeps the variance low.
 *
 * @param forwardTemperature τ_f, 0 for one-hot values
 * @param backwardTemperature τ_b
 * @param samples how many are averaged
 * @since 0.1
 */
public record DecoupledGumbelSoftmax(
    double forwardTemperature, double backwardTemperature, int samples)
    implements PathwiseEstimator {
  private static final String NAME = "decoupled-st-gumbel-softmax";

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException if the backward temperature is not positive and finite, the
   *     forward one negative or not finite, or there is no sample
   */
  public DecoupledGumbelSoftmax {
    if (forwardTemperature != 0) {
      Checks.positive(NAME, "forwardTemperature (0 apart)", forwardTemperature);
    }
    Checks.positive(NAME, "backwardTemperature", backwardTemperature);
    SampleCount.require(NAME, samples, 1);
  }

  /** One sample for each surrogate. */
  public static DecoupledGumbelSoftmax of(double forwardTemperature, double backwardTemperature) {
    return new DecoupledGumbelSoftmax(forwardTemperature, backwardTemperature, 1);
  }

  @Override
  public EstimatorTraits traits() {
    String paper = "Shah, Yan, Mozer, Liu 2024 (2410.13331)";
    String statement = "Biased at every pair of temperatures, even for linear f.";
    Cost cost = new Cost(samples, samples, samples);
    return forwardTemperature == 0
        ? EstimatorTraits.of(
            NAME, paper, Bias.BIASED, statement, cost, Requirement.DIFFERENTIABLE_OBJECTIVE)
        : EstimatorTraits.of(
            NAME,
            paper,
            Bias.BIASED,
            statement,
            cost,
            Requirement.DIFFERENTIABLE_OBJECTIVE,
            Requirement.RELAXED_OBJECTIVE);
  }

  @Override
  public Tensor sample(Tensor logits, Key key, Shape shape) {
    return sample(FactorisedLatents.of(NAME, logits), key, shape);
  }

  private Tensor sample(FactorisedLatents latents, Key key, Shape shape) {
    GumbelDraw draw = GumbelDraw.of(latents, key, shape);
    Tensor forward =
        forwardTemperature == 0 ? draw.hard() : draw.soft(forwardTemperature).stopGradient();
    return CustomGradient.straightThrough(forward, draw.soft(backwardTemperature));
  }

  @Override
  public Tensor surrogate(Tensor logits, ObjectiveFunction f, Key key) {
    FactorisedLatents latents = FactorisedLatents.of(NAME, logits);
    return latents.evaluate(f, sample(latents, key, Shape.of(samples))).mean(0);
  }
}
