package org.gumbel4j.distributions;

import org.gumbel4j.internal.ops.ConcreteDensities;
import org.gumbel4j.random.Key;
import org.gumbel4j.random.Noise;
import org.gumbel4j.tensor.Shape;
import org.gumbel4j.tensor.Tensor;

/**
 * The logit of a relaxed coin toss: the binary Concrete distribution before its sigmoid, which is a
 * logistic distribution (Maddison, Mnih and Teh, arXiv 1611.00712, appendix B).
 *
 * <pre>
 * y = (θ + L)/λ,  L ~ Logistic(0, 1)
 * log p(y) = log λ + log σ(d) + log σ(−d),  d = θ − λy
 * </pre>
 *
 * <p>θ is [batch…], finite; the temperature λ is a number or a tensor that broadcasts with it, and
 * can be learnt. Differentiable with respect to all three.
 *
 * @since 0.1
 */
public final class LogitRelaxedBernoulli extends Distribution implements Reparameterized {
  private static final String NAME = "LogitRelaxedBernoulli";

  private final Tensor temperature;
  private final Tensor logits;

  private LogitRelaxedBernoulli(Tensor temperature, Tensor logits, Validation validation) {
    super(
        logits.shape().broadcast(temperature.shape(), NAME + ": logits and temperature"),
        Shape.SCALAR,
        validation);
    this.temperature = temperature;
    this.logits = logits;
  }

  /** Of a temperature for the whole batch, validated. */
  public static LogitRelaxedBernoulli of(double temperature, Tensor logits) {
    return of(temperature, logits, Validation.ON);
  }

  /** Of a temperature for the whole batch. */
  public static LogitRelaxedBernoulli of(double temperature, Tensor logits, Validation validation) {
    return of(Temperature.number(NAME, temperature, logits), logits, validation);
  }

  /** Of a temperature that may differ over the batch, validated. */
  public static LogitRelaxedBernoulli of(Tensor temperature, Tensor logits) {
    return of(temperature, logits, Validation.ON);
  }

  /**
   * Of a temperature that may differ over the batch.
   *
   * @param temperature λ, positive and finite, of the logits' type
   * @param logits θ, finite: a coin without chance has no relaxation
   * @throws IllegalArgumentException if a number is outside its domain, or shapes or types do not
   *     fit
   */
  public static LogitRelaxedBernoulli of(Tensor temperature, Tensor logits, Validation validation) {
    Validity.requireFloating(NAME, "logits", logits);
    Temperature.checked(NAME, temperature, logits, validation);
    if (validation.isOn()) {
      Validity.finite(NAME, "logits", logits);
    }
    return new LogitRelaxedBernoulli(temperature, logits, validation);
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
    return Support.REAL;
  }

  @Override
  public Tensor sample(Key key, Shape sampleShape) {
    return rsample(key, sampleShape).stopGradient();
  }

  /** (θ + L)/λ, L the key's logistic noise. */
  @Override
  public Tensor rsample(Key key, Shape sampleShape) {
    Shape shape = extended(sampleShape);
    return fromNoise(logits.device().noise(Noise.LOGISTIC, key, shape, logits.dtype()));
  }

  /**
   * (θ + noise)/λ: a sample with noise of one's own, through which gradients flow too.
   *
   * @param noise of a shape that broadcasts with batchShape; from the standard logistic
   *     distribution
   */
  public Tensor fromNoise(Tensor noise) {
    return noise.add(logits).div(temperature);
  }

  @Override
  public Tensor logProb(Tensor value) {
    checkValue(value, logits.dtype());
    return ConcreteDensities.binaryConcrete(logits, value, temperature);
  }

  /** P(Y ≤ y) = σ(λy − θ); that of the relaxed coin toss at σ(y). */
  public Tensor cdf(Tensor y) {
    return y.mul(temperature).sub(logits).sigmoid();
  }

  /** 2 − log λ, which the logits have no part in. */
  @Override
  public Tensor entropy() {
    return Masked.stretch(temperature.log().neg().add(2), batchShape());
  }

  /** θ/λ. */
  @Override
  public Tensor mean() {
    return logits.div(temperature);
  }

  /** θ/λ. */
  @Override
  public Tensor mode() {
    return mean();
  }

  /** π²/(3λ²). */
  @Override
  public Tensor variance() {
    Tensor variance = temperature.square().reciprocal().mul(Math.PI * Math.PI / 3);
    return Masked.stretch(variance, batchShape());
  }

  @Override
  public LogitRelaxedBernoulli expand(Shape batch) {
    return new LogitRelaxedBernoulli(
        Masked.stretch(temperature, batch), Masked.stretch(logits, batch), validation());
  }
}
