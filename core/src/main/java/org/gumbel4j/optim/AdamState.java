package org.gumbel4j.optim;

import java.util.List;
import org.gumbel4j.tensor.Scope;
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
    implements AutoCloseable {
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

  /**
   * Hands the next state out of the scope in which it was made, and releases this one.
   *
   * @return the next state
   */
  public AdamState replacedBy(AdamState next, Scope scope) {
    for (List<Tensor> tensors : List.of(next.parameters, next.firstMoments, next.secondMoments)) {
      tensors.forEach(scope::keep);
    }
    close();
    return next;
  }

  /** Releases all tensors of this state. */
  @Override
  public void close() {
    for (List<Tensor> tensors : List.of(parameters, firstMoments, secondMoments)) {
      tensors.forEach(Tensor::close);
    }
  }
}
