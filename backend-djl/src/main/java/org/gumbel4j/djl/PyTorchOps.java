package org.gumbel4j.djl;

import ai.djl.Device;
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
import org.gumbel4j.random.Noise;
import org.gumbel4j.tensor.Shape;

/** The primitives on PyTorch: DJL's own methods where they mean the same, TorchScript elsewhere. */
final class PyTorchOps extends EngineOps {
  private static final String ROUNDED_ROOT =
      "return torch.to(torch.sqrt(torch.to(x, 7, False, False, None)), 6, False, False, None)";

  /**
   * A step of Newton's, r + (x − r²) / 2r, whose r² is exact as the sum of two numbers (Dekker
   * 1971); small x are lifted by 2^108 first, so that the second number does not underflow.
   */
  private static final String CORRECTED_ROOT =
      """
      small = torch.lt(x, 1e-280)
      y = torch.where(small, torch.mul(x, 3.2451855365842673e+32), x)
      r = torch.sqrt(y)
      d = torch.detach(r)
      s = torch.mul(d, 134217729.)
      h = torch.sub(s, torch.sub(s, d))
      l = torch.sub(d, h)
      p = torch.mul(d, d)
      q = torch.sub(torch.mul(h, h), p)
      q = torch.add(q, torch.mul(torch.mul(h, l), 2))
      q = torch.add(q, torch.mul(l, l))
      e = torch.div(torch.sub(torch.sub(torch.detach(y), p), q), torch.mul(d, 2))
      e = torch.where(torch.isfinite(e), e, torch.zeros_like(e))
      r = torch.add(r, e)
      return torch.where(small, torch.mul(r, 5.551115123125783e-17), r)""";

  private final TorchScripts scripts;

  PyTorchOps(TorchScripts scripts) {
    this.scripts = scripts;
  }

  TorchScripts scripts() {
    return scripts;
  }

  /** PyTorch's number of a type. */
  static int code(DataType type) {
    return switch (type) {
      case FLOAT32 -> 6;
      case FLOAT64 -> 7;
      case INT64 -> 4;
      case BOOLEAN -> 11;
      default -> throw new IllegalArgumentException("no type of ours: " + type);
    };
  }

  static PtNDArray pt(NDArray x) {
    return (PtNDArray) x;
  }

  // ---- creation and read-back -----------------------------------------------------------------

  /**
   * Written straight into PyTorch's memory. (DJL's own way leaves the values in a buffer of Java's,
   * which is gone with the first array over it, even while others still look at it.)
   */
  @Override
  NDArray filled(NDManager manager, Shape shape, DataType type, Writer writer) {
    int bytes = bytes(shape, type);
    CallCount.add(2);
    if (manager.getDevice().isGpu()) {
      ByteBuffer staged = manager.allocateDirect(bytes);
      writer.write(staged.duplicate().order(staged.order()));
      return manager.create(staged, Types.shape(shape), type);
    }
    PtNDArray array = (PtNDArray) manager.create(Types.shape(shape), type);
    writer.write(array.toByteBuffer(true));
    return array;
  }

  @Override
  ByteBuffer read(NDArray x) {
    CallCount.add(x.getDevice().isGpu() ? 2 : 1);
    if (!x.getDevice().isGpu()) {
      return x.toByteBuffer();
    }
    // DJL would leave the array on the host, and a manager made for it, behind
    NDArray host = x.toDevice(Device.cpu(), false);
    try {
      return host.toByteBuffer();
    } finally {
      host.getManager().close();
    }
  }

  @Override
  NDArray full(NDManager manager, Shape shape, DataType type, double value) {
    // DJL's method rounds the value to a float
    return called(
        JniUtils.full(
            (PtNDManager) manager,
            Types.shape(shape),
            value,
            type,
            manager.getDevice(),
            SparseFormat.DENSE));
  }

  @Override
  NDArray cast(NDArray x, DataType type) {
    if (x.getDataType() == type) {
      return alias(x);
    }
    // DJL's method cuts PyTorch's tape
    return scripts.run("x", "return torch.to(x, " + code(type) + ", False, False, None)", x);
  }

