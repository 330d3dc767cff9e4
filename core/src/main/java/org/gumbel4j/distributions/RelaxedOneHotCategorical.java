package org.gumbel4j.distributions;

import org.gumbel4j.random.Key;
import org.gumbel4j.tensor.DType;
import org.gumbel4j.tensor.Shape;
import org.gumbel4j.tensor.Tensor;

/**
 * Gumbel-Softmax, the Concrete distribution: a categorical sample relaxed to a point of the simplex
 * (Jang, Gu and Poole, arXiv 1611.01144; Maddison, Mnih and Teh, arXiv 1611.00712).
 *
 * <pre>
 * x = softmax((θ + G)/λ)
 * p(x) = Γ(K) λ^(K−1) ∏ (e^θₖ xₖ^(−λ−1)) / (Σ e^θₖ xₖ^−λ)^K
 * </pre>
 *
 * <p>The image of {@link ExpRelaxedOneHotCategorical} under exp; parameters, masks and errors are
 * those of it. The arg max of x is distributed as {@code Categorical(θ)} at every temperature.
 *
 * <p>At low temperature a sample rounds to a vertex of the simplex, and its density is gone. So ask
 * for {@link #relaxedSample}, which keeps the logarithm: its log-density is finite and exact. With
 * the point alone, {@link #logProb(Tensor)} does what can be done.
 *
 * @since 0.1
 */
public sealed class RelaxedOneHotCategorical extends Distribution implements Relaxed
    permits RelaxedOneHotCategoricalStraightThrough {
  private final ExpRelaxedOneHotCategorical base;

  RelaxedOneHotCategorical(ExpRelaxedOneHotCategorical base) {
    super(base.batchShape(), base.eventShape(), base.validation());
    this.base = base;
  }

  /** Of a temperature for the whole batch, validated. */
  public static RelaxedOneHotCategorical of(double temperature, Tensor logits) {
    return of(temperature, logits, Validation.ON);
  }

  /** Of a temperature for the whole batch. */
  public static RelaxedOneHotCategorical of(
      double temperature, Tensor logits, Validation validation) {
    return new RelaxedOneHotCategorical(
        ExpRelaxedOneHotCategorical.of(temperature, logits, validation));
  }

  /** Of a temperature that may differ over the batch, validated. */
  public static RelaxedOneHotCategorical of(Tensor temperature, Tensor logits) {
    return of(temperature, logits, Validation.ON);
  }

  /**
   * Of a temperature that may differ over the batch.
   *
   * @throws IllegalArgumentException as {@link ExpRelaxedOneHotCategorical#of(Tensor, Tensor,
   *     Validation)}
   */
  public static RelaxedOneHotCategorical of(
      Tensor temperature, Tensor logits, Validation validation) {
    return new RelaxedOneHotCategorical(
        ExpRelaxedOneHotCategorical.of(temperature, logits, validation));
  }

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

  @Override
  public final Support support() {
    return Support.SIMPLEX;
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
  RelaxedSample image(Tensor logValue) {
    return new RelaxedSample(logValue.exp(), logValue);
  }

  /**
   * log p(x). Where an entry has rounded to 0, its logarithm is taken to be that of the smallest
   * positive number of the type, and it gets no gradient: the result is finite, but no longer
   * exact. On a masked class 0 is exact, and more than 0 has density 0.
   */
  @Override
  public final Tensor logProb(Tensor value) {
    checkValue(value, logits().dtype());
    Tensor gone = value.le(0);
    double floor = Math.log(logits().dtype() == DType.FLOAT64 ? Double.MIN_VALUE : Float.MIN_VALUE);
    Tensor logValue = Masked.fill(gone, floor, Masked.fill(gone, 1, value).log());
    logValue = Masked.restore(gone.and(Masked.of(logits())), logValue);
    return base.density(logValue).sub(volume(logValue));
  }

  @Override
  public final Tensor logProb(RelaxedSample sample) {
    Tensor logValue = sample.preimage();
    return base.logProb(logValue).sub(volume(logValue));
  }

  /** By what factor exp shrinks volume, as a logarithm: Σ y over the classes not masked. */
  private static Tensor volume(Tensor logValue) {
    return Masked.fill(Masked.of(logValue), 0, logValue).sum(-1);
  }

  @Override
  public RelaxedOneHotCategorical expand(Shape batch) {
    return new RelaxedOneHotCategorical(base.expand(batch));
  }
}
