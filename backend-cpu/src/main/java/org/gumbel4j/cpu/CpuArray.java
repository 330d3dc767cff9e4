package org.gumbel4j.cpu;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;
import org.gumbel4j.tensor.DType;
import org.gumbel4j.tensor.Shape;
import org.jspecify.annotations.Nullable;

/**
 * The handle of this backend: a shape over a Java array in row-major order without gaps. Nobody
 * writes to the array while there is a handle to it, so handles share arrays freely. One number
 * broadcast to a large shape, as the gradient of a sum is, has no array before somebody asks for
 * it.
 */
final class CpuArray {
  /** What a Java array can hold on every JVM. */
  static final int MAX_SIZE = Integer.MAX_VALUE - 8;

  private final Shape shape;
  private final DType dtype;
  private final @Nullable Object data;
  private final @Nullable Lease lease;

  CpuArray(Shape shape, float[] data) {
    this(shape, DType.FLOAT32, data);
  }

  CpuArray(Shape shape, double[] data) {
    this(shape, DType.FLOAT64, data);
  }

  CpuArray(Shape shape, long[] data) {
    this(shape, DType.INT64, data);
  }

  CpuArray(Shape shape, boolean[] data) {
    this(shape, DType.BOOL, data);
  }

  /** The array is of the type's Java type: float[], double[], long[] or boolean[]. */
  CpuArray(Shape shape, DType dtype, Object data) {
    this(shape, dtype, data, null);
  }

  /** As above, over an array that is used again when the lease and others on it have ended. */
  CpuArray(Shape shape, float[] data, Lease lease) {
    this(shape, DType.FLOAT32, data, lease);
  }

  /** As many times one number as the lease has it. */
  CpuArray(Shape shape, Lease uniform) {
    this(shape, DType.FLOAT32, null, uniform);
  }

  private CpuArray(Shape shape, DType dtype, @Nullable Object data, @Nullable Lease lease) {
    this.shape = shape;
    this.dtype = dtype;
    this.data = data;
    this.lease = lease;
  }

  Shape shape() {
    return shape;
  }

  DType dtype() {
    return dtype;
  }

  int size() {
    return (int) shape.size();
  }

  Object data() {
    return data == null ? requireNonNull(lease).array() : data;
  }

  float[] floats() {
    return (float[]) data();
  }

  double[] doubles() {
    return (double[]) data();
  }

  long[] longs() {
    return (long[]) data();
  }

  boolean[] booleans() {
    return (boolean[]) data();
  }

  /** Whether all entries are known to be one number, {@link #entry}. */
  boolean isUniform() {
    return size() == 1 || (lease != null && lease.isUniform());
  }

  /** An array of one entry: what all entries of a uniform array are. */
  Object entry() {
    return lease != null && lease.isUniform() ? new float[] {lease.number()} : data();
  }

  CpuArray reshape(Shape newShape) {
    return new CpuArray(newShape, dtype, data, lease == null ? null : lease.another());
  }

  /** Another handle to the same array. */
  CpuArray again() {
    return reshape(shape);
  }

  /**
   * Whether the array is used again some day, there is no handle to it but this, and its entries
   * are known from nowhere else: then an operation may write its result over them.
   */
  boolean isSole() {
    return lease != null && lease.isSole() && !lease.isUniform();
  }

  /** Makes the handle end with a scope; with null, not before {@link #release}. */
  void attach(@Nullable ArrayScope scope) {
    if (lease != null) {
      lease.moveTo(scope);
    }
  }

  /** Ends the handle. */
  void release() {
    if (lease != null) {
      lease.end();
    }
  }

  /** A new Java array for a result. */
  static Object allocate(String operation, Shape shape, DType dtype) {
    return allocate(dtype, size(operation, shape));
  }

  /** A new Java array of the type. */
  static Object allocate(DType dtype, int size) {
    return switch (dtype) {
      case FLOAT32 -> new float[size];
      case FLOAT64 -> new double[size];
      case INT64 -> new long[size];
      case BOOL -> new boolean[size];
    };
  }

  /**
   * The number of entries.
   *
   * @throws IllegalArgumentException if no Java array is that long
   */
  static int size(String operation, Shape shape) {
    if (shape.size() > MAX_SIZE) {
      throw new IllegalArgumentException(
          operation
              + ": shape "
              + shape
              + " has "
              + shape.size()
              + " entries, but a tensor of the cpu backend holds at most "
              + MAX_SIZE
              + "; split it along an axis");
    }
    return (int) shape.size();
  }

  /** {@code to[from … until − 1]} all set to one entry of another array of the same Java type. */
  static void fill(Object to, int from, int until, Object source, int index) {
    if (to instanceof float[] f) {
      Arrays.fill(f, from, until, ((float[]) source)[index]);
    } else if (to instanceof double[] d) {
      Arrays.fill(d, from, until, ((double[]) source)[index]);
    } else if (to instanceof long[] l) {
      Arrays.fill(l, from, until, ((long[]) source)[index]);
    } else {
      Arrays.fill((boolean[]) to, from, until, ((boolean[]) source)[index]);
    }
  }

  @Override
  public String toString() {
    return dtype + " " + shape;
  }
}
