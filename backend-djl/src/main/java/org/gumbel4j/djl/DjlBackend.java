package org.gumbel4j.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.List;
import org.gumbel4j.tensor.DType;
import org.gumbel4j.tensor.Device;
import org.gumbel4j.tensor.Shape;
import org.gumbel4j.tensor.Tensor;

/**
 * DJL's arrays as tensors and back, without a copy. There are two ways to work with them:
 *
 * <ul>
 *   <li><b>Gumbel4J takes the gradients</b>: a device from {@code Backends.named("djl-pytorch")}.
 *       Arrays come off the engine's tape as they come in, {@link org.gumbel4j.autodiff.Autodiff}
 *       differentiates, scopes own what is made. Any number of threads may take gradients at once.
 *   <li><b>The engine takes the gradients</b>: {@link #onEngineTape}, inside a DJL {@code Block} or
 *       under a {@code GradientCollector}, so that the gradient of a loss computed with Gumbel4J
 *       reaches DJL parameters.
 * </ul>
 *
 * <pre>{@code
 * // in a Block's forwardInternal
 * Device tape = DjlBackend.onEngineTape(inputs.head().getManager());
 * Tensor logits = DjlBackend.wrap(tape, inputs.singletonOrThrow());
 * Tensor sample = GumbelSoftmax.of(temperature).hard().sample(logits, key);
 * return new NDList(DjlBackend.unwrap(sample));
 * }</pre>
 *
 * @since 0.1
 */
public final class DjlBackend {
  private static final List<EngineProvider> PROVIDERS =
      List.of(new DjlPyTorchProvider(), new DjlMxNetProvider());

  private DjlBackend() {}

  /**
   * A device whose tensors are arrays on the engine's own tape. What the engine is asked to record,
   * while it collects gradients, it records here as well.
   *
   * <p>Everything made on it, the results and what led to them, belongs to the given manager, and
   * goes when that closes. Gumbel4J's scopes, and closing a tensor, free nothing there; but a
   * tensor that was closed, or whose scope was, may not be used any more, there as anywhere. The
   * device is a light thing, to be made for each forward pass and forgotten; it is for one thread,
   * as the tape is.
   *
   * <p>There, {@code Autodiff} refuses; {@code Tensor.stopGradient} and {@code
   * CustomGradient.straightThrough} do on the engine's tape what they do on core's, and a {@code
   * CustomGradient} with a rule of its own throws, since the tape takes none. Nothing is read back
   * unless the caller asks, so values (NaN among logits, a temperature in a tensor) are not
   * checked; shapes, types, axes and indices are, and indices are read for it. A surrogate passes
   * no gradient where it is infinite.
   *
   * @param manager of the engine and device of the arrays to be wrapped; inside a block, that of
   *     its inputs
   * @throws IllegalArgumentException if the manager's engine is neither PyTorch nor MXNet
   * @throws IllegalStateException if the manager is closed
   */
  public static Device onEngineTape(NDManager manager) {
    String engine = manager.getEngine().getEngineName();
    if (!manager.isOpen()) {
      throw new IllegalStateException(
          "onEngineTape: the manager is closed; give one that is open as long as its arrays are"
              + " needed");
    }
    for (EngineProvider provider : PROVIDERS) {
      if (provider.engineName().equals(engine)) {
        return Device.of(provider.onTape(manager));
      }
    }
    throw new IllegalArgumentException(
        "onEngineTape: the manager is of engine '" + engine + "'; it must be PyTorch or MXNet");
  }

  /**
   * A DJL array as a tensor, without a copy.
   *
   * <p>On a device of Gumbel4J the tensor is a second array over the same memory, as a constant off
   * the engine's tape, and belongs to the innermost scope; closing it leaves the array as it is.
   * The array must stay open, and nobody may write to it, as long as the tensor is used, or one
   * that shares its memory: a reshape, a permutation, a slice. (The engine itself would keep the
   * memory; but DJL keeps values that came from Java in a buffer which goes when the array is
   * closed.) On the engine's tape the tensor is the array itself, which stays its owner's.
   *
   * @param device {@code djl-pytorch} or {@code djl-mxnet}, or from {@link #onEngineTape}
   * @param array of FLOAT32, FLOAT64, INT64 or BOOLEAN, dense, of the device's engine and device
   * @throws IllegalArgumentException if the array is of another engine, device or type, or sparse
   * @throws IllegalStateException if it is closed
   */
  public static Tensor wrap(Device device, NDArray array) {
    EngineBackend backend = backend("wrap", device);
    requireSamePlace(backend, array);
    DType dtype = Types.dtype(array.getDataType());
    Shape shape = Types.shape(array.getShape());
    return shape.isEmpty() ? device.zeros(shape, dtype) : device.adopt(backend.wrap(array, dtype));
  }

