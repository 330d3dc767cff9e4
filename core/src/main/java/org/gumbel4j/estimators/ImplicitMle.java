package org.gumbel4j.estimators;

import org.gumbel4j.internal.ops.Checks;
import org.gumbel4j.random.Key;
import org.gumbel4j.tensor.Shape;
import org.gumbel4j.tensor.Tensor;

/**
 * Implicit maximum likelihood estimation (Niepert, Minervini and Franceschi, arXiv 2106.01798): the
 * maximiser of perturbed logits forward, and backward by how it changes when the logits take a step
 * down the gradient, the noise ε the same:
 *
 * <pre>z = argmax ⟨θ + ε, z⟩, z′ = argmax ⟨θ − λg + ε, z⟩, ĝ = (z − z′)/λ, g = ∂f/∂z</pre>
 *
 * <p>The argmax is over k-hot vectors, one-hot ones where k = 1: with Gumbel noise of scale 1 a
 * sample without replacement. Nothing is relaxed, and f sees vertices alone. ĝ is mostly 0 where λg
 * is small beside the logits' distances; large where it is not. The paper leaves the factor 1/λ to
 * the learning rate; with it, ĝ estimates the gradient.
 *
 * <p>ĝ is not linear in g, so that it matters what f is multiplied by: λ applies to the gradient as
 * it arrives at one sample, a mean over the batch included. The mean over the samples of one
 * surrogate is accounted for.
 *
 * @param k how many classes of each row are chosen
 * @param step λ
 * @param noise the distribution of ε
 * @param noiseScale what ε is multiplied by
 * @param samples how many are averaged
 * @since 0.1
 */
public record ImplicitMle(int k, double step, Perturbation noise, double noiseScale, int samples)
    implements PathwiseEstimator {
  private static final String NAME = "imle";

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException if the step or the noise's scale is not positive and finite,
   *     or k or the number of samples below 1
   */
  public ImplicitMle {
    Maximisers.requireSize(NAME, k);
    Checks.positive(NAME, "step", step);
    Checks.positive(NAME, "noiseScale", noiseScale);
    SampleCount.require(NAME, samples, 1);
  }

  /** Gumbel noise of scale 1, one sample for each surrogate. */
  public static ImplicitMle of(int k, double step) {
    return new ImplicitMle(k, step, Perturbation.GUMBEL, 1, 1);
  }

  private boolean drawsSubsets() {
    return noise == Perturbation.GUMBEL && noiseScale == 1;
  }

  @Override
  public EstimatorTraits traits() {
    String paper = "Niepert, Minervini, Franceschi 2021 (2106.01798)";
    String statement = "Biased; for linear f the bias vanishes as λ → 0.";
    Cost cost = new Cost(samples, samples, samples);
    if (!drawsSubsets()) {
      return EstimatorTraits.ofMaximiser(
          NAME, paper, Bias.BIASED, statement, cost, Requirement.DIFFERENTIABLE_OBJECTIVE);
    }
    return k == 1
        ? EstimatorTraits.of(
            NAME, paper, Bias.BIASED, statement, cost, Requirement.DIFFERENTIABLE_OBJECTIVE)
        : EstimatorTraits.ofSubset(
            NAME, paper, Bias.BIASED, statement, cost, k, Requirement.DIFFERENTIABLE_OBJECTIVE);
  }

  @Override
  public Tensor sample(Tensor logits, Key key, Shape shape) {
    return sample(FactorisedLatents.of(NAME, logits), key, shape, 1);
  }

  @Override
  public Tensor surrogate(Tensor logits, ObjectiveFunction f, Key key) {
    FactorisedLatents latents = FactorisedLatents.of(NAME, logits);
    return latents.evaluate(f, sample(latents, key, Shape.of(samples), samples)).mean(0);
  }

  /** With gradients that arrive divided by a number. */
  private Tensor sample(FactorisedLatents latents, Key key, Shape shape, int divided) {
    double lambda = step * divided;
    latents.requirePositive("step times samples", lambda);
    latents.requirePositive("noiseScale", noiseScale);
    Maximisers maximisers = Maximisers.of(latents, k);
    Tensor epsilon = noise.draw(latents, key, shape);
    Tensor scaled = noiseScale == 1 ? epsilon : epsilon.mul(noiseScale);
    Tensor perturbed = latents.constantLogits().add(scaled);
    Tensor z = maximisers.of(perturbed);
    return PathRule.notLinear(g -> z.sub(maximisers.of(perturbed.sub(g.mul(lambda)))).div(lambda))
        .attach(latents, z);
  }
}
