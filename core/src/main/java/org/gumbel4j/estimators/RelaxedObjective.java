package org.gumbel4j.estimators;

import java.util.List;
import org.gumbel4j.tensor.Device;
import org.gumbel4j.tensor.Shape;
import org.gumbel4j.tensor.Tensor;

/** REBAR's control variate, η f(softmax(z/λ)), its parameters η and log λ. */
final class RelaxedObjective {
  private RelaxedObjective() {}

  /**
   * η and log λ.
   *
   * @throws IllegalArgumentException if λ is not positive and finite in the logits' type
   */
  static List<Tensor> start(FactorisedLatents latents, double eta, double temperature) {
    latents.requirePositive("temperature", temperature);
    Device device = latents.logits().device();
    return List.of(
        device.full(Shape.SCALAR, latents.dtype(), eta),
        device.full(Shape.SCALAR, latents.dtype(), Math.log(temperature)));
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
