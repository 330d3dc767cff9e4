package org.gumbel4j.optim;

import java.util.List;
import org.gumbel4j.tensor.Scope;
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
   * Takes one more step and puts its state in the place of the one before, whose tensors are
   * released: as {@code state.replacedBy(step(state, gradients), scope)}, with the same numbers,
   * but free to write over arrays that nothing else shares.
   *
   * @param scope the scope in which the gradients were made, which the new state is handed out of
   * @throws IllegalArgumentException as {@link #step}; the state is then as it was
   */
  default S advance(S state, List<Tensor> gradients, Scope scope) {
    return state.replacedBy(step(state, gradients), scope);
  }

  /**
   * The state of {@link OptimizerState}'s parts, as a checkpoint has them.
   *
   * @param step the number of steps taken
   * @param slots as {@link OptimizerState#slots} gave them
   * @throws IllegalArgumentException if the number of slots or of tensors in one does not fit
   */
  S restore(long step, List<Tensor> parameters, List<List<Tensor>> slots);
}
