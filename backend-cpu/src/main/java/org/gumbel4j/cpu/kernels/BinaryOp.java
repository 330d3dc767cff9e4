package org.gumbel4j.cpu.kernels;

/** The functions of two numbers. */
public enum BinaryOp {
  /** a + b. */
  ADD,
  /** a − b. */
  SUB,
  /** a · b. */
  MUL,
  /** a / b; floating. */
  DIV,
  /** a^b; floating. */
  POW,
  /** The larger, or NaN if either is. */
  MAXIMUM,
  /** The smaller, or NaN if either is. */
  MINIMUM
}
