package org.gumbel4j.distributions;

import org.gumbel4j.tensor.Tensor;

/**
 * A sample without replacement together with the perturbed log-probabilities that decided it.
 *
 * @param indices the k classes, INT64, the first drawn first: [..., k]
 * @param perturbed their log p + G, falling: [..., k]
 * @param threshold κ, the largest log p + G among the classes not drawn, −∞ if there is none: [...]
 * @since 0.1
 */
public record TopKSample(Tensor indices, Tensor perturbed, Tensor threshold) {
  /**
   * log P(log p + G &gt; κ) = log(1 − exp(−p e^−κ)) of given log-probabilities: how likely it was
   * that a class came above the threshold. Σ f(i) pᵢ / q(i) over the sample, with q from here, is
   * an unbiased estimate of E f (Kool, van Hoof and Welling, arXiv 1903.06059, equation 14).
   *
   * @param logProbs log p of the classes drawn: [..., k]
   * @return [..., k]; 0 where the threshold is −∞
   */
  public Tensor logInclusionProbs(Tensor logProbs) {
    Tensor all = Masked.of(threshold).expandDims(-1);
    Tensor kappa = Masked.fill(Masked.of(threshold), 0, threshold).expandDims(-1);
    return Masked.fill(all, 0, SubsetProbability.logOfComplement(logProbs.sub(kappa)));
  }
}
