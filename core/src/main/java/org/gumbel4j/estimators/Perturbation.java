package org.gumbel4j.estimators;

import org.gumbel4j.random.Key;
import org.gumbel4j.random.Noise;
import org.gumbel4j.tensor.Shape;
import org.gumbel4j.tensor.Tensor;

/**
 * What is added to logits before the largest are taken.
 *
 * @since 0.1
 */
public enum Perturbation {
  /**
   * Standard Gumbel noise, or the logistic of their differences where K = 1: the maximiser is then
   * a sample of the categorical or Bernoulli distribution.
   */
  GUMBEL,
  /** Standard normal noise. */
  NORMAL;

  Tensor draw(FactorisedLatents latents, Key key, Shape shape) {
    Noise kind =
        this == NORMAL ? Noise.NORMAL : latents.isBernoulli() ? Noise.LOGISTIC : Noise.GUMBEL;
    Tensor logits = latents.logits();
    return logits.device().noise(kind, key, shape.concat(logits.shape()), logits.dtype());
  }

  /** −d log density(z)/dz of what was drawn; its mean is 0. */
  Tensor negativeScore(FactorisedLatents latents, Tensor z) {
    if (this == NORMAL) {
      return z;
    }
    return latents.isBernoulli() ? z.mul(0.5).tanh() : z.neg().exp().neg().add(1);
  }
}
