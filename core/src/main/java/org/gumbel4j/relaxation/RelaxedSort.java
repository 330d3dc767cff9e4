package org.gumbel4j.relaxation;

import org.gumbel4j.tensor.Tensor;

/**
 * A relaxation of sorting: from scores to a matrix that approaches, as its temperature falls, the
 * permutation that sorts them, the largest first.
 *
 * @since 0.1
 */
public sealed interface RelaxedSort permits NeuralSort, SoftSort {
  /**
   * The relaxed permutation of scores.
   *
   * @param scores s [..., n], floating and finite
   * @return P [..., n, n]: row i, on the simplex, says which score is the i-th largest
   * @throws IllegalArgumentException if a score is not finite
   */
  Tensor matrix(Tensor scores);

  /** P s [..., n]: the scores sorted, the largest first, as far as the relaxation goes. */
  default Tensor sort(Tensor scores) {
    return matrix(scores).matMul(scores.expandDims(-1)).squeeze(-1);
  }

  /** Straight-through: the permutation matrix forward, exactly, the relaxed gradient backward. */
  RelaxedSort hard();
}
