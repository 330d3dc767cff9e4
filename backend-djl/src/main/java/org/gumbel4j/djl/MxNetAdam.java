package org.gumbel4j.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.util.PairList;
import org.gumbel4j.spi.AdamCoefficients;
import org.gumbel4j.tensor.DType;

/**
 * A step of Adam in place by MXNet's {@code adam_update}, which corrects no bias: α√c₂ / c₁ for α
 * and ε√c₂ for ε make its m / (√v + ε) what Adam has.
 *
 * <p>The operator has β in single precision and takes 1 − β from that, which for β₂ = 0.999 is off
 * in the fifth digit. What it multiplies gradients by makes up for it, but for one of the two
 * moments at a time: so v goes first, with β₁ = 1 and no step, and m and the parameter second, with
 * β₂ = 1. (A gradient beyond 1.8e19, whose square is infinite, makes NaN there.)
 */
final class MxNetAdam {
  private MxNetAdam() {}

  /** Whether the operator has room for the type and the numbers. */
  static boolean canStep(DjlArray parameter, AdamCoefficients a) {
    return parameter.dtype() == DType.FLOAT32
        && isNormal(rate(a))
        && isNormal(epsilon(a))
        && rest(a.beta1()) > 0
        && rest(a.beta2()) > 0;
  }

  private static boolean isNormal(double value) {
    return value >= Float.MIN_NORMAL && value <= Float.MAX_VALUE;
  }

  private static double rate(AdamCoefficients a) {
    return a.learningRate() * Math.sqrt(a.secondCorrection()) / a.firstCorrection();
  }

  private static double epsilon(AdamCoefficients a) {
    return a.epsilon() * Math.sqrt(a.secondCorrection());
  }

  /** 1 − β as the operator has it. */
  private static float rest(double beta) {
    return 1 - (float) beta;
  }

  /** Writes over all but the gradient. */
  static void step(NDArray parameter, NDArray gradient, NDArray m, NDArray v, AdamCoefficients a) {
    double forV = Math.sqrt((1 - a.beta2()) / rest(a.beta2()));
    double forM = (1 - a.beta1()) / rest(a.beta1());
    update(parameter, gradient, m, v, 0, 1, a.beta2(), forV, epsilon(a));
    update(parameter, gradient, m, v, rate(a), a.beta1(), 1, forM, epsilon(a));
  }

  private static void update(
      NDArray parameter,
      NDArray gradient,
      NDArray m,
      NDArray v,
      double rate,
      double beta1,
      double beta2,
      double scale,
      double epsilon) {
    PairList<String, Object> numbers = new PairList<>();
    numbers.add("lr", Double.toString(rate));
    numbers.add("beta1", Double.toString(beta1));
    numbers.add("beta2", Double.toString(beta2));
    numbers.add("epsilon", Double.toString(epsilon));
    numbers.add("rescale_grad", Double.toString(scale));
    CallCount.add(1);
    parameter
        .getManager()
        .invoke(
            "adam_update",
            new NDArray[] {parameter, gradient, m, v},
            new NDArray[] {parameter},
            numbers);
  }
}
