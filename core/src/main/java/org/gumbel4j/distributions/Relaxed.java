package org.gumbel4j.distributions;

import org.gumbel4j.random.Key;
import org.gumbel4j.tensor.Shape;
import org.gumbel4j.tensor.Tensor;

/**
 * A relaxation of a discrete distribution to the simplex or the unit interval: the image of a
 * distribution in log space, where everything is finite.
 *
 * <pre>{@code
 * RelaxedSample z = p.relaxedSample(key);
 * Tensor decoded = decoder.apply(z.value());
 * Tensor kl = p.base().logProb(z.preimage()).sub(prior.base().logProb(z.preimage()));
 * }</pre>
 *
 * <p>Divergences are the same in both spaces, so they are best taken between bases, as {@link
 * MonteCarlo#kl} does.
 *
 * @since 0.1
 */
public interface Relaxed extends Reparameterized {
  /** One sample for every member of the batch, with its preimage. */
  default RelaxedSample relaxedSample(Key key) {
    return relaxedSample(key, Shape.SCALAR);
  }

  /**
   * Samples with their preimages; gradients flow through both.
   *
   * @return both of shape sampleShape + batchShape + eventShape
   */
  RelaxedSample relaxedSample(Key key, Shape sampleShape);

  /**
   * The log-density of a sample, exact also where the value has rounded to a vertex.
   *
   * @return the broadcast of the sample's batch with batchShape
   */
  Tensor logProb(RelaxedSample sample);

  /** The distribution of the preimage. */
  Distribution base();
}
