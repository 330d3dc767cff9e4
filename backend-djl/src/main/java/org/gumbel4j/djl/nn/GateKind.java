package org.gumbel4j.djl.nn;

/**
 * What a {@link RelaxedBernoulliGate} is made of; θ is the gate's logit, L ~ Logistic(0, 1).
 *
 * @since 0.1
 */
public enum GateKind {
  /**
   * σ((θ + L)/τ), between shut and open: the binary Concrete distribution (Maddison, Mnih and Teh,
   * arXiv 1611.00712). Open with probability σ(θ) when τ → 0.
   */
  RELAXED,
  /** 1 if θ + L is above 0, else 0, with the gradient of {@link #RELAXED} (straight-through). */
  BINARY,
  /**
   * min(1, max(0, σ((θ + L)/τ)·1.2 − 0.1)): hard concrete, which is 0 or 1 exactly with positive
   * probability, and has a gradient in between (Louizos, Welling and Kingma, arXiv 1712.01312).
   */
  HARD_CONCRETE
}
