package org.gumbel4j.internal.ops;

import java.util.List;
import java.util.function.BiFunction;
import org.gumbel4j.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/** A value whose gradient somebody else has worked out. */
public final class Custom {
  private Custom() {}

  /**
   * The value with a rule of its own.
   *
   * @param pullback from the value and the gradient to the operands' gradients, one for each
   */
  public static Tensor withGradient(
      Tensor value, List<Tensor> operands, BiFunction<Tensor, Tensor, List<Tensor>> pullback) {
    if (value.device().isOnEngineTape()) {
      throw new IllegalStateException(
          "CustomGradient: device '"
              + value.device().name()
              + "' is on the engine's own tape, which takes no rules; give a surrogate whose gradient"
              + " is the rule, CustomGradient.straightThrough(y, s), or differentiate with Autodiff on"
              + " a device of core");
    }
    Rule rule = new Rule(pullback);
    Input[] inputs = new Input[operands.size()];
    for (int i = 0; i < inputs.length; i++) {
      int slot = i;
      Tensor operand = operands.get(i);
      inputs[i] =
          new Input(operand, (y, g) -> checked(rule.apply(y, g), operands.size(), slot, operand));
    }
    return Op.alias(value.stopGradient(), inputs);
  }

  /**
   * Runs a pullback once for all operands: they ask one after the other, with the same gradient.
   */
  private static final class Rule {
    private final BiFunction<Tensor, Tensor, List<Tensor>> pullback;
    private @Nullable Tensor gradient;
    private List<Tensor> shares = List.of();

    Rule(BiFunction<Tensor, Tensor, List<Tensor>> pullback) {
      this.pullback = pullback;
    }

    List<Tensor> apply(Tensor y, Tensor g) {
      if (gradient != g) {
        shares = pullback.apply(y, g);
        gradient = g;
      }
      return shares;
    }
  }

  private static Tensor checked(List<Tensor> gradients, int count, int slot, Tensor operand) {
    if (gradients.size() != count) {
      throw new IllegalStateException(
          "CustomGradient: the rule gave "
              + gradients.size()
              + " gradients for "
              + count
              + " operands");
    }
    Tensor gradient = gradients.get(slot);
    if (!gradient.shape().equals(operand.shape()) || gradient.dtype() != operand.dtype()) {
      throw new IllegalStateException(
          "CustomGradient: the gradient of operand "
              + slot
              + " is "
              + Op.describe(gradient)
              + ", but the operand is "
              + Op.describe(operand));
    }
    return gradient;
  }
}
