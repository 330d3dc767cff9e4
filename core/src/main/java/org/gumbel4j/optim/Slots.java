package org.gumbel4j.optim;

import java.util.List;
import org.gumbel4j.tensor.Tensor;

/** Checks that optimizers share. */
final class Slots {
  private Slots() {}

  static void requireGradients(String optimizer, List<Tensor> parameters, List<Tensor> gradients) {
    if (gradients.size() != parameters.size()) {
      throw new IllegalArgumentException(
          optimizer
              + ".step: "
              + gradients.size()
              + " gradients for "
              + parameters.size()
              + " parameters");
    }
  }

  static void requireCount(String optimizer, List<List<Tensor>> slots, int expected) {
    if (slots.size() != expected) {
      throw new IllegalArgumentException(
          optimizer + ".restore: " + slots.size() + " slots, but it has " + expected);
    }
  }
}
