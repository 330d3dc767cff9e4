package org.gumbel4j.autodiff;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.gumbel4j.internal.TensorAccess;
import org.gumbel4j.internal.graph.Tape;
import org.gumbel4j.tensor.Device;
import org.gumbel4j.tensor.Scope;
import org.gumbel4j.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * Gradients by reverse-mode differentiation.
 *
 * <pre>{@code
 * var step = Autodiff.valueAndGradient(p -> loss(p.get(0), p.get(1)), List.of(weight, bias));
 * }</pre>
 *
 * <p>Functional: nothing is marked, nothing accumulates. The function runs once, on stand-ins for
 * the parameters; whatever else it uses is constant. The graph, and everything made while the
 * outermost gradient was taken, is released when the call returns; only the value, the gradients
 * and the auxiliary tensors are kept, and belong to the scope around the call. Some of them may be
 * the same entries: of a + b both gradients are one array, and closing one closes the other.
 *
 * <p>Inside the function, leave the freeing to Autodiff: what a scope of one's own has released is
 * missing when the gradient comes back, and the error says so. Gradients that are equal may be one
 * tensor, or share their entries with the cotangent.
 *
 * <p>Calls nest, and so give higher derivatives: a gradient is an ordinary function of its inputs.
 * Take a gradient on one thread; different threads may take different ones.
 *
 * <h2>Conventions where a function has no derivative</h2>
 *
 * <ul>
 *   <li>{@code abs}, {@code relu} at 0: 0. {@code sign}, comparisons, indices: 0 everywhere.
 *   <li>{@code maximum}, {@code minimum} at a tie: half to each. {@code max}, {@code min} over
 *       axes: shared evenly by the entries that attain it.
 *   <li>{@code sort}: each gradient goes where its entry came from; equal entries keep their order.
 *   <li>{@code clamp}: passes on the bounds and between, 0 beyond.
 *   <li>{@code softmax}, {@code logSumExp} of an entry −∞ (a mask): exactly 0, never NaN.
 *   <li>{@code where}: what is not chosen gets 0.
 * </ul>
 *
 * @since 0.1
 */
public final class Autodiff {
  private Autodiff() {}

  /**
   * The gradient of a scalar function of one tensor.
   *
   * @throws IllegalArgumentException as {@link #valueAndGradient(Function, List)}
   */
  public static Tensor gradient(Function<Tensor, Tensor> f, Tensor x) {
    return gradientAlone(f, x, null);
  }

  /** Value and gradient of a scalar function of one tensor. */
  public static ValueAndGradient valueAndGradient(Function<Tensor, Tensor> f, Tensor x) {
    return valueAndGradient(leaves -> f.apply(leaves.get(0)), List.of(x));
  }

  /**
   * Value and gradients of a scalar function of several tensors.
   *
   * @param f from stand-ins for the parameters to a floating tensor of one entry
   * @param parameters floating, on one device; at least one
   * @throws IllegalArgumentException if a parameter is not floating, or the value is not of one
   *     entry
   */
  public static ValueAndGradient valueAndGradient(
      Function<List<Tensor>, Tensor> f, List<Tensor> parameters) {
    return differentiate(leaves -> Objective.of(f.apply(leaves)), parameters);
  }

  /**
   * As {@link #valueAndGradient(Function, List)}, for a function that gives out more than its
   * value.
   */
  public static ValueAndGradient differentiate(
      Function<List<Tensor>, Objective> f, List<Tensor> parameters) {
    return run(f, parameters, null, true);
  }

  /**
   * The vector-Jacobian product: the gradient of ⟨cotangent, f(x)⟩ with respect to x.
   *
   * @param cotangent of f(x)'s shape and type
   */
  public static Tensor vectorJacobianProduct(
      Function<Tensor, Tensor> f, Tensor x, Tensor cotangent) {
    return gradientAlone(f, x, cotangent);
  }

  /**
   * The product of the Hessian of a scalar function with a vector: the gradient of ⟨∇f(x), v⟩.
   *
   * @param v of x's shape and type
   */
  public static Tensor hessianVectorProduct(Function<Tensor, Tensor> f, Tensor x, Tensor v) {
    return gradient(z -> gradient(f, z).mul(v).sum(), x);
  }

  /**
   * Runs something as if every tensor in it had gone through {@link #stopGradient}: what is being
   * differentiated counts as constant, and nothing is recorded. A gradient taken inside is an
   * outermost one of its own, whose graph and temporaries go when it returns.
   *
   * @return what {@code work} gives, which no gradient flows through, unless it hands on a tensor
   *     from outside as it is
   */
  public static <T> T unrecorded(Supplier<T> work) {
    return Tape.unrecorded(work);
  }

