package org.gumbel4j.conformance.stranger;

import org.gumbel4j.distributions.Distribution;
import org.gumbel4j.distributions.KullbackLeibler;
import org.gumbel4j.distributions.Reparameterized;
import org.gumbel4j.distributions.Support;
import org.gumbel4j.distributions.Validation;
import org.gumbel4j.random.Key;
import org.gumbel4j.random.Noise;
import org.gumbel4j.tensor.Shape;
import org.gumbel4j.tensor.Tensor;

/** The time until something happens that happens at a rate r: log p(x) = log r − r x. */
public final class Exponential extends Distribution implements Reparameterized {
  private static final Support NOT_NEGATIVE =
      Support.of("a finite number, not negative", 0, x -> x.ge(0).and(x.isFinite()));

  static {
    KullbackLeibler.register(Exponential.class, Exponential.class, Exponential::divergence);
  }

  private final Tensor rate;

  private Exponential(Tensor rate, Validation validation) {
    super(rate.shape(), Shape.SCALAR, validation);
    this.rate = rate;
  }

  /** Of rates, positive; each makes a member of the batch. */
  public static Exponential of(Tensor rate, Validation validation) {
    if (validation == Validation.ON && !Support.POSITIVE.check(rate).all()) {
      throw new IllegalArgumentException("Exponential: rate " + rate + " must be positive");
    }
    return new Exponential(rate, validation);
  }

  @Override
  public Support support() {
    return NOT_NEGATIVE;
  }

  @Override
  public Tensor sample(Key key, Shape sampleShape) {
    return rsample(key, sampleShape).stopGradient();
  }

  @Override
  public Tensor rsample(Key key, Shape sampleShape) {
    return rate.device()
        .noise(Noise.EXPONENTIAL, key, extended(sampleShape), rate.dtype())
        .div(rate);
  }

  @Override
  public Tensor logProb(Tensor value) {
    checkValue(value, rate.dtype());
    return rate.log().sub(value.mul(rate));
  }

  @Override
  public Tensor entropy() {
    return rate.log().neg().add(1);
  }

  @Override
  public Tensor mean() {
    return rate.reciprocal();
  }

  @Override
  public Tensor variance() {
    return rate.square().reciprocal();
  }

  @Override
  public Exponential expand(Shape batch) {
    return new Exponential(rate.broadcastTo(batch), validation());
  }

  private static Tensor divergence(Exponential p, Exponential q) {
    Tensor ratio = q.rate.div(p.rate);
    return ratio.sub(1).sub(ratio.log());
  }
}
