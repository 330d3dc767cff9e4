package org.gumbel4j.distributions;

import org.gumbel4j.internal.ops.Checks;
import org.gumbel4j.random.Key;
import org.gumbel4j.random.Noise;
import org.gumbel4j.tensor.DType;
import org.gumbel4j.tensor.Device;
import org.gumbel4j.tensor.Shape;
import org.gumbel4j.tensor.Tensor;

/**
 * The Gumbel distribution, the law of the largest of many: what is added to logits so that the arg
 * max becomes a draw (E. J. Gumbel, Statistical Theory of Extreme Values, 1954).
 *
 * <pre>F(x) = exp(−e^−z),  log p(x) = −z − e^−z − log β,  z = (x − μ)/β</pre>
 *
 * <p>Every function is differentiable with respect to μ, β and its argument, and keeps its relative
 * accuracy in both tails: {@link #cdf} and {@link #inverseCdf} the left one, {@link #survival} and
 * {@link #inverseSurvival} the right one, where 1 − F would have no digits left.
 *
 * @since 0.1
 */
public final class Gumbel extends Distribution implements Reparameterized {
  /** Euler's constant γ, the mean of the standard Gumbel distribution. */
  public static final double EULER = 0.57721566490153286060651209008240243;

  /** From here log(1 − F) is −z − e^−z/2 to the last digit, also where e^−z is no number. */
  private static final double FAR_RIGHT = 30;

  /**
   * Up to here F is 0 in every type; further left e^−z would overflow, and the chain rule meet 0·∞.
   */
  private static final double FAR_LEFT = -80;

  private final Tensor loc;
  private final Tensor scale;

  private Gumbel(Tensor loc, Tensor scale, Validation validation) {
    super(loc.shape().broadcast(scale.shape(), "Gumbel"), Shape.SCALAR, validation);
    this.loc = loc;
    this.scale = scale;
  }

  /** Gumbel(μ, β), validated. */
  public static Gumbel of(Tensor loc, Tensor scale) {
    return of(loc, scale, Validation.ON);
  }

  /**
   * Gumbel(μ, β); the batch is the broadcast of both.
   *
   * @param loc μ, the mode, finite
   * @param scale β, positive and finite, of μ's type
   * @throws IllegalArgumentException if a number is outside its domain, or shapes or types do not
   *     fit
   */
  public static Gumbel of(Tensor loc, Tensor scale, Validation validation) {
    Validity.requireFloating("Gumbel", "loc", loc);
    if (scale.dtype() != loc.dtype()) {
      throw new IllegalArgumentException(
          "Gumbel: scale is " + scale.dtype() + "; it must be loc's type, " + loc.dtype());
    }
    if (validation.isOn()) {
      Validity.finite("Gumbel", "loc", loc);
      Checks.positive("Gumbel", "scale", scale);
    }
    return new Gumbel(loc, scale, validation);
  }

  /** Gumbel(0, 1). */
  public static Gumbel standard(Device device, DType dtype) {
    return of(device.scalar(0, dtype), device.scalar(1, dtype));
  }

  /** μ. */
  public Tensor loc() {
    return loc;
  }

  /** β. */
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

  /** μ + β·G, G the key's standard Gumbel noise. */
  @Override
  public Tensor rsample(Key key, Shape sampleShape) {
    Tensor noise = loc.device().noise(Noise.GUMBEL, key, extended(sampleShape), loc.dtype());
    return noise.mul(scale).add(loc);
  }

  @Override
  public Tensor logProb(Tensor value) {
    checkValue(value, loc.dtype());
    Tensor z = standardize(value);
    return z.add(z.neg().exp()).add(scale.log()).neg();
  }

  /** P(X ≤ x) = exp(−e^−z). */
  public Tensor cdf(Tensor x) {
    return nearLogCdf(x).exp();
  }

  /** log P(X ≤ x) = −e^−z. */
  public Tensor logCdf(Tensor x) {
    return standardize(x).neg().exp().neg();
  }

  /** P(X &gt; x) = 1 − exp(−e^−z), without the subtraction. */
  public Tensor survival(Tensor x) {
    return nearLogCdf(x).expm1().neg();
  }

  /** log P(X &gt; x), finite as far as x is. */
  public Tensor logSurvival(Tensor x) {
    Tensor z = standardize(x);
    Tensor far = z.gt(FAR_RIGHT);
    Tensor near = Masked.fill(far, 0, z).maximum(FAR_LEFT).neg().exp().neg().expm1().neg().log();
    Tensor tail = Masked.fill(far.not(), FAR_RIGHT, z);
    return Tensor.where(far, tail.add(tail.neg().exp().mul(0.5)).neg(), near);
  }

  /**
   * The x with P(X ≤ x) = u: μ − β·log(−log u); −∞ at 0, ∞ at 1, NaN outside.
   *
   * @param u in [0, 1]
   */
  public Tensor inverseCdf(Tensor u) {
    return loc.sub(scale.mul(u.log().neg().log()));
  }

  /**
   * The x with P(X &gt; x) = q: μ − β·log(−log(1 − q)), accurate however small q is.
   *
   * @param q in [0, 1]
   */
  public Tensor inverseSurvival(Tensor q) {
    return loc.sub(scale.mul(q.neg().log1p().neg().log()));
  }

  /** 1 + γ + log β. */
  @Override
  public Tensor entropy() {
    return Masked.stretch(scale.log().add(1 + EULER), batchShape());
  }

  /** μ + γβ. */
  @Override
  public Tensor mean() {
    return loc.add(scale.mul(EULER));
  }

  /** μ. */
  @Override
  public Tensor mode() {
    return Masked.stretch(loc, batchShape());
  }

  /** μ − β·log log 2. */
  public Tensor median() {
    return loc.sub(scale.mul(Math.log(Math.log(2))));
  }

  /** π²β²/6. */
  @Override
  public Tensor variance() {
    return Masked.stretch(scale.square().mul(Math.PI * Math.PI / 6), batchShape());
  }

  /** πβ/√6. */
  @Override
  public Tensor stddev() {
    return Masked.stretch(scale.mul(Math.PI / Math.sqrt(6)), batchShape());
  }

  @Override
  public Gumbel expand(Shape batch) {
    return new Gumbel(Masked.stretch(loc, batch), Masked.stretch(scale, batch), validation());
  }

  private Tensor nearLogCdf(Tensor x) {
    return standardize(x).maximum(FAR_LEFT).neg().exp().neg();
  }

  private Tensor standardize(Tensor x) {
    return x.sub(loc).div(scale);
  }
}
