package org.gumbel4j.cpu;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import org.gumbel4j.tensor.DType;
import org.jspecify.annotations.Nullable;

/** One handle's share in an array that is used again when its last handle has been released. */
final class Lease {
  /** An array and the number of leases on it. */
  static final class Block {
    private final Recycling recycling;
    private final int size;
    private final boolean uniform;
    private final float number;
    private final AtomicInteger leases = new AtomicInteger();
    private volatile float @Nullable [] array;

    /** An array that is there. */
    Block(Recycling recycling, float[] array) {
      this.recycling = recycling;
      this.size = array.length;
      this.uniform = false;
      this.number = 0;
      this.array = array;
    }

    /** One number, many times: written out when somebody asks for the array, if ever. */
    Block(Recycling recycling, float number, int size) {
      this.recycling = recycling;
      this.size = size;
      this.uniform = true;
      this.number = number;
    }

    private float[] array() {
      float[] written = array;
      return written == null ? write() : written;
    }

    private synchronized float[] write() {
      float[] written = array;
      if (written == null) {
        written = (float[]) recycling.allocate(DType.FLOAT32, size);
        Arrays.fill(written, number);
        array = written;
      }
      return written;
    }

    private synchronized void giveBack() {
      float[] written = array;
      if (written != null) {
        recycling.giveBack(written);
      }
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

  /** The array; a uniform one is written out by the first call. */
  float[] array() {
    return block.array();
  }

  /** Whether the array is known to hold one number throughout. */
  boolean isUniform() {
    return block.uniform;
  }

  /** The number that a uniform array holds. */
  float number() {
    return block.number;
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
      block.giveBack();
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
