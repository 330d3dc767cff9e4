package org.gumbel4j.djl;

import ai.djl.mxnet.jna.JnaUtils;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.util.PairList;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.gumbel4j.tensor.Shape;

/**
 * The primitives on MXNet, most of them through the operators themselves: DJL's methods leave
 * temporaries behind, or throw where the operator works.
 */
final class MxNetOps extends EngineOps {
  /** An operator's results, of which there is one. */
  private static NDArray invoke(String operator, List<NDArray> operands, String... parameters) {
    PairList<String, String> pairs = new PairList<>();
    for (int i = 0; i < parameters.length; i += 2) {
      pairs.add(parameters[i], parameters[i + 1]);
    }
    NDManager manager = operands.get(0).getManager();
    return manager.invoke(operator, new NDList(operands), pairs).singletonOrThrow();
  }

  private static NDArray invoke(String operator, NDArray x, String... parameters) {
    return invoke(operator, List.of(x), parameters);
  }

  private static NDArray invoke(String operator, NDArray a, NDArray b, String... parameters) {
    return invoke(operator, List.of(a, b), parameters);
  }

  private static String tuple(LongStream numbers) {
    return numbers.mapToObj(Long::toString).collect(Collectors.joining(", ", "(", ")"));
  }

  private static String tuple(int... numbers) {
    return tuple(Arrays.stream(numbers).asLongStream());
  }

  private static String flag(boolean value) {
    return value ? "1" : "0";
  }

  // ---- creation and read-back -----------------------------------------------------------------

  @Override
  NDArray create(NDManager manager, float[] values, Shape shape) {
    ByteBuffer memory = manager.allocateDirect(Math.multiplyExact(values.length, Float.BYTES));
    memory.asFloatBuffer().put(values);
    return manager.create(memory, Types.shape(shape), DataType.FLOAT32);
  }

  @Override
  NDArray create(NDManager manager, double[] values, Shape shape) {
    ByteBuffer memory = manager.allocateDirect(Math.multiplyExact(values.length, Double.BYTES));
    memory.asDoubleBuffer().put(values);
    return manager.create(memory, Types.shape(shape), DataType.FLOAT64);
  }

  @Override
  NDArray create(NDManager manager, long[] values, Shape shape) {
    ByteBuffer memory = manager.allocateDirect(Math.multiplyExact(values.length, Long.BYTES));
    memory.asLongBuffer().put(values);
    return manager.create(memory, Types.shape(shape), DataType.INT64);
  }

  @Override
  NDArray create(NDManager manager, boolean[] values, Shape shape) {
    ByteBuffer memory = manager.allocateDirect(values.length);
    for (boolean value : values) {
      memory.put((byte) (value ? 1 : 0));
    }
    memory.rewind();
    return manager.create(memory, Types.shape(shape), DataType.BOOLEAN);
  }

  @Override
  NDArray full(NDManager manager, Shape shape, DataType type, double value) {
    if (shape.rank() == 0 || type == DataType.FLOAT64 || type == DataType.INT64) {
      double[] values = new double[Math.toIntExact(shape.size())];
      Arrays.fill(values, value);
      try (NDArray exact = create(manager, values, shape)) {
        return cast(exact, type);
      }
    }
    return manager.full(Types.shape(shape), (float) value, type);
  }

  @Override
  float[] toFloats(NDArray x) {
    float[] values = new float[Math.toIntExact(x.size())];
    x.toByteBuffer().asFloatBuffer().get(values);
    return values;
  }

  @Override
  double[] toDoubles(NDArray x) {
    double[] values = new double[Math.toIntExact(x.size())];
    x.toByteBuffer().asDoubleBuffer().get(values);
    return values;
  }

  @Override
  long[] toLongs(NDArray x) {
    long[] values = new long[Math.toIntExact(x.size())];
    x.toByteBuffer().asLongBuffer().get(values);
    return values;
  }

  @Override
  boolean[] toBooleans(NDArray x) {
    ByteBuffer bytes = x.toByteBuffer();
    boolean[] values = new boolean[Math.toIntExact(x.size())];
    for (int i = 0; i < values.length; i++) {
      values[i] = bytes.get(i) != 0;
    }
    return values;
  }

  @Override
  NDArray cast(NDArray x, DataType type) {
    if (type == DataType.BOOLEAN && x.getDataType() != DataType.BOOLEAN) {
      return invoke("_npi_not_equal_scalar", x, "scalar", "0");
    }
    String name =
        switch (type) {
          case FLOAT32 -> "float32";
          case FLOAT64 -> "float64";
          case INT64 -> "int64";
          case BOOLEAN -> "bool";
          default -> throw new IllegalArgumentException("cast: to " + type);
        };
    return invoke("_npi_cast", x, "dtype", name);
  }

  @Override
  NDArray alias(NDArray x) {
    return x.reshape(x.getShape());
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
  NDArray and(NDArray a, NDArray b) {
    return invoke("_npi_bitwise_and", a, b);
  }

  @Override
  NDArray or(NDArray a, NDArray b) {
    return invoke("_npi_bitwise_or", a, b);
  }

  @Override
  NDArray not(NDArray a) {
    return invoke("_npi_logical_not", a);
  }

  @Override
  NDArray where(NDArray condition, NDArray a, NDArray b) {
    return invoke("_npi_where", List.of(condition, a, b));
  }

  // ---- reductions -----------------------------------------------------------------------------

  @Override
  NDArray sum(NDArray x, int[] axes, boolean keepDims) {
    return invoke("_np_sum", x, "axis", tuple(axes), "keepdims", flag(keepDims));
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
    return invoke("_npi_argmax", x, "axis", Integer.toString(axis), "keepdims", "0");
  }

  // ---- shape ----------------------------------------------------------------------------------

  @Override
  NDArray concat(List<NDArray> parts, int axis) {
    return invoke("_npi_concatenate", parts, "axis", Integer.toString(axis));
  }

  @Override
  NDArray slice(NDArray x, int axis, long from, long to) {
    return invoke(
        "slice_axis",
        x,
        "axis",
        Integer.toString(axis),
        "begin",
        Long.toString(from),
        "end",
        Long.toString(to));
  }

  // ---- indexing and products ------------------------------------------------------------------

  @Override
  NDArray gather(NDArray x, NDArray index, int axis) {
    throw new UnsupportedOperationException("gather");
  }

  @Override
  NDArray scatterAdd(NDArray x, NDArray index, NDArray values, int axis) {
    throw new UnsupportedOperationException("scatterAdd");
  }

  @Override
  NDArray argSort(NDArray x, int axis, boolean descending) {
    return x.argSort(axis, !descending);
  }

  @Override
  NDArray cumSum(NDArray x, int axis) {
    return invoke("_np_cumsum", x, "axis", Integer.toString(axis));
  }

  @Override
  NDArray matMul(NDArray a, NDArray b, boolean transposeA, boolean transposeB) {
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
  void synchronize(NDManager manager) {
    JnaUtils.waitAll();
  }
}
