package org.gumbel4j.estimators;

/**
 * What an estimator needs of the objective or of the variables.
 *
 * @since 0.1
 */
public enum Requirement {
  /** f is evaluated inside the simplex, not at vertices alone. */
  RELAXED_OBJECTIVE,
  /** f is differentiated with respect to z. */
  DIFFERENTIABLE_OBJECTIVE,
  /** The variables are binary: K = 1 or K = 2. */
  BINARY_VARIABLES,
  /** The variables are rows of classes: K ≥ 2. */
  CATEGORICAL_VARIABLES,
  /** One variable alone: N = 1. */
  ONE_VARIABLE
}
