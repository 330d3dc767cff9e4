package org.gumbel4j.distributions;

import org.gumbel4j.internal.ops.CappedSimplex;
import org.gumbel4j.random.Key;
import org.gumbel4j.tensor.DType;
import org.gumbel4j.tensor.Shape;
import org.gumbel4j.tensor.Tensor;

/**
 * k of K classes drawn without replacement, relaxed to a vector of numbers in [0, 1] that sum to k:
 * what {@link GumbelTopK} is to {@link Categorical}, this is to {@link RelaxedOneHotCategorical}.
 *
 * <pre>x = σ((θ + G − ν)/λ),  with the one ν that makes Σ x = k</pre>
 *
 * <p>This is the relaxation of {@link org.gumbel4j.relaxation.SoftTopK}: the perturbed logits'
 * binary-entropy projection (Paulus et al., arXiv 2006.08063; Amos et al., arXiv 1906.08707). The
 * successive softmaxes of Xie and Ermon (arXiv 1901.10517), whose entries may exceed 1, are {@link
 * RelaxedSubset}. The k largest entries of x are the set that {@code GumbelTopK.of(θ, k)} draws
 * with the same key, at every temperature.
 *
 * <p>It has a density: the log-ratios of the odds x/(1 − x) are those of a {@link
 * ExpRelaxedOneHotCategorical} y, of which x is a function. With respect to any K − 1 of the
 * entries,
 *
 * <pre>log p(x) = log p(y) − Σ log wᵢ + log Σ wᵢ,  wᵢ = xᵢ(1 − xᵢ),  y = logit x + constant</pre>
 *
 * <p>θ is [batch…, K]; the temperature λ is a number or a tensor that broadcasts with the batch,
 * and can be learnt. A logit of −∞ is a masked class: its entry is 0. A row with exactly k classes
 * left has all of them at 1, and no density: there {@code logProb} is +∞.
 *
 * @since 0.1
 */
public sealed class RelaxedTopK extends Distribution implements Relaxed
    permits RelaxedTopKStraightThrough {
  private static final String NAME = "RelaxedTopK";

  private final ExpRelaxedOneHotCategorical base;
  private final long k;

  RelaxedTopK(ExpRelaxedOneHotCategorical base, long k) {
    super(base.batchShape(), base.eventShape(), base.validation());
    this.base = base;
    this.k = k;
  }

  /** Of a temperature for the whole batch, validated. */
  public static RelaxedTopK of(double temperature, Tensor logits, long k) {
    return of(temperature, logits, k, Validation.ON);
  }

  /** Of a temperature for the whole batch. */
  public static RelaxedTopK of(double temperature, Tensor logits, long k, Validation validation) {
    return of(Temperature.number(NAME, temperature, logits), logits, k, validation);
  }

  /** Of a temperature that may differ over the batch, validated. */
  public static RelaxedTopK of(Tensor temperature, Tensor logits, long k) {
    return of(temperature, logits, k, Validation.ON);
  }

  /**
   * Of a temperature that may differ over the batch.
   *
   * @param temperature λ, positive and finite, of the logits' type
   * @param logits θ [batch…, K]; −∞ masks a class
   * @param k how many are drawn, from 1 to K
   * @throws IllegalArgumentException if k is outside that range, a row has fewer than k classes
   *     that are not masked, or as {@link ExpRelaxedOneHotCategorical#of(Tensor, Tensor,
   *     Validation)}
   */
  public static RelaxedTopK of(Tensor temperature, Tensor logits, long k, Validation validation) {
    return new RelaxedTopK(checked(NAME, temperature, logits, k, validation), k);
  }

  static ExpRelaxedOneHotCategorical checked(
      String operation, Tensor temperature, Tensor logits, long k, Validation validation) {
    var base = ExpRelaxedOneHotCategorical.of(temperature, logits, validation);
    SubsetSize.check(operation, logits, k, validation);
    return base;
  }

  /** The distribution of the preimage y, of which x = σ(y − ν). */
  @Override
  public final ExpRelaxedOneHotCategorical base() {
    return base;
  }

  /** λ, as given. */
  public final Tensor temperature() {
    return base.temperature();
  }

  /** θ, as given. */
  public final Tensor logits() {
    return base.logits();
  }

  /** How many classes are drawn. */
  public final long k() {
    return k;
  }

  @Override
  public final Support support() {
    return Support.cappedSimplex(k);
  }

  @Override
  public final Tensor sample(Key key, Shape sampleShape) {
    return relaxedSample(key, sampleShape).value().stopGradient();
  }

  @Override
  public final Tensor rsample(Key key, Shape sampleShape) {
    return relaxedSample(key, sampleShape).value();
  }

  @Override
  public final RelaxedSample relaxedSample(Key key, Shape sampleShape) {
    return image(base.rsample(key, sampleShape));
  }

  /**
   * A sample with noise of one's own.
   *
   * @param noise as {@link ExpRelaxedOneHotCategorical#fromNoise}
   */
  public final RelaxedSample fromNoise(Tensor noise) {
    return image(base.fromNoise(noise));
  }

  /** The sample of a point in log space. */
  RelaxedSample image(Tensor y) {
    return new RelaxedSample(CappedSimplex.logits(y, k).sigmoid(), y);
  }

  /**
   * log p(x). An entry that has rounded to 0 or 1 is taken to be the nearest number to it that the
   * type has inside, and gets no gradient: the result is finite, but no longer exact. On a masked
   * class 0 is exact, and more than 0 has density 0.
   */
  @Override
  public final Tensor logProb(Tensor value) {
    checkValue(value, logits().dtype());
    Tensor mask = Masked.of(logits());
    Tensor u = Masked.restore(mask.and(value.le(0)), UnitInterval.logit(value));
    return density(u.logSoftmax(-1), u);
  }

  @Override
  public final Tensor logProb(RelaxedSample sample) {
    Tensor y = sample.preimage();
    if (base.validation().isOn()) {
      base.support().require(name() + ".logProb", y);
    }
    return density(y, CappedSimplex.logits(y, k));
  }

  /** Of y in log space and the logit of x, which differ by a constant. */
  private Tensor density(Tensor y, Tensor u) {
    Tensor none = Masked.of(u);
    Tensor logVariance = Masked.fill(none, 0, CappedSimplex.logVariance(Masked.fill(none, 0, u)));
    Tensor volume = logVariance.sum(-1).sub(Masked.restore(none, logVariance).logSumExp(-1));
    Tensor classes = none.not().cast(DType.INT64).sum(new int[] {-1}, false);
    Tensor density = base.density(y).sub(volume);
    return Masked.fill(classes.eq((double) k), Double.POSITIVE_INFINITY, density);
  }

  @Override
  public RelaxedTopK expand(Shape batch) {
    return new RelaxedTopK(base.expand(batch), k);
  }
}
