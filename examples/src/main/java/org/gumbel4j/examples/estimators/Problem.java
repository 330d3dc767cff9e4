package org.gumbel4j.examples.estimators;

import org.gumbel4j.estimators.ObjectiveFunction;
import org.gumbel4j.estimators.Target;
import org.gumbel4j.estimators.diagnostics.EstimatorDiagnostics;
import org.gumbel4j.estimators.diagnostics.ExactReference;
import org.gumbel4j.tensor.Tensor;

/**
 * An expectation whose gradient is known.
 *
 * @param name as on the command line
 * @param description the objective in a sentence
 * @param logits [batch…, N, K]
 * @param objective f
 * @param exact ∇E[f(z)]
 */
public record Problem(
    String name,
    String description,
    Tensor logits,
    ObjectiveFunction objective,
    ExactReference exact) {

  /** N. */
  public long variables() {
    return logits.shape().dim(-2);
  }

  /** K, 1 for Bernoulli variables. */
  public long classes() {
    return logits.shape().dim(-1);
  }

  /** The diagnostics of estimators on this problem. */
  public EstimatorDiagnostics diagnostics() {
    return EstimatorDiagnostics.of(logits, objective).withExact(Target.EXPECTATION, exact);
  }
}
