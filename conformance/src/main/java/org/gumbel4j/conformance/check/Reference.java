package org.gumbel4j.conformance.check;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import java.util.function.ToDoubleFunction;
import java.util.function.UnaryOperator;
import org.gumbel4j.tensor.Shape;

/**
 * Array operations as they are defined, by coordinates, without a thought for speed: what backends
 * are compared with.
 */
public final class Reference {
  private Reference() {}

  /** The coordinates of a position in row-major order. */
  public static int[] coordinates(Shape shape, int position) {
    int[] coordinates = new int[shape.rank()];
    int rest = position;
    for (int axis = shape.rank() - 1; axis >= 0; axis--) {
      int extent = (int) shape.dim(axis);
      coordinates[axis] = rest % extent;
      rest /= extent;
    }
    return coordinates;
  }

  /** The position of coordinates in row-major order. */
  public static int position(Shape shape, int[] coordinates) {
    int position = 0;
    for (int axis = 0; axis < coordinates.length; axis++) {
      position = position * (int) shape.dim(axis) + coordinates[axis];
    }
    return position;
  }

  /** Where an entry of the large shape comes from in the small one that broadcasts to it. */
  public static int stretched(Shape large, int position, Shape small) {
    int[] from = coordinates(large, position);
    int[] to = Arrays.copyOfRange(from, large.rank() - small.rank(), large.rank());
    for (int axis = 0; axis < to.length; axis++) {
      if (small.dim(axis) == 1) {
        to[axis] = 0;
      }
    }
    return position(small, to);
  }

  /** A function of each entry. */
  public static double[] map(double[] x, DoubleUnaryOperator f) {
    return Arrays.stream(x).map(f).toArray();
  }

  /** A function of two arrays' entries, broadcast. */
  public static double[] zip(
      Shape shapeA, double[] a, Shape shapeB, double[] b, DoubleBinaryOperator f) {
    Shape shape = shapeA.broadcast(shapeB, "reference");
    double[] result = new double[Close.size(shape)];
    for (int i = 0; i < result.length; i++) {
      result[i] = f.applyAsDouble(a[stretched(shape, i, shapeA)], b[stretched(shape, i, shapeB)]);
    }
    return result;
  }

  /** Entries repeated. */
  public static double[] broadcast(Shape from, double[] x, Shape to) {
    double[] result = new double[Close.size(to)];
    for (int i = 0; i < result.length; i++) {
      result[i] = x[stretched(to, i, from)];
    }
    return result;
  }

  /** A function of the entries along axes, which come in row-major order. */
  public static double[] reduce(Shape shape, double[] x, int[] axes, ToDoubleFunction<double[]> f) {
    Shape kept = reduced(shape, axes, true);
    List<List<Double>> groups = new ArrayList<>();
    for (int i = 0; i < Close.size(kept); i++) {
      groups.add(new ArrayList<>());
    }
    for (int i = 0; i < x.length; i++) {
      groups.get(stretched(shape, i, kept)).add(x[i]);
    }
    return groups.stream()
        .mapToDouble(g -> f.applyAsDouble(g.stream().mapToDouble(v -> v).toArray()))
        .toArray();
  }

  /** The shape that a reduction over sorted axes leaves. */
  public static Shape reduced(Shape shape, int[] axes, boolean keepDims) {
    Shape result = shape;
    for (int i = axes.length - 1; i >= 0; i--) {
      result = keepDims ? result.with(axes[i], 1) : result.without(axes[i]);
    }
    return result;
  }

  /** A function of each line along an axis, giving a line of the same length. */
  public static double[] alongAxis(Shape shape, double[] x, int axis, UnaryOperator<double[]> f) {
    double[] result = new double[x.length];
    int extent = (int) shape.dim(axis);
    for (int p = 0; p < x.length; p++) {
      int[] at = coordinates(shape, p);
      if (at[axis] == 0) {
        int[] line = new int[extent];
        double[] values = new double[extent];
        for (int i = 0; i < extent; i++) {
          at[axis] = i;
          line[i] = position(shape, at);
          values[i] = x[line[i]];
        }
        double[] changed = f.apply(values);
        for (int i = 0; i < extent; i++) {
          result[line[i]] = changed[i];
        }
      }
    }
    return result;
  }

  /** Axes rearranged: axis i of the result is axis {@code permutation[i]} of x. */
  public static double[] permute(Shape shape, double[] x, int[] permutation) {
    Shape target = permuted(shape, permutation);
    double[] result = new double[x.length];
    for (int p = 0; p < x.length; p++) {
      int[] at = coordinates(target, p);
      int[] from = new int[at.length];
      for (int i = 0; i < at.length; i++) {
        from[permutation[i]] = at[i];
      }
      result[p] = x[position(shape, from)];
    }
    return result;
  }

  /** The shape with its axes rearranged. */
  public static Shape permuted(Shape shape, int[] permutation) {
    return Shape.of(Arrays.stream(permutation).mapToLong(shape::dim).toArray());
  }

  /** The largest; NaN if any is. */
  public static double max(double[] values) {
    return Arrays.stream(values).reduce(Double.NEGATIVE_INFINITY, Math::max);
  }

  /** The smallest; NaN if any is. */
  public static double min(double[] values) {
    return Arrays.stream(values).reduce(Double.POSITIVE_INFINITY, Math::min);
  }

  /** The first place of the largest, NaN counting as the largest. */
  public static int argMax(double[] values) {
    int best = 0;
    for (int i = 1; i < values.length; i++) {
      if (order(values[i], values[best]) > 0) {
        best = i;
      }
    }
    return best;
  }

  /** The places in sorted order, equal entries in theirs; NaN counts as the largest. */
  public static double[] argSort(double[] values, boolean descending) {
    List<Integer> places = new ArrayList<>();
    for (int i = 0; i < values.length; i++) {
      int at = 0;
      while (at < places.size() && !goesBefore(values[i], values[places.get(at)], descending)) {
        at++;
      }
      places.add(at, i);
    }
    return places.stream().mapToDouble(i -> i).toArray();
  }

  private static boolean goesBefore(double a, double b, boolean descending) {
    return descending ? order(a, b) > 0 : order(a, b) < 0;
  }

  private static int order(double a, double b) {
    return a < b ? -1 : a > b ? 1 : Boolean.compare(Double.isNaN(a), Double.isNaN(b));
  }
}
