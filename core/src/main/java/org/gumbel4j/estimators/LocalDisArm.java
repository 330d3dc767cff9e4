package org.gumbel4j.estimators;

import org.gumbel4j.random.Key;
import org.gumbel4j.tensor.Tensor;

/**
 * DisARM for the bound by several samples, E[L], L(b¹, …, bⁿ) = log 1/n Σᵢ exp f(bⁱ), for binary
 * variables (Dong, Mnih and Tucker, NeurIPS 2020, arXiv 2006.10680, section on multi-sample
 * bounds): each sample has an antithetic partner b̃ⁱ, and is compared with it while the others
 * stay,
 *
 * <pre>
 * ĝ = Σᵢ ½ (L − L[bⁱ → b̃ⁱ]) (bⁱ − b̃ⁱ) σ(|θ|)
 * </pre>
 *
 * <p>averaged with the same where b and b̃ have changed places. Unbiased for the gradient of E[L],
 * whose f is a logarithm of weights. For n = 1 it is {@link DisArm}. The value, and the gradient by
 * what f depends on, are means of L of the samples and of their partners.
 *
 * <p>2n evaluations of f, all at vertices, and n² numbers for each member of the batch.
 *
 * @param pairs n, the number of samples in the bound
 * @since 0.1
 */
public record LocalDisArm(int pairs) implements GradientEstimator {
  private static final String NAME = "LocalDisArm";

  /**
   * Checks the number.
   *
   * @throws IllegalArgumentException if there is no pair
   */
  public LocalDisArm {
    SampleCount.require(NAME, "pairs", pairs, 1);
  }

  /** The bound by as many samples. */
  public static LocalDisArm of(int pairs) {
    return new LocalDisArm(pairs);
  }

  @Override
  public EstimatorTraits traits() {
    return EstimatorTraits.ofBound(
        "local-disarm",
        "Dong, Mnih, Tucker 2020 (2006.10680)",
        Bias.UNBIASED,
        "Unbiased for the bound by as many samples as there are pairs.",
        new Cost(2L * pairs, 0, pairs),
        pairs,
        Requirement.BINARY_VARIABLES);
  }

  @Override
  public Tensor surrogate(Tensor logits, ObjectiveFunction f, Key key) {
    AntitheticPairs drawn = AntitheticPairs.draw(NAME, pairs, logits, f, key);
    Tensor first = drawn.values().select(0, 0);
    Tensor second = drawn.values().select(0, 1);
    Tensor b = first.stopGradient();
    Tensor partner = second.stopGradient();
    Tensor signal = whatIsLost(b, partner).sub(whatIsLost(partner, b)).mul(0.5);
    Tensor gradient = Surrogates.wide(signal).mul(drawn.disagreement()).sum(0);
    return drawn.surrogate(bound(first).add(bound(second)).mul(0.5), gradient);
  }

  /** L of [n, batch…]: log 1/n Σ exp. */
  private Tensor bound(Tensor logWeights) {
    return logWeights.logSumExp(0).sub(Math.log(pairs));
  }

  /** L − L[i → partner of i] for every i: [n, batch…]. */
  private Tensor whatIsLost(Tensor own, Tensor partners) {
    Tensor diagonal = own.device().range(pairs).oneHot(pairs, own.dtype()).gt(0.5);
    for (int i = 1; i < own.rank(); i++) {
      diagonal = diagonal.expandDims(-1);
    }
    Tensor swapped = Tensor.where(diagonal, partners.expandDims(1), own.expandDims(0));
    return bound(own).sub(swapped.logSumExp(1).sub(Math.log(pairs)));
  }
}
