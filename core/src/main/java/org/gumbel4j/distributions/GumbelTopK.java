package org.gumbel4j.distributions;

import org.gumbel4j.random.Key;
import org.gumbel4j.random.Noise;
import org.gumbel4j.tensor.DType;
import org.gumbel4j.tensor.Shape;
import org.gumbel4j.tensor.Tensor;

/**
 * k of K classes drawn without replacement, as their indices in the order in which they were drawn:
 * the k largest of θ + G, the largest first (Gumbel top-k trick; Vieira, 2014; Kool, van Hoof and
 * Welling, arXiv 1903.06059).
 *
 * <pre>
 * P(i₁, …, i_k) = ∏ⱼ e^θ at iⱼ / Σ e^θ over the classes not among i₁, …, iⱼ₋₁
 * </pre>
 *
 * <p>So a value is the beginning of a {@link PlackettLuce} ordering. {@link #unorderedLogProb} has
 * the probability of the set, whatever the order, and {@link #leaveOneOutLogRatios} what estimators
 * without replacement weigh their terms with (arXiv 2002.06043).
 *
 * <p>Given by logits θ [batch…, K] up to a constant in each row. A logit of −∞ is a masked class:
 * it is never drawn, a value that holds it has probability 0, and no gradient reaches it.
 *
 * @since 0.1
 */
public final class GumbelTopK extends Distribution {
  private static final String NAME = "GumbelTopK";

  private final Tensor logits;
  private final long k;

  private GumbelTopK(Tensor logits, long k, Validation validation) {
    super(logits.shape().without(-1), Shape.of(k), validation);
    this.logits = logits;
    this.k = k;
  }

  /** Of logits, validated. */
  public static GumbelTopK of(Tensor logits, long k) {
    return of(logits, k, Validation.ON);
  }

  /**
   * Of logits.
   *
   * @param logits θ [batch…, K]; −∞ masks a class
   * @param k how many are drawn, from 1 to K
   * @throws IllegalArgumentException if k is outside that range, a logit is NaN or +∞, or a row has
   *     fewer than k classes that are not masked
   */
  public static GumbelTopK of(Tensor logits, long k, Validation validation) {
    Categorical.checked(NAME, logits, validation);
    SubsetSize.check(NAME, logits, k, validation);
    return new GumbelTopK(logits, k, validation);
  }

  /** θ, as given. */
  public Tensor logits() {
    return logits;
  }

  /** How many classes are drawn. */
  public long k() {
    return k;
  }

  /** The number of classes, masked ones included. */
  public long classes() {
    return logits.shape().dim(-1);
  }

  /** log softmax θ, the probability of being drawn first: [batch…, K]. */
  public Tensor logProbs() {
    return logits.logSoftmax(-1);
  }

  @Override
  public Support support() {
    return Support.distinct(k, classes());
  }

  /** Indices, INT64: the k largest of θ + G, G the key's Gumbel noise, the largest first. */
  @Override
  public Tensor sample(Key key, Shape sampleShape) {
    return perturb(logits.stopGradient(), key, sampleShape).topK(k, -1);
  }

  /** One {@link #perturbedSample(Key, Shape)} for every member of the batch. */
  public TopKSample perturbedSample(Key key) {
    return perturbedSample(key, Shape.SCALAR);
  }

  /**
   * The indices that {@link #sample} draws with the key, their perturbed log-probabilities log p +
   * G, through which gradients flow to the logits, and the threshold that they exceed.
   */
  public TopKSample perturbedSample(Key key, Shape sampleShape) {
    Tensor perturbed = perturb(logProbs(), key, sampleShape);
    Tensor order = perturbed.stopGradient().argSort(-1, true);
    Tensor first = order.slice(-1, 0, k);
    Tensor threshold =
        k == classes()
            ? logits
                .device()
                .full(first.shape().without(-1), logits.dtype(), Double.NEGATIVE_INFINITY)
            : perturbed.gather(order.slice(-1, k, k + 1), -1).squeeze(-1);
    return new TopKSample(first, perturbed.gather(first, -1), threshold);
  }

  private Tensor perturb(Tensor scores, Key key, Shape sampleShape) {
    Shape shape = sampleShape.concat(batchShape()).concat(Shape.of(classes()));
    return scores.add(logits.device().noise(Noise.GUMBEL, key, shape, logits.dtype()));
  }

  /**
   * log P(value), its order included; −∞ where a class is masked.
   *
   * @param value indices, INT64 [..., k], all different
   */
  @Override
  public Tensor logProb(Tensor value) {
    checkValue(value, DType.INT64);
    return Orderings.logProb(logits, value, NAME + ".logProb");
  }

  /**
   * The logarithm of the probability that the k classes drawn are those of the value, in whatever
   * order: the sum of the probabilities of its k! orderings, by a quadrature that is exact to
   * rounding for any k, however likely or unlikely the set. −∞ where a class is masked.
   *
   * @param value indices, INT64 [..., k], all different
   * @return the broadcast of the value's batch with batchShape
   */
  public Tensor unorderedLogProb(Tensor value) {
    checkValue(value, DType.INT64);
    return SetProbability.of(logits, value, NAME + ".unorderedLogProb").ofSet();
  }

  /**
   * log R(S, s) = log P(S∖s drawn from all classes but s) − log P(S) for every s in S: the weights
   * of the estimator Σₛ p(s) R(S, s) f(s) of E f, which has no more variance than any that uses the
   * order of the sample (Kool, van Hoof and Welling, arXiv 2002.06043, equation 9).
   *
   * @param value indices, INT64 [..., k], all different
   * @return [..., k]; NaN where one of the classes is masked
   */
  public Tensor leaveOneOutLogRatios(Tensor value) {
    checkValue(value, DType.INT64);
    return SetProbability.of(logits, value, NAME + ".leaveOneOutLogRatios").leaveOneOut();
  }

  /**
   * log R(S, s, r) = log P(S∖{s, r} drawn from all classes but s and r) − log P(S∖s drawn from all
   * but s), for s along the axis before the last, r along the last: the weights of the baseline
   * built in, Σᵣ p(r) R(S, s, r) f(r), which for k ≥ 2 has the mean of f whatever s is (arXiv
   * 2002.06043, section 4.2). On the diagonal it is 0.
   *
   * @param value indices, INT64 [..., k], all different
   * @return [..., k, k]; NaN where one of the classes is masked
   */
  public Tensor secondOrderLogRatios(Tensor value) {
    checkValue(value, DType.INT64);
    return SetProbability.of(logits, value, NAME + ".secondOrderLogRatios").secondOrder();
  }

  /**
   * Indices as a k-hot vector of the logits' type: 1 at each of them, 0 elsewhere.
   *
   * @param value indices, INT64 [..., k], all different
   * @return [..., K]
   */
  public Tensor kHot(Tensor value) {
    checkValue(value, DType.INT64);
    return Indexed.counts(value, classes()).cast(logits.dtype());
  }

  /** Always throws: indices are names, and names have no mean. */
  @Override
  public Tensor mean() {
    throw noClosedForm("mean", "classes are labels; average kHot(sample) for inclusion");
  }

  /** Always throws: indices are names, and names have no variance. */
  @Override
  public Tensor variance() {
    throw noClosedForm("variance", "classes are labels; use kHot(sample)");
  }

  /** The k likeliest classes, the likeliest first. */
  @Override
  public Tensor mode() {
    return logits.stopGradient().topK(k, -1);
  }

  @Override
  public GumbelTopK expand(Shape batch) {
    return new GumbelTopK(
        Masked.stretch(logits, batch.concat(Shape.of(classes()))), k, validation());
  }
}
