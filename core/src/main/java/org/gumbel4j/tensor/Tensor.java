package org.gumbel4j.tensor;

import java.util.Arrays;
import java.util.List;
import org.gumbel4j.internal.TensorAccess;
import org.gumbel4j.internal.graph.Node;
import org.gumbel4j.internal.ops.Arithmetic;
import org.gumbel4j.internal.ops.Elementwise;
import org.gumbel4j.internal.ops.Indexing;
import org.gumbel4j.internal.ops.Logic;
import org.gumbel4j.internal.ops.Losses;
import org.gumbel4j.internal.ops.Products;
import org.gumbel4j.internal.ops.Reductions;
import org.gumbel4j.internal.ops.ShapeMoves;
import org.gumbel4j.internal.ops.SoftmaxFamily;
import org.gumbel4j.spi.Backend;
import org.jspecify.annotations.Nullable;

/**
 * An array of numbers on some backend: immutable, with a shape, a data type, and, while a gradient
 * is being taken, a place in its graph.
 *
 * <p>Operations read like formulas and are differentiable where that makes sense; {@link
 * org.gumbel4j.autodiff.Autodiff} takes the gradients. Operands broadcast as in NumPy: shapes are
 * aligned at the last axis, and an extent of 1, or a missing axis, stretches. Types are never
 * promoted silently. Axes may be counted from the end. NaN and infinities follow IEEE arithmetic.
 * Empty tensors are legal.
 *
 * <p>Every method checks shapes, types, axes and devices at once, and throws {@link
 * IllegalArgumentException} with a message that names the operation, both shapes and what would be
 * right; a released operand throws {@link IllegalStateException}, an ability that the backend lacks
 * {@link org.gumbel4j.spi.UnsupportedCapabilityException}.
 *
 * <p>A tensor belongs to the innermost {@link Scope} of the thread that made it. Tensors may be
 * read by any number of threads; a gradient is taken by one.
 *
 * @since 0.1
 */
// Long on purpose: the one class whose methods a user must find by completion. The work is
// elsewhere.
public final class Tensor implements AutoCloseable {
  private static final int SHOWN = 12;

  static {
    TensorAccess.install(new Access());
  }

  private final Device device;
  private final Storage storage;
  private final Shape shape;
  private final DType dtype;
  private final @Nullable Node node;

  Tensor(Device device, Storage storage, Shape shape, DType dtype, @Nullable Node node) {
    this.device = device;
    this.storage = storage;
    this.shape = shape;
    this.dtype = dtype;
    this.node = node;
  }

  /** Sees to it that this class is initialised, and its access installed. */
  static void initialise() {}

  // ---- what it is -------------------------------------------------------------------------------

  /** The extents. */
  public Shape shape() {
    return shape;
  }

  /** The type of the entries. */
  public DType dtype() {
    return dtype;
  }

  /** Where it lives. */
  public Device device() {
    return device;
  }

  /** The number of entries. */
  public long size() {
    return shape.size();
  }

  /** The number of axes. */
  public int rank() {
    return shape.rank();
  }

  // ---- reading ----------------------------------------------------------------------------------

  /** The entries of a FLOAT32 tensor, in row-major order, copied. */
  public float[] toFloats() {
    requireType("toFloats", DType.FLOAT32);
    return shape.isEmpty() ? new float[0] : device.typedBackend().toFloats(handle("toFloats"));
  }

  /** The entries of a FLOAT64 tensor, in row-major order, copied. */
  public double[] toDoubles() {
    requireType("toDoubles", DType.FLOAT64);
    return shape.isEmpty() ? new double[0] : device.typedBackend().toDoubles(handle("toDoubles"));
  }

  /** The entries of an INT64 tensor, in row-major order, copied. */
  public long[] toLongs() {
    requireType("toLongs", DType.INT64);
    return shape.isEmpty() ? new long[0] : device.typedBackend().toLongs(handle("toLongs"));
  }

  /** The entries of a BOOL tensor, in row-major order, copied. */
  public boolean[] toBooleans() {
    requireType("toBooleans", DType.BOOL);
    return shape.isEmpty()
        ? new boolean[0]
        : device.typedBackend().toBooleans(handle("toBooleans"));
  }

