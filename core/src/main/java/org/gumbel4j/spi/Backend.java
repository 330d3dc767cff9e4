package org.gumbel4j.spi;

import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Supplier;
import org.gumbel4j.tensor.DType;
import org.gumbel4j.tensor.Shape;
import org.jspecify.annotations.Nullable;

/**
 * A tensor engine, seen from below: some forty forward-only primitives over handles of the author's
 * own type. Implement this, and everything in Gumbel4J runs on your engine: differentiation, noise,
 * distributions and estimators are written once, in core, over these methods. No gradient code is
 * asked for.
 *
 * <h2>What core does before it calls</h2>
 *
 * <ul>
 *   <li>Handles are your own: never null, never another backend's, never released.
 *   <li>Axes are counted from the front and in range; lists of axes are sorted, without repetition.
 *   <li>Shapes and data types fit, as each method states them; operands of one type are of that
 *       type.
 *   <li>Index values are read and found in range.
 *   <li>No tensor has an extent of zero, neither operand nor result. Core keeps those to itself.
 *   <li>Capabilities that are declared absent are not called for. The methods that belong to them
 *       keep their defaults, which refuse.
 * </ul>
 *
 * <h2>What a backend promises</h2>
 *
 * <ul>
 *   <li>Handles are immutable: no operation changes an operand. Two handles may share memory.
 *   <li>Each result lives on its own: releasing the handle it came from does not harm it. So with
 *       {@link Capability#NATIVE_MEMORY} a method never returns its operand, not even where nothing
 *       changes (a reshape to the same shape, a cast to the same type): it returns a second handle
 *       to the memory, which stays until the last of its handles is gone. Without native memory
 *       returning the operand does no harm.
 *   <li>IEEE arithmetic: NaN and infinities propagate, division by zero gives ±∞ or NaN.
 *       Elementwise functions are within a few units in the last place.
 *   <li>INT64 arithmetic wraps around, as Java's does.
 *   <li>Thread safety: any number of threads may call at once, and a handle may be used by other
 *       threads than the one that made it.
 *   <li>Results belong to the calling thread's innermost open scope, whoever made the operands,
 *       temporaries included; with none open they are the caller's until {@link #release}.
 * </ul>
 *
 * <p>"Floating" below means FLOAT32 or, with {@link Capability#FLOAT64}, FLOAT64; "numeric" adds
 * INT64; "any" adds BOOL. The result has the operands' type unless said otherwise. Binary
 * operations broadcast as NumPy does: shapes aligned at the last axis, missing axes and extents of
 * 1 stretched.
 *
 * <p>{@code docs/writing-a-backend.md} builds a complete one; the conformance kit tells what is
 * wrong with yours.
 *
 * @param <H> the engine's array, which knows its shape and data type
 * @since 0.1
 */
public interface Backend<H> extends AutoCloseable {

  // ---- identity -------------------------------------------------------------------------------

  /**
   * The provider's name, with {@code @device} where it matters: {@code cpu}, {@code
   * djl-pytorch@gpu}.
   */
  String name();

  /** What this backend can do; constant over its life. */
  Set<Capability> capabilities();

  /** One line for reports: engine, version, device, kernels. */
  default String description() {
    return name();
  }

  /** The shape of an array. */
  Shape shape(H x);

  /** The type of an array's entries. */
  DType dtype(H x);

  /**
   * The fused operations of this backend: its own overrides, or the defaults built of primitives.
   */
  default FusedOps<H> fused() {
    return new FusedOps<>(this);
  }

  // ---- creation and read-back -----------------------------------------------------------------

  /**
   * A FLOAT32 array of the values in row-major order, as many as the shape has entries. The Java
   * array is handed over: nobody writes to it afterwards, and the backend may keep it.
   */
  H create(float[] values, Shape shape);

  /** A FLOAT64 array, as {@link #create(float[], Shape)}. */
  H create(double[] values, Shape shape);

  /** An INT64 array, as {@link #create(float[], Shape)}. */
  H create(long[] values, Shape shape);

  /** A BOOL array, as {@link #create(float[], Shape)}. */
  H create(boolean[] values, Shape shape);

  /**
   * An array filled with one value, rounded to FLOAT32 where that is the type. For INT64 the value
   * is integral and at most 2^53 in magnitude; for BOOL it is 0 or 1.
   */
  H full(Shape shape, DType dtype, double value);

  /** The entries of a FLOAT32 array in row-major order, in a Java array that the caller owns. */
  float[] toFloats(H x);

  /** The entries of a FLOAT64 array, as {@link #toFloats}. */
  double[] toDoubles(H x);

  /** The entries of an INT64 array, as {@link #toFloats}. */
  long[] toLongs(H x);

  /** The entries of a BOOL array, as {@link #toFloats}. */
  boolean[] toBooleans(H x);

