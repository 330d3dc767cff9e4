package org.gumbel4j.distributions;

import org.gumbel4j.random.Key;
import org.gumbel4j.random.Noise;
import org.gumbel4j.spi.Capability;
import org.gumbel4j.tensor.DType;
import org.gumbel4j.tensor.Shape;
import org.gumbel4j.tensor.Tensor;

/**
 * An order of K items, as the item at each place: the first is drawn with probability softmax θ,
 * the next from those that are left, and so on (Luce, 1959; Plackett, 1975).
 *
 * <pre>P(v) = ∏ᵢ e^θ at vᵢ / Σ e^θ over vᵢ, …, v_K</pre>
 *
 * <p>Samples sort θ + G, G Gumbel noise, the largest first (Yellott, 1977). Rankings that are known
 * in part have a probability too: the first few places, {@link #firstLogProb}; the order of some of
 * the items, wherever the others stand, {@link #amongLogProb}.
 *
 * <p>Given by logits θ [batch…, K] up to a constant in each row. Items with a logit of −∞ come
 * last, in the order of their indices; other orders of them have probability 0, and no gradient
 * reaches them.
 *
 * @since 0.1
 */
public final class PlackettLuce extends Distribution {
  private static final String NAME = "PlackettLuce";

  private final Tensor logits;

  private PlackettLuce(Tensor logits, Validation validation) {
    super(logits.shape().without(-1), Shape.of(logits.shape().dim(-1)), validation);
    this.logits = logits;
  }

  /** Of logits, validated. */
  public static PlackettLuce of(Tensor logits) {
    return of(logits, Validation.ON);
  }

  /**
   * Of logits.
   *
   * @param logits θ [batch…, K]
   * @throws IllegalArgumentException if a logit is NaN or +∞, or a row is masked throughout
   */
  public static PlackettLuce of(Tensor logits, Validation validation) {
    return new PlackettLuce(Categorical.checked(NAME, logits, validation), validation);
  }

  /** θ, as given. */
  public Tensor logits() {
    return logits;
  }

  /** The number of items. */
  public long items() {
    return logits.shape().dim(-1);
  }

  @Override
  public Support support() {
    return Support.distinct(items(), items());
  }

  /** Orders, INT64: the item at each place, sorted by θ + G, G the key's Gumbel noise. */
  @Override
  public Tensor sample(Key key, Shape sampleShape) {
    Tensor noise = logits.device().noise(Noise.GUMBEL, key, extended(sampleShape), logits.dtype());
    return noise.add(logits.stopGradient()).argSort(-1, true);
  }

  /**
   * log P of a complete order.
   *
   * @param value INT64 [..., K], the item at each place
   */
  @Override
  public Tensor logProb(Tensor value) {
    checkValue(value, DType.INT64);
    return Orderings.logProb(logits, value, NAME + ".logProb");
  }

  /**
   * The log-probability that the first places are taken so, whatever comes after.
   *
   * @param value INT64 [..., m], the items at places 1 to m, all different
   * @return the broadcast of the value's batch with batchShape
   * @throws IllegalArgumentException if type, shape or items do not fit
   */
  public Tensor firstLogProb(Tensor value) {
    checkPartial("firstLogProb", value);
    return Orderings.logProb(logits, value, NAME + ".firstLogProb");
  }

  /**
   * The log-probability that these items stand in this order among each other, wherever the others
   * stand: that of their own Plackett-Luce distribution, by the choice axiom.
   *
   * @param value INT64 [..., m], items, all different
   * @return the broadcast of the value's batch with batchShape
   * @throws IllegalArgumentException if type, shape or items do not fit
   */
  public Tensor amongLogProb(Tensor value) {
    checkPartial("amongLogProb", value);
    Tensor picked = Indexed.pick(logits, value, NAME + ".amongLogProb");
    return Orderings.logProbAmong(picked, value);
  }

  private void checkPartial(String method, Tensor value) {
    String operation = NAME + "." + method;
    if (value.dtype() != DType.INT64 || value.rank() == 0) {
      throw new IllegalArgumentException(
          operation
              + ": the value is "
              + value.dtype()
              + value.shape()
              + "; it must be INT64 with a last axis of items");
    }
    long count = value.shape().dim(-1);
    if (count < 1 || count > items()) {
      throw new IllegalArgumentException(
          operation
              + ": the value "
              + value.shape()
              + " must name from 1 to "
              + items()
              + " items along its last axis");
    }
    batchShape().broadcast(value.shape().without(-1), operation);
    if (validation().isOn()) {
      Support.distinct(count, items()).require(operation, value);
    }
  }

  /**
   * The mean place of each item, counted from 0: Σ σ(θⱼ − θᵢ) over the others, the probabilities
   * that they stand before it; [batch…, K].
   *
   * @throws IllegalArgumentException if a logit is −∞, and validation is on
   */
  public Tensor meanPlaces() {
    if (validation().isOn()) {
      Validity.finite(NAME + ".meanPlaces", "logits", logits);
    }
    Tensor before = logits.expandDims(-2).sub(logits.expandDims(-1)).sigmoid();
    return before.sum(-1).sub(0.5);
  }

  /**
   * Where each item of an order stands: the inverse permutation, INT64.
   *
   * @param value INT64 [..., K], the item at each place
   */
  public Tensor places(Tensor value) {
    checkValue(value, DType.INT64);
    if (logits.device().can(Capability.SORTING)) {
      return value.argSort(-1, false);
    }
    return value.oneHot(items(), DType.INT64).argMax(-2);
  }

  /** Always throws: items are names, and names have no mean. */
  @Override
  public Tensor mean() {
    throw noClosedForm("mean", "items are labels; meanPlaces() has the mean place of each");
  }

  /** Always throws: items are names, and names have no variance. */
  @Override
  public Tensor variance() {
    throw noClosedForm("variance", "items are labels; take that of places(sample)");
  }

  /** The items by falling logit; of equal ones the first. */
  @Override
  public Tensor mode() {
    return logits.stopGradient().argSort(-1, true);
  }

  @Override
  public PlackettLuce expand(Shape batch) {
    return new PlackettLuce(Masked.stretch(logits, batch.concat(eventShape())), validation());
  }
}
