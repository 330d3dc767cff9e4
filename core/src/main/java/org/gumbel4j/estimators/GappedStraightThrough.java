package org.gumbel4j.estimators;

import java.util.OptionalDouble;
import org.gumbel4j.internal.ops.Checks;
import org.gumbel4j.random.Key;
import org.gumbel4j.tensor.Tensor;

/**
 * The gapped straight-through estimator (Fan, Chi, Rudnicky and Ramadge, arXiv 2206.07235): the
 * logits are moved, without noise, to where z is their argmax by a gap, and the gradient is that of
 * their softmax.
 *
 * <pre>
 * θ′_j = max θ for the class of z, min(θ_j, max θ − gap) for the others
 * ĝ = J_y(∂f/∂z) / τ, y = softmax(θ′/τ)
 * </pre>
 *
 * <p>Without a gap of one's own it is the one that Gumbel noise leaves on average, −log(1 − p)/p
 * for p = P(z) (GST-p). Where K = 1, θ is the second of two logits, the first 0.
 *
 * @param gap a fixed one, not negative; empty for GST-p
 * @param temperature τ
 * @param samples how many are averaged
 * @since 0.1
 */
public record GappedStraightThrough(OptionalDouble gap, double temperature, int samples)
    implements DiscretePathEstimator {
  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException if the gap is negative or not finite, the temperature not
   *     positive and finite, or there is no sample
   */
  public GappedStraightThrough {
    if (gap.isPresent() && !(gap.getAsDouble() >= 0 && gap.getAsDouble() < Double.MAX_VALUE)) {
      throw new IllegalArgumentException(
          "gapped-st: gap = " + gap.getAsDouble() + " must be finite and not negative");
    }
    Checks.positive(name(gap), "temperature", temperature);
    SampleCount.require(name(gap), samples, 1);
  }

  /** A fixed gap, temperature 1, one sample for each surrogate. */
  public static GappedStraightThrough of(double gap) {
    return new GappedStraightThrough(OptionalDouble.of(gap), 1, 1);
  }

  /** GST-p: the gap chosen from the probability of z; temperature 1, one sample. */
  public static GappedStraightThrough byProbability() {
    return new GappedStraightThrough(OptionalDouble.empty(), 1, 1);
  }

  private static String name(OptionalDouble gap) {
    return gap.isPresent() ? "gapped-st" : "gst-p";
  }

  @Override
  public EstimatorTraits traits() {
    return EstimatorTraits.of(
        name(gap),
        "Fan, Chi, Rudnicky, Ramadge 2022 (2206.07235)",
        Bias.BIASED,
        "Biased even for linear f.",
        new Cost(samples, samples, samples),
        Requirement.DIFFERENTIABLE_OBJECTIVE);
  }

  @Override
  public Tensor through(FactorisedLatents latents, Tensor z, Key key) {
    latents.requirePositive("temperature", temperature);
    return PathRule.ofEach(g -> PathRule.jacobian(latents, soft(latents, z), g).div(temperature))
        .attach(latents, z);
  }

  private Tensor soft(FactorisedLatents latents, Tensor z) {
    Tensor moved = latents.isBernoulli() ? movedBernoulli(latents, z) : moved(latents, z);
    return latents.soften(moved, temperature);
  }

  /** θ′ − max θ. */
  private Tensor moved(FactorisedLatents latents, Tensor z) {
    Tensor logits = latents.constantLogits();
    Tensor below = FactorisedLatents.belowMaximum(logits);
    Tensor winner = z.gt(0.5);
    Tensor loser =
        gap.isPresent()
            ? below.minimum(-gap.getAsDouble())
            : below.minimum(expectedGap(latents, z, winner).neg());
    return Tensor.where(winner, below.device().scalar(0, below.dtype()), loser);
  }

  /** The difference of the two logits: s·max(sθ, gap), s = ±1 for z = 1, 0. */
  private Tensor movedBernoulli(FactorisedLatents latents, Tensor z) {
    Tensor sign = z.mul(2).sub(1);
    Tensor lead = sign.mul(latents.constantLogits());
    if (gap.isPresent()) {
      return sign.mul(lead.maximum(gap.getAsDouble()));
    }
    Tensor tame = lead.maximum(-30); // from where on the gap is 1
    return sign.mul(lead.maximum(tame.softplus().div(tame.sigmoid())));
  }

  /** −log(1 − p)/p: of small p by log1p, of large ones by what is left to the others. */
  private static Tensor expectedGap(FactorisedLatents latents, Tensor z, Tensor winner) {
    Tensor logits = latents.constantLogits();
    double least = 1e-30; // log1p is the identity there
    Tensor p = latents.constantProbs().mul(z).sum(new int[] {-1}, true).maximum(least);
    Tensor none = logits.device().scalar(Double.NEGATIVE_INFINITY, logits.dtype());
    Tensor others = Tensor.where(winner, none, logits.logSoftmax(-1)).logSumExp(-1, true);
    Tensor small = p.minimum(0.5).neg().log1p();
    return Tensor.where(p.lt(0.5), small, others).div(p).neg();
  }
}
