package org.gumbel4j.distributions;

import org.gumbel4j.random.Key;
import org.gumbel4j.tensor.Shape;
import org.gumbel4j.tensor.Tensor;

/**
 * A coin toss relaxed to the unit interval: the binary Concrete distribution (Maddison, Mnih and
 * Teh, arXiv 1611.00712, appendix B).
 *
 * <pre>x = σ((θ + L)/λ),  L ~ Logistic(0, 1)</pre>
 *
 * <p>The image of {@link LogitRelaxedBernoulli} under σ; parameters and errors are those of it. x
 * exceeds ½ with probability σ(θ) at every temperature.
 *
 * <p>At low temperature a sample rounds to 0 or 1, and its density is gone. So ask for {@link
 * #relaxedSample}, which keeps the logit: its log-density is finite and exact. With the point
 * alone, {@link #logProb(Tensor)} does what can be done.
 *
 * @since 0.1
 */
public final class RelaxedBernoulli extends Distribution implements Relaxed {
  private final LogitRelaxedBernoulli base;

  private RelaxedBernoulli(LogitRelaxedBernoulli base) {
    super(base.batchShape(), base.eventShape(), base.validation());
    this.base = base;
  }

  /** Of a temperature for the whole batch, validated. */
  public static RelaxedBernoulli of(double temperature, Tensor logits) {
    return of(temperature, logits, Validation.ON);
  }

  /** Of a temperature for the whole batch. */
  public static RelaxedBernoulli of(double temperature, Tensor logits, Validation validation) {
    return new RelaxedBernoulli(LogitRelaxedBernoulli.of(temperature, logits, validation));
  }

  /** Of a temperature that may differ over the batch, validated. */
  public static RelaxedBernoulli of(Tensor temperature, Tensor logits) {
    return of(temperature, logits, Validation.ON);
  }

  /**
   * Of a temperature that may differ over the batch.
   *
   * @throws IllegalArgumentException as {@link LogitRelaxedBernoulli#of(Tensor, Tensor,
   *     Validation)}
   */
  public static RelaxedBernoulli of(Tensor temperature, Tensor logits, Validation validation) {
    return new RelaxedBernoulli(LogitRelaxedBernoulli.of(temperature, logits, validation));
  }

  @Override
  public LogitRelaxedBernoulli base() {
    return base;
  }

  /** λ, as given. */
  public Tensor temperature() {
    return base.temperature();
  }

  /** θ, as given. */
  public Tensor logits() {
    return base.logits();
  }

  @Override
  public Support support() {
    return Support.UNIT_INTERVAL;
  }

  @Override
  public Tensor sample(Key key, Shape sampleShape) {
    return rsample(key, sampleShape).stopGradient();
  }

  @Override
  public Tensor rsample(Key key, Shape sampleShape) {
    return base.rsample(key, sampleShape).sigmoid();
  }

  @Override
  public RelaxedSample relaxedSample(Key key, Shape sampleShape) {
    Tensor logit = base.rsample(key, sampleShape);
    return new RelaxedSample(logit.sigmoid(), logit);
  }

  /**
   * log p(x). A value that has rounded to 0 is taken to be the smallest positive number of the
   * type, one that has rounded to 1 the largest below 1, and gets no gradient: the result is
   * finite, but no longer exact.
   */
  @Override
  public Tensor logProb(Tensor value) {
    checkValue(value, logits().dtype());
    Tensor log = UnitInterval.log(value);
    Tensor logOfRest = UnitInterval.logOfRest(value);
    return base.logProb(log.sub(logOfRest)).sub(log.add(logOfRest));
  }

  /** From the logit y: that of y, less log σ(y) + log σ(−y). */
  @Override
  public Tensor logProb(RelaxedSample sample) {
    Tensor y = sample.preimage();
    return base.logProb(y).sub(y.logSigmoid().add(y.neg().logSigmoid()));
  }

  @Override
  public RelaxedBernoulli expand(Shape batch) {
    return new RelaxedBernoulli(base.expand(batch));
  }
}
