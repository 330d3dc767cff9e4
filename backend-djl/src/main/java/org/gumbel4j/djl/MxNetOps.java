package org.gumbel4j.djl;

import ai.djl.Device;
import ai.djl.mxnet.jna.JnaUtils;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.util.PairList;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.gumbel4j.random.Noise;
import org.gumbel4j.tensor.Shape;

/**
 * The primitives on MXNet, most of them through the operators themselves: DJL's methods leave
 * temporaries behind, or throw where the operator works.
 */
class MxNetOps extends EngineOps {
  /** As many axes the operators that broadcast have. */
  static final int MOST_AXES = 5;

  /** As many bytes a thread keeps at hand for uploads. */
  private static final int MOST_STAGED = 1 << 24;

  /** A buffer for each upload would stay until Java's collector sees that it is no longer used. */
  private static final ThreadLocal<ByteBuffer> STAGING =
      ThreadLocal.withInitial(() -> ByteBuffer.allocateDirect(1 << 12));

  /** As many places {@code _npi_argmax} can tell apart. */
  private static final long PLACES = 1L << 24;

  /** An operator's results, of which there is one. */
  static NDArray invoke(String operator, List<NDArray> operands, String... parameters) {
    PairList<String, String> pairs = new PairList<>();
    for (int i = 0; i < parameters.length; i += 2) {
      pairs.add(parameters[i], parameters[i + 1]);
    }
    NDManager manager = operands.get(0).getManager();
    CallCount.add(1);
    return manager.invoke(operator, new NDList(operands), pairs).singletonOrThrow();
  }

  static NDArray invoke(String operator, NDArray x, String... parameters) {
    return invoke(operator, List.of(x), parameters);
  }

  static NDArray invoke(String operator, NDArray a, NDArray b, String... parameters) {
    return invoke(operator, List.of(a, b), parameters);
  }

  static String tuple(LongStream numbers) {
    return numbers.mapToObj(Long::toString).collect(Collectors.joining(", ", "(", ")"));
  }

  static String tuple(int... numbers) {
    return tuple(Arrays.stream(numbers).asLongStream());
  }

  private static String flag(boolean value) {
    return value ? "1" : "0";
  }

  // ---- creation and read-back -----------------------------------------------------------------

  @Override
  NDArray filled(NDManager manager, Shape shape, DataType type, Writer writer) {
    ByteBuffer staged = staging(bytes(shape, type));
    CallCount.add(2);
    writer.write(staged.duplicate().order(staged.order()));
    return manager.create(staged, Types.shape(shape), type); // copies before it returns
  }

