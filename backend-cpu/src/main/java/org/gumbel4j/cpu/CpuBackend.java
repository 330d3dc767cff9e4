package org.gumbel4j.cpu;

import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.gumbel4j.cpu.kernels.BinaryOp;
import org.gumbel4j.cpu.kernels.CompareOp;
import org.gumbel4j.cpu.kernels.Kernels;
import org.gumbel4j.cpu.kernels.UnaryOp;
import org.gumbel4j.spi.Backend;
import org.gumbel4j.spi.BackendScope;
import org.gumbel4j.spi.Capability;
import org.gumbel4j.spi.FusedOps;
import org.gumbel4j.tensor.DType;
import org.gumbel4j.tensor.Shape;
import org.jspecify.annotations.Nullable;

/** The pure-Java engine: Java arrays, a few threads, and one of two sets of kernels. */
final class CpuBackend implements Backend<CpuArray> {
  private static final Set<Capability> CAPABILITIES =
      Collections.unmodifiableSet(EnumSet.complementOf(EnumSet.of(Capability.NATIVE_MEMORY)));

  private final String name;
  private final Kernels kernels;
  private final Workers workers;
  private final Recycling recycling;
  private final Elementwise elementwise;
  private final Reductions reductions;
  private final ShapeMoves moves;
  private final MatMuls matMuls;
  private final CpuFusedOps fused;

  CpuBackend(String name, Kernels kernels, int threads) {
    this(name, kernels, threads, Recycling.ofLargeArrays());
  }

