package org.gumbel4j.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.OptionalLong;
import org.gumbel4j.spi.BackendScope;
import org.gumbel4j.tensor.DType;
import org.jspecify.annotations.Nullable;

/**
 * Who owns what an operation made. DJL gives a result to its receiver's manager, which for a
 * parameter is one that lives for ever; so nothing is left there.
 */
interface Custody {
  /** The manager that results are handed to, and that arrays are created by. */
  NDManager manager();

  /** Takes over a result. */
  DjlArray own(NDArray array, DType dtype);

  /** A new handle, owned like any result, to the array of one that is as released from now on. */
  DjlArray moved(DjlArray x);

  BackendScope openScope();

  void attach(DjlArray x, @Nullable BackendScope scope);

  void release(DjlArray x);

  OptionalLong liveArrays();

  void close();
}