  /**
   * The one entry of a tensor of size 1, as a double; true is 1.
   *
   * @throws IllegalArgumentException if there is not exactly one
   */
  public double item() {
    if (shape.size() != 1) {
      throw new IllegalArgumentException(
          "item: needs exactly one entry, but the shape is " + shape);
    }
    return switch (dtype) {
      case FLOAT32 -> toFloats()[0];
      case FLOAT64 -> toDoubles()[0];
      case INT64 -> toLongs()[0];
      case BOOL -> toBooleans()[0] ? 1 : 0;
    };
  }

  // ---- arithmetic
  // --------------------------------------------------------------------------------

  /** The sum, entry by entry; the gradient g goes to both, summed over stretched axes. */
  public Tensor add(Tensor b) {
    return Arithmetic.add(this, b);
  }

  /** {@link #add(Tensor)} with a number. */
  public Tensor add(double b) {
    return add(Arithmetic.scalarLike("add", this, b));
  }

  /** The difference, entry by entry; gradients g and −g. */
  public Tensor sub(Tensor b) {
    return Arithmetic.sub(this, b);
  }

  /** {@link #sub(Tensor)} with a number. */
  public Tensor sub(double b) {
    return sub(Arithmetic.scalarLike("sub", this, b));
  }

  /** The product, entry by entry; gradients g·b and g·a. */
  public Tensor mul(Tensor b) {
    return Arithmetic.mul(this, b);
  }

  /** {@link #mul(Tensor)} with a number. */
  public Tensor mul(double b) {
    return mul(Arithmetic.scalarLike("mul", this, b));
  }

  /** The quotient a / b, entry by entry, of floating tensors; gradients g/b and −g·a/b². */
  public Tensor div(Tensor b) {
    return Arithmetic.div(this, b);
  }

  /** {@link #div(Tensor)} with a number. */
  public Tensor div(double b) {
    return div(Arithmetic.scalarLike("div", this, b));
  }

  /**
   * The power a^b of floating tensors, as {@link Math#pow}; gradients g·b·a^(b−1), which is 0 for b
   * = 0, and g·a^b·log a, which is taken as 0 for a = 0.
   */
  public Tensor pow(Tensor b) {
    return Arithmetic.pow(this, b);
  }

  /** {@link #pow(Tensor)} with a number. */
  public Tensor pow(double b) {
    return pow(Arithmetic.scalarLike("pow", this, b));
  }

  /**
   * The larger, entry by entry; NaN if either is. The gradient goes to the larger, half to each at
   * a tie.
   */
  public Tensor maximum(Tensor b) {
    return Arithmetic.maximum(this, b);
  }

  /** {@link #maximum(Tensor)} with a number. */
  public Tensor maximum(double b) {
    return maximum(Arithmetic.scalarLike("maximum", this, b));
  }

  /**
   * The smaller, entry by entry; NaN if either is. The gradient goes to the smaller, half to each
   * at a tie.
   */
  public Tensor minimum(Tensor b) {
    return Arithmetic.minimum(this, b);
  }

  /** {@link #minimum(Tensor)} with a number. */
  public Tensor minimum(double b) {
    return minimum(Arithmetic.scalarLike("minimum", this, b));
  }

  /**
   * Entries held within [low, high]. The gradient passes where low ≤ x ≤ high, bounds included, and
   * is 0 beyond; NaN stays NaN.
   *
   * @throws IllegalArgumentException unless low ≤ high
   */
  public Tensor clamp(double low, double high) {
    return Elementwise.clamp(this, low, high);
  }

  /** −x. */
  public Tensor neg() {
    return Elementwise.neg(this);
  }

  /** |x|; the gradient at 0 is 0. */
  public Tensor abs() {
    return Elementwise.abs(this);
  }

  /** −1, 0 or 1; the gradient is 0. */
  public Tensor sign() {
    return Elementwise.sign(this);
  }

  /** x²; the gradient is 2x·g. */
  public Tensor square() {
    return mul(this);
  }

  /** 1/x of a floating tensor. */
  public Tensor reciprocal() {
    return Arithmetic.scalarLike("reciprocal", this, 1).div(this);
  }

  // ---- functions of floating tensors
  // -------------------------------------------------------------

  /** e^x; the gradient is g·e^x. */
  public Tensor exp() {
    return Elementwise.exp(this);
  }

  /** e^x − 1, accurate near 0; the gradient is g·e^x. */
  public Tensor expm1() {
    return Elementwise.expm1(this);
  }

  /** The natural logarithm: −∞ at 0, NaN below; the gradient is g/x. */
  public Tensor log() {
    return Elementwise.log(this);
  }