  CpuBackend(String name, Kernels kernels, int threads, Recycling recycling) {
    this.name = name;
    this.kernels = kernels;
    this.workers = new Workers(threads);
    this.recycling = recycling;
    this.elementwise = new Elementwise(kernels.elementwise(), recycling, workers);
    this.moves = new ShapeMoves(workers);
    this.reductions = new Reductions(kernels.reductions(), kernels.elementwise(), moves, workers);
    this.matMuls = new MatMuls(kernels.matMul(), recycling, workers);
    this.fused = new CpuFusedOps(this, kernels, elementwise, moves, recycling, workers);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Set<Capability> capabilities() {
    return CAPABILITIES;
  }

  @Override
  public String description() {
    int threads = workers.threads();
    return "pure Java "
        + Runtime.version().feature()
        + ", "
        + kernels.description()
        + ", "
        + threads
        + (threads == 1 ? " thread" : " threads");
  }

  @Override
  public Shape shape(CpuArray x) {
    return x.shape();
  }

  @Override
  public DType dtype(CpuArray x) {
    return x.dtype();
  }

  @Override
  public FusedOps<CpuArray> fused() {
    return fused;
  }

  @Override
  public CpuArray create(float[] values, Shape shape) {
    return new CpuArray(shape, values);
  }

  @Override
  public CpuArray create(double[] values, Shape shape) {
    return new CpuArray(shape, values);
  }

  @Override
  public CpuArray create(long[] values, Shape shape) {
    return new CpuArray(shape, values);
  }

  @Override
  public CpuArray create(boolean[] values, Shape shape) {
    return new CpuArray(shape, values);
  }

  @Override
  public CpuArray full(Shape shape, DType dtype, double value) {
    Object data = CpuArray.allocate("full", shape, dtype);
    CpuArray scalar = Conversions.cast(new CpuArray(Shape.SCALAR, new double[] {value}), dtype);
    CpuArray.fill(data, 0, (int) shape.size(), scalar.data(), 0);
    return new CpuArray(shape, dtype, data);
  }

  @Override
  public float[] toFloats(CpuArray x) {
    return x.floats().clone();
  }

  @Override
  public double[] toDoubles(CpuArray x) {
    return x.doubles().clone();
  }

  @Override
  public long[] toLongs(CpuArray x) {
    return x.longs().clone();
  }

  @Override
  public boolean[] toBooleans(CpuArray x) {
    return x.booleans().clone();
  }

  @Override
  public CpuArray cast(CpuArray x, DType dtype) {
    return Conversions.cast(x, dtype);
  }

  @Override
  public CpuArray neg(CpuArray x) {
    return elementwise.unary(UnaryOp.NEG, x);
  }

  @Override
  public CpuArray abs(CpuArray x) {
    return elementwise.unary(UnaryOp.ABS, x);
  }

  @Override
  public CpuArray sign(CpuArray x) {
    return elementwise.unary(UnaryOp.SIGN, x);
  }

  @Override
  public CpuArray exp(CpuArray x) {
    return elementwise.unary(UnaryOp.EXP, x);
  }

  @Override
  public CpuArray expm1(CpuArray x) {
    return elementwise.unary(UnaryOp.EXPM1, x);
  }

  @Override
  public CpuArray log(CpuArray x) {
    return elementwise.unary(UnaryOp.LOG, x);
  }

  @Override
  public CpuArray log1p(CpuArray x) {
    return elementwise.unary(UnaryOp.LOG1P, x);
  }

  @Override
  public CpuArray sqrt(CpuArray x) {
    return elementwise.unary(UnaryOp.SQRT, x);
  }

  @Override
  public CpuArray tanh(CpuArray x) {
    return elementwise.unary(UnaryOp.TANH, x);
  }

  @Override
  public CpuArray add(CpuArray a, CpuArray b) {
    return elementwise.binary("add", BinaryOp.ADD, a, b);
  }

  @Override
  public CpuArray sub(CpuArray a, CpuArray b) {
    return elementwise.binary("sub", BinaryOp.SUB, a, b);
  }

  @Override
  public CpuArray mul(CpuArray a, CpuArray b) {
    return elementwise.binary("mul", BinaryOp.MUL, a, b);
  }

  @Override
  public CpuArray div(CpuArray a, CpuArray b) {
    return elementwise.binary("div", BinaryOp.DIV, a, b);
  }

  @Override
  public CpuArray pow(CpuArray a, CpuArray b) {
    return elementwise.binary("pow", BinaryOp.POW, a, b);
  }

  @Override
  public CpuArray maximum(CpuArray a, CpuArray b) {
    return elementwise.binary("maximum", BinaryOp.MAXIMUM, a, b);
  }

  @Override
  public CpuArray minimum(CpuArray a, CpuArray b) {
    return elementwise.binary("minimum", BinaryOp.MINIMUM, a, b);
  }

  @Override
  public CpuArray equal(CpuArray a, CpuArray b) {
    return elementwise.compare("equal", CompareOp.EQUAL, a, b);
  }

  @Override
  public CpuArray less(CpuArray a, CpuArray b) {
    return elementwise.compare("less", CompareOp.LESS, a, b);
  }

  @Override
  public CpuArray lessEqual(CpuArray a, CpuArray b) {
    return elementwise.compare("lessEqual", CompareOp.LESS_EQUAL, a, b);
  }

  @Override
  public CpuArray and(CpuArray a, CpuArray b) {
    return elementwise.and(a, b);
  }

  @Override
  public CpuArray or(CpuArray a, CpuArray b) {
    return elementwise.or(a, b);
  }

  @Override
  public CpuArray not(CpuArray a) {
    return elementwise.not(a);
  }

  @Override
  public CpuArray where(CpuArray condition, CpuArray a, CpuArray b) {
    return elementwise.where(condition, a, b);
  }

  @Override
  public CpuArray sum(CpuArray x, int[] axes, boolean keepDims) {
    return reductions.sum(x, axes, keepDims);
  }

  @Override
  public CpuArray max(CpuArray x, int[] axes, boolean keepDims) {
    return reductions.max(x, axes, keepDims);
  }

  @Override
  public CpuArray min(CpuArray x, int[] axes, boolean keepDims) {
    return reductions.min(x, axes, keepDims);
  }

  @Override
  public CpuArray argMax(CpuArray x, int axis) {
    return reductions.argMax(x, axis);
  }

  @Override
  public CpuArray reshape(CpuArray x, Shape shape) {
    return x.reshape(shape);
  }

  @Override
  public CpuArray permute(CpuArray x, int[] permutation) {
    return moves.permute(x, permutation);
  }

  @Override
  public CpuArray broadcastTo(CpuArray x, Shape shape) {
    return elementwise.broadcastTo(x, shape);
  }

  @Override
  public CpuArray concat(List<CpuArray> parts, int axis) {
    return moves.concat(parts, axis);
  }

  @Override
  public CpuArray slice(CpuArray x, int axis, long from, long to) {
    return moves.slice(x, axis, from, to);
  }

  @Override
  public CpuArray gather(CpuArray x, CpuArray index, int axis) {
    return Indexing.gather(x, index, axis);
  }

  @Override
  public CpuArray scatterAdd(CpuArray x, CpuArray index, CpuArray values, int axis) {
    return Indexing.scatterAdd(x, index, values, axis);
  }

  @Override
  public CpuArray argSort(CpuArray x, int axis, boolean descending) {
    return Indexing.argSort(x, axis, descending, workers);
  }

  @Override
  public CpuArray cumSum(CpuArray x, int axis) {
    return Indexing.cumSum(x, axis);
  }

  @Override
  public CpuArray matMul(CpuArray a, CpuArray b, boolean transposeA, boolean transposeB) {
    return matMuls.matMul(a, b, transposeA, transposeB);
  }

  // Memory is the garbage collector's, but what is known to be free is used again before it looks.

  @Override
  public BackendScope openScope() {
    return recycling.openScope();
  }

  @Override
  public void attach(CpuArray x, @Nullable BackendScope scope) {
    x.attach((ArrayScope) scope);
  }

  @Override
  public void release(CpuArray x) {
    x.release();
  }

  @Override
  public void close() {
    workers.close();
    recycling.clear();
  }
}
