package org.gumbel4j.conformance.tiny;

import static org.gumbel4j.conformance.tiny.TinyArray.integers;
import static org.gumbel4j.conformance.tiny.TinyArray.reals;

import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import java.util.function.IntUnaryOperator;
import java.util.function.LongBinaryOperator;
import java.util.function.LongUnaryOperator;
import java.util.stream.IntStream;
import org.gumbel4j.spi.Backend;
import org.gumbel4j.spi.Capability;
import org.gumbel4j.tensor.DType;
import org.gumbel4j.tensor.Shape;

/** A complete backend in plain loops: slow, exact, and short enough to read before lunch. */
public class TinyBackend implements Backend<TinyArray> {
  @Override
  public String name() {
    return "tiny";
  }

  @Override
  public Set<Capability> capabilities() {
    return EnumSet.complementOf(EnumSet.of(Capability.NATIVE_MEMORY));
  }

  @Override
  public Shape shape(TinyArray x) {
    return x.shape;
  }

  @Override
  public DType dtype(TinyArray x) {
    return x.dtype;
  }

  // ---- creation and read-back

  @Override
  public TinyArray create(float[] values, Shape shape) {
    return reals(shape, DType.FLOAT32, i -> values[i]);
  }

  @Override
  public TinyArray create(double[] values, Shape shape) {
    return reals(shape, DType.FLOAT64, i -> values[i]);
  }

  @Override
  public TinyArray create(long[] values, Shape shape) {
    return integers(shape, DType.INT64, i -> values[i]);
  }

  @Override
  public TinyArray create(boolean[] values, Shape shape) {
    return integers(shape, DType.BOOL, i -> values[i] ? 1 : 0);
  }

  @Override
  public TinyArray full(Shape shape, DType dtype, double value) {
    return dtype.isFloating()
        ? reals(shape, dtype, i -> value)
        : integers(shape, dtype, i -> (long) value);
  }

