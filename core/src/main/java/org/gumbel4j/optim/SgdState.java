package org.gumbel4j.optim;

import java.util.List;
import org.gumbel4j.tensor.Tensor;

/**
 * What {@link Sgd} carries from step to step.
 *
 * @param step the number of steps taken
 * @param parameters the parameters
 * @param velocities sums of past gradients, one for each parameter
 * @since 0.1
 */
public record SgdState(long step, List<Tensor> parameters, List<Tensor> velocities)
    implements OptimizerState<SgdState> {
  /**
   * Copies the lists.
   *
   * @throws IllegalArgumentException if their lengths differ or the step is negative
   */
  public SgdState {
    if (step < 0 || velocities.size() != parameters.size()) {
      throw new IllegalArgumentException(
          "SgdState: step "
              + step
              + ", "
              + parameters.size()
              + " parameters, "
              + velocities.size()
              + " velocities; the step must not be negative, the numbers must be equal");
    }
    parameters = List.copyOf(parameters);
    velocities = List.copyOf(velocities);
  }

  /** The velocities. */
  @Override
  public List<List<Tensor>> slots() {
    return List.of(velocities);
  }
}
