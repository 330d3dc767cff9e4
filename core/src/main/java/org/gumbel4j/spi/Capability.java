package org.gumbel4j.spi;

/**
 * What a backend can do beyond, or as part of, the least that is asked of every backend.
 *
 * <p>A backend states its set in {@link Backend#capabilities()}. Those that are {@link
 * #isRequired() required} must be in it; the conformance kit fails a backend that leaves one out,
 * and counts and prints the optional ones that are absent. Core asks before it calls: an operation
 * whose capability is absent throws {@link UnsupportedCapabilityException} without reaching the
 * backend.
 *
 * @since 0.1
 */
public enum Capability {
  /** Tensors of FLOAT32, INT64 and BOOL, and every primitive without a capability of its own. */
  PRIMITIVES(true),
  /** Several threads may use one backend at the same time. */
  CONCURRENT_USE(true),
  /** Tensors of FLOAT64, with arithmetic that is double throughout. */
  FLOAT64(false),
  /** {@link Backend#matMul} of more than two axes, leading axes broadcast. */
  BATCHED_MAT_MUL(false),
  /** {@link Backend#cumSum}. */
  CUMULATIVE_SUM(false),
  /** {@link Backend#argSort}: sorting, ranking, top-k. */
  SORTING(false),
  /** {@link Backend#gather} and {@link Backend#scatterAdd}. */
  GATHERING(false),
  /**
   * The same calls on the same machine give the same bits again, whatever the number of threads.
   */
  REPRODUCIBLE(false),
  /**
   * Handles hold memory that the garbage collector does not see; {@link Backend#openScope} and
   * {@link Backend#release} free it, and {@link Backend#liveArrays} counts it.
   */
  NATIVE_MEMORY(false);

  private final boolean required;

  Capability(boolean required) {
    this.required = required;
  }

  /** Whether every backend must have it. */
  public boolean isRequired() {
    return required;
  }
}
