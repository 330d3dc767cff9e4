package org.gumbel4j.distributions;

import org.gumbel4j.tensor.Tensor;

/**
 * The divergence of two logistic distributions. There is no closed form unless their scales are
 * equal, but a sum that is exact to rounding:
 *
 * <pre>KL = log s_q/s_p − 2 + δ + 2 E(Y − δ)⁺,  δ = (μp − μq)/s_q,  Y = L₁ + r L₂,  r = s_p/s_q
 * </pre>
 *
 * <p>with L₁, L₂ standard logistic, since log(1 + e^x) = E(L + x)⁺. Of the two, the one with the
 * larger scale a is integrated in closed form, which leaves a·E log(1 + e^((bL − δ)/a)): an
 * expectation of a function that is as smooth as the density itself, for which the trapezoid rule
 * with step ½ is off by less than 10⁻¹⁶.
 */
final class LogisticDivergence {
  private static final double STEP = 0.5;
  private static final int HALF = 90;

  private LogisticDivergence() {}

  static Tensor of(Tensor locP, Tensor scaleP, Tensor locQ, Tensor scaleQ) {
    Tensor ratio = scaleP.div(scaleQ);
    Tensor shift = locP.sub(locQ).div(scaleQ);
    Tensor larger = ratio.maximum(1);
    Tensor smaller = ratio.minimum(1);
    Tensor overshoot = expectedSoftplus(smaller.div(larger), shift.neg().div(larger)).mul(larger);
    return overshoot.mul(2).add(shift).sub(2).sub(ratio.log());
  }

  /** E log(1 + e^(bL + c)), L standard logistic, 0 &lt; b ≤ 1. */
  private static Tensor expectedSoftplus(Tensor b, Tensor c) {
    int n = 2 * HALF + 1;
    double[] nodes = new double[n];
    double[] weights = new double[n];
    for (int i = 0; i < n; i++) {
      double z = (i - HALF) * STEP;
      double tail = Math.exp(-Math.abs(z));
      nodes[i] = z;
      weights[i] = STEP * tail / ((1 + tail) * (1 + tail));
    }
    Tensor z = b.device().tensor(nodes, b.dtype(), n);
    Tensor weight = b.device().tensor(weights, b.dtype(), n);
    Tensor wide = b.expandDims(-1).mul(z).add(c.expandDims(-1));
    return wide.softplus().mul(weight).sum(-1);
  }
}
