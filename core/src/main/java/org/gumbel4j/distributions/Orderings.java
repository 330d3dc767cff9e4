package org.gumbel4j.distributions;

import java.util.List;
import org.gumbel4j.tensor.DType;
import org.gumbel4j.tensor.Shape;
import org.gumbel4j.tensor.Tensor;

/** The probability of drawing classes one after another, each from those that are left. */
final class Orderings {
  private Orderings() {}

  /**
   * log P that the first classes drawn without replacement are those of the value, in its order:
   *
   * <pre>Σᵢ (θ at vᵢ − log Σ e^θ over the classes not among v₁, …, vᵢ₋₁)</pre>
   *
   * <p>What is left is summed from the end, never as 1 less what is gone, so that it keeps its
   * digits where nearly everything is gone. Masked classes come after all others, in the order of
   * their indices, and no gradient reaches them.
   *
   * @param logits [batch…, K]
   * @param value INT64 [batch…, m], distinct
   */
  static Tensor logProb(Tensor logits, Tensor value, String operation) {
    Tensor picked = Indexed.pick(logits, value, operation);
    return chain(picked, withRest(logits, value, picked), value);
  }

  /** log P that classes stand in an order among themselves, wherever the others stand. */
  static Tensor logProbAmong(Tensor picked, Tensor value) {
    return chain(picked, picked, value);
  }

  private static Tensor chain(Tensor picked, Tensor all, Tensor value) {
    Tensor mask = Masked.of(picked);
    Tensor left = logSumExpFromEnd(all).slice(-1, 0, length(value));
    Tensor nothing = Masked.of(left);
    Tensor term = Masked.fill(mask, 0, picked).sub(Masked.fill(nothing, 0, left));
    Tensor sum = Masked.fill(mask, 0, term).sum(-1);
    Tensor impossible = mask.and(nothing.not());
    return Masked.restore(Masked.any(impossible.or(misordered(mask, value)), picked), sum);
  }

  /** The picked logits, then the log-sum of those not picked, if there are any. */
  private static Tensor withRest(Tensor logits, Tensor value, Tensor picked) {
    if (length(value) == logits.shape().dim(-1)) {
      return picked;
    }
    return Tensor.concat(List.of(picked, logSumOfRest(logits, value, picked).expandDims(-1)), -1);
  }

  /** log Σ e^θ over the classes that the value does not name. */
  static Tensor logSumOfRest(Tensor logits, Tensor value, Tensor picked) {
    Tensor named = Indexed.counts(value, logits.shape().dim(-1)).gt(0);
    Tensor rest = Masked.restore(named, logits).logSumExp(-1);
    return Masked.stretch(rest, picked.shape().without(-1));
  }

  /** Where a masked class follows a masked class of a higher index. */
  private static Tensor misordered(Tensor mask, Tensor value) {
    long m = length(value);
    Tensor places = Masked.stretch(value, mask.shape());
    Tensor first = mask.device().zeros(mask.shape().with(-1, 1), DType.BOOL);
    Tensor both = mask.slice(-1, 0, m - 1).and(mask.slice(-1, 1, m));
    Tensor falling = places.slice(-1, 0, m - 1).gt(places.slice(-1, 1, m));
    return Tensor.concat(List.of(first, both.and(falling)), -1);
  }

  /** yᵢ = log Σ e^xⱼ over j ≥ i, along the last axis, in as many steps as its length has bits. */
  static Tensor logSumExpFromEnd(Tensor x) {
    Tensor y = x;
    long n = length(x);
    for (long step = 1; step < n; step *= 2) {
      Shape gap = x.shape().with(-1, step);
      Tensor none = x.device().full(gap, x.dtype(), Double.NEGATIVE_INFINITY);
      Tensor ahead = Tensor.concat(List.of(y.slice(-1, step, n), none), -1);
      y = Tensor.stack(List.of(y, ahead), -1).logSumExp(-1);
    }
    return y;
  }

  private static long length(Tensor x) {
    return x.shape().dim(-1);
  }
}
