package org.gumbel4j.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.List;
import org.gumbel4j.random.Noise;
import org.gumbel4j.tensor.Shape;

/**
 * The primitives of {@link org.gumbel4j.spi.Backend} on DJL's arrays, each with the meaning that is
 * stated there, whatever DJL's method of that name does. An engine's own tape can follow all of
 * them that have a derivative.
 *
 * <p>A method returns a new array and leaves nothing else behind: what it made on the way it has
 * closed. Which manager the result belongs to is the caller's business.
 */
abstract class EngineOps {
  /** What a call of the engine has made, counted. */
  static NDArray called(NDArray result) {
    CallCount.add(1);
    return result;
  }

  // ---- creation and read-back -----------------------------------------------------------------

  /** What writes the values of a new array, in row-major order and the machine's byte order. */
  @FunctionalInterface
  interface Writer {
    void write(ByteBuffer memory);
  }

  /** A new array in memory of the engine's own, which outlives everything of Java's. */
  abstract NDArray filled(NDManager manager, Shape shape, DataType type, Writer writer);

  /** A copy of the entries, in row-major order and the machine's byte order. */
  abstract ByteBuffer read(NDArray x);

  /**
   * How many bytes an array takes that Java writes or reads in one piece.
   *
   * @throws IllegalArgumentException if a buffer of Java's has not room for it
   */
  static int bytes(Shape shape, DataType type) {
    BigInteger bytes =
        BigInteger.valueOf(shape.size()).multiply(BigInteger.valueOf(type.getNumOfBytes()));
    if (bytes.bitLength() >= Integer.SIZE) {
      throw new IllegalArgumentException(
          "an array "
              + type
              + " "
              + shape
              + " takes "
              + bytes
              + " bytes, and what passes between Java and an engine can have 2^31 - 1; make it, or"
              + " read it, in several parts (concat, slice)");
    }
    return bytes.intValueExact();
  }

  private ByteBuffer entries(NDArray x) {
    bytes(Types.shape(x.getShape()), x.getDataType());
    return read(x);
  }

  NDArray create(NDManager manager, float[] values, Shape shape) {
    return filled(manager, shape, DataType.FLOAT32, m -> m.asFloatBuffer().put(values));
  }

  NDArray create(NDManager manager, double[] values, Shape shape) {
    return filled(manager, shape, DataType.FLOAT64, m -> m.asDoubleBuffer().put(values));
  }

  NDArray create(NDManager manager, long[] values, Shape shape) {
    return filled(manager, shape, DataType.INT64, m -> m.asLongBuffer().put(values));
  }

  NDArray create(NDManager manager, boolean[] values, Shape shape) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (values[i] ? 1 : 0);
    }
    return filled(manager, shape, DataType.BOOLEAN, m -> m.put(bytes));
  }

  abstract NDArray full(NDManager manager, Shape shape, DataType type, double value);

  float[] toFloats(NDArray x) {
    FloatBuffer entries = entries(x).asFloatBuffer();
    float[] values = new float[entries.remaining()];
    entries.get(values);
    return values;
  }

  double[] toDoubles(NDArray x) {
    DoubleBuffer entries = entries(x).asDoubleBuffer();
    double[] values = new double[entries.remaining()];
    entries.get(values);
    return values;
  }

  long[] toLongs(NDArray x) {
    LongBuffer entries = entries(x).asLongBuffer();
    long[] values = new long[entries.remaining()];
    entries.get(values);
    return values;
  }

  boolean[] toBooleans(NDArray x) {
    ByteBuffer bytes = entries(x);
    boolean[] values = new boolean[bytes.remaining()];
    for (int i = 0; i < values.length; i++) {
      values[i] = bytes.get(i) != 0;
    }
    return values;
  }

  abstract NDArray cast(NDArray x, DataType type);

  /** A second array over the same memory, on the tape as the first. */
  abstract NDArray alias(NDArray x);

  /** A second array over the same memory, off the tape. */
  NDArray detach(NDArray x) {
    return called(x.stopGradient());
  }

  // ---- elementwise ----------------------------------------------------------------------------

  NDArray neg(NDArray x) {
    return called(x.neg());
  }

  NDArray abs(NDArray x) {
    return called(x.abs());
  }

  NDArray sign(NDArray x) {
    return called(x.sign());
  }

  NDArray exp(NDArray x) {
    return called(x.exp());
  }

  abstract NDArray expm1(NDArray x);

  NDArray log(NDArray x) {
    return called(x.log());
  }

  abstract NDArray log1p(NDArray x);

  NDArray sqrt(NDArray x) {
    return called(x.sqrt());
  }

  NDArray tanh(NDArray x) {
    return called(x.tanh());
  }

  NDArray add(NDArray a, NDArray b) {
    return called(a.add(b));
  }

  NDArray sub(NDArray a, NDArray b) {
    return called(a.sub(b));
  }

  NDArray mul(NDArray a, NDArray b) {
    return called(a.mul(b));
  }

  NDArray div(NDArray a, NDArray b) {
    return called(a.div(b));
  }

  NDArray pow(NDArray a, NDArray b) {
    return called(a.pow(b));
  }

  NDArray maximum(NDArray a, NDArray b) {
    return called(a.maximum(b));
  }

  NDArray minimum(NDArray a, NDArray b) {
    return called(a.minimum(b));
  }

  // ---- comparison and logic -------------------------------------------------------------------

  NDArray equal(NDArray a, NDArray b) {
    return called(a.eq(b));
  }

  NDArray less(NDArray a, NDArray b) {
    return called(a.lt(b));
  }

  NDArray lessEqual(NDArray a, NDArray b) {
    return called(a.lte(b));
  }

  abstract NDArray and(NDArray a, NDArray b);

  abstract NDArray or(NDArray a, NDArray b);

  abstract NDArray not(NDArray a);

  abstract NDArray where(NDArray condition, NDArray a, NDArray b);

  // ---- reductions -----------------------------------------------------------------------------

  abstract NDArray sum(NDArray x, int[] axes, boolean keepDims);

  abstract NDArray max(NDArray x, int[] axes, boolean keepDims);

  abstract NDArray min(NDArray x, int[] axes, boolean keepDims);

  abstract NDArray argMax(NDArray x, int axis);

  // ---- shape ----------------------------------------------------------------------------------

  NDArray reshape(NDArray x, Shape shape) {
    return called(x.reshape(Types.shape(shape)));
  }

  NDArray permute(NDArray x, int[] permutation) {
    return called(x.transpose(permutation));
  }

  NDArray broadcastTo(NDArray x, Shape shape) {
    return called(x.broadcast(Types.shape(shape)));
  }

  abstract NDArray concat(List<NDArray> parts, int axis);

  abstract NDArray slice(NDArray x, int axis, long from, long to);

  // ---- indexing and products ------------------------------------------------------------------

  abstract NDArray gather(NDArray x, NDArray index, int axis);

  abstract NDArray scatterAdd(NDArray x, NDArray index, NDArray values, int axis);

  abstract NDArray argSort(NDArray x, int axis, boolean descending);

  abstract NDArray cumSum(NDArray x, int axis);

  abstract NDArray matMul(NDArray a, NDArray b, boolean transposeA, boolean transposeB);

  /**
   * Numbers of the engine's own generator, started from a seed: {@code kind} standard Gumbel,
   * exponential and so on, as far as the engine's numbers are fine.
   */
  abstract NDArray draw(NDManager manager, Noise kind, long seed, Shape shape, DataType type);

  /** Waits for the device. */
  abstract void synchronize(NDManager manager);
}
