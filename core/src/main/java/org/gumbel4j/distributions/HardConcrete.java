package org.gumbel4j.distributions;

import org.gumbel4j.random.Key;
import org.gumbel4j.tensor.Shape;
import org.gumbel4j.tensor.Tensor;

/**
 * A gate that can be exactly closed or open: a {@link RelaxedBernoulli} variable stretched beyond
 * the unit interval and cut back to it (hard concrete; Louizos, Welling and Kingma, arXiv
 * 1712.01312).
 *
 * <pre>
 * s = σ((θ + L)/λ),  z = min(1, max(0, γ + (ζ − γ)s)),  γ &lt; 0 &lt; 1 &lt; ζ
 * P(z ≠ 0) = σ(θ − λ log(−γ/ζ))
 * </pre>
 *
 * <p>Part of its mass is at 0 and at 1: there {@link #logProb} is the logarithm of a probability,
 * in between that of a density. Divergences between gates of the same stretch are well defined, and
 * {@link MonteCarlo#kl} estimates them.
 *
 * <p>θ is [batch…], finite, the paper's log α; the temperature λ is a number or a tensor that
 * broadcasts with it. The gradient of a sample is 0 where it has been cut.
 *
 * @since 0.1
 */
public final class HardConcrete extends Distribution implements Reparameterized {
  /** The paper's γ. */
  public static final double DEFAULT_LOW = -0.1;

  /** The paper's ζ. */
  public static final double DEFAULT_HIGH = 1.1;

  private static final String NAME = "HardConcrete";

  private final LogitRelaxedBernoulli base;
  private final double low;
  private final double high;

  private HardConcrete(LogitRelaxedBernoulli base, double low, double high) {
    super(base.batchShape(), Shape.SCALAR, base.validation());
    this.base = base;
    this.low = low;
    this.high = high;
  }

  /** Of a temperature for the whole batch, with the paper's stretch, validated. */
  public static HardConcrete of(double temperature, Tensor logits) {
    return of(temperature, logits, Validation.ON);
  }

  /** Of a temperature for the whole batch, with the paper's stretch. */
  public static HardConcrete of(double temperature, Tensor logits, Validation validation) {
    return new HardConcrete(
        LogitRelaxedBernoulli.of(temperature, logits, validation), DEFAULT_LOW, DEFAULT_HIGH);
  }

  /** Of a temperature that may differ over the batch, with the paper's stretch, validated. */
  public static HardConcrete of(Tensor temperature, Tensor logits) {
    return of(temperature, logits, Validation.ON);
  }

  /**
   * Of a temperature that may differ over the batch, with the paper's stretch.
   *
   * @throws IllegalArgumentException as {@link LogitRelaxedBernoulli#of(Tensor, Tensor,
   *     Validation)}
   */
  public static HardConcrete of(Tensor temperature, Tensor logits, Validation validation) {
    return new HardConcrete(
        LogitRelaxedBernoulli.of(temperature, logits, validation), DEFAULT_LOW, DEFAULT_HIGH);
  }

  /**
   * The same gate with another stretch.
   *
   * @param newLow γ, below 0, finite
   * @param newHigh ζ, above 1, finite
   * @throws IllegalArgumentException if they are not
   */
  public HardConcrete stretch(double newLow, double newHigh) {
    if (!(newLow < 0 && newLow > Double.NEGATIVE_INFINITY)) {
      throw new IllegalArgumentException(
          NAME + ": low = " + newLow + " must be finite and below 0");
    }
    if (!(newHigh > 1 && newHigh < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          NAME + ": high = " + newHigh + " must be finite and above 1");
    }
    return new HardConcrete(base, newLow, newHigh);
  }

  /** λ, as given. */
  public Tensor temperature() {
    return base.temperature();
  }

  /** θ, as given. */
  public Tensor logits() {
    return base.logits();
  }

  /** γ. */
  public double low() {
    return low;
  }

  /** ζ. */
  public double high() {
    return high;
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
    return gate(base.rsample(key, sampleShape));
  }

  /** The gate of the logit y of s. */
  private Tensor gate(Tensor y) {
    return y.sigmoid().mul(high - low).add(low).clamp(0, 1);
  }

  /**
   * log P(z = 0) at 0, log P(z = 1) at 1, and the log-density in between; differentiable with
   * respect to θ and λ, and in between to the value.
   */
  @Override
  public Tensor logProb(Tensor value) {
    checkValue(value, logits().dtype());
    Tensor closed = value.le(0);
    Tensor open = value.ge(1);
    Tensor inside = Masked.fill(closed.or(open), 0.5, value).sub(low).div(high - low);
    Tensor log = inside.log();
    Tensor logOfRest = inside.neg().log1p();
    Tensor density =
        base.logProb(log.sub(logOfRest)).sub(log.add(logOfRest)).sub(Math.log(high - low));
    return Tensor.where(closed, logProbZero(), Tensor.where(open, logProbOne(), density));
  }

  /** P(z ≠ 0) = σ(θ − λ log(−γ/ζ)), of batchShape. */
  public Tensor probNonZero() {
    return overZero().sigmoid();
  }

  /** log P(z = 0), of batchShape. */
  public Tensor logProbZero() {
    return overZero().neg().logSigmoid();
  }

  /** log P(z = 1), of batchShape. */
  public Tensor logProbOne() {
    return logits().sub(temperature().mul(Math.log((1 - low) / (high - 1)))).logSigmoid();
  }

  private Tensor overZero() {
    return logits().sub(temperature().mul(Math.log(-low / high)));
  }

  /**
   * The expected number of gates that are not closed, Σ P(z ≠ 0) over the whole batch, a scalar:
   * what the paper's penalty multiplies.
   */
  public Tensor expectedL0() {
    return probNonZero().sum();
  }

  /** The gate without noise: z at L = 0, which half of the samples do not exceed. */
  public Tensor median() {
    return gate(base.mean());
  }

  /** min(1, max(0, γ + (ζ − γ)σ(θ))): the paper's gate for use after training. */
  public Tensor testTimeGate() {
    return Masked.stretch(gate(logits()), batchShape());
  }

  /** Always throws: with mass at two points and a density between them there is none. */
  @Override
  public Tensor mode() {
    throw noClosedForm("mode", "use median() or testTimeGate()");
  }

  @Override
  public HardConcrete expand(Shape batch) {
    return new HardConcrete(base.expand(batch), low, high);
  }
}
