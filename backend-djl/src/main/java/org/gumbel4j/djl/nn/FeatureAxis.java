package org.gumbel4j.djl.nn;

import ai.djl.ndarray.types.Shape;
import java.util.stream.IntStream;
import org.gumbel4j.tensor.Tensor;

/**
 * The axis of an input that holds its features, and the way to the last place and back.
 *
 * @param input the shape of the input
 * @param at the axis, counted from the front
 */
record FeatureAxis(Shape input, int at) {
  /**
   * Checks an axis against a shape.
   *
   * @throws IllegalArgumentException if there is no such axis, or none besides it for the batch
   */
  static FeatureAxis of(String block, Shape input, int axis) {
    int rank = input.dimension();
    if (rank < 2 || axis < -rank || axis >= rank) {
      throw new IllegalArgumentException(
          block
              + ": an input of shape "
              + input
              + ", rank "
              + rank
              + ", must have an axis "
              + axis
              + " of features, and at least one besides, for the batch");
    }
    return new FeatureAxis(input, axis < 0 ? axis + rank : axis);
  }

  /** The number of features. */
  long features() {
    return input.get(at);
  }

  private boolean isLast() {
    return at == input.dimension() - 1;
  }

  /** The axis moved to the end. */
  Tensor toLast(Tensor x) {
    if (isLast()) {
      return x;
    }
    IntStream others = IntStream.range(0, x.rank()).filter(i -> i != at);
    return x.permute(IntStream.concat(others, IntStream.of(at)).toArray());
  }

  /** The last axis moved to where the features were. */
  Tensor fromLast(Tensor x) {
    if (isLast()) {
      return x;
    }
    int last = x.rank() - 1;
    return x.permute(
        IntStream.rangeClosed(0, last).map(i -> i < at ? i : i == at ? last : i - 1).toArray());
  }

  /** The input's shape with the axis moved to the end. */
  Shape lastShape() {
    return isLast() ? input : input.slice(0, at).addAll(input.slice(at + 1)).add(features());
  }

  /** The input's shape with another number of features. */
  Shape outputShape(long units) {
    Shape before = input.slice(0, at).add(units);
    return isLast() ? before : before.addAll(input.slice(at + 1));
  }
}