  @Override
  public float[] toFloats(TinyArray x) {
    float[] values = new float[x.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) x.reals[i];
    }
    return values;
  }

  @Override
  public double[] toDoubles(TinyArray x) {
    return x.reals.clone();
  }

  @Override
  public long[] toLongs(TinyArray x) {
    return x.integers.clone();
  }

  @Override
  public boolean[] toBooleans(TinyArray x) {
    boolean[] values = new boolean[x.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = x.integers[i] != 0;
    }
    return values;
  }

  @Override
  public TinyArray cast(TinyArray x, DType dtype) {
    if (dtype.isFloating()) {
      return reals(x.shape, dtype, x::real);
    }
    if (dtype == DType.BOOL) {
      return integers(x.shape, dtype, i -> x.real(i) != 0 ? 1 : 0);
    }
    return integers(x.shape, dtype, i -> x.dtype.isFloating() ? (long) x.reals[i] : x.integers[i]);
  }

  // ---- elementwise, one operand

  private static TinyArray map(TinyArray x, DoubleUnaryOperator real, LongUnaryOperator integer) {
    return x.dtype.isFloating()
        ? reals(x.shape, x.dtype, i -> real.applyAsDouble(x.reals[i]))
        : integers(x.shape, x.dtype, i -> integer.applyAsLong(x.integers[i]));
  }

  private static TinyArray map(TinyArray x, DoubleUnaryOperator real) {
    return reals(x.shape, x.dtype, i -> real.applyAsDouble(x.reals[i]));
  }

  @Override
  public TinyArray neg(TinyArray x) {
    return map(x, v -> -v, n -> -n);
  }

  @Override
  public TinyArray abs(TinyArray x) {
    return map(x, Math::abs, Math::abs);
  }

  @Override
  public TinyArray sign(TinyArray x) {
    return map(x, Math::signum, Long::signum);
  }

  @Override
  public TinyArray exp(TinyArray x) {
    return map(x, Math::exp);
  }

  @Override
  public TinyArray expm1(TinyArray x) {
    return map(x, Math::expm1);
  }

  @Override
  public TinyArray log(TinyArray x) {
    return map(x, Math::log);
  }

  @Override
  public TinyArray log1p(TinyArray x) {
    return map(x, Math::log1p);
  }

  @Override
  public TinyArray sqrt(TinyArray x) {
    return map(x, Math::sqrt);
  }

  @Override
  public TinyArray tanh(TinyArray x) {
    return map(x, Math::tanh);
  }

  // ---- elementwise, two operands

  private static TinyArray zip(
      TinyArray a, TinyArray b, DoubleBinaryOperator real, LongBinaryOperator integer) {
    Shape shape = a.shape.broadcast(b.shape, "zip");
    IntUnaryOperator inA = Positions.stretched(shape, a.shape);
    IntUnaryOperator inB = Positions.stretched(shape, b.shape);
    return a.dtype.isFloating()
        ? reals(
            shape,
            a.dtype,
            i -> real.applyAsDouble(a.reals[inA.applyAsInt(i)], b.reals[inB.applyAsInt(i)]))
        : integers(
            shape,
            a.dtype,
            i -> integer.applyAsLong(a.integers[inA.applyAsInt(i)], b.integers[inB.applyAsInt(i)]));
  }

  private static long unsupported(long a, long b) {
    throw new IllegalArgumentException("core hands only floating arrays to this operation");
  }

  @Override
  public TinyArray add(TinyArray a, TinyArray b) {
    return zip(a, b, (v, w) -> v + w, (n, m) -> n + m);
  }

  @Override
  public TinyArray sub(TinyArray a, TinyArray b) {
    return zip(a, b, (v, w) -> v - w, (n, m) -> n - m);
  }

  @Override
  public TinyArray mul(TinyArray a, TinyArray b) {
    return zip(a, b, (v, w) -> v * w, (n, m) -> n * m);
  }

  @Override
  public TinyArray div(TinyArray a, TinyArray b) {
    return zip(a, b, (v, w) -> v / w, TinyBackend::unsupported);
  }

  @Override
  public TinyArray pow(TinyArray a, TinyArray b) {
    return zip(a, b, Math::pow, TinyBackend::unsupported);
  }

  @Override
  public TinyArray maximum(TinyArray a, TinyArray b) {
    return zip(a, b, Math::max, Math::max);
  }

  @Override
  public TinyArray minimum(TinyArray a, TinyArray b) {
    return zip(a, b, Math::min, Math::min);
  }

  // ---- comparison and logic

  private static TinyArray test(
      TinyArray a, TinyArray b, DoubleBinaryOperator real, LongBinaryOperator integer) {
    TinyArray hits = zip(a, b, real, integer);
    return integers(hits.shape, DType.BOOL, i -> (long) hits.real(i));
  }

  @Override
  public TinyArray equal(TinyArray a, TinyArray b) {
    return test(a, b, (v, w) -> v == w ? 1 : 0, (n, m) -> n == m ? 1 : 0);
  }

  @Override
  public TinyArray less(TinyArray a, TinyArray b) {
    return test(a, b, (v, w) -> v < w ? 1 : 0, (n, m) -> n < m ? 1 : 0);
  }

  @Override
  public TinyArray lessEqual(TinyArray a, TinyArray b) {
    return test(a, b, (v, w) -> v <= w ? 1 : 0, (n, m) -> n <= m ? 1 : 0);
  }

  @Override
  public TinyArray and(TinyArray a, TinyArray b) {
    return minimum(a, b);
  }

  @Override
  public TinyArray or(TinyArray a, TinyArray b) {
    return maximum(a, b);
  }

  @Override
  public TinyArray not(TinyArray a) {
    return integers(a.shape, DType.BOOL, i -> 1 - a.integers[i]);
  }

  @Override
  public TinyArray where(TinyArray condition, TinyArray a, TinyArray b) {
    Shape shape = a.shape.broadcast(b.shape, "where").broadcast(condition.shape, "where");
    TinyArray c = broadcastTo(condition, shape);
    TinyArray yes = broadcastTo(a, shape);
    TinyArray no = broadcastTo(b, shape);
    return a.dtype.isFloating()
        ? reals(shape, a.dtype, i -> c.integers[i] != 0 ? yes.reals[i] : no.reals[i])
        : integers(shape, a.dtype, i -> c.integers[i] != 0 ? yes.integers[i] : no.integers[i]);
  }

  // ---- reductions

  private static TinyArray fold(
      TinyArray x,
      int[] axes,
      boolean keepDims,
      double start,
      DoubleBinaryOperator real,
      long startInteger,
      LongBinaryOperator integer) {
    Shape kept = x.shape;
    Shape removed = x.shape;
    for (int i = axes.length - 1; i >= 0; i--) {
      kept = kept.with(axes[i], 1);
      removed = removed.without(axes[i]);
    }
    Shape shape = keepDims ? kept : removed;
    IntUnaryOperator target = Positions.stretched(x.shape, kept);
    if (x.dtype.isFloating()) {
      double[] totals = new double[(int) shape.size()];
      Arrays.fill(totals, start);
      for (int i = 0; i < x.size(); i++) {
        int t = target.applyAsInt(i);
        totals[t] = real.applyAsDouble(totals[t], x.reals[i]);
      }
      return reals(shape, x.dtype, i -> totals[i]);
    }
    long[] totals = new long[(int) shape.size()];
    Arrays.fill(totals, startInteger);
    for (int i = 0; i < x.size(); i++) {
      int t = target.applyAsInt(i);
      totals[t] = integer.applyAsLong(totals[t], x.integers[i]);
    }
    return integers(shape, x.dtype, i -> totals[i]);
  }

  @Override
  public TinyArray sum(TinyArray x, int[] axes, boolean keepDims) {
    return fold(x, axes, keepDims, 0, Double::sum, 0, Long::sum);
  }

  @Override
  public TinyArray max(TinyArray x, int[] axes, boolean keepDims) {
    double start = Double.NEGATIVE_INFINITY;
    return fold(x, axes, keepDims, start, Math::max, Long.MIN_VALUE, Math::max);
  }

  @Override
  public TinyArray min(TinyArray x, int[] axes, boolean keepDims) {
    double start = Double.POSITIVE_INFINITY;
    return fold(x, axes, keepDims, start, Math::min, Long.MAX_VALUE, Math::min);
  }

  @Override
  public TinyArray argMax(TinyArray x, int axis) {
    int inner = Positions.after(x.shape, axis);
    int extent = (int) x.shape.dim(axis);
    return integers(
        x.shape.without(axis),
        DType.INT64,
        row -> {
          int start = row / inner * inner * extent + row % inner;
          int best = 0;
          for (int i = 1; i < extent; i++) {
            if (compare(x, start + i * inner, start + best * inner) > 0) {
              best = i;
            }
          }
          return best;
        });
  }

  // ---- shape

  @Override
  public TinyArray reshape(TinyArray x, Shape shape) {
    return x.pick(shape, i -> i);
  }

  @Override
  public TinyArray permute(TinyArray x, int[] permutation) {
    long[] extents = Arrays.stream(permutation).mapToLong(x.shape::dim).toArray();
    Shape shape = Shape.of(extents);
    return x.pick(shape, Positions.permuted(x.shape, shape, permutation));
  }

  @Override
  public TinyArray broadcastTo(TinyArray x, Shape shape) {
    return x.pick(shape, Positions.stretched(shape, x.shape));
  }

  @Override
  public TinyArray concat(List<TinyArray> parts, int axis) {
    TinyArray first = parts.get(0);
    long extent = parts.stream().mapToLong(p -> p.shape.dim(axis)).sum();
    Shape shape = first.shape.with(axis, extent);
    TinyArray result = full(shape, first.dtype, 0);
    IntUnaryOperator along = Positions.along(shape, axis);
    int from = 0;
    for (TinyArray part : parts) {
      int start = from;
      int end = start + (int) part.shape.dim(axis);
      IntUnaryOperator inPart =
          Positions.moved(shape, part.shape, axis, p -> along.applyAsInt(p) - start);
      for (int p = 0; p < result.size(); p++) {
        if (along.applyAsInt(p) >= start && along.applyAsInt(p) < end) {
          copy(part, inPart.applyAsInt(p), result, p);
        }
      }
      from = end;
    }
    return result;
  }

  private static void copy(TinyArray from, int i, TinyArray to, int j) {
    if (from.dtype.isFloating()) {
      to.reals[j] = from.reals[i];
    } else {
      to.integers[j] = from.integers[i];
    }
  }

  @Override
  public TinyArray slice(TinyArray x, int axis, long from, long to) {
    Shape shape = x.shape.with(axis, to - from);
    IntUnaryOperator along = Positions.along(shape, axis);
    return x.pick(
        shape, Positions.moved(shape, x.shape, axis, p -> along.applyAsInt(p) + (int) from));
  }

  // ---- indexing

  @Override
  public TinyArray gather(TinyArray x, TinyArray index, int axis) {
    return x.pick(
        index.shape, Positions.moved(index.shape, x.shape, axis, p -> (int) index.integers[p]));
  }

  @Override
  public TinyArray scatterAdd(TinyArray x, TinyArray index, TinyArray values, int axis) {
    TinyArray result = x.pick(x.shape, i -> i);
    IntUnaryOperator target =
        Positions.moved(index.shape, x.shape, axis, p -> (int) index.integers[p]);
    for (int p = 0; p < index.size(); p++) {
      int t = target.applyAsInt(p);
      if (x.dtype.isFloating()) {
        double sum = result.reals[t] + values.reals[p];
        result.reals[t] = x.dtype == DType.FLOAT32 ? (float) sum : sum;
      } else {
        result.integers[t] += values.integers[p];
      }
    }
    return result;
  }

  @Override
  public TinyArray argSort(TinyArray x, int axis, boolean descending) {
    TinyArray result = full(x.shape, DType.INT64, 0);
    int inner = Positions.after(x.shape, axis);
    int extent = (int) x.shape.dim(axis);
    for (int row = 0; row < x.size() / extent; row++) {
      int start = row / inner * inner * extent + row % inner;
      Comparator<Integer> order = (i, j) -> compare(x, start + i * inner, start + j * inner);
      List<Integer> sorted =
          IntStream.range(0, extent).boxed().sorted(descending ? order.reversed() : order).toList();
      for (int i = 0; i < extent; i++) {
        result.integers[start + i * inner] = sorted.get(i);
      }
    }
    return result;
  }

  /** NaN above everything, −0 equal to 0. */
  private static int compare(TinyArray x, int i, int j) {
    if (!x.dtype.isFloating()) {
      return Long.compare(x.integers[i], x.integers[j]);
    }
    double v = x.reals[i];
    double w = x.reals[j];
    return v < w ? -1 : v > w ? 1 : Boolean.compare(Double.isNaN(v), Double.isNaN(w));
  }

  @Override
  public TinyArray cumSum(TinyArray x, int axis) {
    double[] reals = x.reals.clone();
    long[] longs = x.integers.clone();
    IntUnaryOperator along = Positions.along(x.shape, axis);
    int inner = Positions.after(x.shape, axis);
    for (int p = 0; p < x.size(); p++) {
      if (along.applyAsInt(p) > 0 && x.dtype.isFloating()) {
        reals[p] += reals[p - inner];
      } else if (along.applyAsInt(p) > 0) {
        longs[p] += longs[p - inner];
      }
    }
    return x.dtype.isFloating()
        ? reals(x.shape, x.dtype, p -> reals[p])
        : integers(x.shape, x.dtype, p -> longs[p]);
  }

  // ---- products

  @Override
  public TinyArray matMul(TinyArray a, TinyArray b, boolean transposeA, boolean transposeB) {
    int rows = (int) a.shape.dim(transposeA ? -1 : -2);
    int inner = (int) a.shape.dim(transposeA ? -2 : -1);
    int columns = (int) b.shape.dim(transposeB ? -2 : -1);
    Shape batchA = a.shape.axes(0, a.shape.rank() - 2);
    Shape batchB = b.shape.axes(0, b.shape.rank() - 2);
    Shape batch = batchA.broadcast(batchB, "matMul");
    IntUnaryOperator inA = Positions.stretched(batch, batchA);
    IntUnaryOperator inB = Positions.stretched(batch, batchB);
    return reals(
        batch.concat(Shape.of(rows, columns)),
        a.dtype,
        p -> {
          int startA = inA.applyAsInt(p / (rows * columns)) * rows * inner;
          int startB = inB.applyAsInt(p / (rows * columns)) * inner * columns;
          int row = p / columns % rows;
          int column = p % columns;
          double total = 0;
          for (int k = 0; k < inner; k++) {
            double v = a.reals[startA + (transposeA ? k * rows + row : row * inner + k)];
            double w = b.reals[startB + (transposeB ? column * inner + k : k * columns + column)];
            total += v * w;
          }
          return total;
        });
  }
}
