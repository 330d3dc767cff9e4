package org.gumbel4j.cpu.kernels;

import java.util.function.DoubleUnaryOperator;

/**
 * The functions of one number, each with its formula in double, which every kernel must approach.
 */
public enum UnaryOp {
  /** −x. */
  NEG(false, x -> -x),
  /** |x|. */
  ABS(false, Math::abs),
  /** −1, ±0, 1 or NaN. */
  SIGN(false, Math::signum),
  /** √x. */
  SQRT(false, Math::sqrt),
  /** max(x, 0), NaN for NaN. */
  RELU(false, x -> Math.max(x, 0)),
  /** e^x. */
  EXP(true, Math::exp),
  /** e^x − 1. */
  EXPM1(true, Math::expm1),
  /** log x. */
  LOG(true, Math::log),
  /** log(1 + x). */
  LOG1P(true, Math::log1p),
  /** tanh x. */
  TANH(true, Math::tanh),
  /** 1 / (1 + e^−x), by the form that does not overflow. */
  SIGMOID(true, x -> x < 0 ? Math.exp(x) / (1 + Math.exp(x)) : 1 / (1 + Math.exp(-x))),
  /** log(1 + e^x), by the form that does not overflow. */
  SOFTPLUS(true, x -> Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x))));

  private final boolean transcendental;

  @SuppressWarnings("ImmutableEnumChecker") // every formula is a lambda that captures nothing
  private final DoubleUnaryOperator formula;

  UnaryOp(boolean transcendental, DoubleUnaryOperator formula) {
    this.transcendental = transcendental;
    this.formula = formula;
  }

  /** Whether an entry costs tens of instructions rather than one: threads pay sooner. */
  public boolean isTranscendental() {
    return transcendental;
  }

  /** The function in double. */
  public double apply(double x) {
    return formula.applyAsDouble(x);
  }
}
