package org.gumbel4j.djl;

import ai.djl.ndarray.types.DataType;
import org.gumbel4j.tensor.DType;
import org.gumbel4j.tensor.Shape;

/** Shapes and data types, from our words to DJL's and back. */
final class Types {
  private Types() {}

  static ai.djl.ndarray.types.Shape shape(Shape shape) {
    return new ai.djl.ndarray.types.Shape(shape.toArray());
  }

  static Shape shape(ai.djl.ndarray.types.Shape shape) {
    return Shape.of(shape.getShape());
  }

  static DataType dataType(DType dtype) {
    return switch (dtype) {
      case FLOAT32 -> DataType.FLOAT32;
      case FLOAT64 -> DataType.FLOAT64;
      case INT64 -> DataType.INT64;
      case BOOL -> DataType.BOOLEAN;
    };
  }

  /**
   * Our type of an array that a user brings.
   *
   * @throws IllegalArgumentException if we have none
   */
  static DType dtype(DataType type) {
    return switch (type) {
      case FLOAT32 -> DType.FLOAT32;
      case FLOAT64 -> DType.FLOAT64;
      case INT64 -> DType.INT64;
      case BOOLEAN -> DType.BOOL;
      default ->
          throw new IllegalArgumentException(
              "wrap: an array of "
                  + type
                  + " has no counterpart; convert it with toType to FLOAT32, FLOAT64, INT64 or"
                  + " BOOLEAN first");
    };
  }
}
