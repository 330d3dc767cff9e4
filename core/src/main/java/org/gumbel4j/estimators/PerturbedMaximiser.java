package org.gumbel4j.estimators;

import org.gumbel4j.internal.ops.Checks;
import org.gumbel4j.random.Key;
import org.gumbel4j.tensor.Shape;
import org.gumbel4j.tensor.Tensor;

/**
 * Perturbed optimisers (Berthet, Blondel, Teboul, Cuturi, Vert and Bach, arXiv 2002.08676): the
 * maximiser over k-hot vectors is smooth in expectation, and so is f of that expectation.
 *
 * <pre>
 * y(θ) = E[y*(θ + εZ)], y*(u) = argmax ⟨u, y⟩
 * ∂⟨y, g⟩/∂θ = E[⟨y*(θ + εZ), g⟩ ν′(Z)]/ε, ν = −log of the density of Z
 * </pre>
 *
 * <p>A sample is the mean of M maximisers, inside the polytope, not a vertex; its Jacobian is
 * estimated from the same M draws, about the mean of ⟨y*, g⟩, which costs no bias and saves most of
 * the variance. ν′(Z) is Z for normal noise, 1 − e^{−Z} for Gumbel noise, tanh(Z/2) for the
 * logistic noise of K = 1.
 *
 * @param k how many classes of each row are chosen
 * @param scale ε
 * @param noise the distribution of Z
 * @param draws M, at least 2
 * @param samples how many such means are averaged
 * @since 0.1
 */
public record PerturbedMaximiser(int k, double scale, Perturbation noise, int draws, int samples)
    implements PathwiseEstimator {
  private static final String NAME = "perturbed";

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException if the scale is not positive and finite, there are fewer than
   *     two draws, or k or the number of samples is below 1
   */
  public PerturbedMaximiser {
    Maximisers.requireSize(NAME, k);
    Checks.positive(NAME, "scale", scale);
    if (draws < 2) {
      throw new IllegalArgumentException(
          NAME + ": draws = " + draws + " must be at least 2, for the mean of the others");
    }
    SampleCount.require(NAME, samples, 1);
  }

  /** Normal noise, one mean of M maximisers for each surrogate. */
  public static PerturbedMaximiser of(int k, double scale, int draws) {
    return new PerturbedMaximiser(k, scale, Perturbation.NORMAL, draws, 1);
  }

  @Override
  public EstimatorTraits traits() {
    return EstimatorTraits.ofMaximiser(
        NAME,
        "Berthet, Blondel, Teboul, Cuturi, Vert, Bach 2020 (2002.08676)",
        Bias.BIASED,
        "Unbiased for f of the expected maximiser if f is linear; else the bias falls as 1/M.",
        new Cost(samples, samples, Math.multiplyExact((long) samples, draws)),
        Requirement.DIFFERENTIABLE_OBJECTIVE,
        Requirement.RELAXED_OBJECTIVE);
  }

  @Override
  public Tensor sample(Tensor logits, Key key, Shape shape) {
    return sample(FactorisedLatents.of(NAME, logits), key, shape);
  }

  @Override
  public Tensor surrogate(Tensor logits, ObjectiveFunction f, Key key) {
    FactorisedLatents latents = FactorisedLatents.of(NAME, logits);
    return latents.evaluate(f, sample(latents, key, Shape.of(samples))).mean(0);
  }

  private Tensor sample(FactorisedLatents latents, Key key, Shape shape) {
    latents.requirePositive("scale", scale);
    Tensor z = noise.draw(latents, key, Shape.of(draws).concat(shape));
    Tensor perturbed = latents.constantLogits().add(z.mul(scale));
    Tensor maximisers = Maximisers.of(latents, k).of(perturbed);
    Tensor mean = maximisers.mean(0);
    Tensor open = latents.constantLogits().gt(Double.NEGATIVE_INFINITY).cast(z.dtype());
    Tensor score = noise.negativeScore(latents, z).mul(open).div(scale * (draws - 1.0));
    Tensor centred = maximisers.sub(mean);
    return PathRule.ofEach(
            g -> PathRule.outer(score, centred, g).sum(0),
            d -> PathRule.outer(centred, score, d).sum(0))
        .attach(latents, mean);
  }
}
