package org.gumbel4j.optim;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.gumbel4j.tensor.Scope;
import org.gumbel4j.tensor.Tensor;

/**
 * What an {@link Optimizer} carries from step to step: the parameters, and numbers of its own
 * beside them.
 *
 * @param <S> the state's own type
 * @since 0.1
 */
public interface OptimizerState<S extends OptimizerState<S>> extends AutoCloseable {
  /** The number of steps taken. */
  long step();

  /** The parameters. */
  List<Tensor> parameters();

  /** The optimizer's own numbers: of each kind one tensor for each parameter. */
  List<List<Tensor>> slots();

  /**
   * Hands the next state out of the scope in which it was made, and releases this one, but for
   * tensors that are in the next one too, such as parameters that are not trained.
   *
   * @return the next state
   */
  default S replacedBy(S next, Scope scope) {
    Set<Tensor> lasting = Collections.newSetFromMap(new IdentityHashMap<>());
    forEachTensor(next, lasting::add);
    lasting.forEach(scope::keep);
    forEachTensor(
        this,
        x -> {
          if (!lasting.contains(x)) {
            x.close();
          }
        });
    return next;
  }

  /** Releases all tensors of this state. */
  @Override
  default void close() {
    forEachTensor(this, Tensor::close);
  }

  private static void forEachTensor(OptimizerState<?> state, Consumer<Tensor> action) {
    state.parameters().forEach(action);
    state.slots().forEach(slot -> slot.forEach(action));
  }
}
