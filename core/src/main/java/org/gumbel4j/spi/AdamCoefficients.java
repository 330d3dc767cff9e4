package org.gumbel4j.spi;

/**
 * The numbers of one step of Adam (Kingma and Ba, arXiv 1412.6980): with gradient g and step t ≥ 1,
 * m ← β₁m + (1 − β₁)g, v ← β₂v + (1 − β₂)g², p ← p − α · (m / (1 − β₁ᵗ)) / (√(v / (1 − β₂ᵗ)) + ε).
 *
 * @param learningRate α
 * @param beta1 β₁
 * @param beta2 β₂
 * @param epsilon ε
 * @param step t, counted from 1
 * @since 0.1
 */
public record AdamCoefficients(
    double learningRate, double beta1, double beta2, double epsilon, long step) {
  /** 1 − β₁ᵗ. */
  public double firstCorrection() {
    return -Math.expm1(step * Math.log(beta1));
  }

  /** 1 − β₂ᵗ. */
  public double secondCorrection() {
    return -Math.expm1(step * Math.log(beta2));
  }
}
