package org.gumbel4j.cpu;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.gumbel4j.spi.BackendScope;
import org.gumbel4j.tensor.DType;
import org.gumbel4j.tensor.Shape;
import org.jspecify.annotations.Nullable;

/**
 * Large FLOAT32 arrays, used again when nobody has a handle to them any more: training asks for the
 * same lengths at every step, and an array that was used a moment ago is in cache, while a new one
 * has to be zeroed and drives memory in use up until the garbage collector looks.
 *
 * <p>An array comes back when all handles to it were released, one by one or with their scope. What
 * is never released is left to the garbage collector, whether or not a scope is open.
 */
final class Recycling {
  /** Arrays of at least this many entries are worth it. */
  private static final int LARGE = 4096;

  private final int smallest;
  private final long capacity;
  private final boolean spoils;

  @SuppressWarnings("ThreadLocalUsage") // one for each backend: scopes of two do not nest
  private final ThreadLocal<@Nullable ArrayScope> innermost = new ThreadLocal<>();

  private final Map<Integer, Deque<float[]>> idle = new HashMap<>();
  private long idleBytes;

  /**
   * Keeps some arrays.
   *
   * @param smallest how many entries an array has at least
   * @param capacity how many bytes may lie idle
   * @param spoils whether to fill arrays that come back with NaN, so that who still reads them sees
   */
  Recycling(int smallest, long capacity, boolean spoils) {
    this.smallest = smallest;
    this.capacity = capacity;
    this.spoils = spoils;
  }

  /** Large arrays, up to a thirty-second of the heap. */
  static Recycling ofLargeArrays() {
    return new Recycling(LARGE, Runtime.getRuntime().maxMemory() / 32, false);
  }

  /** An array for a result, with whatever was left in it: every entry must be written. */
  Object allocate(DType dtype, int size) {
    float[] again = dtype == DType.FLOAT32 && size >= smallest ? take(size) : null;
    return again == null ? CpuArray.allocate(dtype, size) : again;
  }

  /**
   * As {@link #allocate(DType, int)}.
   *
   * @throws IllegalArgumentException if no Java array is that long
   */
  Object allocate(String operation, Shape shape, DType dtype) {
    return allocate(dtype, CpuArray.size(operation, shape));
  }

  /** The handle to an array that {@link #allocate} gave and that nobody else has. */
  CpuArray handle(Shape shape, DType dtype, Object data) {
    if (data instanceof float[] floats && floats.length >= smallest) {
      return new CpuArray(shape, floats, new Lease(new Lease.Block(this, floats)));
    }
    return new CpuArray(shape, dtype, data);
  }

  /**
   * The handle to as many times one number, none of which is written before somebody asks for them;
   * null if so few are better written at once.
   */
  @Nullable CpuArray uniform(Shape shape, float number) {
    int size = (int) shape.size();
    return size < smallest
        ? null
        : new CpuArray(shape, new Lease(new Lease.Block(this, number, size)));
  }

  BackendScope openScope() {
    ArrayScope scope = new ArrayScope(this, innermost.get());
    innermost.set(scope);
    return scope;
  }

  @Nullable ArrayScope innermost() {
    return innermost.get();
  }

  void leave(@Nullable ArrayScope outer) {
    if (outer == null) {
      innermost.remove();
    } else {
      innermost.set(outer);
    }
  }

  private synchronized float @Nullable [] take(int size) {
    Deque<float[]> same = idle.get(size);
    float[] array = same == null ? null : same.pollLast();
    if (array != null) {
      idleBytes -= bytes(array);
    }
    return array;
  }

  synchronized void giveBack(float[] array) {
    if (spoils) {
      Arrays.fill(array, Float.NaN);
    }
    if (idleBytes + bytes(array) > capacity) {
      // Lengths that are out of use go; those in use will soon be here again.
      clear();
    }
    if (bytes(array) <= capacity) {
      idle.computeIfAbsent(array.length, length -> new ArrayDeque<>()).addLast(array);
      idleBytes += bytes(array);
    }
  }

  synchronized void clear() {
    idle.clear();
    idleBytes = 0;
  }

  private static long bytes(float[] array) {
    return (long) array.length * Float.BYTES;
  }
}
