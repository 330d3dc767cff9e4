package org.gumbel4j.estimators;

import org.gumbel4j.random.Key;
import org.gumbel4j.tensor.Shape;
import org.gumbel4j.tensor.Tensor;

/**
 * A pathwise estimator of the straight-through family: z is drawn from the distribution itself, so
 * that f meets exactly one-hot vectors and the value is unbiased; what is approximated is the
 * gradient, which is a linear function of ∂f/∂z at that z.
 *
 * <p>Drawing z is apart from the rule: {@link #through} takes any z. So an expectation over z can
 * be enumerated instead of sampled, and values drawn in another manner (stratified, from a buffer)
 * be used.
 *
 * @since 0.1
 */
public interface DiscretePathEstimator extends PathwiseEstimator {
  /** How many samples a surrogate averages. */
  int samples();

  /**
   * The given values with this estimator's gradient with respect to the logits.
   *
   * @param z [samples…, batch…, N, K] at vertices; constant
   * @param key the randomness of the rule, where it has any: see {@link EstimatorTraits#cost()}
   * @return z, bit for bit
   * @throws IllegalArgumentException if z does not have the logits' shape behind its sample axes
   */
  Tensor through(FactorisedLatents latents, Tensor z, Key key);

  @Override
  default Tensor sample(Tensor logits, Key key, Shape samples) {
    return sample(FactorisedLatents.of(traits().name(), logits), key, samples);
  }

  @Override
  default Tensor surrogate(Tensor logits, ObjectiveFunction f, Key key) {
    FactorisedLatents latents = FactorisedLatents.of(traits().name(), logits);
    return latents.evaluate(f, sample(latents, key, Shape.of(samples()))).mean(0);
  }

  private Tensor sample(FactorisedLatents latents, Key key, Shape samples) {
    return through(latents, latents.sample(key.child(0), samples), key.child(1));
  }
}
