package org.gumbel4j.distributions;

import org.gumbel4j.autodiff.CustomGradient;
import org.gumbel4j.random.Key;
import org.gumbel4j.tensor.Shape;
import org.gumbel4j.tensor.Tensor;

/**
 * {@link OneHotCategorical} whose samples let gradients through as if they were the probabilities:
 * one-hot forward, exactly, and ∂p/∂θ backward (the straight-through estimator of Bengio, Léonard
 * and Courville, arXiv 1308.3432). Biased, and often good enough.
 *
 * <p>For the gradient of the relaxed sample instead see {@link
 * RelaxedOneHotCategoricalStraightThrough}.
 *
 * @since 0.1
 */
public final class OneHotCategoricalStraightThrough extends OneHotCategorical
    implements Reparameterized {
  private OneHotCategoricalStraightThrough(Categorical categorical) {
    super(categorical);
  }

  /** Of logits, validated. */
  public static OneHotCategoricalStraightThrough of(Tensor logits) {
    return of(logits, Validation.ON);
  }

  /**
   * Of logits.
   *
   * @param logits θ [batch…, K]; −∞ masks a class
   * @throws IllegalArgumentException as {@link Categorical#of(Tensor, Validation)}
   */
  public static OneHotCategoricalStraightThrough of(Tensor logits, Validation validation) {
    return new OneHotCategoricalStraightThrough(Categorical.of(logits, validation));
  }

  /** Of probabilities, validated. */
  public static OneHotCategoricalStraightThrough ofProbs(Tensor probs) {
    return ofProbs(probs, Validation.ON);
  }

  /**
   * Of probabilities, or of weights.
   *
   * @param probs as {@link Categorical#ofProbs(Tensor, Validation)} takes them
   */
  public static OneHotCategoricalStraightThrough ofProbs(Tensor probs, Validation validation) {
    return new OneHotCategoricalStraightThrough(Categorical.ofProbs(probs, validation));
  }

  /** The value of {@link #sample} with the gradient of {@link #probs}. */
  @Override
  public Tensor rsample(Key key, Shape sampleShape) {
    Tensor value = sample(key, sampleShape);
    return CustomGradient.straightThrough(value, Masked.stretch(probs(), value.shape()));
  }

  @Override
  public OneHotCategoricalStraightThrough expand(Shape batch) {
    return new OneHotCategoricalStraightThrough(categorical().expand(batch));
  }
}
