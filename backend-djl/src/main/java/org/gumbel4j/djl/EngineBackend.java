package org.gumbel4j.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import java.util.function.Supplier;
import org.gumbel4j.spi.Backend;
import org.gumbel4j.spi.BackendScope;
import org.gumbel4j.spi.Capability;
import org.gumbel4j.spi.FusedOps;
import org.gumbel4j.tensor.DType;
import org.gumbel4j.tensor.Shape;
import org.jspecify.annotations.Nullable;

/** A DJL engine on a device: its primitives, and custody of what they make. */
final class EngineBackend implements Backend<DjlArray> {
  private final String name;
  private final String description;
  private final EngineOps ops;
  private final Custody custody;
  private final boolean lateChecks;
  private final boolean onEngineTape;
  private final PendingChecks checks;
  private final LongAdder calls = new LongAdder();
  private final LongAdder readBacks = new LongAdder();
  private final Set<Capability> capabilities;
  private final FusedOps<DjlArray> fused;

  EngineBackend(
      String name,
      String description,
      EngineOps ops,
      Custody custody,
      boolean lateChecks,
      boolean onEngineTape,
      Set<Capability> capabilities,
      Function<EngineBackend, FusedOps<DjlArray>> fused) {
    this.name = name;
    this.description = description;
    this.ops = ops;
    this.custody = custody;
    this.lateChecks = lateChecks;
    this.onEngineTape = onEngineTape;
    this.checks = new PendingChecks(ops);
    this.capabilities = capabilities;
    this.fused = fused.apply(this);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Set<Capability> capabilities() {
    return capabilities;
  }

  @Override
  public String description() {
    return description;
  }

  @Override
  public Shape shape(DjlArray x) {
    return x.shape();
  }

  @Override
  public DType dtype(DjlArray x) {
    return x.dtype();
  }

  @Override
  public FusedOps<DjlArray> fused() {
    return fused;
  }

  EngineOps ops() {
    return ops;
  }

  NDManager manager() {
    return custody.manager();
  }

  /** Takes over what an operation made. */
  DjlArray own(NDArray array, DType dtype) {
    count();
    return custody.own(array, dtype);
  }

  /** Takes over what one operation made of several arrays, all of one type. */
  List<DjlArray> ownAll(List<NDArray> arrays, DType dtype) {
    count();
    return arrays.stream().map(array -> custody.own(array, dtype)).toList();
  }

  /** New handles to the arrays of others, which are as released. */
  List<DjlArray> moved(List<DjlArray> arrays) {
    count();
    return arrays.stream().map(custody::moved).toList();
  }

  EngineCalls calls() {
    return new EngineCalls(calls.sum(), readBacks.sum());
  }

  /** The calls that an operation was made of; one that counts none itself is a single call. */
  private void count() {
    calls.add(Math.max(1, CallCount.take()));
  }

  /** Reads entries, after a look at the checks that wait, as every read-back must. */
  private <T> T read(DjlArray x, Function<NDArray, T> reader) {
    readBacks.increment();
    checks.settle();
    try {
      return reader.apply(x.array());
    } finally {
      count();
    }
  }

  private DjlArray like(DjlArray x, NDArray array) {
    return own(array, x.dtype());
  }

  /** The array behind a handle, for an operation whose result may share its memory. */
  private static NDArray viewed(DjlArray x) {
    return x.shared().array();
  }

  private DjlArray bool(NDArray array) {
    return own(array, DType.BOOL);
  }

  // ---- arrays that users bring and take -------------------------------------------------------

  /** A user's array, its memory shared; off the tape, unless gradients are the engine's. */
  DjlArray wrap(NDArray array, DType dtype) {
    return onEngineTape ? new DjlArray(array, dtype) : own(ops.detach(array), dtype);
  }

  /** The array behind a handle, its memory shared, in a manager of the user's. */
  NDArray unwrap(DjlArray x, NDManager owner) {
    checks.settle();
    NDArray array = viewed(x);
    return handed(onEngineTape ? ops.alias(array) : ops.detach(array), owner);
  }

  /** As {@link #unwrap}, for an array that has no entries and hence no handle. */
  NDArray unwrapEmpty(Shape shape, DType dtype, NDManager owner) {
    checks.settle();
    return handed(manager().create(Types.shape(shape), Types.dataType(dtype)), owner);
  }

  private static NDArray handed(NDArray array, NDManager owner) {
    try {
      array.attach(owner);
      return array;
    } catch (RuntimeException e) {
      array.close();
      throw e;
    }
  }

  // ---- creation and read-back -----------------------------------------------------------------

  @Override
  public DjlArray create(float[] values, Shape shape) {
    return own(ops.create(manager(), values, shape), DType.FLOAT32);
  }

  @Override
  public DjlArray create(double[] values, Shape shape) {
    return own(ops.create(manager(), values, shape), DType.FLOAT64);
  }

  @Override
  public DjlArray create(long[] values, Shape shape) {
    return own(ops.create(manager(), values, shape), DType.INT64);
  }

  @Override
  public DjlArray create(boolean[] values, Shape shape) {
    return bool(ops.create(manager(), values, shape));
  }

  @Override
  public DjlArray full(Shape shape, DType dtype, double value) {
    return own(ops.full(manager(), shape, Types.dataType(dtype), value), dtype);
  }

  @Override
  public float[] toFloats(DjlArray x) {
    return read(x, ops::toFloats);
  }

  @Override
  public double[] toDoubles(DjlArray x) {
    return read(x, ops::toDoubles);
  }

  @Override
  public long[] toLongs(DjlArray x) {
    return read(x, ops::toLongs);
  }

  @Override
  public boolean[] toBooleans(DjlArray x) {
    return read(x, ops::toBooleans);
  }

  @Override
  public DjlArray cast(DjlArray x, DType dtype) {
    return own(ops.cast(viewed(x), Types.dataType(dtype)), dtype);
  }

  // ---- elementwise ----------------------------------------------------------------------------

  @Override
  public DjlArray neg(DjlArray x) {
    return like(x, ops.neg(x.array()));
  }

  @Override
  public DjlArray abs(DjlArray x) {
    return like(x, ops.abs(x.array()));
  }

  @Override
  public DjlArray sign(DjlArray x) {
    return like(x, ops.sign(x.array()));
  }

  @Override
  public DjlArray exp(DjlArray x) {
    return like(x, ops.exp(x.array()));
  }

  @Override
  public DjlArray expm1(DjlArray x) {
    return like(x, ops.expm1(x.array()));
  }

  @Override
  public DjlArray log(DjlArray x) {
    return like(x, ops.log(x.array()));
  }

  @Override
  public DjlArray log1p(DjlArray x) {
    return like(x, ops.log1p(x.array()));
  }

  @Override
  public DjlArray sqrt(DjlArray x) {
    return like(x, ops.sqrt(x.array()));
  }

  @Override
  public DjlArray tanh(DjlArray x) {
    return like(x, ops.tanh(x.array()));
  }

  @Override
  public DjlArray add(DjlArray a, DjlArray b) {
    return like(a, ops.add(a.array(), b.array()));
  }

  @Override
  public DjlArray sub(DjlArray a, DjlArray b) {
    return like(a, ops.sub(a.array(), b.array()));
  }

  @Override
  public DjlArray mul(DjlArray a, DjlArray b) {
    return like(a, ops.mul(a.array(), b.array()));
  }

  @Override
  public DjlArray div(DjlArray a, DjlArray b) {
    return like(a, ops.div(a.array(), b.array()));
  }

  @Override
  public DjlArray pow(DjlArray a, DjlArray b) {
    return like(a, ops.pow(a.array(), b.array()));
  }

  @Override
  public DjlArray maximum(DjlArray a, DjlArray b) {
    return like(a, ops.maximum(a.array(), b.array()));
  }

  @Override
  public DjlArray minimum(DjlArray a, DjlArray b) {
    return like(a, ops.minimum(a.array(), b.array()));
  }

  // ---- comparison and logic -------------------------------------------------------------------

  @Override
  public DjlArray equal(DjlArray a, DjlArray b) {
    return bool(ops.equal(a.array(), b.array()));
  }

  @Override
  public DjlArray less(DjlArray a, DjlArray b) {
    return bool(ops.less(a.array(), b.array()));
  }

  @Override
  public DjlArray lessEqual(DjlArray a, DjlArray b) {
    return bool(ops.lessEqual(a.array(), b.array()));
  }

  @Override
  public DjlArray and(DjlArray a, DjlArray b) {
    return bool(ops.and(a.array(), b.array()));
  }

  @Override
  public DjlArray or(DjlArray a, DjlArray b) {
    return bool(ops.or(a.array(), b.array()));
  }

  @Override
  public DjlArray not(DjlArray a) {
    return bool(ops.not(a.array()));
  }

  @Override
  public DjlArray where(DjlArray condition, DjlArray a, DjlArray b) {
    return like(a, ops.where(condition.array(), a.array(), b.array()));
  }

  // ---- reductions -----------------------------------------------------------------------------

  @Override
  public DjlArray sum(DjlArray x, int[] axes, boolean keepDims) {
    return like(x, ops.sum(x.array(), axes, keepDims));
  }

  @Override
  public DjlArray max(DjlArray x, int[] axes, boolean keepDims) {
    return like(x, ops.max(x.array(), axes, keepDims));
  }

  @Override
  public DjlArray min(DjlArray x, int[] axes, boolean keepDims) {
    return like(x, ops.min(x.array(), axes, keepDims));
  }

  @Override
  public DjlArray argMax(DjlArray x, int axis) {
    return own(ops.argMax(x.array(), axis), DType.INT64);
  }

  // ---- shape ----------------------------------------------------------------------------------

  @Override
  public DjlArray reshape(DjlArray x, Shape shape) {
    return like(x, ops.reshape(viewed(x), shape));
  }

  @Override
  public DjlArray permute(DjlArray x, int[] permutation) {
    return like(x, ops.permute(viewed(x), permutation));
  }

  @Override
  public DjlArray broadcastTo(DjlArray x, Shape shape) {
    return like(x, ops.broadcastTo(viewed(x), shape));
  }

  @Override
  public DjlArray concat(List<DjlArray> parts, int axis) {
    return like(parts.get(0), ops.concat(parts.stream().map(DjlArray::array).toList(), axis));
  }

  @Override
  public DjlArray slice(DjlArray x, int axis, long from, long to) {
    return like(x, ops.slice(viewed(x), axis, from, to));
  }

  // ---- indexing and products ------------------------------------------------------------------

  @Override
  public DjlArray gather(DjlArray x, DjlArray index, int axis) {
    return like(x, ops.gather(x.array(), index.array(), axis));
  }

  @Override
  public DjlArray scatterAdd(DjlArray x, DjlArray index, DjlArray values, int axis) {
    return like(x, ops.scatterAdd(x.array(), index.array(), values.array(), axis));
  }

  @Override
  public DjlArray argSort(DjlArray x, int axis, boolean descending) {
    return own(ops.argSort(x.array(), axis, descending), DType.INT64);
  }

  @Override
  public DjlArray cumSum(DjlArray x, int axis) {
    return like(x, ops.cumSum(x.array(), axis));
  }

  @Override
  public DjlArray matMul(DjlArray a, DjlArray b, boolean transposeA, boolean transposeB) {
    return like(a, ops.matMul(a.array(), b.array(), transposeA, transposeB));
  }

  // ---- time, tape and lifetimes -----------------------------------------------------------------

  @Override
  public void check(DjlArray condition, Supplier<RuntimeException> error) {
    if (onEngineTape) {
      return;
    }
    if (lateChecks) {
      checks.add(condition.array(), error);
      count();
      return;
    }
    readBacks.increment();
    boolean holds = ops.toBooleans(condition.array())[0];
    count();
    if (!holds) {
      throw error.get();
    }
  }

  @Override
  public void synchronize() {
    checks.settle();
    ops.synchronize(manager());
  }

  @Override
  public boolean isOnEngineTape() {
    return onEngineTape;
  }

  @Override
  public DjlArray stopGradient(DjlArray x) {
    return like(x, ops.detach(viewed(x)));
  }

  @Override
  public BackendScope openScope() {
    return custody.openScope();
  }

  @Override
  public void attach(DjlArray x, @Nullable BackendScope scope) {
    custody.attach(x, scope);
  }

  @Override
  public void release(DjlArray x) {
    custody.release(x);
  }

  @Override
  public OptionalLong liveArrays() {
    return custody.liveArrays();
  }

  @Override
  public void close() {
    try {
      if (manager().isOpen()) {
        checks.settle();
      }
    } finally {
      custody.close();
    }
  }
}
