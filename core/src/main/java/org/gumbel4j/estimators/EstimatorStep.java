package org.gumbel4j.estimators;

import java.util.List;
import org.gumbel4j.tensor.Tensor;

/**
 * What {@link AdaptiveEstimator#step} gives.
 *
 * @param surrogate [batch…], as of {@link GradientEstimator#surrogate}
 * @param state the numbers to carry to the next step; constants
 * @since 0.1
 */
public record EstimatorStep(Tensor surrogate, List<Tensor> state) {
  /** Copies the list. */
  public EstimatorStep {
    state = List.copyOf(state);
  }
}
