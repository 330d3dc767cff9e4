package org.gumbel4j.djl;

import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Shapes that broadcast together, written with fewer axes: neighbouring axes that the same operands
 * stretch over become one, and those of extent 1 go. For operators that know few axes only.
 *
 * @param operands each operand's shape, all of one rank, at least 1
 * @param result the broadcast shape, its axes as they were
 */
record MergedAxes(List<Shape> operands, Shape result) {
  static MergedAxes of(List<Shape> shapes) {
    int rank = shapes.stream().mapToInt(Shape::dimension).max().orElse(0);
    long[] result = new long[rank];
    List<List<Long>> merged = new ArrayList<>();
    shapes.forEach(s -> merged.add(new ArrayList<>()));
    boolean[] before = new boolean[0];
    for (int axis = 0; axis < rank; axis++) {
      long extent = 1;
      for (Shape shape : shapes) {
        extent = Math.max(extent, extent(shape, axis, rank));
      }
      result[axis] = extent;
      if (extent > 1) {
        boolean[] stretched = new boolean[shapes.size()];
        for (int i = 0; i < stretched.length; i++) {
          stretched[i] = extent(shapes.get(i), axis, rank) == 1;
        }
        boolean joins = Arrays.equals(stretched, before);
        for (int i = 0; i < stretched.length; i++) {
          append(merged.get(i), stretched[i] ? 1 : extent, joins);
        }
        before = stretched;
      }
    }
    return new MergedAxes(merged.stream().map(MergedAxes::shape).toList(), new Shape(result));
  }

  private static void append(List<Long> axes, long extent, boolean joins) {
    if (joins) {
      int last = axes.size() - 1;
      axes.set(last, axes.get(last) * extent);
    } else {
      axes.add(extent);
    }
  }

  /** The extent of an axis of the broadcast shape; missing axes count as 1. */
  private static long extent(Shape shape, int axis, int rank) {
    int at = axis - (rank - shape.dimension());
    return at < 0 ? 1 : shape.get(at);
  }

  private static Shape shape(List<Long> axes) {
    return axes.isEmpty() ? new Shape(1) : new Shape(axes);
  }
}
