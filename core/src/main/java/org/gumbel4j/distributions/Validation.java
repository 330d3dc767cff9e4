package org.gumbel4j.distributions;

import org.gumbel4j.internal.ops.Checks;

/**
 * Whether a distribution looks at its parameters, and at the values whose density is asked for,
 * before it computes. Shapes and types are always checked; this is about the numbers.
 *
 * <p>{@code -Dgumbel4j.validate=false} turns validation off everywhere.
 *
 * @since 0.1
 */
public enum Validation {
  /** A number outside its domain is an error that names it. */
  ON,
  /**
   * Numbers are taken as they are: what lies outside the domain gives some number, or NaN, without
   * an error. For inner loops whose parameters are known to be good.
   */
  OFF;

  /** Asked before a check is computed, so that one that is off costs nothing. */
  boolean isOn() {
    return this == ON && Checks.areEnabled();
  }
}
