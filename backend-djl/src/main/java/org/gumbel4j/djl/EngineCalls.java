package org.gumbel4j.djl;

/**
 * What a device has asked of its engine since it was opened, over all threads. In small models the
 * number of calls, not of operations on numbers, is what takes the time; on a GPU a read-back waits
 * for all work before it.
 *
 * @param calls how often the engine was called to make, fill or read an array: each operator and
 *     each script is a call, and an operation may be several (on MXNet a sort is a dozen); an
 *     upload is two, for the memory and for the values. What asks for a shape, hands a script an
 *     argument or frees an array is not counted.
 * @param readBacks how often entries were brought back to Java; late checks that are looked at
 *     together with another read-back are none of their own
 * @since 0.1
 */
public record EngineCalls(long calls, long readBacks) {
  /** What came since an earlier count. */
  public EngineCalls since(EngineCalls earlier) {
    return new EngineCalls(calls - earlier.calls, readBacks - earlier.readBacks);
  }
}
