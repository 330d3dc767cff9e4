package org.gumbel4j.estimators;

/**
 * How the expectation of an estimator relates to the gradient it estimates.
 *
 * @since 0.1
 */
public enum Bias {
  /** No noise: the gradient itself. */
  EXACT,
  /** The expectation is the gradient. */
  UNBIASED,
  /** The expectation differs from the gradient, but for special objectives. */
  BIASED
}
