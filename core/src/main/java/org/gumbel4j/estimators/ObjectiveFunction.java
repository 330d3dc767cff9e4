package org.gumbel4j.estimators;

import org.gumbel4j.tensor.Tensor;

/**
 * The f of E[f(z)]: one number for every value of the discrete variables.
 *
 * <p>It may depend on other tensors that a gradient is taken by, such as a decoder's weights, and
 * on data of the batch. Some estimators ask for f only at vertices, others inside the simplex, some
 * for its gradient with respect to z: see {@link EstimatorTraits#requirements()}.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface ObjectiveFunction {
  /**
   * Evaluates f at every row.
   *
   * @param z [samples…, batch…, N, K], of the logits' type: any number of sample axes (none
   *     included), then the batch axes of the logits, then N variables of K classes, or of one
   *     number in [0, 1] where K = 1; treat the rows as independent, in as few operations as
   *     possible
   * @return [samples…, batch…]
   */
  Tensor at(Tensor z);
}
