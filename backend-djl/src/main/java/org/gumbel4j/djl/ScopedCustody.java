package org.gumbel4j.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.gumbel4j.spi.BackendScope;
import org.gumbel4j.tensor.DType;
import org.jspecify.annotations.Nullable;

/**
 * Arrays that belong to the innermost scope of the thread that made them. To DJL all of them belong
 * to one manager, which closes with the backend; a sub-manager for each scope would not do, since
 * DJL gives the result of an operation to the manager of its first operand.
 */
final class ScopedCustody implements Custody {
  private final NDManager manager;
  private final Object lock = new Object();
  private long live;

  @SuppressWarnings("ThreadLocalUsage") // one for each backend: scopes of two do not nest
  private final ThreadLocal<Region> innermost = new ThreadLocal<>();

  ScopedCustody(NDManager manager) {
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
    NDScope.unregister(array); // a scope of DJL's that a user has open closes nothing of ours
    DjlArray owned = new DjlArray(array, dtype);
    Region region = innermost.get();
    synchronized (lock) {
      live++;
      if (region != null) {
        region.add(owned);
      }
    }
    return owned;
  }

  @Override
  public DjlArray moved(DjlArray x) {
    DjlArray owned = new DjlArray(x.array(), x.dtype());
    Region region = innermost.get();
    synchronized (lock) {
      x.freed = true;
      if (x.owner != null) {
        x.owner.remove(x);
      }
      if (region != null) {
        region.add(owned);
      }
    }
    return owned;
  }

  @Override
  public BackendScope openScope() {
    Region region = new Region(this, innermost.get());
    innermost.set(region);
    return region;
  }

  void close(Region region) {
    if (region.outer == null) {
      innermost.remove();
    } else {
      innermost.set(region.outer);
    }
    List<DjlArray> gone = new ArrayList<>();
    synchronized (lock) {
      for (DjlArray x = region.first(); x != null; x = region.first()) {
        region.remove(x);
        x.freed = true;
        live--;
        gone.add(x);
      }
    }
    gone.forEach(x -> x.array().close());
  }

  @Override
  public void attach(DjlArray x, @Nullable BackendScope scope) {
    synchronized (lock) {
      if (x.freed) {
        return;
      }
      if (x.owner != null) {
        x.owner.remove(x);
      }
      if (scope instanceof Region region) {
        region.add(x);
      }
    }
  }

  @Override
  public void release(DjlArray x) {
    synchronized (lock) {
      if (x.freed) {
        return;
      }
      x.freed = true;
      live--;
      if (x.owner != null) {
        x.owner.remove(x);
      }
    }
    x.array().close();
  }

  @Override
  public OptionalLong liveArrays() {
    synchronized (lock) {
      return OptionalLong.of(live);
    }
  }

  @Override
  public void close() {
    if (manager.isOpen()) {
      manager.close();
    }
  }
}
