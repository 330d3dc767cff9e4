package org.gumbel4j.relaxation;

import org.gumbel4j.internal.ops.Checks;
import org.gumbel4j.tensor.DType;
import org.gumbel4j.tensor.Device;
import org.gumbel4j.tensor.Shape;
import org.gumbel4j.tensor.Tensor;

/**
 * A temperature that is learnt, positive by construction: τ = τ_min + softplus(ρ), with ρ any real
 * number.
 *
 * <pre>{@code
 * LearnableTemperature learnable = LearnableTemperature.above(0.1);
 * Tensor rho = learnable.parameterFor(device, 1.0, Shape.SCALAR, DType.FLOAT32);
 * // inside the loss, with rho among the parameters:
 * GumbelSoftmax.of(learnable.temperature(rho)).sample(logits, key)
 * }</pre>
 *
 * @param minimum τ_min, finite and not negative; it is approached, never reached
 * @since 0.1
 */
public record LearnableTemperature(double minimum) {
  private static final String NAME = "LearnableTemperature";

  /**
   * Checks the minimum.
   *
   * @throws IllegalArgumentException if it is negative, infinite or NaN
   */
  public LearnableTemperature {
    if (!(minimum >= 0 && minimum < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          NAME + ": minimum = " + minimum + " must be finite and not negative");
    }
  }

  /** Temperatures above a minimum, which keeps gradients bounded. */
  public static LearnableTemperature above(double minimum) {
    return new LearnableTemperature(minimum);
  }

  /**
   * The parameter ρ that gives an initial temperature.
   *
   * @param initial above the minimum
   * @param shape one temperature for each entry
   * @throws IllegalArgumentException if {@code initial} is not above the minimum, or not finite
   */
  public Tensor parameterFor(Device device, double initial, Shape shape, DType dtype) {
    Checks.positive(NAME, "initial", initial);
    double excess = initial - minimum;
    if (!(excess > 0)) {
      throw new IllegalArgumentException(
          NAME + ": initial = " + initial + " must be above the minimum = " + minimum);
    }
    // the inverse of softplus: log(e^x − 1), written for large x
    double rho = excess + Math.log(-Math.expm1(-excess));
    return device.full(shape, dtype, rho);
  }

  /**
   * τ = τ_min + softplus(ρ); its gradient is g·σ(ρ). Far below zero softplus is 0 in floating
   * point: a minimum of 0 then stands for the smallest normal number, so that τ stays positive.
   *
   * @param rho floating, of any shape
   */
  public Tensor temperature(Tensor rho) {
    double least = rho.dtype() == DType.FLOAT64 ? Double.MIN_NORMAL : Float.MIN_NORMAL;
    return rho.softplus().add(Math.max(minimum, least));
  }
}
