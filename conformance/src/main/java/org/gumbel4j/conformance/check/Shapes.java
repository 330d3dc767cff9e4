package org.gumbel4j.conformance.check;

import java.util.ArrayList;
import java.util.List;
import org.gumbel4j.tensor.Shape;

/**
 * Shapes that have caught somebody: scalars, ones, primes, just past a vector's or a block's
 * length.
 */
public final class Shapes {
  /** A few of every kind. */
  public static final List<Shape> AWKWARD =
      List.of(
          Shape.SCALAR,
          Shape.of(1),
          Shape.of(7),
          Shape.of(1, 1),
          Shape.of(2, 3),
          Shape.of(3, 1, 5),
          Shape.of(1, 4, 1),
          Shape.of(17, 33),
          Shape.of(2, 3, 4, 5),
          Shape.of(1025));

  private Shapes() {}

  /** All sets of axes of a rank, each sorted, but for the empty set. */
  public static List<int[]> axisSets(int rank) {
    List<int[]> sets = new ArrayList<>();
    for (int bits = 1; bits < 1 << rank; bits++) {
      int[] axes = new int[Integer.bitCount(bits)];
      int count = 0;
      for (int axis = 0; axis < rank; axis++) {
        if ((bits >> axis & 1) == 1) {
          axes[count++] = axis;
        }
      }
      sets.add(axes);
    }
    return sets;
  }

  /** All arrangements of the axes of a rank. */
  public static List<int[]> permutations(int rank) {
    List<int[]> result = new ArrayList<>();
    extend(new int[rank], 0, result);
    return result;
  }

  private static void extend(int[] start, int length, List<int[]> result) {
    if (length == start.length) {
      result.add(start.clone());
      return;
    }
    for (int axis = 0; axis < start.length; axis++) {
      boolean used = false;
      for (int i = 0; i < length; i++) {
        used |= start[i] == axis;
      }
      if (!used) {
        start[length] = axis;
        extend(start, length + 1, result);
      }
    }
  }
}
