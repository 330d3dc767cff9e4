package org.gumbel4j.estimators;

import org.gumbel4j.random.Key;
import org.gumbel4j.tensor.Shape;
import org.gumbel4j.tensor.Tensor;

/**
 * An estimator that lets the gradient pass through the sample itself: it draws z, and says how a
 * gradient with respect to z becomes one with respect to the logits. Then any function of z can be
 * differentiated as it stands, as in a layer of a network.
 *
 * @since 0.1
 */
public interface PathwiseEstimator extends GradientEstimator {
  /**
   * Samples through which gradients flow to the logits.
   *
   * @param logits θ [batch…, N, K]
   * @param key the same key gives the same samples
   * @param samples how many, in what arrangement; a scalar's shape for one
   * @return [samples…, batch…, N, K], of the logits' type
   */
  Tensor sample(Tensor logits, Key key, Shape samples);
}
