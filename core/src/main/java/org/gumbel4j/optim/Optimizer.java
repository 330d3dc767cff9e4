package org.gumbel4j.optim;

import java.util.List;
import org.gumbel4j.tensor.Tensor;

/**
 * A rule that moves parameters against their gradients. Functional: a step makes a new state and
 * leaves the old one as it was.
 *
 * @param <S> what it carries from step to step
 * @since 0.1
 */
public interface Optimizer<S extends OptimizerState<S>> {
  /** The state before the first step. */
  S start(List<Tensor> parameters);

  /**
   * The state after one more step.
   *
   * @param gradients one for each parameter, in their order and of their shapes
   * @throws IllegalArgumentException if their number, a shape or a type does not fit
   */
  S step(S state, List<Tensor> gradients);

  /**
   * The state of {@link OptimizerState}'s parts, as a checkpoint has them.
   *
   * @param step the number of steps taken
   * @param slots as {@link OptimizerState#slots} gave them
   * @throws IllegalArgumentException if the number of slots or of tensors in one does not fit
   */
  S restore(long step, List<Tensor> parameters, List<List<Tensor>> slots);
}
