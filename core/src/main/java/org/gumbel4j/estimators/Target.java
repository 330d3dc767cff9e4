package org.gumbel4j.estimators;

/**
 * The quantity whose gradient an estimator estimates.
 *
 * @since 0.1
 */
public enum Target {
  /** E[f(z)] over independent variables with the given logits. */
  EXPECTATION,
  /** E[log 1/S Σₛ exp f(zₛ)]: a bound by S samples, f a logarithm of weights. */
  MULTI_SAMPLE_BOUND,
  /** E[f(z)] over subsets of k of the K classes of each row, z their k-hot vectors. */
  SUBSET_EXPECTATION,
  /** f, or E[f], of the maximiser of perturbed logits, the perturbation not Gumbel's. */
  PERTURBED_MAXIMISER
}
