package org.gumbel4j.estimators;

import java.util.List;
import org.gumbel4j.random.Key;
import org.gumbel4j.tensor.Tensor;

/**
 * An estimator with numbers of its own that it learns from step to step: a running mean, a baseline
 * network, the strength of a control variate.
 *
 * <p>The numbers are a list of tensors that the caller carries, as with {@link
 * org.gumbel4j.optim.Adam}; so an estimator is immutable, can be shared, and a checkpoint holds
 * everything. The adaptation itself is the estimator's: no gradient of the model flows into the
 * state, and none of the state's into the model.
 *
 * <pre>{@code
 * List<Tensor> state = estimator.start(logits, key);
 * ...
 * EstimatorStep step = estimator.step(state, logits, f, key);
 * // train with step.surrogate(); go on with step.state()
 * }</pre>
 *
 * <p>Inside {@code Autodiff}, hand the next state out as auxiliary tensors.
 *
 * @since 0.1
 */
public interface AdaptiveEstimator extends GradientEstimator {
  /**
   * The state before the first step.
   *
   * @param logits of the shape, type and device that the estimator will be used with
   * @param key the randomness of initial weights
   */
  List<Tensor> start(Tensor logits, Key key);

  /**
   * A surrogate, and the state after this step. The surrogate is made with the given state alone,
   * so that what is learnt from a sample never meets the same sample.
   *
   * @param state of {@link #start} or of the step before; constants
   * @throws IllegalArgumentException as {@link #surrogate}, or if the state does not fit
   */
  EstimatorStep step(List<Tensor> state, Tensor logits, ObjectiveFunction f, Key key);

  /** The surrogate of the first step, for when nothing shall be learnt. */
  @Override
  default Tensor surrogate(Tensor logits, ObjectiveFunction f, Key key) {
    return step(start(logits.stopGradient(), key.fold(1)), logits, f, key).surrogate();
  }
}
