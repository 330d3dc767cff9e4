package org.gumbel4j.cpu.kernels;

/**
 * What one step of Adam multiplies by, the corrections folded in.
 *
 * @param beta1 the decay of the first moment
 * @param beta2 the decay of the second moment
 * @param rate the learning rate over 1 − β₁ᵗ
 * @param root 1 / √(1 − β₂ᵗ)
 * @param epsilon what keeps the denominator from 0
 */
public record AdamNumbers(double beta1, double beta2, double rate, double root, double epsilon) {}
