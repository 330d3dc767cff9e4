package org.gumbel4j.relaxation;

import org.gumbel4j.internal.ops.Checks;
import org.gumbel4j.random.Key;
import org.gumbel4j.random.Noise;
import org.gumbel4j.tensor.DType;
import org.gumbel4j.tensor.Shape;
import org.gumbel4j.tensor.Tensor;

/**
 * Perturbed logits θ + G given how the race among them ended: what the largest is, or which of them
 * it is (top-down sampling; Maddison, Tarlow and Minka, arXiv 1411.0030).
 *
 * <p>Classes lie along the last axis; a logit of −∞ stays −∞, and no gradient reaches it. Gradients
 * flow to the logits, and to the maximum: these are reparameterised samples of the conditional
 * distributions.
 *
 * @since 0.1
 */
public final class ConditionalGumbels {
  private static final String NAME = "ConditionalGumbels";
  private static final double NONE = Double.NEGATIVE_INFINITY;

  private ConditionalGumbels() {}

  /**
   * θ + G given that the largest is T: the largest of the unconditional ones is moved to T, and
   * carries the others with it (Kool, van Hoof and Welling, arXiv 1903.06059, appendix B.3):
   *
   * <pre>
   * g = θ + G,  Z = max g,  u = T − g + log(1 − e^(g − Z))
   * T − max(u, 0) − log(1 + e^−|u|)
   * </pre>
   *
   * <p>With T the value of a parent, the children of a tree are perturbed consistently with it, and
   * a sample without replacement of the leaves needs only the branches that it visits.
   *
   * @param logits θ [..., K], floating
   * @param maximum T, of the logits' type, finite, of a shape that broadcasts to the logits'
   *     without the last axis
   * @return [..., K]; the largest of each row is T exactly
   * @throws IllegalArgumentException if the logits hold a NaN, a +∞ or a row of only −∞, or the
   *     maximum does not fit them
   */
  public static Tensor givenMaximum(Tensor logits, Tensor maximum, Key key) {
    Checks.logits(NAME, logits, -1);
    Shape batch = logits.shape().without(-1);
    if (!maximum.shape().isBroadcastableTo(batch) || maximum.dtype() != logits.dtype()) {
      throw new IllegalArgumentException(
          NAME
              + ": the maximum "
              + maximum.dtype()
              + maximum.shape()
              + " must be "
              + logits.dtype()
              + " and broadcast to "
              + batch
              + ", the batch of logits "
              + logits.shape());
    }
    Tensor mask = logits.eq(NONE);
    Tensor g =
        fill(mask, 0, logits)
            .add(logits.device().noise(Noise.GUMBEL, key, logits.shape(), logits.dtype()));
    Tensor top = fill(mask, NONE, g).max(new int[] {-1}, true);
    Tensor t = maximum.broadcastTo(batch).expandDims(-1);
    Tensor wins = g.eq(top).and(mask.not());
    Tensor gap = fill(wins.or(mask), -1, g.sub(top));
    Tensor u = t.sub(g).add(gap.exp().neg().log1p());
    Tensor below = t.sub(u.relu()).sub(u.abs().neg().exp().log1p());
    return fill(mask, NONE, Tensor.where(wins, t, strictly(below, t)));
  }

  /**
   * θ + G given which class is the largest, by the order statistics of exponential races: with E
   * exponential noise and Z = log Σ e^θ,
   *
   * <pre>
   * the winner D:  Z − log E_D
   * any other j:   −log(E_j e^−θⱼ + E_D e^−Z)
   * </pre>
   *
   * <p>(Paulus, Maddison and Krause, arXiv 2010.04838; Tucker et al., arXiv 1703.07370.) The arg
   * max of the result is the index given, always.
   *
   * @param logits θ [..., K], floating
   * @param index D, INT64, of the logits' shape without the last axis, not of masked classes
   * @return [..., K]
   * @throws IllegalArgumentException if the logits hold a NaN, a +∞ or a row of only −∞, or the
   *     index is of another shape or type
   * @throws IndexOutOfBoundsException if an index is outside the classes
   */
  public static Tensor givenArgMax(Tensor logits, Tensor index, Key key) {
    Checks.logits(NAME, logits, -1);
    if (!index.shape().equals(logits.shape().without(-1))) {
      throw new IllegalArgumentException(
          NAME
              + ": the index "
              + index.shape()
              + " must have the shape of logits "
              + logits.shape()
              + " without the last axis");
    }
    Tensor mask = logits.eq(NONE);
    Tensor theta = fill(mask, 0, logits);
    Tensor race =
        logits.device().noise(Noise.EXPONENTIAL, key, logits.shape(), logits.dtype()).log();
    Tensor won = index.oneHot(logits.shape().dim(-1), DType.BOOL);
    Tensor total = logits.logSumExp(-1, true);
    Tensor first = fill(won.not(), 0, race).sum(new int[] {-1}, true).sub(total);
    Tensor own = race.sub(theta);
    Tensor later = first.maximum(own).add(first.sub(own).abs().neg().exp().log1p());
    Tensor winner = first.neg();
    return fill(mask, NONE, Tensor.where(won, winner, strictly(later.neg(), winner)));
  }

  /** x, at least one unit in the last place below the top: rounding must not make ties with it. */
  private static Tensor strictly(Tensor x, Tensor top) {
    boolean wide = x.dtype() == DType.FLOAT64;
    Tensor unit = top.stopGradient().abs().mul(wide ? 0x1p-52 : 0x1p-23);
    return x.minimum(top.sub(unit).sub(wide ? Double.MIN_NORMAL : Float.MIN_NORMAL));
  }

  private static Tensor fill(Tensor where, double value, Tensor x) {
    return Tensor.where(where, x.device().scalar(value, x.dtype()), x);
  }
}