  /** Memory for values on their way to MXNet, which copies them before it returns. */
  private static ByteBuffer staging(int bytes) {
    if (bytes > MOST_STAGED) {
      return ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());
    }
    ByteBuffer known = STAGING.get();
    if (known.capacity() < bytes) {
      known = ByteBuffer.allocateDirect(Math.max(bytes, 2 * known.capacity()));
      STAGING.set(known);
    }
    return known.clear().limit(bytes).slice().order(ByteOrder.nativeOrder());
  }

  @Override
  ByteBuffer read(NDArray x) {
    CallCount.add(1);
    return x.toByteBuffer();
  }

  @Override
  NDArray full(NDManager manager, Shape shape, DataType type, double value) {
    if (value != 0 && Math.abs(value) < Double.MIN_NORMAL) {
      // the operator does not read such a number
      double[] values = new double[Math.toIntExact(shape.size())];
      Arrays.fill(values, value);
      try (NDArray exact = create(manager, values, shape)) {
        return cast(exact, type);
      }
    }
    // DJL's method rounds the value to a float
    PairList<String, String> parameters = new PairList<>();
    parameters.add("shape", tuple(LongStream.of(shape.toArray())));
    parameters.add("value", number(value));
    parameters.add("dtype", name(type));
    parameters.add("ctx", context(manager));
    CallCount.add(1);
    return manager.invoke("_npi_full", new NDList(), parameters).singletonOrThrow();
  }

  private static String context(NDManager manager) {
    Device device = manager.getDevice();
    return device.isGpu() ? "gpu(" + device.getDeviceId() + ")" : "cpu(0)";
  }

  /** A number as MXNet reads it. */
  private static String number(double value) {
    if (Double.isInfinite(value)) {
      return value > 0 ? "inf" : "-inf";
    }
    return Double.isNaN(value) ? "nan" : Double.toString(value);
  }

  private static String name(DataType type) {
    return switch (type) {
      case FLOAT32 -> "float32";
      case FLOAT64 -> "float64";
      case INT64 -> "int64";
      case BOOLEAN -> "bool";
      default -> throw new IllegalArgumentException("no type of ours: " + type);
    };
  }

  @Override
  NDArray cast(NDArray x, DataType type) {
    if (type == DataType.BOOLEAN && x.getDataType() != DataType.BOOLEAN) {
      return invoke("_npi_not_equal_scalar", x, "scalar", "0");
    }
    return invoke("_npi_cast", x, "dtype", name(type));
  }

  @Override
  NDArray alias(NDArray x) {
    return called(x.reshape(x.getShape()));
  }

  // ---- elementwise ----------------------------------------------------------------------------

  @Override
  NDArray expm1(NDArray x) {
    return invoke("_npi_expm1", x);
  }

  @Override
  NDArray log1p(NDArray x) {
    return invoke("_npi_log1p", x);
  }

  @Override
  NDArray abs(NDArray x) {
    if (x.getDataType() != DataType.INT64) {
      return invoke("_npi_absolute", x);
    }
    // the operator goes through double, which has not room for every integer
    try (NDArray minus = invoke("_npi_negative", x)) {
      return invoke("_npi_maximum", x, minus);
    }
  }

  @Override
  NDArray sign(NDArray x) {
    if (x.getDataType() == DataType.INT64) {
      return invoke("_npi_sign", x);
    }
    // the operator's is 0 for NaN and loses the sign of a zero
    try (NDArray sign = invoke("_npi_sign", x);
        NDArray size = invoke("_npi_absolute", x);
        NDArray some = invoke("_npi_greater_scalar", size, "scalar", "0");
        NDArray constant = detach(x)) {
      return where(some, sign, constant);
    }
  }

  @Override
  NDArray pow(NDArray a, NDArray b) {
    // C's function is 1 where Java's is NaN: a base of 1 or -1, an exponent that is not finite
    try (NDArray power = invoke("_npi_power", a, b);
        NDArray size = invoke("_npi_absolute", a);
        NDArray one = invoke("_npi_equal_scalar", size, "scalar", "1");
        NDArray finite = invoke("_npi_isfinite", b);
        NDArray infinite = invoke("_npi_logical_not", finite);
        NDArray odd = and(one, infinite)) {
      return invoke("_npi_where_lscalar", odd, power, "scalar", "nan");
    }
  }

  @Override
  NDArray and(NDArray a, NDArray b) {
    return invoke("_npi_multiply", a, b); // the logical operators have no booleans
  }

  @Override
  NDArray or(NDArray a, NDArray b) {
    return invoke("_npi_add", a, b);
  }

  @Override
  NDArray not(NDArray a) {
    return invoke("_npi_logical_not", a);
  }

  @Override
  NDArray where(NDArray condition, NDArray a, NDArray b) {
    List<NDArray> operands = List.of(condition, a, b);
    if (operands.stream().allMatch(x -> x.getShape().dimension() <= MOST_AXES)) {
      return invoke("_npi_where", operands);
    }
    MergedAxes axes = MergedAxes.of(operands.stream().map(NDArray::getShape).toList());
    List<NDArray> merged = new ArrayList<>();
    try {
      for (int i = 0; i < operands.size(); i++) {
        merged.add(called(operands.get(i).reshape(axes.operands().get(i))));
      }
      try (NDArray chosen = invoke("_npi_where", merged)) {
        return called(chosen.reshape(axes.result()));
      }
    } finally {
      merged.forEach(NDArray::close);
    }
  }

  // ---- reductions -----------------------------------------------------------------------------

  @Override
  NDArray sum(NDArray x, int[] axes, boolean keepDims) {
    if (x.getDataType() == DataType.INT64) {
      return invoke("_np_sum", x, "axis", tuple(axes), "keepdims", flag(keepDims));
    }
    // the operator of NumPy's name makes NaN of one infinity; this one knows no scalars
    if (keepDims || axes.length < x.getShape().dimension()) {
      return invoke("sum", x, "axis", tuple(axes), "keepdims", flag(keepDims));
    }
    try (NDArray total = invoke("sum", x, "axis", tuple(axes), "keepdims", "1")) {
      return called(total.reshape(new ai.djl.ndarray.types.Shape()));
    }
  }

  @Override
  NDArray max(NDArray x, int[] axes, boolean keepDims) {
    return invoke("_np_max", x, "axis", tuple(axes), "keepdims", flag(keepDims));
  }

  @Override
  NDArray min(NDArray x, int[] axes, boolean keepDims) {
    return invoke("_np_min", x, "axis", tuple(axes), "keepdims", flag(keepDims));
  }

  @Override
  NDArray argMax(NDArray x, int axis) {
    long n = x.getShape().get(axis);
    return n <= PLACES ? argMax(x, axis, false) : argMaxByParts(x, axis, n);
  }

  private static NDArray argMax(NDArray x, int axis, boolean keepDims) {
    return invoke("_npi_argmax", x, "axis", Integer.toString(axis), "keepdims", flag(keepDims));
  }

  /** The operator counts places in FLOAT32: of every part's largest entry, the first largest. */
  private NDArray argMaxByParts(NDArray x, int axis, long n) {
    List<NDArray> temporaries = new ArrayList<>();
    List<NDArray> values = new ArrayList<>();
    List<NDArray> places = new ArrayList<>();
    try {
      for (long from = 0; from < n; from += PLACES) {
        NDArray part = kept(temporaries, slice(x, axis, from, Math.min(n, from + PLACES)));
        NDArray place = kept(temporaries, argMax(part, axis, true));
        values.add(kept(temporaries, gather(part, place, axis)));
        String start = Long.toString(from);
        places.add(kept(temporaries, invoke("_npi_add_scalar", place, "scalar", start)));
      }
      NDArray largest = kept(temporaries, concat(values, axis));
      NDArray part = kept(temporaries, argMax(largest, axis, true));
      NDArray all = kept(temporaries, concat(places, axis));
      NDArray found = kept(temporaries, gather(all, part, axis));
      long[] extents = x.getShape().getShape();
      return called(
          found.reshape(
              IntStream.range(0, extents.length)
                  .filter(i -> i != axis)
                  .mapToLong(i -> extents[i])
                  .toArray()));
    } finally {
      temporaries.forEach(NDArray::close);
    }
  }

  private static NDArray kept(List<NDArray> temporaries, NDArray array) {
    temporaries.add(array);
    return array;
  }

  // ---- shape ----------------------------------------------------------------------------------

  @Override
  NDArray permute(NDArray x, int[] permutation) {
    return throughBytes(x, y -> invoke("_np_transpose", y, "axes", tuple(permutation)));
  }

  /** What an operator without booleans makes of them as small integers. */
  private static NDArray throughBytes(NDArray x, UnaryOperator<NDArray> operation) {
    if (x.getDataType() != DataType.BOOLEAN) {
      return operation.apply(x);
    }
    try (NDArray bytes = invoke("_npi_cast", x, "dtype", "uint8");
        NDArray moved = operation.apply(bytes)) {
      return invoke("_npi_not_equal_scalar", moved, "scalar", "0");
    }
  }

  @Override
  NDArray concat(List<NDArray> parts, int axis) {
    return invoke("_npi_concatenate", parts, "axis", Integer.toString(axis));
  }

  @Override
  NDArray slice(NDArray x, int axis, long from, long to) {
    long[] end = x.getShape().getShape().clone();
    long[] begin = new long[end.length];
    begin[axis] = from;
    end[axis] = to;
    return invoke(
        "_npi_slice", x, "begin", tuple(LongStream.of(begin)), "end", tuple(LongStream.of(end)));
  }

  // ---- indexing and products ------------------------------------------------------------------

  @Override
  NDArray gather(NDArray x, NDArray index, int axis) {
    return throughBytes(x, y -> new MxNetIndexing(this, y.getShape(), axis).gather(y, index));
  }

  @Override
  NDArray scatterAdd(NDArray x, NDArray index, NDArray values, int axis) {
    return new MxNetIndexing(this, x.getShape(), axis).scatterAdd(x, index, values);
  }

  @Override
  NDArray argSort(NDArray x, int axis, boolean descending) {
    return new MxNetIndexing(this, x.getShape(), axis).argSort(x, descending);
  }

  @Override
  NDArray cumSum(NDArray x, int axis) {
    return invoke("_np_cumsum", x, "axis", Integer.toString(axis));
  }

  @Override
  NDArray matMul(NDArray a, NDArray b, boolean transposeA, boolean transposeB) {
    boolean isTransposed = transposeA || transposeB;
    if (isTransposed && a.getShape().dimension() == 2 && b.getShape().dimension() == 2) {
      return invoke("dot", a, b, "transpose_a", flag(transposeA), "transpose_b", flag(transposeB));
    }
    List<NDArray> temporaries = new ArrayList<>();
    try {
      NDArray left = transposeA ? transposed(a, temporaries) : a;
      NDArray right = transposeB ? transposed(b, temporaries) : b;
      return invoke("_npi_matmul", left, right);
    } finally {
      temporaries.forEach(NDArray::close);
    }
  }

  private static NDArray transposed(NDArray x, List<NDArray> temporaries) {
    int rank = x.getShape().dimension();
    NDArray swapped =
        invoke(
            "_npi_swapaxes",
            x,
            "dim1",
            Integer.toString(rank - 1),
            "dim2",
            Integer.toString(rank - 2));
    temporaries.add(swapped);
    return swapped;
  }

  @Override
  NDArray draw(NDManager manager, Noise kind, long seed, Shape shape, DataType type) {
    ai.djl.ndarray.types.Shape extents = Types.shape(shape);
    // the generator is the process's: nobody else may draw between seed and numbers
    synchronized (MxNetOps.class) {
      CallCount.add(2); // the seed, and its numbers
      JnaUtils.randomSeed((int) (seed ^ (seed >>> 32)));
      if (kind == Noise.NORMAL) {
        return manager.randomNormal(0, 1, extents, type);
      }
      try (NDArray uniform = manager.randomUniform(0, 1, extents, type)) {
        return fromUniform(kind, uniform);
      }
    }
  }

  /**
   * What a uniform number from [0, 1] makes of it; a 0 is moved up to 2^-26, a 1, which comes of
   * rounding, down to the number before it.
   */
  private NDArray fromUniform(Noise kind, NDArray uniform) {
    boolean single = uniform.getDataType() == DataType.FLOAT32;
    String most = single ? "0.99999994039535522" : "0.99999999999999989";
    try (NDArray some = invoke("_npi_maximum_scalar", uniform, "scalar", "1.4901161193847656e-08");
        NDArray u = invoke("_npi_minimum_scalar", some, "scalar", most);
        NDArray minusU = invoke("_npi_negative", u);
        NDArray logOfRest = invoke("_npi_log1p", minusU);
        NDArray exponential = invoke("_npi_negative", logOfRest);
        NDArray log = invoke("_npi_log", kind == Noise.LOGISTIC ? u : exponential)) {
      return switch (kind) {
        case UNIFORM -> alias(u);
        case EXPONENTIAL -> alias(exponential);
        case GUMBEL -> invoke("_npi_negative", log);
        case LOGISTIC -> invoke("_npi_subtract", log, logOfRest);
        case NORMAL -> throw new IllegalArgumentException("not from a uniform number");
      };
    }
  }

  @Override
  void synchronize(NDManager manager) {
    JnaUtils.waitAll();
  }
}
