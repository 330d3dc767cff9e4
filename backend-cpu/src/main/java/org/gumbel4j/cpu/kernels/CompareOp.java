package org.gumbel4j.cpu.kernels;

/** The relations between two numbers; all are false where either is NaN. */
public enum CompareOp {
  /** a = b. */
  EQUAL,
  /** a &lt; b. */
  LESS,
  /** a ≤ b. */
  LESS_EQUAL
}