  /** log(1 + x), accurate near 0; the gradient is g/(1 + x). */
  public Tensor log1p() {
    return Elementwise.log1p(this);
  }

  /** √x, NaN below 0; the gradient is g/(2√x). */
  public Tensor sqrt() {
    return Elementwise.sqrt(this);
  }

  /** tanh x; the gradient is g·(1 − tanh² x). */
  public Tensor tanh() {
    return Elementwise.tanh(this);
  }

  /** σ(x) = 1/(1 + e^−x); the gradient is g·σ(1 − σ). */
  public Tensor sigmoid() {
    return Elementwise.sigmoid(this);
  }

  /** log(1 + e^x), without overflow; the gradient is g·σ(x). */
  public Tensor softplus() {
    return Elementwise.softplus(this);
  }

  /** max(x, 0); the gradient is g where x &gt; 0, and 0 at 0. */
  public Tensor relu() {
    return Elementwise.relu(this);
  }

  /** log σ(x) = −softplus(−x). */
  public Tensor logSigmoid() {
    return neg().softplus().neg();
  }

  /**
   * −t·log σ(x) − (1 − t)·log(1 − σ(x)), entry by entry, without overflow: the cross entropy of
   * targets t in [0, 1] under Bernoulli variables with these logits. Gradients: g·(σ(x) − t) and
   * −g·x.
   *
   * @param targets of this shape and type
   */
  public Tensor binaryCrossEntropyWithLogits(Tensor targets) {
    return Losses.binaryCrossEntropyWithLogits(this, targets);
  }

  // ---- comparison, logic, choice
  // -----------------------------------------------------------------

  /** Where a = b; any type. */
  public Tensor eq(Tensor b) {
    return Logic.equal(this, b);
  }

  /** {@link #eq(Tensor)} with a number. */
  public Tensor eq(double b) {
    return eq(Arithmetic.scalarLike("eq", this, b));
  }

  /** Where a ≠ b; NaN differs from everything; any type. */
  public Tensor ne(Tensor b) {
    return Logic.equal(this, b).not();
  }

  /** {@link #ne(Tensor)} with a number. */
  public Tensor ne(double b) {
    return ne(Arithmetic.scalarLike("ne", this, b));
  }

  /** Where a &lt; b; false for NaN. */
  public Tensor lt(Tensor b) {
    return Logic.less(this, b);
  }

  /** {@link #lt(Tensor)} with a number. */
  public Tensor lt(double b) {
    return lt(Arithmetic.scalarLike("lt", this, b));
  }

  /** Where a ≤ b; false for NaN. */
  public Tensor le(Tensor b) {
    return Logic.lessEqual(this, b);
  }

  /** {@link #le(Tensor)} with a number. */
  public Tensor le(double b) {
    return le(Arithmetic.scalarLike("le", this, b));
  }

  /** Where a &gt; b; false for NaN. */
  public Tensor gt(Tensor b) {
    return Logic.less(b, this);
  }

  /** {@link #gt(Tensor)} with a number. */
  public Tensor gt(double b) {
    return gt(Arithmetic.scalarLike("gt", this, b));
  }

  /** Where a ≥ b; false for NaN. */
  public Tensor ge(Tensor b) {
    return Logic.lessEqual(b, this);
  }

  /** {@link #ge(Tensor)} with a number. */
  public Tensor ge(double b) {
    return ge(Arithmetic.scalarLike("ge", this, b));
  }

  /** a ∧ b of BOOL tensors. */
  public Tensor and(Tensor b) {
    return Logic.and(this, b);
  }

  /** a ∨ b of BOOL tensors. */
  public Tensor or(Tensor b) {
    return Logic.or(this, b);
  }

  /** ¬a of a BOOL tensor. */
  public Tensor not() {
    return Logic.not(this);
  }

  /** Where a floating tensor is NaN. */
  public Tensor isNaN() {
    return eq(this).not();
  }

  /** Where a floating tensor is neither infinite nor NaN. */
  public Tensor isFinite() {
    return abs().lt(Double.POSITIVE_INFINITY);
  }

  /**
   * a where the condition holds, else b; all three broadcast. What is not chosen has no influence
   * on the value, and its gradient is 0; but if a itself was computed by way of a NaN, the NaN
   * comes back in the chain rule (0 · NaN): substitute before the dangerous operation, not after
   * it.
   *
   * @param condition BOOL
   */
  public static Tensor where(Tensor condition, Tensor a, Tensor b) {
    return Logic.where(condition, a, b);
  }