  /**
   * The DJL array of a tensor, without a copy: a second array over the same memory, which stays
   * until both are closed. On the engine's tape it continues the tape, and belongs to the manager
   * of {@link #onEngineTape}; else it is a constant, and belongs to nobody: close it, or attach it
   * to a manager. Do not write to it.
   *
   * @throws IllegalArgumentException if the tensor's device is not DJL's
   * @throws IllegalStateException if the tensor was released
   */
  public static NDArray unwrap(Tensor x) {
    EngineBackend backend = backend("unwrap", x.device());
    NDManager owner =
        backend.isOnEngineTape() ? backend.manager() : backend.manager().getParentManager();
    return unwrap(x, owner);
  }

  /**
   * As {@link #unwrap(Tensor)}, for a manager of one's own, which then owns the array.
   *
   * @param owner an open manager of the tensor's engine
   * @throws IllegalArgumentException if the tensor's device is not DJL's, or the manager is of
   *     another engine
   * @throws IllegalStateException if the tensor was released or the manager closed
   */
  public static NDArray unwrap(Tensor x, NDManager owner) {
    EngineBackend backend = backend("unwrap", x.device());
    requireOwner(backend, owner);
    if (x.shape().isEmpty()) {
      return backend.unwrapEmpty(x.shape(), x.dtype(), owner);
    }
    return backend.unwrap((DjlArray) x.device().handle(x), owner);
  }

  /**
   * What a device has asked of its engine so far.
   *
   * @throws IllegalArgumentException if the device is not DJL's
   */
  public static EngineCalls calls(Device device) {
    return backend("calls", device).calls();
  }

  private static EngineBackend backend(String operation, Device device) {
    if (device.backend() instanceof EngineBackend backend) {
      return backend;
    }
    throw new IllegalArgumentException(
        operation
            + ": device '"
            + device.name()
            + "' is not DJL's; open djl-pytorch or djl-mxnet with Backends.named, or use onEngineTape");
  }

  private static void requireOwner(EngineBackend backend, NDManager owner) {
    if (!owner.isOpen()) {
      throw new IllegalStateException(
          "unwrap: the manager is closed; give one that is open as long as the array is needed");
    }
    String wanted = backend.manager().getEngine().getEngineName();
    String engine = owner.getEngine().getEngineName();
    if (!engine.equals(wanted)) {
      throw new IllegalArgumentException(
          "unwrap: a manager of engine "
              + engine
              + " for a tensor of device '"
              + backend.name()
              + "' of engine "
              + wanted
              + "; give one of that engine, or copy the tensor's toFloats into an array");
    }
  }

  private static void requireSamePlace(EngineBackend backend, NDArray array) {
    if (array.isReleased()) {
      throw new IllegalStateException("wrap: the array is closed, by close() or with its manager");
    }
    NDManager manager = backend.manager();
    String wanted = manager.getEngine().getEngineName();
    String engine = array.getManager().getEngine().getEngineName();
    if (!engine.equals(wanted)) {
      throw new IllegalArgumentException(
          "wrap: an array of engine "
              + engine
              + " on device '"
              + backend.name()
              + "' of engine "
              + wanted
              + "; copy it with manager.create(array.toFloatArray(), array.getShape())");
    }
    if (array.isSparse()) {
      throw new IllegalArgumentException(
          "wrap: a sparse array of format "
              + array.getSparseFormat()
              + "; tensors are dense, so convert it with array.toDense");
    }
    if (!array.getDevice().equals(manager.getDevice())) {
      throw new IllegalArgumentException(
          "wrap: an array on "
              + array.getDevice()
              + " for device '"
              + backend.name()
              + "' on "
              + manager.getDevice()
              + "; move it with array.toDevice");
    }
  }
}
