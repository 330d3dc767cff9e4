package org.gumbel4j.examples.model;

import org.gumbel4j.tensor.Tensor;

/** A trained autoencoder with categorical codes, whoever trained it. */
public interface Codec {
  /**
   * Encodes pictures.
   *
   * @param x of shape [batch, pixels], values in [0, 1]
   * @return logits of q(z | x), of shape [batch, latents, classes]
   */
  Tensor encode(Tensor x);

  /**
   * Decodes codes.
   *
   * @param z of shape [batch, latents, classes]
   * @return the logits of the pixels, of shape [batch, pixels]
   */
  Tensor decode(Tensor z);
}
