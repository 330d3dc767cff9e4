package org.gumbel4j.examples.model;

import java.util.List;
import org.gumbel4j.random.Key;
import org.gumbel4j.tensor.Device;
import org.gumbel4j.tensor.Tensor;

/**
 * A network with layers of discrete variables, trained on pictures. Immutable and without
 * parameters of its own: they are passed in.
 */
public interface DiscreteNetwork {
  /** Draws parameters, each layer from its own child of the key. */
  List<Tensor> initialise(Device device, Key key);

  /** The names of the parameters, in the order of the list. */
  List<String> parameterNames();

  /** How many layers of discrete variables it has. */
  int stochasticLayers();

  /**
   * What is minimised, in nats per picture: an estimate of its expectation over all layers.
   *
   * @param pictures [batch, pixels], values in [0, 1]
   * @param layers as many as {@link #stochasticLayers}, the first one first
   * @param key the randomness of all layers
   * @return [batch]
   */
  Tensor loss(List<Tensor> parameters, Tensor pictures, List<StochasticLayer> layers, Key key);

  /**
   * log w of samples of the discrete variables, so that E[w] is the likelihood of a picture, and
   * log 1/m Σ w a lower bound of its logarithm in expectation (Burda, Grosse and Salakhutdinov,
   * arXiv 1509.00519).
   *
   * @return [samples, batch]
   */
  Tensor logWeights(List<Tensor> parameters, Tensor pictures, int samples, Key key);
}
