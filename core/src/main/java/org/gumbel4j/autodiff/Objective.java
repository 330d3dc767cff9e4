package org.gumbel4j.autodiff;

import java.util.List;
import org.gumbel4j.tensor.Tensor;

/**
 * What a function gives that is differentiated and has something else to tell: terms of a loss, a
 * reconstruction, counts.
 *
 * @param value the scalar to differentiate
 * @param auxiliary handed on as constants
 * @since 0.1
 */
public record Objective(Tensor value, List<Tensor> auxiliary) {
  /** Copies the list. */
  public Objective {
    auxiliary = List.copyOf(auxiliary);
  }

  /** A value with auxiliary tensors. */
  public static Objective of(Tensor value, Tensor... auxiliary) {
    return new Objective(value, List.of(auxiliary));
  }
}
