package org.gumbel4j.distributions;

import org.gumbel4j.internal.ops.Checks;
import org.gumbel4j.random.Key;
import org.gumbel4j.random.Noise;
import org.gumbel4j.tensor.DType;
import org.gumbel4j.tensor.Device;
import org.gumbel4j.tensor.Shape;
import org.gumbel4j.tensor.Tensor;

/**
 * The logistic distribution, the law of the difference of two Gumbel variables: what is added to a
 * logit so that its sign becomes the toss of a coin.
 *
 * <pre>F(x) = σ(z),  log p(x) = log σ(z) + log σ(−z) − log s,  z = (x − μ)/s</pre>
 *
 * <p>Every function is differentiable with respect to μ, s and its argument, and keeps its relative
 * accuracy in both tails.
 *
 * @since 0.1
 */
public final class Logistic extends Distribution implements Reparameterized {
  private static final String NAME = "Logistic";

  private final Tensor loc;
  private final Tensor scale;

  private Logistic(Tensor loc, Tensor scale, Validation validation) {
    super(loc.shape().broadcast(scale.shape(), NAME), Shape.SCALAR, validation);
    this.loc = loc;
    this.scale = scale;
  }

  /** Logistic(μ, s), validated. */
  public static Logistic of(Tensor loc, Tensor scale) {
    return of(loc, scale, Validation.ON);
  }

  /**
   * Logistic(μ, s); the batch is the broadcast of both.
   *
   * @param loc μ, the mean, finite
   * @param scale s, positive and finite, of μ's type
   * @throws IllegalArgumentException if a number is outside its domain, or shapes or types do not
   *     fit
   */
  public static Logistic of(Tensor loc, Tensor scale, Validation validation) {
    Validity.requireFloating(NAME, "loc", loc);
    if (scale.dtype() != loc.dtype()) {
      throw new IllegalArgumentException(
          NAME + ": scale is " + scale.dtype() + "; it must be loc's type, " + loc.dtype());
    }
    if (validation.isOn()) {
      Validity.finite(NAME, "loc", loc);
      Checks.positive(NAME, "scale", scale);
    }
    return new Logistic(loc, scale, validation);
  }

  /** Logistic(0, 1). */
  public static Logistic standard(Device device, DType dtype) {
    return of(device.scalar(0, dtype), device.scalar(1, dtype));
  }

  /** μ. */
  public Tensor loc() {
    return loc;
  }

  /** s. */
  public Tensor scale() {
    return scale;
  }

  @Override
  public Support support() {
    return Support.REAL;
  }

  @Override
  public Tensor sample(Key key, Shape sampleShape) {
    return rsample(key, sampleShape).stopGradient();
  }

  /** μ + s·L, L the key's standard logistic noise. */
  @Override
  public Tensor rsample(Key key, Shape sampleShape) {
    Tensor noise = loc.device().noise(Noise.LOGISTIC, key, extended(sampleShape), loc.dtype());
    return noise.mul(scale).add(loc);
  }

  @Override
  public Tensor logProb(Tensor value) {
    checkValue(value, loc.dtype());
    Tensor z = standardize(value);
    return z.logSigmoid().add(z.neg().logSigmoid()).sub(scale.log());
  }

  /** P(X ≤ x) = σ(z). */
  public Tensor cdf(Tensor x) {
    return standardize(x).sigmoid();
  }

  /** log P(X ≤ x). */
  public Tensor logCdf(Tensor x) {
    return standardize(x).logSigmoid();
  }

  /** P(X &gt; x) = σ(−z). */
  public Tensor survival(Tensor x) {
    return standardize(x).neg().sigmoid();
  }

  /** log P(X &gt; x). */
  public Tensor logSurvival(Tensor x) {
    return standardize(x).neg().logSigmoid();
  }

  /**
   * The x with P(X ≤ x) = u: μ + s(log u − log(1 − u)), accurate however small u is.
   *
   * @param u in [0, 1]
   */
  public Tensor inverseCdf(Tensor u) {
    return loc.add(scale.mul(u.log().sub(u.neg().log1p())));
  }

  /**
   * The x with P(X &gt; x) = q: μ − s(log q − log(1 − q)), accurate however small q is.
   *
   * @param q in [0, 1]
   */
  public Tensor inverseSurvival(Tensor q) {
    return loc.sub(scale.mul(q.log().sub(q.neg().log1p())));
  }

  /** 2 + log s. */
  @Override
  public Tensor entropy() {
    return Masked.stretch(scale.log().add(2), batchShape());
  }

  /** μ. */
  @Override
  public Tensor mean() {
    return Masked.stretch(loc, batchShape());
  }

  /** μ. */
  @Override
  public Tensor mode() {
    return mean();
  }

  /** μ. */
  public Tensor median() {
    return mean();
  }

  /** π²s²/3. */
  @Override
  public Tensor variance() {
    return Masked.stretch(scale.square().mul(Math.PI * Math.PI / 3), batchShape());
  }

  /** πs/√3. */
  @Override
  public Tensor stddev() {
    return Masked.stretch(scale.mul(Math.PI / Math.sqrt(3)), batchShape());
  }

  @Override
  public Logistic expand(Shape batch) {
    return new Logistic(Masked.stretch(loc, batch), Masked.stretch(scale, batch), validation());
  }

  private Tensor standardize(Tensor x) {
    return x.sub(loc).div(scale);
  }
}
