package org.gumbel4j.tensor;

import java.util.Arrays;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * The extents of a tensor, outermost axis first. Immutable. A scalar has rank 0 and size 1; an
 * extent of 0 makes the tensor empty.
 *
 * <p>Axes may be counted from the end: −1 is the last.
 *
 * @since 0.1
 */
public final class Shape {
  /** The shape of a single number. */
  public static final Shape SCALAR = new Shape(new long[0]);

  private final long[] dims;
  private final long size;

  private Shape(long[] dims) {
    this.dims = dims;
    this.size = product(dims);
  }

  /**
   * A shape of the given extents.
   *
   * @throws IllegalArgumentException if an extent is negative or the number of entries overflows
   */
  public static Shape of(long... dims) {
    if (dims.length == 0) {
      return SCALAR;
    }
    return new Shape(dims.clone());
  }

  private static long product(long[] dims) {
    long size = 1;
    boolean empty = false;
    for (long dim : dims) {
      if (dim < 0) {
        throw new IllegalArgumentException(
            "shape " + Arrays.toString(dims) + ": extents must not be negative");
      }
      empty |= dim == 0;
    }
    if (empty) {
      return 0;
    }
    for (long dim : dims) {
      try {
        size = Math.multiplyExact(size, dim);
      } catch (ArithmeticException e) {
        throw new IllegalArgumentException(
            "shape " + Arrays.toString(dims) + ": more than 2^63 - 1 entries", e);
      }
    }
    return size;
  }

  /** The number of axes. */
  public int rank() {
    return dims.length;
  }

  /** The number of entries: the product of the extents, 1 for a scalar. */
  public long size() {
    return size;
  }

  /** Whether there is no entry at all. */
  public boolean isEmpty() {
    return size == 0;
  }

  /** The extent of an axis, which may be negative to count from the end. */
  public long dim(int axis) {
    return dims[axis(axis, "dim")];
  }

  /** The extents, in a new array. */
  public long[] toArray() {
    return dims.clone();
  }

  /**
   * The axis counted from the front.
   *
   * @param axis −rank … rank − 1
   * @param operation named in the error
   * @throws IllegalArgumentException if there is no such axis
   */
  public int axis(int axis, String operation) {
    if (axis < -dims.length || axis >= dims.length) {
      throw new IllegalArgumentException(
          operation
              + ": axis "
              + axis
              + " is outside "
              + (dims.length == 0
                  ? "a scalar, which has no axis"
                  : "shape " + this + "; use " + -dims.length + " … " + (dims.length - 1)));
    }
    return axis < 0 ? axis + dims.length : axis;
  }

  /** This shape with one extent replaced. */
  public Shape with(int axis, long dim) {
    long[] result = dims.clone();
    result[axis(axis, "with")] = dim;
    return of(result);
  }

  /** This shape without one axis. */
  public Shape without(int axis) {
    int a = axis(axis, "without");
    long[] result = new long[dims.length - 1];
    System.arraycopy(dims, 0, result, 0, a);
    System.arraycopy(dims, a + 1, result, a, result.length - a);
    return of(result);
  }

  /**
   * This shape with a new axis at the given place.
   *
   * @param axis −rank − 1 … rank
   */
  public Shape withInserted(int axis, long dim) {
    int rank = dims.length;
    if (axis < -rank - 1 || axis > rank) {
      throw new IllegalArgumentException(
          "expandDims: axis "
              + axis
              + " is outside "
              + (-rank - 1)
              + " … "
              + rank
              + " for "
              + this);
    }
    int a = axis < 0 ? axis + rank + 1 : axis;
    long[] result = new long[rank + 1];
    System.arraycopy(dims, 0, result, 0, a);
    result[a] = dim;
    System.arraycopy(dims, a, result, a + 1, rank - a);
    return of(result);
  }

  /** The axes of this shape followed by those of the other. */
  public Shape concat(Shape other) {
    long[] result = Arrays.copyOf(dims, dims.length + other.dims.length);
    System.arraycopy(other.dims, 0, result, dims.length, other.dims.length);
    return of(result);
  }

  /**
   * The shape of the axes {@code from} (inclusive) to {@code to} (exclusive), counted from the
   * front.
   *
   * @throws IndexOutOfBoundsException unless 0 ≤ from ≤ to ≤ rank
   */
  public Shape axes(int from, int to) {
    Objects.checkFromToIndex(from, to, dims.length);
    return of(Arrays.copyOfRange(dims, from, to));
  }

  /**
   * The common shape of two operands under NumPy's broadcasting: shapes are aligned at their last
   * axis, missing axes count as 1, and an extent of 1 stretches to the other's.
   *
   * @param operation named in the error
   * @throws IllegalArgumentException if two extents differ and neither is 1
   */
  public Shape broadcast(Shape other, String operation) {
    if (equals(other)) {
      return this;
    }
    int rank = Math.max(dims.length, other.dims.length);
    long[] result = new long[rank];
    for (int i = 1; i <= rank; i++) {
      long a = i <= dims.length ? dims[dims.length - i] : 1;
      long b = i <= other.dims.length ? other.dims[other.dims.length - i] : 1;
      if (a != b && a != 1 && b != 1) {
        throw new IllegalArgumentException(
            operation
                + ": shapes "
                + this
                + " and "
                + other
                + " do not broadcast: axis "
                + -i
                + " has "
                + a
                + " and "
                + b
                + "; extents must be equal or 1");
      }
      result[rank - i] = a == 1 ? b : a;
    }
    return of(result);
  }

  /** Whether a tensor of this shape can be stretched to the other. */
  public boolean isBroadcastableTo(Shape target) {
    if (dims.length > target.dims.length) {
      return false;
    }
    for (int i = 1; i <= dims.length; i++) {
      long a = dims[dims.length - i];
      if (a != 1 && a != target.dims[target.dims.length - i]) {
        return false;
      }
    }
    return true;
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof Shape shape && Arrays.equals(dims, shape.dims);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(dims);
  }

  @Override
  public String toString() {
    return Arrays.stream(dims).mapToObj(Long::toString).collect(Collectors.joining(", ", "[", "]"));
  }
}
