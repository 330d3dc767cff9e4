package org.gumbel4j.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.SparseFormat;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.JniUtils;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.gumbel4j.tensor.Shape;

/** The primitives on PyTorch: DJL's own methods where they mean the same, TorchScript elsewhere. */
final class PyTorchOps extends EngineOps {
  private final TorchScripts scripts;

  PyTorchOps(TorchScripts scripts) {
    this.scripts = scripts;
  }

  private static PtNDArray pt(NDArray x) {
    return (PtNDArray) x;
  }

  // ---- creation and read-back -----------------------------------------------------------------

  @Override
  NDArray create(NDManager manager, float[] values, Shape shape) {
    return filled(manager, shape, DataType.FLOAT32, b -> b.asFloatBuffer().put(values));
  }

  @Override
  NDArray create(NDManager manager, double[] values, Shape shape) {
    return filled(manager, shape, DataType.FLOAT64, b -> b.asDoubleBuffer().put(values));
  }

  @Override
  NDArray create(NDManager manager, long[] values, Shape shape) {
    return filled(manager, shape, DataType.INT64, b -> b.asLongBuffer().put(values));
  }

  @Override
  NDArray create(NDManager manager, boolean[] values, Shape shape) {
    return filled(
        manager,
        shape,
        DataType.BOOLEAN,
        b -> {
          for (boolean value : values) {
            b.put((byte) (value ? 1 : 0));
          }
        });
  }

  /** What writes the values into memory in the machine's byte order. */
  private interface Writer {
    void write(ByteBuffer memory);
  }

  /**
   * Written straight into PyTorch's memory. (DJL's own way leaves the values in a buffer of Java's,
   * which is gone with the first array over it, even while others still look at it.)
   */
  private static NDArray filled(NDManager manager, Shape shape, DataType type, Writer writer) {
    if (manager.getDevice().isGpu()) {
      ByteBuffer staged =
          manager.allocateDirect(Math.toIntExact(shape.size() * type.getNumOfBytes()));
      writer.write(staged);
      staged.rewind();
      return manager.create(staged, Types.shape(shape), type);
    }
    PtNDArray array = (PtNDArray) manager.create(Types.shape(shape), type);
    writer.write(array.toByteBuffer(true));
    return array;
  }

  @Override
  NDArray full(NDManager manager, Shape shape, DataType type, double value) {
    // DJL's method rounds the value to a float
    return JniUtils.full(
        (PtNDManager) manager,
        Types.shape(shape),
        value,
        type,
        manager.getDevice(),
        SparseFormat.DENSE);
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
    int code =
        switch (type) {
          case FLOAT32 -> 6;
          case FLOAT64 -> 7;
          case INT64 -> 4;
          case BOOLEAN -> 11;
          default -> throw new IllegalArgumentException("cast: to " + type);
        };
    if (x.getDataType() == type) {
      return alias(x);
    }
    // DJL's method cuts PyTorch's tape
    return scripts.run("x", "return torch.to(x, " + code + ", False, False, None)", x);
  }

  @Override
  NDArray alias(NDArray x) {
    return JniUtils.reshape(pt(x), x.getShape().getShape());
  }

  // ---- elementwise ----------------------------------------------------------------------------

  @Override
  NDArray sign(NDArray x) {
    // PyTorch's is 0 for NaN and loses the sign of a zero
    return scripts.run(
        "x", "return torch.where(torch.gt(torch.abs(x), 0), torch.sign(x), torch.detach(x))", x);
  }

  @Override
  NDArray sqrt(NDArray x) {
    // PyTorch's is one unit off in the last place now and then
    return x.getDataType() == DataType.FLOAT32
        ? scripts.run(
            "x",
            "return torch.to(torch.sqrt(torch.to(x, 7, False, False, None)), 6, False, False, None)",
            x)
        : x.sqrt();
  }

