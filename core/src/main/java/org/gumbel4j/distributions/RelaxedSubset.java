package org.gumbel4j.distributions;

import org.gumbel4j.random.Key;
import org.gumbel4j.random.Noise;
import org.gumbel4j.tensor.DType;
import org.gumbel4j.tensor.Shape;
import org.gumbel4j.tensor.Tensor;

/**
 * A subset of k of K classes relaxed by k softmaxes, one after another, each with what the ones
 * before it have taken marked down (Xie and Ermon, Reparameterizable Subset Sampling via Continuous
 * Relaxations, arXiv 1901.10517).
 *
 * <pre>
 * α¹ = θ + G,  pʲ = softmax(αʲ/λ),  αʲ⁺¹ = αʲ + log(1 − pʲ)
 * x = p¹ + … + pᵏ
 * </pre>
 *
 * <p>Entries are not negative and sum to k. They approach the set that {@link GumbelTopK} draws
 * with the same key as λ → 0. At higher temperatures an entry can exceed 1 (with two classes, k = 2
 * and λ = 1 it is ½ more than its first softmax): where that matters take {@link RelaxedTopK},
 * which also has a density.
 *
 * <p>θ is [batch…, K]; the temperature λ is a number or a tensor that broadcasts with the batch. A
 * logit of −∞ is a masked class: its entry is 0.
 *
 * @since 0.1
 */
public final class RelaxedSubset extends Distribution implements Reparameterized {
  private static final String NAME = "RelaxedSubset";

  private final Tensor temperature;
  private final Tensor logits;
  private final long k;

  private RelaxedSubset(Tensor temperature, Tensor logits, long k, Validation validation) {
    super(
        logits.shape().without(-1).broadcast(temperature.shape(), NAME + ": batch and temperature"),
        Shape.of(logits.shape().dim(-1)),
        validation);
    this.temperature = temperature;
    this.logits = logits;
    this.k = k;
  }

  /** Of a temperature for the whole batch, validated. */
  public static RelaxedSubset of(double temperature, Tensor logits, long k) {
    return of(temperature, logits, k, Validation.ON);
  }

  /** Of a temperature for the whole batch. */
  public static RelaxedSubset of(double temperature, Tensor logits, long k, Validation validation) {
    return of(Temperature.number(NAME, temperature, logits), logits, k, validation);
  }

  /** Of a temperature that may differ over the batch, validated. */
  public static RelaxedSubset of(Tensor temperature, Tensor logits, long k) {
    return of(temperature, logits, k, Validation.ON);
  }

  /**
   * Of a temperature that may differ over the batch.
   *
   * @throws IllegalArgumentException as {@link RelaxedTopK#of(Tensor, Tensor, long, Validation)}
   */
  public static RelaxedSubset of(Tensor temperature, Tensor logits, long k, Validation validation) {
    Categorical.checked(NAME, logits, validation);
    Temperature.checked(NAME, temperature, logits, validation);
    SubsetSize.check(NAME, logits, k, validation);
    return new RelaxedSubset(temperature, logits, k, validation);
  }

  /** λ, as given. */
  public Tensor temperature() {
    return temperature;
  }

  /** θ, as given. */
  public Tensor logits() {
    return logits;
  }

  /** How many classes are drawn. */
  public long k() {
    return k;
  }

  @Override
  public Support support() {
    return Support.nonNegativeWithSum(k);
  }

  @Override
  public Tensor sample(Key key, Shape sampleShape) {
    return rsample(key, sampleShape).stopGradient();
  }

  @Override
  public Tensor rsample(Key key, Shape sampleShape) {
    Shape shape = extended(sampleShape);
    return fromNoise(logits.device().noise(Noise.GUMBEL, key, shape, logits.dtype()));
  }

  /**
   * A sample with noise of one's own, through which gradients flow too.
   *
   * @param noise of a shape that broadcasts with batchShape + eventShape; from the standard Gumbel
   *     distribution
   */
  public Tensor fromNoise(Tensor noise) {
    Tensor mask = Masked.of(logits);
    Tensor alpha = Masked.fill(mask, 0, logits).add(noise);
    Tensor logP = logSoftmax(mask, alpha);
    Tensor sum = logP.exp();
    for (long j = 1; j < k; j++) {
      alpha = alpha.add(logOfRest(mask, logP));
      logP = logSoftmax(mask, alpha);
      sum = sum.add(logP.exp());
    }
    return sum;
  }

  /** log softmax(α/λ), the largest taken out before λ magnifies it. */
  private Tensor logSoftmax(Tensor mask, Tensor alpha) {
    Tensor largest = Masked.restore(mask, alpha).stopGradient().max(new int[] {-1}, true);
    Tensor below = Masked.fill(mask, 0, alpha.sub(largest));
    return Masked.restore(mask, below.div(temperature.expandDims(-1))).logSoftmax(-1);
  }

  /**
   * log(1 − p). One that has rounded to 1 is taken to leave the smallest normal number, and gets no
   * gradient: the class will not be taken again.
   */
  private static Tensor logOfRest(Tensor mask, Tensor logP) {
    boolean wide = logP.dtype() == DType.FLOAT64;
    Tensor all = logP.ge(0);
    Tensor rest = LogOfRest.of(Masked.fill(mask.or(all), -1, logP));
    double least = Math.log(wide ? Double.MIN_NORMAL : Float.MIN_NORMAL);
    return Masked.fill(mask, 0, Masked.fill(all, least, rest));
  }

  /** Always throws: the density of a sum of softmaxes has no closed form. */
  @Override
  public Tensor logProb(Tensor value) {
    throw noClosedForm("logProb", "RelaxedTopK has a density, GumbelTopK a probability");
  }

  @Override
  public Tensor entropy() {
    throw noClosedForm("entropy", "MonteCarlo.entropy estimates that of a RelaxedTopK");
  }

  @Override
  public RelaxedSubset expand(Shape batch) {
    return new RelaxedSubset(
        Masked.stretch(temperature, batch),
        Masked.stretch(logits, batch.concat(eventShape())),
        k,
        validation());
  }
}
