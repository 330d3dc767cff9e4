package org.gumbel4j.distributions;

import org.gumbel4j.tensor.Tensor;

/** log(1 − e^x) for x &lt; 0: the log-probability of the rest. */
final class LogOfRest {
  private LogOfRest() {}

  /** From log p, which is below 0; by log(−expm1) near 0 and log1p(−exp) far from it. */
  static Tensor of(Tensor logP) {
    Tensor near = logP.gt(-Math.log(2));
    Tensor close = Masked.fill(near.not(), -Math.log(2), logP).expm1().neg().log();
    Tensor far = Masked.fill(near, -Math.log(2), logP).exp().neg().log1p();
    return Tensor.where(near, close, far);
  }
}
