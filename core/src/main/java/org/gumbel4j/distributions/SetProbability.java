package org.gumbel4j.distributions;

import org.gumbel4j.tensor.Shape;
import org.gumbel4j.tensor.Tensor;

/**
 * {@link SubsetProbability} of sets of classes given by logits, where the set may leave nothing, or
 * hold a masked class.
 */
final class SetProbability {
  private final SubsetProbability inside;
  private final Tensor certain;
  private final Tensor impossible;
  private final Shape shape;

  private SetProbability(Tensor picked, Tensor rest) {
    Tensor mask = Masked.of(picked);
    this.impossible = Masked.any(mask, picked);
    this.certain = Masked.of(rest);
    this.shape = picked.shape();
    Tensor total = Masked.fill(certain, 0, rest).expandDims(-1);
    this.inside = new SubsetProbability(Masked.fill(mask, 0, picked).sub(total));
  }

  /**
   * Of the classes that a value names.
   *
   * @param logits [batch…, K]
   * @param value INT64 [batch…, k], distinct
   */
  static SetProbability of(Tensor logits, Tensor value, String operation) {
    Tensor picked = Indexed.pick(logits, value, operation);
    return new SetProbability(picked, Orderings.logSumOfRest(logits, value, picked));
  }

  /** log P(S): 0 where nothing else could be drawn, −∞ where the set holds a masked class. */
  Tensor ofSet() {
    return Masked.restore(impossible, Masked.fill(certain, 0, inside.ofSet()));
  }

  /** log P(S∖s) − log P(S); NaN where the set holds a masked class, and both are 0. */
  Tensor leaveOneOut() {
    Tensor ratios = inside.withoutOne().sub(inside.ofSet().expandDims(-1));
    return undefined(1, Masked.fill(certain.expandDims(-1), 0, ratios));
  }

  /** log P(S∖{s, r}) − log P(S∖s), and 0 where r = s. */
  Tensor secondOrder() {
    long k = shape.dim(-1);
    Tensor ratios = inside.withoutTwo().sub(inside.withoutOne().expandDims(-1));
    Tensor places = ratios.device().range(k);
    Tensor diagonal = places.expandDims(-1).eq(places);
    return undefined(2, Masked.fill(certain.expandDims(-1).expandDims(-1).or(diagonal), 0, ratios));
  }

  private Tensor undefined(int axes, Tensor ratios) {
    Tensor nowhere = impossible;
    for (int i = 0; i < axes; i++) {
      nowhere = nowhere.expandDims(-1);
    }
    return Masked.fill(nowhere, Double.NaN, ratios);
  }
}
