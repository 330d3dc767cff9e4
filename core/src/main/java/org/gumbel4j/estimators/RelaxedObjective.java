package org.gumbel4j.estimators;

import java.util.List;
import org.gumbel4j.tensor.DType;
import org.gumbel4j.tensor.Device;
import org.gumbel4j.tensor.Shape;
import org.gumbel4j.tensor.Tensor;

/** REBAR's control variate, η f(softmax(z/λ)), its parameters η and log λ. */
final class RelaxedObjective {
  private RelaxedObjective() {}

  /** η and log λ. */
  static List<Tensor> start(double eta, double temperature, Device device, DType dtype) {
    return List.of(
        device.full(Shape.SCALAR, dtype, eta),
        device.full(Shape.SCALAR, dtype, Math.log(temperature)));
  }

  /** Its value, of parameters that begin with η and log λ. */
  static Tensor at(
      List<Tensor> parameters, FactorisedLatents latents, ObjectiveFunction f, Tensor z) {
    Tensor relaxed = RelaxedValues.of(latents, z, parameters.get(1).exp());
    return latents.evaluate(f, relaxed).mul(parameters.get(0));
  }

  /** What an estimate costs that asks it once for each perturbed logit. */
  static Cost cost(int samples, Coupling coupling) {
    long controls = coupling == Coupling.TIED ? samples : 2L * samples;
    return new Cost(samples + controls, controls, controls);
  }
}
