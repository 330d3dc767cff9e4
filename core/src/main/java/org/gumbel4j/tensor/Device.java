package org.gumbel4j.tensor;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.gumbel4j.internal.TensorAccess;
import org.gumbel4j.internal.ops.GumbelOps;
import org.gumbel4j.random.Key;
import org.gumbel4j.random.Noise;
import org.gumbel4j.spi.Backend;
import org.gumbel4j.spi.BackendScope;
import org.gumbel4j.spi.Capability;
import org.gumbel4j.spi.UnsupportedCapabilityException;
import org.jspecify.annotations.Nullable;

/**
 * A backend as its user sees it: where tensors are made, and where their scopes are opened. Get one
 * from {@link Backends}.
 *
 * <pre>{@code
 * Device device = Backends.best();
 * Tensor x = device.tensor(new float[] {1, 2, 3, 4, 5, 6}, 2, 3);
 * }</pre>
 *
 * <p>Safe for use by several threads; each has its own scopes.
 *
 * @since 0.1
 */
public final class Device implements AutoCloseable {
  private static final int CACHED_SCALARS = 256;
  private final Backend<Object> backend;
  private final Set<Capability> capabilities;
  private final boolean nativeMemory;
  private final boolean onEngineTape;

  /** Whether {@code -Dgumbel4j.debug=sync} was given when this device was opened. */
  private final boolean synchronous = "sync".equalsIgnoreCase(System.getProperty("gumbel4j.debug"));

  @SuppressWarnings("ThreadLocalUsage") // one for each device: scopes of two devices do not nest
  private final ThreadLocal<Scope> innermost = new ThreadLocal<>();

  private final ConcurrentHashMap<Scalar, Tensor> scalars = new ConcurrentHashMap<>();

  private record Scalar(long bits, DType dtype) {}

  @SuppressWarnings("unchecked") // handles go back only to the backend that they came from
  private Device(Backend<?> backend) {
    this.backend = (Backend<Object>) backend;
    this.capabilities = Set.copyOf(backend.capabilities());
    this.nativeMemory = capabilities.contains(Capability.NATIVE_MEMORY);
    this.onEngineTape = backend.isOnEngineTape();
    Tensor.initialise();
  }

  /**
   * A device over a backend of one's own.
   *
   * @throws IllegalArgumentException if the backend lacks a required capability
   */
  public static Device of(Backend<?> backend) {
    for (Capability capability : Capability.values()) {
      if (capability.isRequired() && !backend.capabilities().contains(capability)) {
        throw new IllegalArgumentException(
            "backend '"
                + backend.name()
                + "' lacks "
                + capability
                + ", which every backend must have");
      }
    }
    return new Device(backend);
  }

  /** The backend's name, with its device where that matters. */
  public String name() {
    return backend.name();
  }

  /** One line for reports. */
  public String description() {
    return backend.description();
  }

  /** What the backend can do. */
  public Set<Capability> capabilities() {
    return capabilities;
  }

  /** Whether the backend has a capability. */
  public boolean can(Capability capability) {
    return capabilities.contains(capability);
  }

  /** The backend itself, for those who extend the library. */
  public Backend<?> backend() {
    return backend;
  }

  // ---- making tensors ---------------------------------------------------------------------------

  /**
   * A FLOAT32 tensor of the values, copied, in row-major order.
   *
   * @param dims the extents; none makes a scalar
   * @throws IllegalArgumentException if their product is not the number of values
   */
  public Tensor tensor(float[] values, long... dims) {
    Shape shape = shapeFor(values.length, dims);
    return make(DType.FLOAT32, shape, () -> backend.create(values.clone(), shape));
  }

  /** A FLOAT64 tensor, as {@link #tensor(float[], long...)}. */
  public Tensor tensor(double[] values, long... dims) {
    Shape shape = shapeFor(values.length, dims);
    return make(DType.FLOAT64, shape, () -> backend.create(values.clone(), shape));
  }

  /** An INT64 tensor, as {@link #tensor(float[], long...)}. */
  public Tensor tensor(long[] values, long... dims) {
    Shape shape = shapeFor(values.length, dims);
    return make(DType.INT64, shape, () -> backend.create(values.clone(), shape));
  }

