package org.gumbel4j.distributions;

import org.gumbel4j.tensor.Tensor;

/** The divergences that need no sampling. */
final class Divergences {
  private Divergences() {}

  /**
   * log βq/βp + γ(r − 1) + expm1((μq − μp)/βq + log Γ(r + 1)) + (μp − μq)/βq, r = βp/βq.
   *
   * <p>The expectation of e^−z_q under p is the exponential's argument plus 1.
   */
  static Tensor gumbel(Gumbel p, Gumbel q) {
    Tensor ratio = p.scale().div(q.scale());
    Tensor shift = p.loc().sub(q.loc()).div(q.scale());
    Tensor excess = LogGamma.of(ratio.add(1)).sub(shift).expm1();
    return ratio.sub(1).mul(Gumbel.EULER).sub(ratio.log()).add(excess).add(shift);
  }

  /** Σ p (log p − log q): 0 from p = 0, with gradient 0; ∞ from p &gt; 0 = q. */
  static Tensor categorical(Categorical p, Categorical q) {
    if (p.classes() != q.classes()) {
      throw new IllegalArgumentException(
          "KullbackLeibler: p has " + p.classes() + " classes, q " + q.classes());
    }
    Tensor logP = p.logProbs();
    Tensor logQ = q.logProbs();
    Tensor noP = Masked.of(logP);
    Tensor noQ = Masked.of(logQ);
    Tensor gap = Masked.fill(noP, 0, logP).sub(Masked.fill(noQ, 0, logQ));
    Tensor sum = p.probs().mul(Masked.fill(noP, 0, gap)).sum(-1);
    return infiniteWhere(Masked.any(noQ.and(noP.not()), logP), sum);
  }

  /** σ(p)(log σ(p) − log σ(q)) + σ(−p)(log σ(−p) − log σ(−q)), of logits p and q. */
  static Tensor bernoulli(Bernoulli p, Bernoulli q) {
    Tensor impossible =
        q.logits()
            .eq(Double.POSITIVE_INFINITY)
            .and(p.logits().lt(Double.POSITIVE_INFINITY))
            .or(
                q.logits()
                    .eq(Double.NEGATIVE_INFINITY)
                    .and(p.logits().gt(Double.NEGATIVE_INFINITY)));
    Tensor a = p.finiteLogits();
    Tensor b = q.finiteLogits();
    Tensor sum = half(a, b).add(half(a.neg(), b.neg()));
    return infiniteWhere(impossible, sum);
  }

  /** By quadrature, exact to rounding. */
  static Tensor logistic(Logistic p, Logistic q) {
    return LogisticDivergence.of(p.loc(), p.scale(), q.loc(), q.scale());
  }

  /** That of the logits, which are Logistic(θ/λ, 1/λ); that of their images is the same. */
  static Tensor relaxedBernoulli(LogitRelaxedBernoulli p, LogitRelaxedBernoulli q) {
    return LogisticDivergence.of(
        p.mean(), p.temperature().reciprocal(), q.mean(), q.temperature().reciprocal());
  }

  /** n times that of a single draw. */
  static Tensor multinomial(Multinomial p, Multinomial q) {
    if (p.trials() != q.trials()) {
      throw new IllegalArgumentException(
          "KullbackLeibler: p has "
              + p.trials()
              + " trials, q "
              + q.trials()
              + "; no outcome of one is possible under the other");
    }
    return categorical(p.categorical(), q.categorical()).mul(p.trials());
  }

  private static Tensor half(Tensor a, Tensor b) {
    return a.sigmoid().mul(a.logSigmoid().sub(b.logSigmoid()));
  }

  private static Tensor infiniteWhere(Tensor condition, Tensor x) {
    return Masked.fill(condition, Double.POSITIVE_INFINITY, x);
  }
}
