package org.gumbel4j.distributions;

import org.gumbel4j.internal.ops.ConcreteDensities;
import org.gumbel4j.random.Key;
import org.gumbel4j.random.Noise;
import org.gumbel4j.tensor.Shape;
import org.gumbel4j.tensor.Tensor;

/**
 * The logarithm of a Gumbel-Softmax sample: the Concrete distribution in log space, where nothing
 * underflows (ExpConcrete; Maddison, Mnih and Teh, arXiv 1611.00712, appendix C.3).
 *
 * <pre>
 * y = s − log Σ e^s,  s = (θ + G)/λ
 * log p(y) = log Γ(K) + (K − 1) log λ + Σ(θ − λy) − K log Σ e^(θ − λy)
 * </pre>
 *
 * <p>θ is [batch…, K]; the temperature λ is a number or a tensor that broadcasts with the batch,
 * and can be learnt. The density is with respect to the K − 1 log-ratios yₖ − y_K, in which it is
 * smooth and has one mode. The same formula serves on all of ℝᴷ: adding a constant to y changes
 * nothing, and so the gradient with respect to y sums to 0.
 *
 * <p>A logit of −∞ is a masked class: its y is −∞, no gradient reaches it, and K counts the others.
 * A y above −∞ on a masked class has density 0, as has a y of −∞ on a class that is not.
 *
 * @since 0.1
 */
public final class ExpRelaxedOneHotCategorical extends Distribution implements Reparameterized {
  private static final String NAME = "ExpRelaxedOneHotCategorical";

  private final Tensor temperature;
  private final Tensor logits;

  private ExpRelaxedOneHotCategorical(Tensor temperature, Tensor logits, Validation validation) {
    super(
        logits.shape().without(-1).broadcast(temperature.shape(), NAME + ": batch and temperature"),
        Shape.of(logits.shape().dim(-1)),
        validation);
    this.temperature = temperature;
    this.logits = logits;
  }

  /** Of a temperature for the whole batch, validated. */
  public static ExpRelaxedOneHotCategorical of(double temperature, Tensor logits) {
    return of(temperature, logits, Validation.ON);
  }

  /** Of a temperature for the whole batch. */
  public static ExpRelaxedOneHotCategorical of(
      double temperature, Tensor logits, Validation validation) {
    return of(Temperature.number(NAME, temperature, logits), logits, validation);
  }

  /** Of a temperature that may differ over the batch, validated. */
  public static ExpRelaxedOneHotCategorical of(Tensor temperature, Tensor logits) {
    return of(temperature, logits, Validation.ON);
  }

  /**
   * Of a temperature that may differ over the batch.
   *
   * @param temperature λ, positive and finite, of the logits' type; the batch is the broadcast of
   *     its shape with that of the logits without their last axis
   * @param logits θ [batch…, K]; −∞ masks a class
   * @throws IllegalArgumentException if a temperature is not positive, a logit is NaN or +∞, a row
   *     is masked throughout, or shapes or types do not fit
   */
  public static ExpRelaxedOneHotCategorical of(
      Tensor temperature, Tensor logits, Validation validation) {
    Categorical.checked(NAME, logits, validation);
    Temperature.checked(NAME, temperature, logits, validation);
    return new ExpRelaxedOneHotCategorical(temperature, logits, validation);
  }

  /** λ, as given. */
  public Tensor temperature() {
    return temperature;
  }

  /** θ, as given. */
  public Tensor logits() {
    return logits;
  }

  @Override
  public Support support() {
    return Support.LOG_SIMPLEX;
  }

  @Override
  public Tensor sample(Key key, Shape sampleShape) {
    return rsample(key, sampleShape).stopGradient();
  }

  /** log softmax((θ + G)/λ), G the key's Gumbel noise. */
  @Override
  public Tensor rsample(Key key, Shape sampleShape) {
    Shape shape = extended(sampleShape);
    return fromNoise(logits.device().noise(Noise.GUMBEL, key, shape, logits.dtype()));
  }

  /**
   * log softmax((θ + noise)/λ): a sample with noise of one's own, through which gradients flow too.
   *
   * @param noise of a shape that broadcasts with batchShape + eventShape; from the standard Gumbel
   *     distribution
   */
  public Tensor fromNoise(Tensor noise) {
    Tensor mask = Masked.of(logits);
    Tensor perturbed = logits.add(noise);
    // The largest is taken out before λ magnifies it, so that the winners keep their digits.
    Tensor largest = perturbed.stopGradient().max(new int[] {-1}, true);
    Tensor cooled = Masked.fill(mask, 0, perturbed.sub(largest)).div(temperature.expandDims(-1));
    return Masked.restore(mask, cooled).logSoftmax(-1);
  }

  @Override
  public Tensor logProb(Tensor value) {
    checkValue(value, logits.dtype());
    return density(value);
  }

  /** {@link #logProb} of a value that has been checked. */
  Tensor density(Tensor value) {
    return ConcreteDensities.expConcrete(logits, value, temperature.expandDims(-1));
  }

  /**
   * K(1 + 1/2 + … + 1/(K − 1)) − log Γ(K) − (K − 1) log λ, which the logits have no part in.
   *
   * <p>For θ − λy is −G up to a constant, Σ e^−G is a Gamma(K) variable, and so the expectation of
   * its logarithm is ψ(K) = 1 + 1/2 + … + 1/(K − 1) − γ.
   */
  @Override
  public Tensor entropy() {
    ClassCounts counts = new ClassCounts(Masked.of(logits), logits.dtype());
    Tensor n = counts.values();
    Tensor shape = n.mul(counts.harmonic()).sub(counts.logGamma());
    return Masked.stretch(shape.sub(n.sub(1).mul(temperature.log())), batchShape());
  }

  /** log softmax(θ/λ), where the density with respect to the log-ratios is largest. */
  @Override
  public Tensor mode() {
    Tensor mask = Masked.of(logits);
    Tensor cooled = Masked.fill(mask, 0, logits).div(temperature.expandDims(-1));
    return Masked.restore(mask, cooled).logSoftmax(-1);
  }

  @Override
  public ExpRelaxedOneHotCategorical expand(Shape batch) {
    return new ExpRelaxedOneHotCategorical(
        Masked.stretch(temperature, batch),
        Masked.stretch(logits, batch.concat(eventShape())),
        validation());
  }
}
