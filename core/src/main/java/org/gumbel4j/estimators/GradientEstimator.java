package org.gumbel4j.estimators;

import org.gumbel4j.random.Key;
import org.gumbel4j.tensor.Tensor;

/**
 * An estimator of ∇E[f(z)], z a row of N independent discrete variables with logits θ.
 *
 * <p>The last two axes of θ are N variables and K classes: P(zₙ = k) = softmax(θₙ)ₖ, and z has
 * one-hot rows. Where K = 1 a variable is Bernoulli with P(zₙ = 1) = σ(θₙ), and z holds 0 and 1.
 * All axes before those are the batch, whose members are independent.
 *
 * <p>An estimator makes a <em>surrogate</em>: a tensor whose value estimates E[f(z)], and whose
 * gradient, taken by {@link org.gumbel4j.autodiff.Autodiff} like any other, estimates ∇E[f(z)] with
 * respect to the logits, and to whatever f depends on besides z.
 *
 * <pre>{@code
 * GradientEstimator estimator = Estimators.named("reinmax");
 * var step = Autodiff.valueAndGradient(
 *     p -> estimator.surrogate(encode(p, x), z -> loss(decode(p, z), x), key).mean(), parameters);
 * }</pre>
 *
 * <p>Several stochastic layers nest: the objective of the first layer is the surrogate of the
 * second.
 *
 * <p>Estimators are immutable; what some of them learn is kept outside, see {@link
 * AdaptiveEstimator}.
 *
 * @since 0.1
 */
public interface GradientEstimator {
  /** What it is, what it costs, and how far to trust it. */
  EstimatorTraits traits();

  /**
   * A surrogate of E[f(z)] for every member of the batch.
   *
   * @param logits θ [batch…, N, K]; −∞ masks a class; finite where K = 1
   * @param f the objective; asked for rows that may hold several samples
   * @param key the randomness: the same key gives the same estimate
   * @return [batch…], of the logits' type
   * @throws IllegalArgumentException if the logits are not of that form, or f returns another shape
   *     than its rows have
   */
  Tensor surrogate(Tensor logits, ObjectiveFunction f, Key key);
}