  /** Whether any entry of a BOOL tensor is true; false if there is none. Reads the value. */
  public boolean any() {
    return cast(DType.INT64).sum().item() > 0;
  }

  /** Whether every entry of a BOOL tensor is true; true if there is none. Reads the value. */
  public boolean all() {
    return !not().any();
  }

  // ---- reductions
  // --------------------------------------------------------------------------------

  /** The sum of all entries, a scalar; the gradient is spread over all. */
  public Tensor sum() {
    return sum(allAxes(), false);
  }

  /** The sum over axes, which are removed. */
  public Tensor sum(int... axes) {
    return sum(axes, false);
  }

  /**
   * The sum over axes, 0 over no entries; of numbers.
   *
   * @param keepDims whether the axes stay, with extent 1
   */
  public Tensor sum(int[] axes, boolean keepDims) {
    return Reductions.sum(this, axes, keepDims);
  }

  /** The mean of all entries of a floating tensor, a scalar; NaN if there is none. */
  public Tensor mean() {
    return mean(allAxes(), false);
  }

  /** The mean over axes, which are removed. */
  public Tensor mean(int... axes) {
    return mean(axes, false);
  }

  /**
   * The mean over axes of a floating tensor.
   *
   * @param keepDims whether the axes stay, with extent 1
   */
  public Tensor mean(int[] axes, boolean keepDims) {
    return Reductions.mean(this, axes, keepDims);
  }

  /** The largest of all entries, a scalar. */
  public Tensor max() {
    return max(allAxes(), false);
  }

  /** The largest over axes, which are removed. */
  public Tensor max(int... axes) {
    return max(axes, false);
  }

  /**
   * The largest over axes; NaN if any entry is. The gradient is shared evenly by the entries that
   * attain it.
   *
   * @param keepDims whether the axes stay, with extent 1
   * @throws IllegalArgumentException if there is no entry
   */
  public Tensor max(int[] axes, boolean keepDims) {
    return Reductions.max(this, axes, keepDims);
  }

  /** The smallest of all entries, a scalar. */
  public Tensor min() {
    return min(allAxes(), false);
  }

  /** The smallest over axes, which are removed. */
  public Tensor min(int... axes) {
    return min(axes, false);
  }

  /**
   * The smallest over axes; NaN if any entry is. The gradient is shared evenly by the entries that
   * attain it.
   *
   * @param keepDims whether the axes stay, with extent 1
   * @throws IllegalArgumentException if there is no entry
   */
  public Tensor min(int[] axes, boolean keepDims) {
    return Reductions.min(this, axes, keepDims);
  }

  /**
   * The index of the largest entry along an axis, which is removed: the first among equals, NaN
   * counting as the largest. INT64, no gradient.
   */
  public Tensor argMax(int axis) {
    return Reductions.argMax(this, axis, false);
  }

  /** {@link #argMax(int)}; the axis stays with extent 1 if {@code keepDims}. */
  public Tensor argMax(int axis, boolean keepDims) {
    return Reductions.argMax(this, axis, keepDims);
  }

  /**
   * log Σ e^x along an axis, without overflow: −∞ for a slice of only −∞, whose gradient is 0. The
   * gradient is g·softmax(x).
   */
  public Tensor logSumExp(int axis) {
    return SoftmaxFamily.logSumExp(this, axis, false);
  }

  /** {@link #logSumExp(int)}; the axis stays with extent 1 if {@code keepDims}. */
  public Tensor logSumExp(int axis, boolean keepDims) {
    return SoftmaxFamily.logSumExp(this, axis, keepDims);
  }

  /**
   * e^x / Σ e^x along an axis: entries of −∞ get exactly 0, and gradient 0. A slice of only −∞
   * gives NaN. The gradient is y ⊙ (g − ⟨g, y⟩).
   */
  public Tensor softmax(int axis) {
    return SoftmaxFamily.softmax(this, axis);
  }

  /** x − log Σ e^x along an axis. Entries of −∞ stay −∞. The gradient is g − softmax(x)·Σ g. */
  public Tensor logSoftmax(int axis) {
    return SoftmaxFamily.logSoftmax(this, axis);
  }

  /** Running sums along an axis, the entry itself included. */
  public Tensor cumSum(int axis) {
    return Indexing.cumSum(this, axis);
  }

  // ---- shape
  // -------------------------------------------------------------------------------------

