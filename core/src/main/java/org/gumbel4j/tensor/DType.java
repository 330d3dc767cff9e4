package org.gumbel4j.tensor;

/**
 * What a tensor's entries are. There is no silent promotion between them: {@link Tensor#cast}
 * converts, everything else wants equal types and says so.
 *
 * @since 0.1
 */
public enum DType {
  /** IEEE 754 single precision: the working type of training. */
  FLOAT32,
  /** IEEE 754 double precision: for checks, densities and exact gradients. */
  FLOAT64,
  /** 64-bit signed integers: indices, classes, counts. */
  INT64,
  /** Truth values: masks and the results of comparisons. */
  BOOL;

  /** Whether entries are floating-point numbers, so that gradients can flow. */
  public boolean isFloating() {
    return this == FLOAT32 || this == FLOAT64;
  }
}