  @Override
  NDArray alias(NDArray x) {
    return called(JniUtils.reshape(pt(x), x.getShape().getShape()));
  }

  // ---- elementwise ----------------------------------------------------------------------------

  @Override
  NDArray sign(NDArray x) {
    if (x.getDataType() == DataType.INT64) {
      return called(x.sign());
    }
    // PyTorch's is 0 for NaN and loses the sign of a zero
    return scripts.run(
        "x", "return torch.where(torch.gt(torch.abs(x), 0), torch.sign(x), torch.detach(x))", x);
  }

  @Override
  NDArray sqrt(NDArray x) {
    // PyTorch's is one unit off in the last place now and then
    return scripts.run("x", x.getDataType() == DataType.FLOAT32 ? ROUNDED_ROOT : CORRECTED_ROOT, x);
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
    return called(a.logicalAnd(b));
  }

  @Override
  NDArray or(NDArray a, NDArray b) {
    return called(a.logicalOr(b));
  }

  @Override
  NDArray not(NDArray a) {
    return called(a.logicalNot());
  }

  @Override
  NDArray where(NDArray condition, NDArray a, NDArray b) {
    return called(JniUtils.where(pt(condition), pt(a), pt(b)));
  }

  // ---- reductions -----------------------------------------------------------------------------

  @Override
  NDArray sum(NDArray x, int[] axes, boolean keepDims) {
    return called(x.sum(axes, keepDims));
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
    return called(JniUtils.argMax(pt(x), axis, false));
  }

  // ---- shape ----------------------------------------------------------------------------------

  @Override
  NDArray concat(List<NDArray> parts, int axis) {
    return called(JniUtils.cat(parts.stream().map(PyTorchOps::pt).toArray(PtNDArray[]::new), axis));
  }

  @Override
  NDArray slice(NDArray x, int axis, long from, long to) {
    return called(JniUtils.slice(pt(x), axis, from, to, 1));
  }

  // ---- indexing and products ------------------------------------------------------------------

  @Override
  NDArray gather(NDArray x, NDArray index, int axis) {
    return called(x.gather(index, axis));
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
    return called(JniUtils.cumSum(pt(x), axis));
  }

  @Override
  NDArray matMul(NDArray a, NDArray b, boolean transposeA, boolean transposeB) {
    CallCount.add(1 + (transposeA ? 1 : 0) + (transposeB ? 1 : 0));
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
  NDArray draw(NDManager manager, Noise kind, long seed, Shape shape, DataType type) {
    CallCount.add(2); // besides the script: memory, and the seed
    NDArray result = manager.create(Types.shape(shape), type);
    // a 0, which the generator gives now and then, becomes the smallest number of the key's noise
    boolean single = type == DataType.FLOAT32;
    String least = single ? "1.1641532182693481e-10" : "2.7105054312137611e-20";
    String most = single ? "0.99999994039535522" : "0.99999999999999989";
    String body =
        switch (kind) {
          case UNIFORM -> "return torch.clamp_(torch.uniform_(x), LEAST, MOST)";
          case EXPONENTIAL -> "return torch.clamp_min_(torch.exponential_(x), LEAST)";
          case GUMBEL ->
              "return torch.neg_(torch.log_(torch.clamp_min_(torch.exponential_(x), LEAST)))";
          case LOGISTIC ->
              """
              y = torch.clamp_min_(torch.exponential(x), LEAST)
              return torch.log_(torch.div_(torch.clamp_min_(torch.exponential_(x), LEAST), y))""";
          case NORMAL -> "return torch.normal_(x)";
        };
    body = body.replace("LEAST", least).replace("MOST", most);
    // the generator is the process's: nobody else may draw between seed and numbers
    synchronized (PyTorchOps.class) {
      JniUtils.setSeed(seed);
      try {
        scripts.run("x", body, result).close(); // which was another array over the same memory
      } catch (RuntimeException e) {
        result.close();
        throw e;
      }
      return result;
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
