package org.gumbel4j.djl.nn;

import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.gumbel4j.tensor.Tensor;

/**
 * The axis of an input that holds the classes of one variable, or of several one behind the other.
 *
 * @param input the shape of the input
 * @param at the axis, counted from the front
 * @param groups the number of variables along it
 */
record ClassAxis(Shape input, int at, int groups) {
  /**
   * Checks what was asked for against a shape.
   *
   * @throws IllegalArgumentException if there is no such axis, or the groups do not divide it
   */
  static ClassAxis of(String block, Shape input, int axis, int groups) {
    int rank = input.dimension();
    if (axis < -rank || axis >= rank) {
      throw new IllegalArgumentException(
          block
              + ": there is no axis "
              + axis
              + " in an input of shape "
              + input
              + ", rank "
              + rank
              + "; the axes include that of the batch");
    }
    int at = axis < 0 ? axis + rank : axis;
    long extent = input.get(at);
    if (extent == 0 || extent % groups != 0) {
      throw new IllegalArgumentException(
          block
              + ": axis "
              + axis
              + " of an input of shape "
              + input
              + " must hold the classes of "
              + groups
              + (groups == 1 ? " variable" : " variables, all as many")
              + ", but its extent is "
              + extent);
    }
    return new ClassAxis(input, at, groups);
  }

  /** The number of classes of a variable. */
  long classes() {
    return input.get(at) / groups;
  }

  /** The axis of the classes once the groups have an axis of their own. */
  int axis() {
    return groups == 1 ? at : at + 1;
  }

  /** [… N·K …] as [… N, K …]. */
  Tensor split(Tensor x) {
    if (groups == 1) {
      return x;
    }
    return x.reshape(x.shape().with(at, groups).withInserted(at + 1, classes()));
  }

  /** [… N, K …] as [… N·K …]. */
  Tensor join(Tensor x) {
    return groups == 1 ? x : x.reshape(x.shape().without(at).with(at, input.get(at)));
  }

  /** What was split, the groups and then the classes as its last axes. */
  Tensor last(Tensor split) {
    int rank = split.rank();
    if (axis() == rank - 1) {
      return split;
    }
    int[] order =
        IntStream.concat(
                IntStream.range(0, rank).filter(i -> i < at || i > axis()),
                IntStream.rangeClosed(at, axis()))
            .toArray();
    return split.permute(order);
  }

  /** The shape of {@link #last}. */
  Shape lastShape() {
    long[] others =
        IntStream.range(0, input.dimension()).filter(i -> i != at).mapToLong(input::get).toArray();
    long[] classes = groups == 1 ? new long[] {classes()} : new long[] {groups, classes()};
    long[] all = Arrays.copyOf(others, others.length + classes.length);
    System.arraycopy(classes, 0, all, others.length, classes.length);
    return new Shape(all);
  }
}
