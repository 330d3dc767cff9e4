package org.gumbel4j.optim;

import java.util.List;
import org.gumbel4j.tensor.Tensor;

/**
 * What {@link Adam} carries from step to step.
 *
 * @param step the number of steps taken
 * @param parameters the parameters
 * @param firstMoments running means of gradients, one for each parameter
 * @param secondMoments running means of squared gradients, one for each parameter
 * @since 0.1
 */
public record AdamState(
    long step, List<Tensor> parameters, List<Tensor> firstMoments, List<Tensor> secondMoments)
    implements OptimizerState<AdamState> {
  /**
   * Copies the lists.
   *
   * @throws IllegalArgumentException if their lengths differ or the step is negative
   */
  public AdamState {
    if (step < 0
        || firstMoments.size() != parameters.size()
        || secondMoments.size() != parameters.size()) {
      throw new IllegalArgumentException(
          "AdamState: step "
              + step
              + ", "
              + parameters.size()
              + " parameters, "
              + firstMoments.size()
              + " and "
              + secondMoments.size()
              + " moments; the step must not be negative, the numbers must be equal");
    }
    parameters = List.copyOf(parameters);
    firstMoments = List.copyOf(firstMoments);
    secondMoments = List.copyOf(secondMoments);
  }

  /** First and second moments. */
  @Override
  public List<List<Tensor>> slots() {
    return List.of(firstMoments, secondMoments);
  }
}