  /**
   * Conversion between any two types, or to the type that x has. To BOOL: nonzero (NaN included) is
   * true. From BOOL: 0 and 1. From floating to INT64: truncation toward zero; NaN and values beyond
   * ±2^63 give an unspecified integer.
   */
  H cast(H x, DType dtype);

  // ---- elementwise, one operand: floating unless said otherwise ---------------------------------

  /** −x; numeric. */
  H neg(H x);

  /** |x|; numeric. */
  H abs(H x);

  /** −1, 0 or 1; NaN for NaN; ±0 for ±0; numeric. */
  H sign(H x);

  /** e^x. */
  H exp(H x);

  /** e^x − 1, accurate near 0. */
  H expm1(H x);

  /** The natural logarithm: −∞ at 0, NaN below. */
  H log(H x);

  /** log(1 + x), accurate near 0: −∞ at −1, NaN below. */
  H log1p(H x);

  /** The square root, correctly rounded; NaN below 0. */
  H sqrt(H x);

  /** The hyperbolic tangent. */
  H tanh(H x);

  // ---- elementwise, two operands: numeric, broadcasting ----------------------------------------

  /** a + b. */
  H add(H a, H b);

  /** a − b. */
  H sub(H a, H b);

  /** a · b. */
  H mul(H a, H b);

  /** a / b; floating. */
  H div(H a, H b);

  /** a^b as {@link Math#pow}; floating. */
  H pow(H a, H b);

  /** The larger; NaN if either is NaN. */
  H maximum(H a, H b);

  /** The smaller; NaN if either is NaN. */
  H minimum(H a, H b);

  // ---- comparison and logic: broadcasting, result BOOL ------------------------------------------

  /** a = b; any type; false where either is NaN. */
  H equal(H a, H b);

  /** a &lt; b; numeric; false where either is NaN. */
  H less(H a, H b);

  /** a ≤ b; numeric; false where either is NaN. */
  H lessEqual(H a, H b);

  /** a ∧ b; BOOL. */
  H and(H a, H b);

  /** a ∨ b; BOOL. */
  H or(H a, H b);

  /** ¬a; BOOL. */
  H not(H a);

  /**
   * a where the condition holds, else b, entry by entry: what is not chosen has no effect, even if
   * it is NaN. The condition is BOOL; a and b are of one type, any; all three broadcast.
   */
  H where(H condition, H a, H b);

  // ---- reductions -----------------------------------------------------------------------------

  /**
   * The sum over the given axes (at least one); numeric. The axes keep extent 1 if {@code
   * keepDims}. FLOAT32 must be summed with an error that does not grow with the number of entries
   * as plain left-to-right addition does: in double, pairwise, or in blocks.
   */
  H sum(H x, int[] axes, boolean keepDims);

  /** The largest over the given axes; NaN if any entry is; numeric. */
  H max(H x, int[] axes, boolean keepDims);

  /** The smallest over the given axes; NaN if any entry is; numeric. */
  H min(H x, int[] axes, boolean keepDims);

  /**
   * The index of the largest entry along an axis, INT64, the axis removed. Of equal entries the
   * first wins; NaN counts as the largest; numeric.
   */
  H argMax(H x, int axis);

  // ---- shape ----------------------------------------------------------------------------------

  /** The same entries in row-major order under another shape of the same size; any type. */
  H reshape(H x, Shape shape);

  /** Axes rearranged: axis i of the result is axis {@code permutation[i]} of x; any type. */
  H permute(H x, int[] permutation);

  /** Entries repeated to fill a shape that x broadcasts to; any type. */
  H broadcastTo(H x, Shape shape);

  /**
   * Arrays (at least one) of equal extents but along {@code axis}, put one after another; any type.
   */
  H concat(List<H> parts, int axis);

  /** The entries {@code from} (inclusive) to {@code to} (exclusive) along an axis; any type. */
  H slice(H x, int axis, long from, long to);

  // ---- indexing -------------------------------------------------------------------------------

  /**
   * Entries picked along an axis: result[…, i, …] = x[…, index[…, i, …], …]. The index is INT64, of
   * x's rank, with x's extents but along the axis; x is of any type. {@link Capability#GATHERING}.
   */
  default H gather(H x, H index, int axis) {
    throw new UnsupportedCapabilityException("gather", name(), Capability.GATHERING);
  }

  /**
   * The transpose of {@link #gather}: a copy of x to which each entry of {@code values} is added at
   * its index along the axis; entries of one index add up, in row-major order. Values have the
   * index's shape and x's type; numeric. {@link Capability#GATHERING}.
   */
  default H scatterAdd(H x, H index, H values, int axis) {
    throw new UnsupportedCapabilityException("scatterAdd", name(), Capability.GATHERING);
  }

