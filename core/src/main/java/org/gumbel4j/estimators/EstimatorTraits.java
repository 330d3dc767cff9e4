package org.gumbel4j.estimators;

import java.util.Set;

/**
 * What an estimator says of itself.
 *
 * @param name what {@link Estimators#named(String)} calls it: lower case, words joined by hyphens
 * @param paper where it was published: authors, year, arXiv number
 * @param bias whether its expectation is the gradient
 * @param statement the bias in a sentence: for which objectives or limits it vanishes
 * @param target the quantity whose gradient is meant
 * @param cost of one surrogate; evaluations of {@link Bias#EXACT} ones depend on the logits and are
 *     0 here
 * @param requirements what it asks of f and of the variables
 * @param boundSamples S, where the target is {@link Target#MULTI_SAMPLE_BOUND}; else 1
 * @param subsetSize k, where the target is {@link Target#SUBSET_EXPECTATION}; else 1
 * @since 0.1
 */
public record EstimatorTraits(
    String name,
    String paper,
    Bias bias,
    String statement,
    Target target,
    Cost cost,
    Set<Requirement> requirements,
    long boundSamples,
    long subsetSize) {
  /** Copies the set. */
  public EstimatorTraits {
    requirements = Set.copyOf(requirements);
  }

  /** Traits of an estimator of ∇E[f(z)]. */
  public static EstimatorTraits of(
      String name,
      String paper,
      Bias bias,
      String statement,
      Cost cost,
      Requirement... requirements) {
    return new EstimatorTraits(
        name, paper, bias, statement, Target.EXPECTATION, cost, Set.of(requirements), 1, 1);
  }

  /** Traits of an estimator of the gradient of a bound by S samples. */
  public static EstimatorTraits ofBound(
      String name,
      String paper,
      Bias bias,
      String statement,
      Cost cost,
      long samples,
      Requirement... requirements) {
    Set<Requirement> needs = Set.of(requirements);
    return new EstimatorTraits(
        name, paper, bias, statement, Target.MULTI_SAMPLE_BOUND, cost, needs, samples, 1);
  }

  /** Traits of an estimator of ∇E[f(z)] over subsets of k classes. */
  public static EstimatorTraits ofSubset(
      String name,
      String paper,
      Bias bias,
      String statement,
      Cost cost,
      long k,
      Requirement... requirements) {
    Set<Requirement> needs = Set.of(requirements);
    return new EstimatorTraits(
        name, paper, bias, statement, Target.SUBSET_EXPECTATION, cost, needs, 1, k);
  }

  /** Traits of an estimator of the gradient of f of a perturbed maximiser. */
  public static EstimatorTraits ofMaximiser(
      String name,
      String paper,
      Bias bias,
      String statement,
      Cost cost,
      Requirement... requirements) {
    Set<Requirement> needs = Set.of(requirements);
    return new EstimatorTraits(
        name, paper, bias, statement, Target.PERTURBED_MAXIMISER, cost, needs, 1, 1);
  }
}
