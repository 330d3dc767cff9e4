package org.gumbel4j.estimators;

import org.gumbel4j.distributions.GumbelTopK;
import org.gumbel4j.internal.ops.GumbelOps;
import org.gumbel4j.tensor.Tensor;

/**
 * The vertices that are largest in the direction of given scores: k-hot vectors of the k largest,
 * or whether the one score is positive where K = 1.
 */
final class Maximisers {
  private final FactorisedLatents latents;
  private final int k;

  private Maximisers(FactorisedLatents latents, int k) {
    this.latents = latents;
    this.k = k;
  }

  /**
   * Checks the number.
   *
   * @throws IllegalArgumentException if it is not from 1 to the number of classes that are not
   *     masked
   */
  static Maximisers of(FactorisedLatents latents, int k) {
    if (k > 1) {
      GumbelTopK.of(latents.logits(), k); // for what it checks
    }
    return new Maximisers(latents, k);
  }

  static int requireSize(String estimator, int k) {
    if (k < 1) {
      throw new IllegalArgumentException(estimator + ": k = " + k + " must be at least 1");
    }
    return k;
  }

  /** Of scores [samples…, batch…, N, K]; constants. */
  Tensor of(Tensor scores) {
    Tensor x = scores.stopGradient();
    if (latents.isBernoulli()) {
      return latents.harden(x);
    }
    return k == 1
        ? GumbelOps.oneHotArgMax(x, -1)
        : x.topK(k, -1).oneHot(latents.classes(), x.dtype()).sum(-2);
  }
}
