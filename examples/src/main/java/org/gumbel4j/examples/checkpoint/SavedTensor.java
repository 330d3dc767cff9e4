package org.gumbel4j.examples.checkpoint;

import java.util.Arrays;

/**
 * A tensor as a checkpoint keeps it: single precision, row by row.
 *
 * @param name which parameter or moment it is
 * @param dims sizes of the axes
 * @param values {@code Π dims} numbers
 */
@SuppressWarnings(
    "ArrayRecordComponent") // a carrier between memory and file; compared by content below
public record SavedTensor(String name, int[] dims, float[] values) {

  /**
   * Makes the record.
   *
   * @throws IllegalArgumentException if the number of values is not the product of the dims
   */
  public SavedTensor {
    long size = 1;
    for (int d : dims) {
      size = Math.multiplyExact(size, d);
    }
    if (size != values.length) {
      throw new IllegalArgumentException(
          "tensor "
              + name
              + ": "
              + values.length
              + " values for the shape "
              + Arrays.toString(dims));
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SavedTensor that
        && name.equals(that.name)
        && Arrays.equals(dims, that.dims)
        && Arrays.equals(values, that.values);
  }

  @Override
  public int hashCode() {
    return 31 * (31 * name.hashCode() + Arrays.hashCode(dims)) + Arrays.hashCode(values);
  }

  @Override
  public String toString() {
    return name + Arrays.toString(dims);
  }
}