  /**
   * The same entries in row-major order under another shape. One extent may be −1: it is worked
   * out.
   */
  public Tensor reshape(long... dims) {
    return reshape(ShapeMoves.infer(this, dims));
  }

  /** The same entries in row-major order under another shape of the same size. */
  public Tensor reshape(Shape target) {
    return ShapeMoves.reshape(this, target);
  }

  /** Axes rearranged: axis i of the result is axis {@code permutation[i]} of this. */
  public Tensor permute(int... permutation) {
    return ShapeMoves.permute(this, permutation);
  }

  /** The last two axes swapped. */
  public Tensor transpose() {
    if (rank() < 2) {
      throw new IllegalArgumentException("transpose: needs two axes, but the shape is " + shape);
    }
    int[] permutation = allAxes();
    permutation[rank() - 1] = rank() - 2;
    permutation[rank() - 2] = rank() - 1;
    return permute(permutation);
  }

  /**
   * A new axis of extent 1 at the given place.
   *
   * @param axis −rank − 1 … rank
   */
  public Tensor expandDims(int axis) {
    return reshape(shape.withInserted(axis, 1));
  }

  /**
   * An axis of extent 1 removed.
   *
   * @throws IllegalArgumentException if its extent is not 1
   */
  public Tensor squeeze(int axis) {
    if (shape.dim(axis) != 1) {
      throw new IllegalArgumentException(
          "squeeze: axis " + axis + " of " + shape + " has extent " + shape.dim(axis) + ", not 1");
    }
    return reshape(shape.without(axis));
  }

  /** Entries repeated to fill a shape that this one stretches to. */
  public Tensor broadcastTo(Shape target) {
    return ShapeMoves.broadcastTo(this, target);
  }

  /** The entries {@code from} (inclusive) to {@code to} (exclusive) along an axis. */
  public Tensor slice(int axis, long from, long to) {
    return ShapeMoves.slice(this, axis, from, to);
  }

  /** The entries at one index of an axis, which is removed. */
  public Tensor select(int axis, long index) {
    return slice(axis, index, index + 1).squeeze(axis);
  }

  /** Tensors one after another along an axis; their other extents are equal. */
  public static Tensor concat(List<Tensor> parts, int axis) {
    return ShapeMoves.concat(parts, axis);
  }

  /** Tensors of one shape side by side along a new axis. */
  public static Tensor stack(List<Tensor> parts, int axis) {
    return concat(parts.stream().map(p -> p.expandDims(axis)).toList(), axis);
  }

  // ---- indexing and order
  // ------------------------------------------------------------------------

  /**
   * Entries picked along an axis: y[…, i, …] = x[…, index[…, i, …], …]. The gradient is {@link
   * #scatterAdd}.
   *
   * @param index INT64, of this shape but along the axis
   * @throws IndexOutOfBoundsException if an index is outside the axis
   */
  public Tensor gather(Tensor index, int axis) {
    return Indexing.gather(this, index, axis);
  }

  /**
   * This, with each value added at its index along an axis; the values of one index add up.
   *
   * @param index INT64, of this shape but along the axis
   * @param values of the index's shape
   */
  public Tensor scatterAdd(Tensor index, Tensor values, int axis) {
    return Indexing.scatterAdd(this, index, values, axis);
  }

  /**
   * The indices (INT64) that sort along an axis; equal entries keep their order in both directions,
   * NaN counts as the largest.
   */
  public Tensor argSort(int axis, boolean descending) {
    return Indexing.argSort(this, axis, descending);
  }

  /**
   * Entries sorted along an axis, as {@link #argSort} orders them; each gradient goes where its
   * entry came from, so at ties the first in order takes the first.
   */
  public Tensor sort(int axis, boolean descending) {
    return gather(argSort(axis, descending), axis);
  }

  /**
   * The indices of the k largest entries along an axis, the largest first.
   *
   * @throws IllegalArgumentException unless 0 ≤ k ≤ the extent
   */
  public Tensor topK(long k, int axis) {
    long extent = shape.dim(shape.axis(axis, "topK"));
    if (k < 0 || k > extent) {
      throw new IllegalArgumentException(
          "topK: k = " + k + " must be from 0 to " + extent + ", axis " + axis + " of " + shape);
    }
    return argSort(axis, true).slice(axis, 0, k);
  }

  /**
   * One-hot vectors along a new last axis, of an INT64 tensor of indices.
   *
   * @param classes the extent of that axis
   * @throws IndexOutOfBoundsException if an index is outside 0 … classes − 1
   */
  public Tensor oneHot(long classes, DType type) {
    return Indexing.oneHot(this, classes, type);
  }

