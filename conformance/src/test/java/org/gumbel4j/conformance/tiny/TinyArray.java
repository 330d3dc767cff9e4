package org.gumbel4j.conformance.tiny;

import java.util.function.IntToDoubleFunction;
import java.util.function.IntToLongFunction;
import java.util.function.IntUnaryOperator;
import org.gumbel4j.tensor.DType;
import org.gumbel4j.tensor.Shape;

/**
 * The handle: entries in row-major order. Floating entries are doubles, already rounded if the type
 * is FLOAT32; integers and truth values (0 and 1) are longs, so that INT64 is exact. The other
 * array is empty.
 */
final class TinyArray {
  final Shape shape;
  final DType dtype;
  final double[] reals;
  final long[] integers;

  private TinyArray(Shape shape, DType dtype, double[] reals, long[] integers) {
    this.shape = shape;
    this.dtype = dtype;
    this.reals = reals;
    this.integers = integers;
  }

  /** A floating array whose entry at position i is f(i). */
  static TinyArray reals(Shape shape, DType dtype, IntToDoubleFunction f) {
    double[] entries = new double[Math.toIntExact(shape.size())];
    for (int i = 0; i < entries.length; i++) {
      double value = f.applyAsDouble(i);
      entries[i] = dtype == DType.FLOAT32 ? (float) value : value;
    }
    return new TinyArray(shape, dtype, entries, new long[0]);
  }

  /** An INT64 or BOOL array whose entry at position i is f(i). */
  static TinyArray integers(Shape shape, DType dtype, IntToLongFunction f) {
    long[] entries = new long[Math.toIntExact(shape.size())];
    for (int i = 0; i < entries.length; i++) {
      entries[i] = f.applyAsLong(i);
    }
    return new TinyArray(shape, dtype, new double[0], entries);
  }

  /** An array of this type whose entry at position i is this one's at position from(i). */
  TinyArray pick(Shape newShape, IntUnaryOperator from) {
    return dtype.isFloating()
        ? reals(newShape, dtype, i -> reals[from.applyAsInt(i)])
        : integers(newShape, dtype, i -> integers[from.applyAsInt(i)]);
  }

  /** An entry as a double, whatever the type. */
  double real(int i) {
    return dtype.isFloating() ? reals[i] : integers[i];
  }

  int size() {
    return (int) shape.size();
  }
}
