package org.gumbel4j.distributions;

import org.gumbel4j.tensor.DType;
import org.gumbel4j.tensor.Tensor;

/**
 * The probability that sampling without replacement takes a set S, in whatever order:
 *
 * <pre>P(S) = ∫₀^∞ e^−x ∏ (1 − e^−(x wₛ)) dx,  wₛ = pₛ / Σ p outside S</pre>
 *
 * <p>For the races of all elements are exponential; x is when the first one outside S comes in, in
 * units of its own mean (Kool, van Hoof and Welling, arXiv 2002.06043, appendix C, where v = e^−x).
 * Over t = log x the integrand is analytic and falls off exponentially on the left, doubly so on
 * the right, for any weights: the trapezoid rule gives all digits, in log space, for sets that are
 * nearly certain and for sets that are nearly impossible alike.
 */
final class SubsetProbability {
  private final Tensor baseline;
  private final Tensor factors;
  private final Tensor total;

  /**
   * The integrand at all nodes.
   *
   * @param logWeights log wₛ [batch…, k], finite
   */
  SubsetProbability(Tensor logWeights) {
    double[] nodes = nodes(logWeights.shape().dim(-1), logWeights.dtype());
    Tensor t = logWeights.device().tensor(nodes, logWeights.dtype(), nodes.length);
    double step = nodes[1] - nodes[0];
    this.baseline = t.sub(t.exp()).add(Math.log(step));
    this.factors = logOfComplement(logWeights.expandDims(-1).add(t));
    this.total = factors.sum(new int[] {-2}, false).add(baseline);
  }

  /** log P(S): [batch…]. */
  Tensor ofSet() {
    return total.logSumExp(-1);
  }

  /** log P(S∖s), drawn from all but s: [batch…, k]. */
  Tensor withoutOne() {
    return total.expandDims(-2).sub(factors).logSumExp(-1);
  }

  /** log P(S∖{s, r}), drawn from all but s and r: [batch…, k, k]; the diagonal means nothing. */
  Tensor withoutTwo() {
    return total
        .expandDims(-2)
        .sub(factors)
        .expandDims(-2)
        .sub(factors.expandDims(-3))
        .logSumExp(-1);
  }

  /** log(1 − exp(−e^z)), each end by what it comes to there. */
  static Tensor logOfComplement(Tensor z) {
    boolean wide = z.dtype() == DType.FLOAT64;
    Tensor small = z.lt(wide ? -40 : -20);
    Tensor large = z.gt(5);
    Tensor inside = Masked.fill(small.or(large), 0, z);
    Tensor log = inside.exp().neg().expm1().neg().log();
    return Masked.fill(large, 0, Tensor.where(small, z, log));
  }

  /**
   * Values of t, evenly spaced. To the left of the first, P has less than e^t of itself; to the
   * right of the last, less than a Gamma(k + 1) variable has. The step resolves the peak, which is
   * at x = k + 1 at the latest and then 1/√(k + 1) wide.
   */
  private static double[] nodes(long k, DType dtype) {
    double least = dtype == DType.FLOAT64 ? -38 : -18;
    double peak = k + 1.0;
    double last = Math.log(peak + 9 * Math.sqrt(peak) + 40);
    double step = Math.min(0.125, 0.7 / Math.sqrt(peak));
    double[] nodes = new double[(int) Math.ceil((last - least) / step) + 1];
    for (int i = 0; i < nodes.length; i++) {
      nodes[i] = least + i * step;
    }
    return nodes;
  }
}