  // ---- products
  // ----------------------------------------------------------------------------------

  /**
   * The matrix product over the last two axes, [… n, k]·[… k, m] → [… n, m]; the axes before them
   * broadcast. Gradients: g·bᵀ and aᵀ·g.
   */
  public Tensor matMul(Tensor b) {
    return Products.matMul(this, b, false, false);
  }

  /** {@link #matMul(Tensor)} with either side's last two axes swapped first, without a copy. */
  public Tensor matMul(Tensor b, boolean transposeThis, boolean transposeB) {
    return Products.matMul(this, b, transposeThis, transposeB);
  }

  /**
   * x·w + b over the last axis of x.
   *
   * @param weight [k, m]
   * @param bias [m]
   */
  public Tensor linear(Tensor weight, Tensor bias) {
    return Products.linear(this, weight, bias);
  }

  // ---- type, graph, lifetime
  // ---------------------------------------------------------------------

  /**
   * Conversion to another type: a nonzero number is true, true is 1, fractions are cut toward 0.
   * Between floating types the gradient is converted back; elsewhere it ends.
   */
  public Tensor cast(DType type) {
    return Elementwise.cast(this, type);
  }

  /** The same entries as a constant: no gradient flows through. */
  public Tensor stopGradient() {
    if (device.isOnEngineTape()) {
      return Elementwise.stoppedOnEngineTape(this);
    }
    return node == null ? this : new Tensor(device, storage, shape, dtype, null);
  }

  /** Zeros of this shape and type. */
  public Tensor zerosLike() {
    return device.zeros(shape, dtype);
  }

  /** Ones of this shape and type. */
  public Tensor onesLike() {
    return device.ones(shape, dtype);
  }

  /**
   * Releases the entries now, before the scope does. Doing so again does nothing. Tensors that are
   * the same entries go with it: those of {@link #stopGradient}, and those of an operation that had
   * nothing to do, such as a reshape to the shape it has.
   */
  @Override
  public void close() {
    storage.release();
  }

  /** Whether the entries are gone, by {@link #close} or with their scope. */
  public boolean isReleased() {
    return storage.isReleased();
  }

  /** Type, shape, and the first few entries. */
  @Override
  public String toString() {
    return dtype + shape.toString() + (storage.isReleased() ? " (released)" : " " + entries());
  }

  private String entries() {
    if (shape.size() > SHOWN) {
      return "of " + shape.size() + " entries, from " + head().entries();
    }
    return switch (dtype) {
      case FLOAT32 -> Arrays.toString(toFloats());
      case FLOAT64 -> Arrays.toString(toDoubles());
      case INT64 -> Arrays.toString(toLongs());
      case BOOL -> Arrays.toString(toBooleans());
    };
  }

  private Tensor head() {
    return stopGradient().reshape(shape.size()).slice(0, 0, SHOWN);
  }

  // ---- for this package and its access
  // ------------------------------------------------------------

  void moveOut(Scope from, @Nullable Scope to) {
    storage.moveOut(from, to);
  }

  void share() {
    storage.share();
  }

  private Object handle(String operation) {
    return storage.handle(operation, shape);
  }

  private void requireType(String operation, DType wanted) {
    if (dtype != wanted) {
      throw new IllegalArgumentException(
          operation
              + ": needs a tensor of "
              + wanted
              + ", but this is "
              + dtype
              + shape
              + "; use cast");
    }
  }

  private int[] allAxes() {
    int[] axes = new int[rank()];
    for (int i = 0; i < axes.length; i++) {
      axes[i] = i;
    }
    return axes;
  }

  private static final class Access extends TensorAccess {
    @Override
    public @Nullable Node node(Tensor x) {
      return x.node;
    }

    @Override
    public Tensor withNode(Tensor x, @Nullable Node node) {
      return new Tensor(x.device, x.storage, x.shape, x.dtype, node);
    }

    @Override
    public Object handle(Tensor x, String operation) {
      return x.handle(operation);
    }

    @Override
    public Tensor create(
        Device device,
        @Nullable Object handle,
        Shape shape,
        DType dtype,
        @Nullable Node node,
        String operation) {
      return new Tensor(device, device.store(operation, handle), shape, dtype, node);
    }

    @Override
    public Backend<Object> backend(Device device) {
      return device.typedBackend();
    }
  }
}
