package org.gumbel4j.estimators;

import org.gumbel4j.distributions.RelaxedTopK;
import org.gumbel4j.distributions.RelaxedTopKStraightThrough;
import org.gumbel4j.internal.ops.Checks;
import org.gumbel4j.random.Key;
import org.gumbel4j.tensor.Shape;
import org.gumbel4j.tensor.Tensor;

/**
 * The stochastic softmax trick for subsets (Paulus, Choi, Tarlow, Krause and Maddison, arXiv
 * 2006.08063; for subsets also Xie and Ermon, arXiv 1901.10517): z is the k-hot vector of the k
 * largest θ + G, a sample without replacement, and is relaxed to the point of the polytope of such
 * vectors that maximises ⟨θ + G, x⟩ + τ times its binary entropy,
 *
 * <pre>x = σ((θ + G − ν)/τ), ν such that Σ x = k</pre>
 *
 * <p>Soft: the reparameterised gradient of E[f(x)]; f is asked for points inside the polytope.
 * Straight-through: f at the k-hot vector, the gradient of x.
 *
 * @param k how many classes of each row are chosen
 * @param temperature τ
 * @param straightThrough whether f sees the k-hot vector
 * @param samples how many are averaged
 * @since 0.1
 */
public record StochasticSoftmaxTopK(int k, double temperature, boolean straightThrough, int samples)
    implements PathwiseEstimator {
  private static final String NAME = "sst-top-k";

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException if the temperature is not positive and finite, or k or the
   *     number of samples below 1
   */
  public StochasticSoftmaxTopK {
    Maximisers.requireSize(NAME, k);
    Checks.positive(NAME, "temperature", temperature);
    SampleCount.require(NAME, samples, 1);
  }

  /** Soft samples, one for each surrogate. */
  public static StochasticSoftmaxTopK of(int k, double temperature) {
    return new StochasticSoftmaxTopK(k, temperature, false, 1);
  }

  /** Straight-through samples, one for each surrogate. */
  public static StochasticSoftmaxTopK straightThrough(int k, double temperature) {
    return new StochasticSoftmaxTopK(k, temperature, true, 1);
  }

  @Override
  public EstimatorTraits traits() {
    String paper =
        "Paulus, Choi, Tarlow, Krause, Maddison 2020 (2006.08063); Xie, Ermon 2019 (1901.10517)";
    Cost cost = new Cost(samples, samples, samples);
    return straightThrough
        ? EstimatorTraits.ofSubset(
            NAME,
            paper,
            Bias.BIASED,
            "Biased at every temperature, even for linear f.",
            cost,
            k,
            Requirement.DIFFERENTIABLE_OBJECTIVE,
            Requirement.CATEGORICAL_VARIABLES)
        : EstimatorTraits.ofSubset(
            NAME,
            paper,
            Bias.BIASED,
            "Unbiased for E[f(x)] of the relaxed x; the bias for E[f(z)] vanishes as τ → 0.",
            cost,
            k,
            Requirement.DIFFERENTIABLE_OBJECTIVE,
            Requirement.RELAXED_OBJECTIVE,
            Requirement.CATEGORICAL_VARIABLES);
  }

  @Override
  public Tensor sample(Tensor logits, Key key, Shape shape) {
    FactorisedLatents.of(NAME, logits).requireCategorical();
    RelaxedTopK subsets =
        straightThrough
            ? RelaxedTopKStraightThrough.of(temperature, logits, k)
            : RelaxedTopK.of(temperature, logits, k);
    return subsets.rsample(key, shape);
  }

  @Override
  public Tensor surrogate(Tensor logits, ObjectiveFunction f, Key key) {
    Tensor z = sample(logits, key, Shape.of(samples));
    return FactorisedLatents.of(NAME, logits).evaluate(f, z).mean(0);
  }
}
