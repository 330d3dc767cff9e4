package org.gumbel4j.distributions;

import org.gumbel4j.random.Key;
import org.gumbel4j.tensor.Shape;
import org.gumbel4j.tensor.Tensor;

/**
 * A distribution whose samples are a differentiable function of its parameters and of noise that
 * does not depend on them, so that gradients flow through a sample to the parameters.
 *
 * @since 0.1
 */
public interface Reparameterized {
  /** One sample for every member of the batch, with gradients; as {@code sample} otherwise. */
  default Tensor rsample(Key key) {
    return rsample(key, Shape.SCALAR);
  }

  /**
   * Samples with gradients.
   *
   * @param key the same key gives the same samples, and those of {@code sample}
   * @param sampleShape how many, in what arrangement
   * @return sampleShape + batchShape + eventShape
   */
  Tensor rsample(Key key, Shape sampleShape);
}
