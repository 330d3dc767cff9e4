package org.gumbel4j.estimators;

import java.util.ArrayList;
import java.util.List;
import org.gumbel4j.optim.AdamState;
import org.gumbel4j.tensor.DType;
import org.gumbel4j.tensor.Shape;
import org.gumbel4j.tensor.Tensor;

/**
 * The state of Adam as one list, as estimators carry theirs: the step (INT64), the parameters, the
 * first and the second moments.
 */
final class AdamLists {
  private AdamLists() {}

  /** How long the list is. */
  static int size(int parameters) {
    return 1 + 3 * parameters;
  }

  /** At least one parameter. */
  static List<Tensor> list(AdamState state) {
    Tensor first = state.parameters().get(0);
    List<Tensor> all = new ArrayList<>(size(state.parameters().size()));
    all.add(first.device().full(Shape.SCALAR, DType.INT64, (double) state.step()));
    all.addAll(state.parameters());
    state.slots().forEach(all::addAll);
    return List.copyOf(all);
  }

  /** The state that was made a list; reads the step. */
  static AdamState state(List<Tensor> all) {
    int count = (all.size() - 1) / 3;
    return new AdamState(
        (long) all.get(0).item(),
        all.subList(1, 1 + count),
        all.subList(1 + count, 1 + 2 * count),
        all.subList(1 + 2 * count, 1 + 3 * count));
  }
}
