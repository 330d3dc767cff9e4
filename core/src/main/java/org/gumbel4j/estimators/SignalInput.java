package org.gumbel4j.estimators;

import java.util.List;
import org.gumbel4j.tensor.Shape;
import org.gumbel4j.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/** What estimators with a {@link LearningSignal} check before they ask it. */
final class SignalInput {
  private SignalInput() {}

  /**
   * What its baselines see: the input that was given, or the logits.
   *
   * @throws IllegalArgumentException if the input does not go with the logits
   */
  static Tensor of(FactorisedLatents latents, @Nullable Tensor input) {
    if (input == null) {
      return latents.features();
    }
    Shape batch = latents.batchShape();
    if (input.rank() == 0
        || !input.shape().without(-1).isBroadcastableTo(batch)
        || input.dtype() != latents.dtype()) {
      throw new IllegalArgumentException(
          latents.operation()
              + ": the input of the baselines is "
              + input.dtype()
              + input.shape()
              + "; it must be "
              + latents.dtype()
              + batch.concat(Shape.of(1))
              + ", with any number of features in place of the last 1, for logits "
              + latents.logits().shape());
    }
    return input;
  }

  /**
   * A state must be of the signal.
   *
   * @throws IllegalArgumentException if its length is not
   */
  static void requireState(String operation, LearningSignal signal, List<Tensor> state) {
    if (state.size() != signal.size()) {
      throw new IllegalArgumentException(
          operation
              + ": the state has "
              + state.size()
              + " tensors, but "
              + signal
              + " has "
              + signal.size()
              + "; take that of start, or of the step before");
    }
  }
}