  /**
   * The indices (INT64, x's shape) that sort x along an axis. Stable: equal entries keep their
   * order, in both directions. NaN is larger than +∞, so it comes last when ascending and first
   * when descending; −0 equals +0; numeric. {@link Capability#SORTING}.
   */
  default H argSort(H x, int axis, boolean descending) {
    throw new UnsupportedCapabilityException("argSort", name(), Capability.SORTING);
  }

  /**
   * Running sums along an axis, the entry itself included; numeric. {@link
   * Capability#CUMULATIVE_SUM}.
   */
  default H cumSum(H x, int axis) {
    throw new UnsupportedCapabilityException("cumSum", name(), Capability.CUMULATIVE_SUM);
  }

  // ---- products -------------------------------------------------------------------------------

  /**
   * The matrix product over the last two axes; floating. Both have rank 2, or at least 2 with
   * {@link Capability#BATCHED_MAT_MUL}; the axes before the last two broadcast.
   *
   * @param a [… n, k], or [… k, n] if {@code transposeA}
   * @param b [… k, m], or [… m, k] if {@code transposeB}
   * @return [… n, m]
   */
  H matMul(H a, H b, boolean transposeA, boolean transposeB);

  // ---- checks and time ------------------------------------------------------------------------

  /**
   * Sees to it that a condition on values is met. The default reads it at once. A backend whose
   * device runs behind the caller should remember the condition there, look at it with the calling
   * thread's next read-back or {@link #synchronize}, and throw the error from that. Safety never
   * hangs on it: indices core reads itself.
   *
   * @param condition a BOOL scalar, released when the call has returned: who looks later keeps the
   *     memory behind it, which {@link #liveArrays} need not count
   * @param error asked for its error only when the condition does not hold, once, on the thread
   *     that checked; it names the operation. It may read arrays back to quote what was wrong, so
   *     forget the condition before asking; if they are gone by then, it quotes nothing
   */
  default void check(H condition, Supplier<RuntimeException> error) {
    if (!toBooleans(condition)[0]) {
      throw error.get();
    }
  }

  /**
   * Waits until all work handed to the device is done, and throws what went wrong with it, the
   * calling thread's {@linkplain #check checks} that failed included.
   */
  default void synchronize() {}

  // ---- an engine's own tape ---------------------------------------------------------------------

  /**
   * Whether the engine itself records what is done to its arrays, and its user takes the gradients
   * there. Core then stays out of it: it refuses to differentiate, makes stopped gradients and
   * straight-through values of {@link #stopGradient}, and reads nothing back on its own but
   * indices, so that no other values are checked. The fused operations must keep their defaults,
   * and the derivatives that the engine takes of the primitives must be core's at ties too: shared
   * evenly by what {@link #max} or {@link #maximum} finds equal, 0 for {@link #abs} at 0. Constant
   * over a backend's life.
   */
  default boolean isOnEngineTape() {
    return false;
  }

  /**
   * The same entries as a constant on the engine's tape. Called only if {@link #isOnEngineTape}.
   */
  default H stopGradient(H x) {
    throw new UnsupportedOperationException(
        "stopGradient: backend '" + name() + "' has no tape of its own");
  }

  // ---- lifetimes: for {@link Capability#NATIVE_MEMORY}, or to use memory again ------------------

  /**
   * Opens a scope on the calling thread; what is made there belongs to the innermost one. Called
   * often: core opens one around each fused operation, and around each gradient.
   */
  default BackendScope openScope() {
    return BackendScope.NONE;
  }

  /**
   * Moves an array of the calling thread, whether a scope owns it or the caller, to another scope
   * of that thread, usually one further out. It may be there already.
   *
   * @param scope its new owner, open, made by this backend's {@link #openScope}; or null: the
   *     caller's, until {@link #release}
   */
  default void attach(H x, @Nullable BackendScope scope) {}

  /**
   * Frees an array, and takes it from the scope that owned it, if one did. Called at most once for
   * an array, not after its scope has closed, and from any thread: a tensor may be closed by
   * another thread than the one whose scope, still open, owns it. Later calls with the array are
   * not made, not even {@link #shape}.
   */
  default void release(H x) {}

  /**
   * How many handles are alive now, over all threads: made, and neither released nor gone with
   * their scope; temporaries count, and so does each of several handles to one memory. Empty if
   * nobody counts; with {@link Capability#NATIVE_MEMORY} the conformance kit wants a number, and
   * finds leaks by it.
   */
  default OptionalLong liveArrays() {
    return OptionalLong.empty();
  }

  /**
   * Frees threads and memory of the whole backend, arrays that are still alive included. No call
   * comes afterwards, but perhaps another {@code close}, which does nothing.
   */
  @Override
  default void close() {}
}
