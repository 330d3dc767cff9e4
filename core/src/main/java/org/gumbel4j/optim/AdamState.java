package org.gumbel4j.optim;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
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
   * Hands the next state out of the scope in which it was made, and releases this one, but for
   * tensors that are in the next one too, such as parameters that are not trained.
   *
   * @return the next state
   */
  public AdamState replacedBy(AdamState next, Scope scope) {
    Set<Tensor> lasting = Collections.newSetFromMap(new IdentityHashMap<>());
    next.forEachTensor(lasting::add);
    lasting.forEach(scope::keep);
    forEachTensor(
        x -> {
          if (!lasting.contains(x)) {
            x.close();
          }
        });
    return next;
  }

  /** Releases all tensors of this state. */
  @Override
  public void close() {
    forEachTensor(Tensor::close);
  }

  private void forEachTensor(Consumer<Tensor> action) {
    for (List<Tensor> tensors : List.of(parameters, firstMoments, secondMoments)) {
      tensors.forEach(action);
    }
  }
}
