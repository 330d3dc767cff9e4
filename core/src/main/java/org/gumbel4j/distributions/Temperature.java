package org.gumbel4j.distributions;

import org.gumbel4j.internal.ops.Checks;
import org.gumbel4j.tensor.DType;
import org.gumbel4j.tensor.Tensor;

/** The temperature of a relaxed distribution, as a tensor beside its logits. */
final class Temperature {
  private Temperature() {}

  static Tensor number(String operation, double temperature, Tensor logits) {
    Validity.requireFloating(operation, "logits", logits);
    Checks.positive(operation, "temperature", temperature);
    if (logits.dtype() == DType.FLOAT32) {
      Checks.positive(operation, "temperature, rounded to FLOAT32,", (float) temperature);
    }
    return logits.device().scalar(temperature, logits.dtype());
  }

  static Tensor checked(
      String operation, Tensor temperature, Tensor logits, Validation validation) {
    if (temperature.dtype() != logits.dtype()) {
      throw new IllegalArgumentException(
          operation
              + ": temperature is "
              + temperature.dtype()
              + temperature.shape()
              + "; it must be of the logits' type, "
              + logits.dtype());
    }
    if (validation.isOn()) {
      Checks.positive(operation, "temperature", temperature);
    }
    return temperature;
  }
}
