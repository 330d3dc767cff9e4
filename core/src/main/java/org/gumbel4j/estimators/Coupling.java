package org.gumbel4j.estimators;

/**
 * How the two perturbed logits of {@link Rebar} and {@link Relax} go together: z, and z̃ given the
 * discrete value. Both ways are unbiased.
 *
 * @since 0.1
 */
public enum Coupling {
  /**
   * z̃ = z, by common random numbers: the noise of the second is what makes it equal to the first;
   * they differ in how they depend on the logits. So one evaluation of the control variate serves
   * both, with about the same variance.
   */
  TIED,
  /** Noise of its own for z̃: the formula as it is usually written. */
  INDEPENDENT
}