  /** A BOOL tensor, as {@link #tensor(float[], long...)}. */
  public Tensor tensor(boolean[] values, long... dims) {
    Shape shape = shapeFor(values.length, dims);
    return make(DType.BOOL, shape, () -> backend.create(values.clone(), shape));
  }

  /** The values rounded to the given floating type. */
  public Tensor tensor(double[] values, DType dtype, long... dims) {
    if (dtype == DType.FLOAT64) {
      return tensor(values, dims);
    }
    if (dtype != DType.FLOAT32) {
      throw new IllegalArgumentException(
          "tensor: double values make FLOAT32 or FLOAT64, not " + dtype);
    }
    float[] rounded = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      rounded[i] = (float) values[i];
    }
    Shape shape = shapeFor(values.length, dims);
    return make(dtype, shape, () -> backend.create(rounded, shape));
  }

  /** A tensor of one value. For INT64 it must be integral, for BOOL 0 or 1. */
  public Tensor full(Shape shape, DType dtype, double value) {
    if (dtype == DType.INT64 && (value != Math.rint(value) || Math.abs(value) > 0x1p53)) {
      throw new IllegalArgumentException(
          "full: " + value + " is no INT64 value of at most 2^53 in magnitude");
    }
    if (dtype == DType.BOOL && value != 0 && value != 1) {
      throw new IllegalArgumentException("full: a BOOL tensor holds 0 or 1, not " + value);
    }
    return make(dtype, shape, () -> backend.full(shape, dtype, value));
  }

  /** Zeros. */
  public Tensor zeros(Shape shape, DType dtype) {
    return full(shape, dtype, 0);
  }

  /** Ones. */
  public Tensor ones(Shape shape, DType dtype) {
    return full(shape, dtype, 1);
  }

  /**
   * A number as a tensor of rank 0. Such tensors may be shared: they outlive every scope, and
   * closing one does nothing. A device shares the first {@value #CACHED_SCALARS} numbers or so that
   * it is asked for; later ones are tensors like all others.
   */
  public Tensor scalar(double value, DType dtype) {
    Scalar key = new Scalar(Double.doubleToRawLongBits(value), dtype);
    Tensor cached = scalars.get(key);
    if (cached != null) {
      return cached;
    }
    if (scalars.size() >= CACHED_SCALARS) {
      return full(Shape.SCALAR, dtype, value);
    }
    return scalars.computeIfAbsent(
        key,
        absent -> {
          Tensor made = full(Shape.SCALAR, dtype, value);
          made.share();
          return made;
        });
  }

  /**
   * 0, 1, …, count − 1 as INT64.
   *
   * @throws IllegalArgumentException unless 0 ≤ count &lt; 2³¹
   */
  public Tensor range(long count) {
    if (count < 0 || count > Integer.MAX_VALUE) {
      throw new IllegalArgumentException("range: count = " + count + " must be from 0 to 2^31 - 1");
    }
    long[] values = new long[(int) count];
    for (int i = 0; i < values.length; i++) {
      values[i] = i;
    }
    return make(DType.INT64, Shape.of(count), () -> backend.create(values, Shape.of(count)));
  }

  /**
   * Noise: the first numbers of the key's sequence in row-major order. The same key gives the same
   * numbers on every backend; split it first if the numbers must differ.
   *
   * @param dtype FLOAT32 or FLOAT64
   */
  public Tensor noise(Noise kind, Key key, Shape shape, DType dtype) {
    if (!dtype.isFloating()) {
      throw new IllegalArgumentException("noise: needs FLOAT32 or FLOAT64, not " + dtype);
    }
    requireType("noise", dtype);
    return GumbelOps.noise(this, kind, key, shape, dtype);
  }

  private static Shape shapeFor(int count, long... dims) {
    Shape shape = Shape.of(dims);
    if (shape.size() != count) {
      throw new IllegalArgumentException(
          "tensor: shape "
              + shape
              + " has "
              + shape.size()
              + " entries, but "
              + count
              + " were given");
    }
    return shape;
  }

  private Tensor make(DType dtype, Shape shape, Supplier<Object> forward) {
    requireType("create", dtype);
    Object handle = shape.isEmpty() ? null : forward.get();
    return wrap("create", handle, shape, dtype);
  }

  // ---- for authors of backends ------------------------------------------------------------------

  /**
   * A tensor over an array of this device's backend, which the tensor takes over: it belongs to the
   * innermost scope of this thread, here as in the backend. For a backend that lets its users bring
   * arrays of the engine.
   *
   * @param handle an array of the type that the backend works on, not empty, with no other tensor
   *     over it
   */
  public Tensor adopt(Object handle) {
    return wrap("adopt", handle, backend.shape(handle), backend.dtype(handle));
  }

  /**
   * The backend's array behind a tensor of this device, which stays the tensor's.
   *
   * @throws IllegalArgumentException if the tensor is another device's, or empty: nothing empty has
   *     an array
   * @throws IllegalStateException if it was released
   */
  public Object handle(Tensor x) {
    if (x.device() != this || x.shape().isEmpty()) {
      throw new IllegalArgumentException(
          "handle: needs a tensor of device '"
              + name()
              + "' that is not empty, but this is "
              + x.dtype()
              + x.shape()
              + " of '"
              + x.device().name()
              + "'");
    }
    return TensorAccess.get().handle(x, "handle");
  }

  /**
   * Whether gradients are the engine's business, as {@link Backend#isOnEngineTape} says: {@link
   * org.gumbel4j.autodiff.Autodiff} refuses, and values are not checked.
   */
  public boolean isOnEngineTape() {
    return onEngineTape;
  }

  // ---- scopes and checks ------------------------------------------------------------------------

  /** Opens a scope on this thread. */
  public Scope openScope() {
    Scope scope = new Scope(this, innermost.get(), backend.openScope());
    innermost.set(scope);
    return scope;
  }

  /** Waits until all work handed to the backend is done, and throws what went wrong with it. */
  public void synchronize() {
    backend.synchronize();
  }

  /**
   * For core: runs an operation of several primitives and frees its temporaries, where that is
   * needed.
   *
   * @param operation gives one array of the backend
   */
  public Object scoped(Supplier<Object> operation) {
    return nativeMemory ? scopedAll(() -> List.of(operation.get())).get(0) : operation.get();
  }

  /** For core: as {@link #scoped}, for an operation of several results. */
  public List<Object> scopedAll(Supplier<List<Object>> operation) {
    if (!nativeMemory) {
      return operation.get();
    }
    Scope outer = innermost.get();
    BackendScope target = outer == null ? null : outer.backendScope();
    BackendScope temporary = backend.openScope();
    try {
      List<Object> results = operation.get();
      results.forEach(result -> backend.attach(result, target));
      return results;
    } finally {
      temporary.close();
    }
  }

  /** For core: waits for what was just asked for, if {@code -Dgumbel4j.debug=sync} says so. */
  public void finish() {
    if (synchronous) {
      backend.synchronize();
    }
  }

  /**
   * Throws if the backend has no such type.
   *
   * @throws UnsupportedCapabilityException for FLOAT64 where it is absent
   */
  public void requireType(String operation, DType dtype) {
    if (dtype == DType.FLOAT64 && !can(Capability.FLOAT64)) {
      throw new UnsupportedCapabilityException(operation, name(), Capability.FLOAT64);
    }
  }

  Tensor wrap(String operation, @Nullable Object handle, Shape shape, DType dtype) {
    return new Tensor(this, store(operation, handle), shape, dtype, null);
  }

  Storage store(String operation, @Nullable Object handle) {
    finish();
    return new Storage(backend, handle, operation, innermost.get());
  }

  Backend<Object> typedBackend() {
    return backend;
  }

  void leave(Scope scope, @Nullable Scope parent) {
    if (innermost.get() != scope) {
      throw new IllegalStateException(
          "Scope.close: a scope opened later on this thread is still open; close the inner one first");
    }
    if (parent == null) {
      innermost.remove();
    } else {
      innermost.set(parent);
    }
  }

  /** Frees the backend. Its tensors must not be used afterwards. */
  @Override
  public void close() {
    backend.close();
  }

  @Override
  public String toString() {
    return "Device[" + backend.description() + "]";
  }
}
