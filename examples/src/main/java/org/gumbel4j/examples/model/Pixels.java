package org.gumbel4j.examples.model;

import org.gumbel4j.tensor.Tensor;

/** Independent Bernoulli pixels, the end of every decoder here. */
final class Pixels {
  private Pixels() {}

  /**
   * −log p(picture), summed over the pixels.
   *
   * @param logits [samples…, batch, pixels]
   * @param pictures [batch, pixels]
   * @return [samples…, batch]
   */
  static Tensor negativeLogProb(Tensor logits, Tensor pictures) {
    return logits.binaryCrossEntropyWithLogits(pictures.broadcastTo(logits.shape())).sum(-1);
  }
}
