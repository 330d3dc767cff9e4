package org.gumbel4j.distributions;

import org.gumbel4j.internal.ops.GumbelOps;
import org.gumbel4j.random.Key;
import org.gumbel4j.tensor.DType;
import org.gumbel4j.tensor.Shape;
import org.gumbel4j.tensor.Tensor;

/**
 * One of K choices, in the three forms that an agent needs of it: an index for the environment, a
 * one-hot vector of integers for a memory of what was done, and a relaxed one-hot vector through
 * which gradients flow to the policy that chose (as in MADDPG, Lowe et al., arXiv 1706.02275).
 *
 * <p>All are draws of one distribution: with the same key, {@link #sample} is the one-hot vector of
 * the index that {@link #sampleIndices} gives and of the largest entry of {@link #rsample}.
 *
 * <p>{@link #logProb(Tensor)} goes by the type of the value: integers are one-hot vectors, and get
 * their probability under the {@link Categorical} distribution; floating ones are points of the
 * simplex, and get their density under the {@link RelaxedOneHotCategorical}. Moments, mode, entropy
 * and divergences are those of the discrete choice; {@link #relaxed} has those of the other.
 *
 * <p>θ is [batch…, K]; the temperature λ is a number or a tensor that broadcasts with the batch. A
 * logit of −∞ is a choice that is not allowed.
 *
 * @since 0.1
 */
public final class GumbelSoftmaxCategorical extends Distribution {
  private static final String NAME = "GumbelSoftmaxCategorical";

  private final RelaxedOneHotCategorical relaxed;
  private final OneHotCategorical discrete;

  private GumbelSoftmaxCategorical(RelaxedOneHotCategorical relaxed) {
    super(relaxed.batchShape(), relaxed.eventShape(), relaxed.validation());
    this.relaxed = relaxed;
    Tensor logits = Masked.stretch(relaxed.logits(), batchShape().concat(eventShape()));
    this.discrete = OneHotCategorical.of(logits, Validation.OFF);
  }

  /** Of a temperature for the whole batch, validated. */
  public static GumbelSoftmaxCategorical of(double temperature, Tensor logits) {
    return of(temperature, logits, Validation.ON);
  }

  /** Of a temperature for the whole batch. */
  public static GumbelSoftmaxCategorical of(
      double temperature, Tensor logits, Validation validation) {
    return new GumbelSoftmaxCategorical(
        RelaxedOneHotCategorical.of(temperature, logits, validation));
  }

  /** Of a temperature that may differ over the batch, validated. */
  public static GumbelSoftmaxCategorical of(Tensor temperature, Tensor logits) {
    return of(temperature, logits, Validation.ON);
  }

  /**
   * Of a temperature that may differ over the batch.
   *
   * @throws IllegalArgumentException as {@link ExpRelaxedOneHotCategorical#of(Tensor, Tensor,
   *     Validation)}
   */
  public static GumbelSoftmaxCategorical of(
      Tensor temperature, Tensor logits, Validation validation) {
    return new GumbelSoftmaxCategorical(
        RelaxedOneHotCategorical.of(temperature, logits, validation));
  }

  /** The distribution of the relaxed one-hot vectors. */
  public RelaxedOneHotCategorical relaxed() {
    return relaxed;
  }

  /** The distribution of the indices, batched as this one. */
  public Categorical categorical() {
    return discrete.categorical();
  }

  /** λ, as given. */
  public Tensor temperature() {
    return relaxed.temperature();
  }

  /** θ, as given. */
  public Tensor logits() {
    return relaxed.logits();
  }

  /** One-hot vectors; of integers as {@link #sample} gives them, or of the logits' type. */
  @Override
  public Support support() {
    return Support.ONE_HOT;
  }

  /** One-hot vectors of integers, INT64: 1 at argmax(θ + G), 0 elsewhere. */
  @Override
  public Tensor sample(Key key, Shape sampleShape) {
    return sampleIndices(key, sampleShape).oneHot(categorical().classes(), DType.INT64);
  }

  /** One index for every member of the batch. */
  public Tensor sampleIndices(Key key) {
    return sampleIndices(key, Shape.SCALAR);
  }

