package org.gumbel4j.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import java.util.List;
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
  // ---- creation and read-back -----------------------------------------------------------------

  abstract NDArray create(NDManager manager, float[] values, Shape shape);

  abstract NDArray create(NDManager manager, double[] values, Shape shape);

  abstract NDArray create(NDManager manager, long[] values, Shape shape);

  abstract NDArray create(NDManager manager, boolean[] values, Shape shape);

  abstract NDArray full(NDManager manager, Shape shape, DataType type, double value);

  abstract float[] toFloats(NDArray x);

  abstract double[] toDoubles(NDArray x);

  abstract long[] toLongs(NDArray x);

  abstract boolean[] toBooleans(NDArray x);

  abstract NDArray cast(NDArray x, DataType type);

  /** A second array over the same memory, on the tape as the first. */
  abstract NDArray alias(NDArray x);

  /** A second array over the same memory, off the tape. */
  NDArray detach(NDArray x) {
    return x.stopGradient();
  }

  // ---- elementwise ----------------------------------------------------------------------------

  NDArray neg(NDArray x) {
    return x.neg();
  }

  NDArray abs(NDArray x) {
    return x.abs();
  }

  NDArray sign(NDArray x) {
    return x.sign();
  }

  NDArray exp(NDArray x) {
    return x.exp();
  }

  abstract NDArray expm1(NDArray x);

  NDArray log(NDArray x) {
    return x.log();
  }

  abstract NDArray log1p(NDArray x);

  NDArray sqrt(NDArray x) {
    return x.sqrt();
  }

  NDArray tanh(NDArray x) {
    return x.tanh();
  }

  NDArray add(NDArray a, NDArray b) {
    return a.add(b);
  }

  NDArray sub(NDArray a, NDArray b) {
    return a.sub(b);
  }

  NDArray mul(NDArray a, NDArray b) {
    return a.mul(b);
  }

  NDArray div(NDArray a, NDArray b) {
    return a.div(b);
  }

  NDArray pow(NDArray a, NDArray b) {
    return a.pow(b);
  }

  NDArray maximum(NDArray a, NDArray b) {
    return a.maximum(b);
  }

  NDArray minimum(NDArray a, NDArray b) {
    return a.minimum(b);
  }

  // ---- comparison and logic -------------------------------------------------------------------

  NDArray equal(NDArray a, NDArray b) {
    return a.eq(b);
  }

  NDArray less(NDArray a, NDArray b) {
    return a.lt(b);
  }

  NDArray lessEqual(NDArray a, NDArray b) {
    return a.lte(b);
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
    return x.reshape(Types.shape(shape));
  }

  NDArray permute(NDArray x, int[] permutation) {
    return x.transpose(permutation);
  }

  NDArray broadcastTo(NDArray x, Shape shape) {
    return x.broadcast(Types.shape(shape));
  }

  abstract NDArray concat(List<NDArray> parts, int axis);

  abstract NDArray slice(NDArray x, int axis, long from, long to);

  // ---- indexing and products ------------------------------------------------------------------

  abstract NDArray gather(NDArray x, NDArray index, int axis);

  abstract NDArray scatterAdd(NDArray x, NDArray index, NDArray values, int axis);

  abstract NDArray argSort(NDArray x, int axis, boolean descending);

  abstract NDArray cumSum(NDArray x, int axis);

  abstract NDArray matMul(NDArray a, NDArray b, boolean transposeA, boolean transposeB);

  /** Waits for the device. */
  abstract void synchronize(NDManager manager);
}
