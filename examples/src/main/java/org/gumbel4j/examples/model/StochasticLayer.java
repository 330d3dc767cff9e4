package org.gumbel4j.examples.model;

import org.gumbel4j.estimators.ObjectiveFunction;
import org.gumbel4j.random.Key;
import org.gumbel4j.tensor.Tensor;

/**
 * A layer of discrete variables on the way to a loss: what it says of its expectation, and what
 * gradient it lets back, is the choice of whoever trains.
 */
@FunctionalInterface
public interface StochasticLayer {
  /**
   * An estimate of E[f(z)] whose gradient estimates that of the expectation.
   *
   * @param logits [batch…, N, K]
   * @param f the rest of the network
   * @param key the randomness of the layer
   * @return [batch…]
   */
  Tensor expectation(Tensor logits, ObjectiveFunction f, Key key);
}
