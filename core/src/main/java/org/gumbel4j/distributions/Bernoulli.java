package org.gumbel4j.distributions;

import org.gumbel4j.random.Key;
import org.gumbel4j.random.Noise;
import org.gumbel4j.tensor.DType;
import org.gumbel4j.tensor.Shape;
import org.gumbel4j.tensor.Tensor;

/**
 * The toss of a coin that need not be fair: 1 with probability σ(θ), else 0, of the logits' type.
 *
 * <p>Logits θ are [batch…]. ±∞ are legal and mean a probability of exactly 1 or 0; no gradient
 * reaches them. Every function keeps its relative accuracy at large |θ|.
 *
 * @since 0.1
 */
public final class Bernoulli extends Distribution {
  private final Tensor logits;

  private Bernoulli(Tensor logits, Validation validation) {
    super(logits.shape(), Shape.SCALAR, validation);
    this.logits = logits;
  }

  /** Of logits, validated. */
  public static Bernoulli of(Tensor logits) {
    return of(logits, Validation.ON);
  }

  /**
   * Of logits.
   *
   * @param logits θ = log p − log(1 − p), of any shape; ±∞ are legal
   * @throws IllegalArgumentException if one is NaN
   */
  public static Bernoulli of(Tensor logits, Validation validation) {
    Validity.requireFloating("Bernoulli", "logits", logits);
    if (validation.isOn()) {
      Validity.require(
          "Bernoulli", "logits", logits, logits.eq(logits), 0, "a number, or an infinity");
    }
    return new Bernoulli(logits, validation);
  }

  /** Of probabilities, validated. */
  public static Bernoulli ofProbs(Tensor probs) {
    return ofProbs(probs, Validation.ON);
  }

  /**
   * Of probabilities of a 1. No gradient reaches those of exactly 0 or 1.
   *
   * @param probs in [0, 1], of any shape
   * @throws IllegalArgumentException if one is not
   */
  public static Bernoulli ofProbs(Tensor probs, Validation validation) {
    Validity.requireFloating("Bernoulli.ofProbs", "probs", probs);
    if (validation.isOn()) {
      Validity.require(
          "Bernoulli.ofProbs", "probs", probs, probs.ge(0).and(probs.le(1)), 0, "in [0, 1]");
    }
    return of(Masked.logit(probs), validation);
  }

  /** θ; of probabilities, their log-odds. */
  public Tensor logits() {
    return logits;
  }

  /** The probability of a 1, σ(θ). */
  public Tensor probs() {
    return finiteLogits().sigmoid();
  }

  @Override
  public Support support() {
    return Support.BOOLEAN;
  }

  /** 1 where θ + L &gt; 0, L the key's logistic noise: exact for rare ones and rare zeros alike. */
  @Override
  public Tensor sample(Key key, Shape sampleShape) {
    Tensor noise =
        logits.device().noise(Noise.LOGISTIC, key, extended(sampleShape), logits.dtype());
    return noise.add(logits.stopGradient()).gt(0).cast(logits.dtype());
  }

  /**
   * value·log σ(θ) + (1 − value)·log σ(−θ), the negative cross entropy; so a fraction is taken as a
   * soft target if validation is off.
   */
  @Override
  public Tensor logProb(Tensor value) {
    checkValue(value, logits.dtype());
    Tensor theta = finiteLogits();
    Tensor one = value.mul(theta.logSigmoid());
    Tensor logProb = one.add(value.neg().add(1).mul(theta.neg().logSigmoid()));
    return Masked.restore(logProb.le(-largest()), logProb);
  }

  /** σ(θ) log(1 + e^−θ) + σ(−θ) log(1 + e^θ), in which nothing cancels. */
  @Override
  public Tensor entropy() {
    Tensor theta = finiteLogits();
    Tensor minus = theta.neg();
    return theta.sigmoid().mul(minus.softplus()).add(minus.sigmoid().mul(theta.softplus()));
  }

  /** σ(θ). */
  @Override
  public Tensor mean() {
    return probs();
  }

  /** 1 where θ &gt; 0; 0 at a tie. */
  @Override
  public Tensor mode() {
    return logits.gt(0).cast(logits.dtype());
  }

  /** σ(θ)σ(−θ). */
  @Override
  public Tensor variance() {
    Tensor theta = finiteLogits();
    return theta.sigmoid().mul(theta.neg().sigmoid());
  }

  @Override
  public Bernoulli expand(Shape batch) {
    return new Bernoulli(Masked.stretch(logits, batch), validation());
  }

  /** The logits with infinities, which no product survives, held to the largest numbers. */
  Tensor finiteLogits() {
    return logits.clamp(-largest(), largest());
  }

  private double largest() {
    return logits.dtype() == DType.FLOAT64 ? Double.MAX_VALUE : Float.MAX_VALUE;
  }
}
