package org.gumbel4j.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.OptionalLong;
import org.gumbel4j.spi.BackendScope;
import org.gumbel4j.tensor.DType;
import org.jspecify.annotations.Nullable;

/** Arrays on the engine's own tape: they belong to a manager of the user's, who closes it. */
final class TapeCustody implements Custody {
  private final NDManager manager;

  TapeCustody(NDManager manager) {
    this.manager = manager;
  }

  @Override
  public NDManager manager() {
    return manager;
  }

  @Override
  public DjlArray own(NDArray array, DType dtype) {
    if (array.getManager() != manager) {
      array.attach(manager);
    }
    return new DjlArray(array, dtype);
  }

  @Override
  public DjlArray moved(DjlArray x) {
    return new DjlArray(x.array(), x.dtype());
  }

  @Override
  public BackendScope openScope() {
    return BackendScope.NONE;
  }

  @Override
  public void attach(DjlArray x, @Nullable BackendScope scope) {}

  @Override
  public void release(DjlArray x) {}

  @Override
  public OptionalLong liveArrays() {
    return OptionalLong.empty();
  }

  @Override
  public void close() {}
}
