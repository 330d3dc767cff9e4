package org.gumbel4j.examples.model;

import org.gumbel4j.tensor.Tensor;

/** How codes are drawn from logits: relaxed or one-hot, with which noise. */
@FunctionalInterface
public interface LatentSampler {
  /**
   * Draws codes.
   *
   * @param logits of shape [batch, latents, classes]
   * @return of the same shape, each row of classes on the simplex
   */
  Tensor sample(Tensor logits);
}
