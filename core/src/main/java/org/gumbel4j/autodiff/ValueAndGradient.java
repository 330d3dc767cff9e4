package org.gumbel4j.autodiff;

import java.util.List;
import org.gumbel4j.tensor.Tensor;

/**
 * A function's value and its gradients.
 *
 * @param value the scalar that was differentiated
 * @param gradients one for each parameter, in their order and of their shapes; zero where the value
 *     does not depend on the parameter
 * @param auxiliary what the function gave out besides its value, as constants
 * @since 0.1
 */
public record ValueAndGradient(Tensor value, List<Tensor> gradients, List<Tensor> auxiliary) {
  /** Copies the lists. */
  public ValueAndGradient {
    gradients = List.copyOf(gradients);
    auxiliary = List.copyOf(auxiliary);
  }

  /** The gradient of the first, often only, parameter. */
  public Tensor gradient() {
    return gradients.get(0);
  }
}
