package org.gumbel4j.estimators;

import org.gumbel4j.random.Key;
import org.gumbel4j.tensor.Shape;
import org.gumbel4j.tensor.Tensor;

/**
 * Perturbed logits z, the discrete values D that they decide on, and the ways in which z depends on
 * the logits: freely, and given D. Everything here is constant; dependence is told by
 * vector-Jacobian products, in closed form.
 *
 * <p>K = 1: z = θ + L and D = 1[z &gt; 0]. With s = 2D − 1, ∂z/∂θ = 1, and given D it is σ(sθ)(1 −
 * e^{−|z|}).
 *
 * <p>K ≥ 2: with x = θ + G, z = x − max x and D the one-hot argmax. ∂zᵢ/∂log pᵢ = 1 and given D it
 * is 1 − eᶻⁱ, but for what all classes of a variable have in common. So what is made of z must be
 * invariant to a shift of a row, as a softmax is.
 *
 * <p>These are the derivatives of the formulas of Tucker et al. (arXiv 1703.07370, appendix), in
 * logits, without the cancellation of uniforms near 0 and 1.
 */
final class PerturbedLatents {
  private final FactorisedLatents latents;
  private final Tensor logits;
  private final Tensor noise;
  private final Tensor continuous;
  private final Tensor discrete;
  private final Tensor probs;
  private final Tensor possible;

  private PerturbedLatents(FactorisedLatents latents, Tensor noise) {
    this.latents = latents;
    this.noise = noise;
    this.logits = latents.constantLogits();
    Tensor perturbed = logits.add(noise);
    this.discrete = latents.harden(perturbed);
    this.continuous = latents.isBernoulli() ? perturbed : FactorisedLatents.belowMaximum(perturbed);
    this.probs = latents.constantProbs();
    this.possible = logits.gt(Double.NEGATIVE_INFINITY);
  }

  /** Draws with the latents' noise, an axis for the samples. */
  static PerturbedLatents draw(FactorisedLatents latents, Key key, int samples) {
    return new PerturbedLatents(latents, latents.noise(key, Shape.of(samples)));
  }

  FactorisedLatents latents() {
    return latents;
  }

  /** D: [samples, batch…, N, K]. */
  Tensor discrete() {
    return discrete;
  }

  /** z, −∞ for masked classes. */
  Tensor continuous() {
    return continuous;
  }

  /** E[D]: [batch…, N, K]. */
  Tensor probs() {
    return probs;
  }

  /** ∇ log P(D) = D − E[D]. */
  Tensor score() {
    return discrete.sub(probs);
  }

  /** Another z with the same D: z̃, by noise of its own. */
  Tensor conditional(Key key) {
    FactorisedLatents constant = latents.constant();
    return new ConditionalPerturbation(constant, discrete).belowWinner(key, Shape.SCALAR);
  }

  /** A gradient with respect to z as one at the logits. */
  Tensor throughNoise(Tensor g) {
    return latents.isBernoulli() ? g : throughLogProbs(g);
  }

  /** A gradient with respect to z̃, given D, as one at the logits. */
  Tensor throughCondition(Tensor conditional, Tensor g) {
    if (latents.isBernoulli()) {
      return g.mul(agreement()).mul(conditional.abs().neg().expm1().neg());
    }
    return throughLogProbs(g.mul(conditional.expm1().neg()));
  }

  /**
   * What a gradient with respect to z gives more freely than given D, when z̃ = z: the same as
   * {@link #throughNoise} less {@link #throughCondition}, without their cancellation.
   */
  Tensor throughFreedom(Tensor g) {
    if (latents.isBernoulli()) {
      Tensor surprise = signed().neg().sigmoid();
      return g.mul(surprise.add(agreement().mul(continuous.abs().neg().exp())));
    }
    return throughLogProbs(g.mul(continuous.exp()));
  }

  /** ∇ log q(z), the score of the density of z, at the logits. */
  Tensor densityScore() {
    return latents.isBernoulli()
        ? noise.mul(0.5).tanh()
        : throughLogProbs(noise.neg().exp().neg().add(1));
  }

  /** sθ. */
  private Tensor signed() {
    return discrete.mul(2).sub(1).mul(logits);
  }

  /** σ(sθ), the probability of D. */
  private Tensor agreement() {
    return signed().sigmoid();
  }

  /** Jᵀg of log p = logSoftmax(θ): g − p Σ g over the classes that are possible. */
  private Tensor throughLogProbs(Tensor g) {
    Tensor allowed = Tensor.where(possible, g, g.zerosLike());
    return allowed.sub(probs.mul(allowed.sum(new int[] {-1}, true)));
  }
}
