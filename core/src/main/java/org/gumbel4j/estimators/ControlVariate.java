package org.gumbel4j.estimators;

import java.util.List;
import org.gumbel4j.tensor.Tensor;

/** A differentiable function c of perturbed logits, and of parameters that it learns. */
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