  /** Indices, INT64: sampleShape + batchShape. */
  public Tensor sampleIndices(Key key, Shape sampleShape) {
    return categorical().sample(key, sampleShape);
  }

  /** One relaxed one-hot vector for every member of the batch. */
  public Tensor rsample(Key key) {
    return rsample(key, Shape.SCALAR);
  }

  /** Relaxed one-hot vectors of the logits' type, with gradients: softmax((θ + G)/λ). */
  public Tensor rsample(Key key, Shape sampleShape) {
    return relaxed.rsample(key, sampleShape);
  }

  /** One relaxed sample for every member of the batch. */
  public RelaxedSample relaxedSample(Key key) {
    return relaxedSample(key, Shape.SCALAR);
  }

  /** Relaxed one-hot vectors with their logarithms, whose density is exact; gradients flow. */
  public RelaxedSample relaxedSample(Key key, Shape sampleShape) {
    return relaxed.relaxedSample(key, sampleShape);
  }

  /**
   * The log-probability of a choice, or the log-density of a relaxed one.
   *
   * @param value [..., K]: INT64, a one-hot vector; of the logits' type, a point of the simplex
   */
  @Override
  public Tensor logProb(Tensor value) {
    if (value.dtype() != DType.INT64) {
      requireKind("logProb", value);
      return relaxed.logProb(value);
    }
    checkValue(value, DType.INT64);
    return discrete.logProb(value.cast(logits().dtype()));
  }

  /** The log-density of a relaxed choice, exact also where it has rounded to a vertex. */
  public Tensor logProb(RelaxedSample sample) {
    return relaxed.logProb(sample);
  }

  /**
   * The log-probability of choices given by their indices.
   *
   * @param indices INT64, of a shape that broadcasts with batchShape
   */
  public Tensor logProbOfIndices(Tensor indices) {
    return categorical().logProb(indices);
  }

  /**
   * The one-hot vectors of integers that stand for relaxed or one-hot vectors: 1 at the largest
   * entry, the first among equals.
   *
   * @param value [..., K], of the logits' type or INT64
   * @return INT64, of the value's shape
   */
  public Tensor toOneHot(Tensor value) {
    requireKind("toOneHot", value);
    return GumbelOps.oneHotArgMax(value.stopGradient(), -1).cast(DType.INT64);
  }

  /**
   * The indices that relaxed or one-hot vectors stand for.
   *
   * @param value [..., K], of the logits' type or INT64
   * @return INT64, of the value's shape without its last axis
   */
  public Tensor toIndices(Tensor value) {
    requireKind("toIndices", value);
    return value.argMax(-1);
  }

  /**
   * The one-hot vectors of integers of indices.
   *
   * @param indices INT64, each a choice
   * @return INT64, with a last axis of K
   * @throws IndexOutOfBoundsException if an index is outside the choices
   */
  public Tensor fromIndices(Tensor indices) {
    return indices.oneHot(categorical().classes(), DType.INT64);
  }

  private void requireKind(String method, Tensor value) {
    boolean known = value.dtype() == DType.INT64 || value.dtype() == logits().dtype();
    if (!known || value.rank() == 0 || value.shape().dim(-1) != categorical().classes()) {
      throw new IllegalArgumentException(
          NAME
              + "."
              + method
              + ": the value is "
              + value.dtype()
              + value.shape()
              + "; it must be INT64 or "
              + logits().dtype()
              + " with a last axis of "
              + categorical().classes());
    }
  }

  /** That of the choice, in nats. */
  @Override
  public Tensor entropy() {
    return discrete.entropy();
  }

  /** The probabilities, softmax θ. */
  @Override
  public Tensor mean() {
    return discrete.mean();
  }

  /** The one-hot vector of integers of the likeliest choice, INT64. */
  @Override
  public Tensor mode() {
    return discrete.mode().cast(DType.INT64);
  }

  /** P(k)(1 − P(k)) of every entry of a one-hot vector. */
  @Override
  public Tensor variance() {
    return discrete.variance();
  }

  @Override
  public GumbelSoftmaxCategorical expand(Shape batch) {
    return new GumbelSoftmaxCategorical(relaxed.expand(batch));
  }
}
