package org.gumbel4j.cpu;

import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** One handle's share in an array that is used again when its last handle has been released. */
final class Lease {
  /** An array and the number of leases on it. */
  static final class Block {
    private final Recycling recycling;
    private final float[] array;
    private final AtomicInteger leases = new AtomicInteger();

    Block(Recycling recycling, float[] array) {
      this.recycling = recycling;
      this.array = array;
    }
  }

  private final Block block;
  private @Nullable ArrayScope owner;
  private boolean over;

  /** A lease of the calling thread's innermost scope. */
  Lease(Block block) {
    this.block = block;
    block.leases.incrementAndGet();
    moveTo(block.recycling.innermost());
  }

  /** Another lease on the same array. */
  Lease another() {
    return new Lease(block);
  }

  /** Whether there is no other lease on the array. */
  boolean isSole() {
    return !isOver() && block.leases.get() == 1;
  }

  /** Makes the lease end with a scope, or with nothing but {@link #end}. */
  void moveTo(@Nullable ArrayScope scope) {
    synchronized (this) {
      if (owner == scope) {
        return;
      }
      owner = scope;
    }
    if (scope != null) {
      scope.add(this);
    }
  }

  /** Ends the lease, from any thread; ending it again does nothing. */
  void end() {
    synchronized (this) {
      if (over) {
        return;
      }
      over = true;
    }
    if (block.leases.decrementAndGet() == 0) {
      block.recycling.giveBack(block.array);
    }
  }

  /** Ends the lease if it is the scope's. */
  void endWith(ArrayScope scope) {
    boolean ends;
    synchronized (this) {
      ends = owner == scope;
    }
    if (ends) {
      end();
    }
  }

  synchronized boolean isOver() {
    return over;
  }
}
