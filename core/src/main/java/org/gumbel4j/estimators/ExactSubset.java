package org.gumbel4j.estimators;

import java.util.Locale;
import org.gumbel4j.distributions.GumbelTopK;
import org.gumbel4j.random.Key;
import org.gumbel4j.tensor.Shape;
import org.gumbel4j.tensor.Tensor;

/**
 * Σ P(S) f(S) over all subsets of k of the K classes of each variable, drawn without replacement:
 * what {@link Exact} is to one-hot vectors, for k-hot ones. P(S) is that of the k largest θ + G,
 * see {@link GumbelTopK#unorderedLogProb}.
 *
 * @param k how many classes of each row are chosen
 * @param budget the largest number of rows that f is asked for
 * @since 0.1
 */
public record ExactSubset(int k, long budget) implements GradientEstimator {
  private static final String NAME = "exact-subset";

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException if one is below 1
   */
  public ExactSubset {
    Maximisers.requireSize(NAME, k);
    if (budget < 1) {
      throw new IllegalArgumentException(NAME + ": budget = " + budget + " must be at least 1");
    }
  }

  /** Up to 2²⁰ rows. */
  public static ExactSubset of(int k) {
    return new ExactSubset(k, 1 << 20);
  }

  @Override
  public EstimatorTraits traits() {
    return EstimatorTraits.ofSubset(
        NAME,
        "enumeration",
        Bias.EXACT,
        "The gradient itself.",
        new Cost(0, 0, 0),
        k,
        Requirement.CATEGORICAL_VARIABLES);
  }

  /**
   * E[f(z)] itself; the key is not used.
   *
   * @throws IllegalArgumentException if there are more rows than the budget allows
   */
  @Override
  public Tensor surrogate(Tensor logits, ObjectiveFunction f, Key key) {
    return expectation(logits, f);
  }

  /**
   * E[f(z)], differentiable by the logits and by what f depends on: [batch…].
   *
   * @throws IllegalArgumentException if there are more rows than the budget allows, k is more than
   *     the classes that are not masked, or K = 1
   */
  public Tensor expectation(Tensor logits, ObjectiveFunction f) {
    FactorisedLatents latents = FactorisedLatents.of(NAME, logits);
    latents.requireCategorical();
    GumbelTopK choice = GumbelTopK.of(logits, k);
    KSubsets subsets = KSubsets.of(latents, k);
    double rows = subsets.stateCount() * latents.batchShape().size();
    if (!(rows <= budget)) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%s: %s has %d variables of %.4g subsets, so that f would be asked for %.4g rows; the"
                  + " budget is %d: take a larger one, fewer variables, or an estimator that draws"
                  + " samples",
              NAME,
              logits.shape(),
              latents.variables(),
              subsets.count(),
              rows,
              budget));
    }
    Tensor logProb = joint(latents, choice.unorderedLogProb(subsets.indices()));
    Tensor z = subsets.states();
    Tensor wide = z.broadcastTo(Shape.of(z.shape().dim(0)).concat(logits.shape()));
    Tensor values = latents.evaluate(f, wide);
    Tensor possible = logProb.gt(Double.NEGATIVE_INFINITY);
    Tensor zero = values.device().scalar(0, values.dtype());
    return Tensor.where(possible, logProb.exp().mul(Tensor.where(possible, values, zero)), zero)
        .sum(0);
  }

  /** From log P of each subset [C, batch…, N] to that of each state [Cᴺ, batch…]. */
  private static Tensor joint(FactorisedLatents latents, Tensor each) {
    Shape batch = latents.batchShape();
    Tensor total = each.select(-1, 0);
    for (int n = 1; n < latents.variables(); n++) {
      Tensor next = each.select(-1, n);
      long states = total.shape().dim(0);
      long more = next.shape().dim(0);
      total =
          total
              .reshape(Shape.of(states, 1).concat(batch))
              .add(next.reshape(Shape.of(1, more).concat(batch)))
              .reshape(Shape.of(states * more).concat(batch));
    }
    return total;
  }
}
