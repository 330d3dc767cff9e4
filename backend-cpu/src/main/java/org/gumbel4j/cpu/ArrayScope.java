package org.gumbel4j.cpu;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import org.gumbel4j.spi.BackendScope;
import org.jspecify.annotations.Nullable;

/**
 * Ends leases when it closes. It does not keep them alive: what a program drops while the scope is
 * open the garbage collector may have.
 */
final class ArrayScope implements BackendScope {
  private static final int FEW = 256;

  private final Recycling recycling;
  private final @Nullable ArrayScope outer;
  private final List<WeakReference<Lease>> leases = new ArrayList<>();
  private int crowded = FEW;

  ArrayScope(Recycling recycling, @Nullable ArrayScope outer) {
    this.recycling = recycling;
    this.outer = outer;
  }

  void add(Lease lease) {
    if (leases.size() >= crowded) {
      leases.removeIf(ArrayScope::isGone);
      crowded = Math.max(FEW, 2 * leases.size());
    }
    leases.add(new WeakReference<>(lease));
  }

  private static boolean isGone(WeakReference<Lease> reference) {
    Lease lease = reference.get();
    return lease == null || lease.isOver();
  }

  @Override
  public void close() {
    recycling.leave(outer);
    for (WeakReference<Lease> reference : leases) {
      Lease lease = reference.get();
      if (lease != null) {
        lease.endWith(this);
      }
    }
    leases.clear();
  }
}
