package org.gumbel4j.estimators;

import org.gumbel4j.random.Key;
import org.gumbel4j.tensor.Tensor;

/**
 * The score function with a baseline from the first-order expansion of f at the sample, as for deep
 * autoregressive networks (Gregor, Danihelka, Mnih, Blundell and Wierstra, arXiv 1310.8499; for
 * classes Gu, Levine, Sutskever and Mnih, arXiv 1511.05176). With g = ∂f/∂z and c a centre that
 * does not depend on z, f(z) − f(c) is taken to be ⟨g, z − c⟩:
 *
 * <pre>ĝ = ⟨∂f/∂z, z − c⟩ ∇log p(z) = ⟨∂f/∂z, z − c⟩ (z − p)</pre>
 *
 * <p>The baseline depends on z where f is not linear, and its bias is not corrected. Variable by
 * variable; other variables stay as drawn.
 *
 * @param centre c
 * @param samples how many are averaged
 * @since 0.1
 */
public record Darn(Centre centre, int samples) implements DiscretePathEstimator {
  private static final String NAME = "darn";

  /** The point that f is expanded to. */
  public enum Centre {
    /** The mean p: a lower variance, and the part that {@link Zgr} is made of. */
    MEAN,
    /**
     * The middle of the simplex, 1/K for each class that is not masked, ½ where K = 1: as
     * published; for binary variables exact if f is quadratic, see {@link HalfDarn}.
     */
    UNIFORM
  }

  /**
   * Checks the number.
   *
   * @throws IllegalArgumentException if there is no sample
   */
  public Darn {
    SampleCount.require(NAME, samples, 1);
  }

  /** One sample for each surrogate, expanded to the mean. */
  public static Darn of() {
    return new Darn(Centre.MEAN, 1);
  }

  @Override
  public EstimatorTraits traits() {
    return EstimatorTraits.of(
        NAME,
        "Gregor, Danihelka, Mnih, Blundell, Wierstra 2014 (1310.8499)",
        Bias.BIASED,
        centre == Centre.MEAN
            ? "Unbiased for linear f alone."
            : "Unbiased for linear f; for quadratic f if the variables are binary.",
        new Cost(samples, samples, samples),
        Requirement.DIFFERENTIABLE_OBJECTIVE);
  }

  @Override
  public Tensor through(FactorisedLatents latents, Tensor z, Key key) {
    Tensor p = latents.constantProbs();
    Tensor score = z.sub(p);
    Tensor away = centre == Centre.MEAN ? score : z.sub(uniform(latents, p));
    return PathRule.ofEach(g -> PathRule.outer(score, away, g), d -> PathRule.outer(away, score, d))
        .attach(latents, z);
  }

  private static Tensor uniform(FactorisedLatents latents, Tensor p) {
    if (latents.isBernoulli()) {
      return p.device().scalar(0.5, p.dtype());
    }
    Tensor open = latents.constantLogits().gt(Double.NEGATIVE_INFINITY).cast(p.dtype());
    return open.div(open.sum(new int[] {-1}, true));
  }
}
