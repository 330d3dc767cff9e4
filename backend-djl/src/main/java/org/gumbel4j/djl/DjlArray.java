package org.gumbel4j.djl;

import ai.djl.ndarray.NDArray;
import org.gumbel4j.tensor.DType;
import org.gumbel4j.tensor.Shape;
import org.jspecify.annotations.Nullable;

/**
 * An array of an engine with its type, its shape, and its place in the {@link Region} that owns it.
 * The links and the owner are guarded by the custody that made it.
 */
final class DjlArray {
  private final NDArray array;
  private final DType dtype;
  private @Nullable Shape shape;
  private volatile boolean alone;

  @Nullable Region owner;
  @Nullable DjlArray previous;
  @Nullable DjlArray next;
  boolean freed;

  DjlArray(NDArray array, DType dtype) {
    this.array = array;
    this.dtype = dtype;
  }

  NDArray array() {
    return array;
  }

  DType dtype() {
    return dtype;
  }

  /** Asked of the engine once; two threads that ask at the same time get equal answers. */
  Shape shape() {
    Shape known = shape;
    if (known == null) {
      known = Types.shape(array.getShape());
      shape = known;
    }
    return known;
  }

  /**
   * Whether no other array looks at this one's memory, so that whoever is given the array away may
   * write over it. False is always true enough: memory is then left as it is.
   */
  boolean isAlone() {
    return alone;
  }

  /** For who has just made the memory: nobody else has seen it. */
  DjlArray alone() {
    alone = true;
    return this;
  }

  /** Before a second array over the same memory is made. */
  DjlArray shared() {
    alone = false;
    return this;
  }

  int rank() {
    return shape().rank();
  }
}