  @Override
  NDArray pow(NDArray a, NDArray b) {
    // C's function is 1 where Java's is NaN: a base of 1 or -1, an exponent that is not finite
    return scripts.run(
        "a,b",
        """
        odd = torch.logical_and(torch.eq(torch.abs(a), 1), torch.logical_not(torch.isfinite(b)))
        return torch.masked_fill(torch.pow(a, b), odd, float("nan"))""",
        a,
        b);
  }

  @Override
  NDArray expm1(NDArray x) {
    return scripts.run("x", "return torch.expm1(x)", x);
  }

  @Override
  NDArray log1p(NDArray x) {
    return scripts.run("x", "return torch.log1p(x)", x);
  }

  @Override
  NDArray and(NDArray a, NDArray b) {
    return a.logicalAnd(b);
  }

  @Override
  NDArray or(NDArray a, NDArray b) {
    return a.logicalOr(b);
  }

  @Override
  NDArray not(NDArray a) {
    return a.logicalNot();
  }

  @Override
  NDArray where(NDArray condition, NDArray a, NDArray b) {
    return JniUtils.where(pt(condition), pt(a), pt(b));
  }

  // ---- reductions -----------------------------------------------------------------------------

  @Override
  NDArray sum(NDArray x, int[] axes, boolean keepDims) {
    return x.sum(axes, keepDims);
  }

  @Override
  NDArray max(NDArray x, int[] axes, boolean keepDims) {
    return extreme("amax", x, axes, keepDims);
  }

  @Override
  NDArray min(NDArray x, int[] axes, boolean keepDims) {
    return extreme("amin", x, axes, keepDims);
  }

  private NDArray extreme(String function, NDArray x, int[] axes, boolean keepDims) {
    String keep = keepDims ? "True" : "False";
    return scripts.run(
        "x", "return torch." + function + "(x, " + Arrays.toString(axes) + ", " + keep + ")", x);
  }

  @Override
  NDArray argMax(NDArray x, int axis) {
    return JniUtils.argMax(pt(x), axis, false);
  }

  // ---- shape ----------------------------------------------------------------------------------

  @Override
  NDArray concat(List<NDArray> parts, int axis) {
    return JniUtils.cat(parts.stream().map(PyTorchOps::pt).toArray(PtNDArray[]::new), axis);
  }

  @Override
  NDArray slice(NDArray x, int axis, long from, long to) {
    return JniUtils.slice(pt(x), axis, from, to, 1);
  }

  // ---- indexing and products ------------------------------------------------------------------

  @Override
  NDArray gather(NDArray x, NDArray index, int axis) {
    return x.gather(index, axis);
  }

  @Override
  NDArray scatterAdd(NDArray x, NDArray index, NDArray values, int axis) {
    return scripts.run(
        "x,i,v", "return torch.scatter_add(x, " + axis + ", i, v)", x, index, values);
  }

  @Override
  NDArray argSort(NDArray x, int axis, boolean descending) {
    String direction = descending ? "True" : "False";
    return scripts.run(
        "x",
        "return torch.argsort(x, stable=True, dim=" + axis + ", descending=" + direction + ")",
        x);
  }

  @Override
  NDArray cumSum(NDArray x, int axis) {
    return JniUtils.cumSum(pt(x), axis);
  }

  @Override
  NDArray matMul(NDArray a, NDArray b, boolean transposeA, boolean transposeB) {
    NDArray left = transposeA ? JniUtils.transpose(pt(a), -1, -2) : a;
    NDArray right = transposeB ? JniUtils.transpose(pt(b), -1, -2) : b;
    try {
      return JniUtils.matmul(pt(left), pt(right));
    } finally {
      if (transposeA) {
        left.close();
      }
      if (transposeB) {
        right.close();
      }
    }
  }

  @Override
  void synchronize(NDManager manager) {
    if (manager.getDevice().isGpu()) {
      // work on a device is done in order, and a read-back waits for its own
      try (NDArray last = manager.zeros(new ai.djl.ndarray.types.Shape(1))) {
        last.toByteBuffer();
      }
    }
  }
}
