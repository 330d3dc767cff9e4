package org.gumbel4j.estimators;

import java.util.List;
import org.gumbel4j.tensor.Tensor;

/**
 * A differentiable function c of perturbed logits that the expectation of is known not to matter.
 */
@FunctionalInterface
interface ControlVariate {
  /**
   * c(z).
   *
   * @param parameters what c learns
   * @param z [samples…, batch…, N, K], −∞ for masked classes
   * @return [samples…, batch…]
   */
  Tensor at(List<Tensor> parameters, Tensor z);
}
