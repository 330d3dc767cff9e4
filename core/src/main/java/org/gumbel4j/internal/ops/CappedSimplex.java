package org.gumbel4j.internal.ops;

import java.util.List;
import org.gumbel4j.autodiff.CustomGradient;
import org.gumbel4j.tensor.DType;
import org.gumbel4j.tensor.Tensor;

/**
 * The points of the simplex' larger sister: entries in [0, 1] that sum to k. Scores y are brought
 * there by one shift for all, x = σ(y − ν), with ν such that Σ x = k.
 *
 * <p>ν is found where what the k largest lack equals what the others have, in logarithms, so that
 * it keeps its digits also where x has rounded to zeros and ones: Newton's method from the solution
 * for widely separated scores, which six steps bring to the last digit at any separation.
 */
public final class CappedSimplex {
  private static final double NONE = Double.NEGATIVE_INFINITY;
  private static final int STEPS = 6;

  /** Where nothing is left for the others: x rounds to 1, and its logit is finite. */
  private static final double BEYOND = 80;

  private CappedSimplex() {}

  /**
   * y − ν, the logits of x, −∞ where y is. The gradient of ν is w / Σ w, w = x(1 − x); it can be
   * differentiated again, but for an engine's own tape, which knows the first derivative alone.
   *
   * @param y [..., K], finite or −∞, with at least k finite entries in each row
   */
  public static Tensor logits(Tensor y, long k) {
    return y.sub(y.device().isOnEngineTape() ? linearShift(y, k) : shift(y, k));
  }

  private static Tensor shift(Tensor y, long k) {
    return CustomGradient.of(
        List.of(y),
        operands -> solve(operands.get(0), k),
        (nu, g) -> List.of(logVariance(y.sub(nu)).softmax(-1).mul(g)));
  }

  /** ν with the gradient of its tangent, which any tape can take. */
  private static Tensor linearShift(Tensor y, long k) {
    Tensor constant = y.stopGradient();
    Tensor nu = solve(constant, k);
    Tensor slope = logVariance(constant.sub(nu)).softmax(-1).stopGradient();
    Tensor tangent = slope.mul(fill(constant.eq(NONE), 0, y)).sum(new int[] {-1}, true);
    return CustomGradient.straightThrough(nu, tangent);
  }

  /** log x(1 − x) from u = logit x; −∞ where u is. */
  public static Tensor logVariance(Tensor u) {
    return u.logSigmoid().add(u.neg().logSigmoid());
  }

  /**
   * Which of the entries are the k largest of their row, BOOL; of equal ones, the first.
   *
   * @param y [..., K]
   */
  public static Tensor topK(Tensor y, long k) {
    Tensor index = y.topK(k, -1);
    Tensor none = y.device().zeros(y.shape(), DType.INT64);
    Tensor ones = y.device().ones(index.shape(), DType.INT64);
    return none.scatterAdd(index, ones, -1).gt(0);
  }

  private static Tensor solve(Tensor y, long k) {
    int[] last = {-1};
    long classes = y.shape().dim(-1);
    Tensor top = topK(y, k);
    Tensor masked = y.eq(NONE);
    Tensor a = fill(top.not(), Double.POSITIVE_INFINITY, y).min(last, true);
    Tensor b = fill(top, NONE, y).max(last, true);
    Tensor alone = b.eq(NONE);
    Tensor middle = Tensor.where(alone, a, a.add(b).mul(0.5));
    Tensor d = fill(masked, 0, y).sub(middle);
    Tensor others = top.or(masked).not();
    double low = -Math.log(2.0 * k);
    double high = Math.log(2.0 * Math.max(1, classes - k));
    Tensor t =
        fill(others.not(), NONE, d)
            .logSumExp(-1, true)
            .sub(fill(top.not(), NONE, d.neg()).logSumExp(-1, true))
            .mul(0.5);
    t = fill(alone, 0, t).clamp(low, high);
    for (int step = 0; step < STEPS; step++) {
      t = fill(alone, 0, newton(t, d, top, others)).clamp(low, high);
    }
    return middle.add(fill(alone, -BEYOND, t));
  }

  /** One step for log Σ σ(d − t) over the others − log Σ σ(t − d) over the top = 0. */
  private static Tensor newton(Tensor t, Tensor d, Tensor top, Tensor others) {
    Tensor u = d.sub(t);
    Tensor lack = fill(top.not(), NONE, u.neg().logSigmoid());
    Tensor excess = fill(others.not(), NONE, u.logSigmoid());
    Tensor lacking = lack.logSumExp(-1, true);
    Tensor exceeding = excess.logSumExp(-1, true);
    int[] last = {-1};
    Tensor falls = excess.sub(exceeding).exp().mul(u.neg().sigmoid()).sum(last, true);
    Tensor rises = lack.sub(lacking).exp().mul(u.sigmoid()).sum(last, true);
    return t.add(exceeding.sub(lacking).div(falls.add(rises)));
  }

  private static Tensor fill(Tensor where, double value, Tensor x) {
    return Tensor.where(where, x.device().scalar(value, x.dtype()), x);
  }
}
