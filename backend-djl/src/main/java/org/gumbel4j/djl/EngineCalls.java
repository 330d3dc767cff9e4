package org.gumbel4j.djl;

/**
 * What a device has asked of its engine since it was opened, over all threads. In small models the
 * number of calls, not of operations on numbers, is what takes the time; on a GPU a read-back waits
 * for all work before it.
 *
 * @param operations calls that made arrays, uploads included
 * @param readBacks calls that brought entries back to Java, those of value checks included
 * @since 0.1
 */
public record EngineCalls(long operations, long readBacks) {
  /** The calls since an earlier count. */
  public EngineCalls since(EngineCalls earlier) {
    return new EngineCalls(operations - earlier.operations, readBacks - earlier.readBacks);
  }
}
