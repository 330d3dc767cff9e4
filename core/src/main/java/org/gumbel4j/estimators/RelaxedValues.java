package org.gumbel4j.estimators;

import org.gumbel4j.tensor.Tensor;

/** Perturbed logits softened at a temperature that is a tensor, so that it can be learnt. */
final class RelaxedValues {
  private RelaxedValues() {}

  /**
   * softmax(z/λ), or σ(z/λ) where K = 1; differentiable by both. Masked classes are kept out of the
   * division, whose gradient by λ would be NaN there.
   *
   * @param z −∞ for masked classes
   * @param temperature λ, a scalar
   */
  static Tensor of(FactorisedLatents latents, Tensor z, Tensor temperature) {
    if (latents.isBernoulli()) {
      return z.div(temperature).sigmoid();
    }
    Tensor possible = z.gt(Double.NEGATIVE_INFINITY);
    Tensor zero = z.device().scalar(0, z.dtype());
    Tensor masked = z.device().scalar(Double.NEGATIVE_INFINITY, z.dtype());
    Tensor cooled = Tensor.where(possible, z, zero).div(temperature);
    return Tensor.where(possible, cooled, masked).softmax(-1);
  }
}