  /** The same entries as a constant: no gradient flows through. */
  public static Tensor stopGradient(Tensor x) {
    return x.stopGradient();
  }

  /** The value, which nobody could close, goes with the graph. */
  private static Tensor gradientAlone(
      Function<Tensor, Tensor> f, Tensor x, @Nullable Tensor cotangent) {
    return run(leaves -> Objective.of(f.apply(leaves.get(0))), List.of(x), cotangent, false)
        .gradient();
  }

  private static ValueAndGradient run(
      Function<List<Tensor>, Objective> f,
      List<Tensor> parameters,
      @Nullable Tensor cotangent,
      boolean keepsValue) {
    check(parameters);
    Tape current = Tape.current();
    return current == null
        ? outermost(f, parameters, cotangent, keepsValue)
        : nested(current, f, parameters, cotangent);
  }

  private static ValueAndGradient outermost(
      Function<List<Tensor>, Objective> f,
      List<Tensor> parameters,
      @Nullable Tensor cotangent,
      boolean keepsValue) {
    Device device = parameters.get(0).device();
    Tape tape = Tape.open();
    try (Scope scope = device.openScope()) {
      List<Tensor> leaves = parameters.stream().map(tape::leaf).toList();
      Objective objective = f.apply(leaves);
      Tensor seed = seed(objective.value(), cotangent);
      tape.stopRecording();
      List<Tensor> gradients = gradients(tape, objective.value(), seed, 0, leaves);
      return new ValueAndGradient(
          keepsValue ? keep(scope, objective.value()) : objective.value(),
          gradients.stream().map(g -> keep(scope, g)).toList(),
          objective.auxiliary().stream().map(a -> keep(scope, a)).toList());
    } finally {
      tape.close();
    }
  }

  private static ValueAndGradient nested(
      Tape tape,
      Function<List<Tensor>, Objective> f,
      List<Tensor> parameters,
      @Nullable Tensor cotangent) {
    int first = tape.position();
    List<Tensor> leaves = parameters.stream().map(tape::leaf).toList();
    Objective objective = f.apply(leaves);
    Tensor seed = seed(objective.value(), cotangent);
    List<Tensor> gradients = gradients(tape, objective.value(), seed, first, leaves);
    return new ValueAndGradient(objective.value(), gradients, objective.auxiliary());
  }

  private static Tensor keep(Scope scope, Tensor x) {
    return scope.keep(TensorAccess.get().withNode(x, null));
  }

  private static List<Tensor> gradients(
      Tape tape, Tensor value, Tensor seed, int first, List<Tensor> leaves) {
    List<@Nullable Tensor> found = tape.pullBack(value, seed, first, leaves.size());
    List<Tensor> gradients = new ArrayList<>(leaves.size());
    for (int i = 0; i < leaves.size(); i++) {
      Tensor gradient = found.get(i);
      gradients.add(gradient == null ? leaves.get(i).zerosLike() : gradient);
    }
    return gradients;
  }

  private static Tensor seed(Tensor value, @Nullable Tensor cotangent) {
    if (!value.dtype().isFloating()) {
      throw new IllegalArgumentException(
          "Autodiff: the value is " + value.dtype() + value.shape() + "; it must be floating");
    }
    if (cotangent == null) {
      if (value.size() != 1) {
        throw new IllegalArgumentException(
            "Autodiff: the value has shape "
                + value.shape()
                + ", not one entry; sum or average it");
      }
      return value.onesLike();
    }
    if (!cotangent.shape().equals(value.shape()) || cotangent.dtype() != value.dtype()) {
      throw new IllegalArgumentException(
          "Autodiff: the cotangent is "
              + cotangent.dtype()
              + cotangent.shape()
              + ", but the value is "
              + value.dtype()
              + value.shape());
    }
    return cotangent;
  }

  private static void check(List<Tensor> parameters) {
    if (parameters.isEmpty()) {
      throw new IllegalArgumentException("Autodiff: there is no parameter to differentiate by");
    }
    Device device = parameters.get(0).device();
    if (device.isOnEngineTape()) {
      throw new IllegalStateException(
          "Autodiff: device '"
              + device.name()
              + "' is on the engine's own tape; take the gradient there, or bring the arrays to a"
              + " device of core");
    }
    for (int i = 0; i < parameters.size(); i++) {
      Tensor p = parameters.get(i);
      if (!p.dtype().isFloating()) {
        throw new IllegalArgumentException(
            "Autodiff: parameter " + i + " is " + p.dtype() + p.shape() + "; it must be floating");
      }
      if (p.device() != device) {
        throw new IllegalArgumentException(
            "Autodiff: parameter "
                + i
                + " is on device '"
                + p.device().name()
                + "', parameter 0 on '"
                + device.name()
                + "'; they must be on one");
      }
    }
  }
}
