package org.gumbel4j.djl;

/**
 * What a device was asked for since it was opened, over all threads. In small models the number of
 * calls, not of operations on numbers, is what takes the time; on a GPU a read-back waits for all
 * work before it.
 *
 * @param operations primitives and fused operations that made arrays, uploads included, each
 *     counted once however many calls of the engine it is made of (on MXNet a sort is a dozen)
 * @param readBacks those that brought entries back to Java, value checks included; late checks that
 *     are looked at together with another read-back are none of their own
 * @since 0.1
 */
public record EngineCalls(long operations, long readBacks) {
  /** What came since an earlier count. */
  public EngineCalls since(EngineCalls earlier) {
    return new EngineCalls(operations - earlier.operations, readBacks - earlier.readBacks);
  }
}
