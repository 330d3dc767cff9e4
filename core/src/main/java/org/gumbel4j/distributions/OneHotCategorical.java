package org.gumbel4j.distributions;

import org.gumbel4j.internal.ops.GumbelOps;
import org.gumbel4j.random.Key;
import org.gumbel4j.random.Noise;
import org.gumbel4j.tensor.Shape;
import org.gumbel4j.tensor.Tensor;

/**
 * One of K classes, as a one-hot vector of the logits' type: {@link Categorical} with an event of K
 * entries, and so with a mean.
 *
 * <p>The one-hot vector of a key is that of the index which {@code Categorical} draws with it.
 *
 * @since 0.1
 */
public sealed class OneHotCategorical extends Distribution
    permits OneHotCategoricalStraightThrough {
  private final Categorical categorical;

  OneHotCategorical(Categorical categorical) {
    super(categorical.batchShape(), Shape.of(categorical.classes()), categorical.validation());
    this.categorical = categorical;
  }

  /** Of logits, validated. */
  public static OneHotCategorical of(Tensor logits) {
    return of(logits, Validation.ON);
  }

  /**
   * Of logits.
   *
   * @param logits θ [batch…, K]; −∞ masks a class
   * @throws IllegalArgumentException as {@link Categorical#of(Tensor, Validation)}
   */
  public static OneHotCategorical of(Tensor logits, Validation validation) {
    return new OneHotCategorical(Categorical.of(logits, validation));
  }

  /** Of probabilities, validated. */
  public static OneHotCategorical ofProbs(Tensor probs) {
    return ofProbs(probs, Validation.ON);
  }

  /**
   * Of probabilities, or of weights.
   *
   * @param probs as {@link Categorical#ofProbs(Tensor, Validation)} takes them
   */
  public static OneHotCategorical ofProbs(Tensor probs, Validation validation) {
    return new OneHotCategorical(Categorical.ofProbs(probs, validation));
  }

  /** The same distribution over indices. */
  public final Categorical categorical() {
    return categorical;
  }

  /** θ, as given. */
  public final Tensor logits() {
    return categorical.logits();
  }

  /** P(k) of every class. */
  public final Tensor probs() {
    return categorical.probs();
  }

  @Override
  public final Support support() {
    return Support.ONE_HOT;
  }

  /** One-hot vectors, exactly: 1 at argmax(θ + G), 0 elsewhere. */
  @Override
  public final Tensor sample(Key key, Shape sampleShape) {
    Tensor logits = logits().stopGradient();
    Tensor noise = logits.device().noise(Noise.GUMBEL, key, extended(sampleShape), logits.dtype());
    return GumbelOps.oneHotArgMax(noise.add(logits), -1);
  }

  /**
   * Σ valueₖ log P(k); −∞ for a masked class. Linear in the value, so that the gradient with
   * respect to it is log P.
   */
  @Override
  public final Tensor logProb(Tensor value) {
    checkValue(value, logits().dtype());
    Tensor logProbs = categorical.logProbs();
    Tensor idle = Masked.of(logProbs).and(value.eq(0));
    return Masked.fill(idle, 0, logProbs).mul(value).sum(-1);
  }

  @Override
  public final Tensor entropy() {
    return categorical.entropy();
  }

  /** The probabilities. */
  @Override
  public final Tensor mean() {
    return probs();
  }

  /** The one-hot vector of the likeliest class, the first among equals. */
  @Override
  public final Tensor mode() {
    return GumbelOps.oneHotArgMax(logits().stopGradient(), -1);
  }

  /** P(k)(1 − P(k)) of every entry. */
  @Override
  public final Tensor variance() {
    Tensor p = probs();
    return p.mul(p.neg().add(1));
  }

  @Override
  public OneHotCategorical expand(Shape batch) {
    return new OneHotCategorical(categorical.expand(batch));
  }
}
