package org.gumbel4j.distributions;

import org.gumbel4j.random.Key;
import org.gumbel4j.random.Noise;
import org.gumbel4j.relaxation.RelaxedSort;
import org.gumbel4j.tensor.Shape;
import org.gumbel4j.tensor.Tensor;

/**
 * {@link PlackettLuce} orders as relaxed permutation matrices: perturbed logits sorted by a relaxed
 * sort (stochastic NeuralSort, arXiv 1903.08850, section 4; or SoftSort, arXiv 2006.16038).
 *
 * <pre>P = sort(θ + G)</pre>
 *
 * <p>Each row is on the simplex. The largest entry of row i is at the item that {@code
 * PlackettLuce} has at place i with the same key. With {@link RelaxedSort#hard} samples are
 * permutation matrices exactly, with the gradient of the relaxed ones. A density has no closed
 * form; the order's probability is {@link #discrete}'s.
 *
 * @since 0.1
 */
public final class RelaxedPlackettLuce extends Distribution implements Reparameterized {
  private static final String NAME = "RelaxedPlackettLuce";

  private final Tensor logits;
  private final RelaxedSort sort;

  private RelaxedPlackettLuce(Tensor logits, RelaxedSort sort, Validation validation) {
    super(
        logits.shape().without(-1),
        Shape.of(logits.shape().dim(-1), logits.shape().dim(-1)),
        validation);
    this.logits = logits;
    this.sort = sort;
  }

  /** Of logits and a way to sort them, validated. */
  public static RelaxedPlackettLuce of(Tensor logits, RelaxedSort sort) {
    return of(logits, sort, Validation.ON);
  }

  /**
   * Of logits and a way to sort them.
   *
   * @param logits θ [batch…, K], finite
   * @param sort NeuralSort or SoftSort, with its temperature
   * @throws IllegalArgumentException if a logit is not finite, or there is none
   */
  public static RelaxedPlackettLuce of(Tensor logits, RelaxedSort sort, Validation validation) {
    Categorical.checked(NAME, logits, Validation.OFF);
    if (validation.isOn()) {
      Validity.finite(NAME, "logits", logits);
    }
    return new RelaxedPlackettLuce(logits, sort, validation);
  }

  /** θ, as given. */
  public Tensor logits() {
    return logits;
  }

  /** How perturbed logits are sorted. */
  public RelaxedSort sort() {
    return sort;
  }

  /** The distribution of the orders. */
  public PlackettLuce discrete() {
    return PlackettLuce.of(logits, Validation.OFF);
  }

  @Override
  public Support support() {
    return Support.ROW_STOCHASTIC;
  }

  @Override
  public Tensor sample(Key key, Shape sampleShape) {
    return rsample(key, sampleShape).stopGradient();
  }

  @Override
  public Tensor rsample(Key key, Shape sampleShape) {
    Shape shape = sampleShape.concat(logits.shape());
    return fromNoise(logits.device().noise(Noise.GUMBEL, key, shape, logits.dtype()));
  }

  /**
   * A sample with noise of one's own, through which gradients flow too.
   *
   * @param noise of a shape that broadcasts with the logits'; from the standard Gumbel distribution
   */
  public Tensor fromNoise(Tensor noise) {
    return sort.matrix(logits.add(noise));
  }

  /**
   * The items at each place of relaxed or hard matrices: the largest entry of each row, INT64 [...,
   * K]; what {@link #discrete} has a probability of.
   */
  public Tensor toOrder(Tensor value) {
    return value.argMax(-1);
  }

  /** Always throws: there is no closed form. */
  @Override
  public Tensor logProb(Tensor value) {
    throw noClosedForm("logProb", "take discrete().logProb(toOrder(value))");
  }

  @Override
  public Tensor entropy() {
    throw noClosedForm("entropy", "estimate that of discrete() with MonteCarlo.entropy");
  }

  @Override
  public RelaxedPlackettLuce expand(Shape batch) {
    return new RelaxedPlackettLuce(
        Masked.stretch(logits, batch.concat(Shape.of(logits.shape().dim(-1)))), sort, validation());
  }
}
