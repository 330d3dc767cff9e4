package org.gumbel4j.optim;

import java.util.ArrayList;
import java.util.List;
import org.gumbel4j.internal.ops.Checks;
import org.gumbel4j.internal.ops.Optimisation;
import org.gumbel4j.tensor.Scope;
import org.gumbel4j.tensor.Tensor;

/**
 * Stochastic gradient descent with momentum (Polyak 1964): v ← μv + g, p ← p − αv; with Nesterov's
 * form p ← p − α(g + μv) of the new v (Sutskever et al., ICML 2013). The same rule, and the same
 * numbers, as {@code torch.optim.SGD} without dampening.
 *
 * <p>In the long run a constant gradient moves a parameter by α / (1 − μ) a step.
 *
 * @param learningRate α, positive
 * @param momentum μ in [0, 1); 0 for none
 * @param nesterov whether the step looks ahead
 * @since 0.1
 */
public record Sgd(double learningRate, double momentum, boolean nesterov)
    implements Optimizer<SgdState> {
  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException if one is out of range or NaN, or Nesterov's form is asked for
   *     without momentum
   */
  public Sgd {
    Checks.positive("Sgd", "learningRate", learningRate);
    if (!(momentum >= 0 && momentum < 1)) {
      throw new IllegalArgumentException("Sgd: momentum = " + momentum + " must be in [0, 1)");
    }
    if (nesterov && momentum == 0) {
      throw new IllegalArgumentException(
          "Sgd: Nesterov's form needs momentum, but momentum = 0; choose one above 0");
    }
  }

  /** Plain descent. */
  public static Sgd of(double learningRate) {
    return new Sgd(learningRate, 0, false);
  }

  /** The same with momentum. */
  public Sgd withMomentum(double mu) {
    return new Sgd(learningRate, mu, nesterov);
  }

  /** The state before the first step: velocities of zero. */
  @Override
  public SgdState start(List<Tensor> parameters) {
    return new SgdState(0, parameters, parameters.stream().map(Tensor::zerosLike).toList());
  }

  @Override
  public SgdState step(SgdState state, List<Tensor> gradients) {
    List<Tensor> old = state.parameters();
    Slots.requireGradients("Sgd", old, gradients);
    List<Tensor> parameters = new ArrayList<>(old.size());
    List<Tensor> velocities = new ArrayList<>(old.size());
    for (int i = 0; i < old.size(); i++) {
      Tensor p = old.get(i).stopGradient();
      Tensor g = gradients.get(i).stopGradient();
      Tensor v = state.velocities().get(i);
      Optimisation.requireAlike("sgdStep", p, List.of(g, v));
      try (Scope scope = p.device().openScope()) { // what is in between goes
        Tensor next = momentum == 0 ? g : v.mul(momentum).add(g);
        Tensor direction = nesterov ? next.mul(momentum).add(g) : next;
        parameters.add(scope.keep(p.sub(direction.mul(learningRate))));
        velocities.add(momentum == 0 ? v : scope.keep(next));
      }
    }
    return new SgdState(state.step() + 1, parameters, velocities);
  }

  @Override
  public SgdState restore(long step, List<Tensor> parameters, List<List<Tensor>> slots) {
    Slots.requireCount("Sgd", slots, 1);
    return new SgdState(step, parameters, slots.get(0));
  }
}
