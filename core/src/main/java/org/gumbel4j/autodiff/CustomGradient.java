package org.gumbel4j.autodiff;

import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.gumbel4j.internal.ops.Custom;
import org.gumbel4j.internal.ops.GumbelOps;
import org.gumbel4j.tensor.Tensor;

/**
 * Values whose gradient is not that of the operations that made them.
 *
 * @since 0.1
 */
public final class CustomGradient {
  private CustomGradient() {}

  /**
   * The straight-through construction: the value of y, bit for bit, with the gradient of s, as if
   * it were sg(y − s) + s without its rounding (Bengio, Léonard and Courville, arXiv 1308.3432).
   *
   * @param y what goes forward
   * @param s what the gradient sees, of y's shape and type
   * @throws IllegalArgumentException if shapes or types differ
   */
  public static Tensor straightThrough(Tensor y, Tensor s) {
    return GumbelOps.straightThrough(y, s);
  }

  /**
   * A function with a gradient rule of one's own.
   *
   * @param operands what the function is differentiated with respect to
   * @param forward the value; no gradient flows through its operations
   * @param pullback from the value y and the gradient g with respect to it to the gradients with
   *     respect to the operands, in their order and of their shapes; written in tensor operations,
   *     it can be differentiated again
   * @throws IllegalStateException in the backward pass, if the rule gives a wrong number of
   *     gradients or one of a wrong shape or type
   */
  public static Tensor of(
      List<Tensor> operands,
      Function<List<Tensor>, Tensor> forward,
      BiFunction<Tensor, Tensor, List<Tensor>> pullback) {
    Tensor value = forward.apply(operands.stream().map(Tensor::stopGradient).toList());
    return Custom.withGradient(value, List.copyOf(operands), pullback);
  }
}
