package org.gumbel4j.optim;

import java.util.ArrayList;
import java.util.List;
import org.gumbel4j.internal.ops.Checks;
import org.gumbel4j.internal.ops.Optimisation;
import org.gumbel4j.spi.AdamCoefficients;
import org.gumbel4j.spi.AdamStep;
import org.gumbel4j.tensor.Scope;
import org.gumbel4j.tensor.Tensor;

/**
 * Adam (Kingma and Ba, arXiv 1412.6980): m ← β₁m + (1 − β₁)g, v ← β₂v + (1 − β₂)g², and p ← p − α ·
 * (m / (1 − β₁ᵗ)) / (√(v / (1 − β₂ᵗ)) + ε), at step t = 1, 2, ….
 *
 * <p>Functional: {@link #step} makes a new state and leaves the old one as it was; {@link #advance}
 * puts the new one in its place.
 *
 * <pre>{@code
 * Adam adam = Adam.of(1e-3);
 * AdamState state = adam.start(parameters);
 * for (Batch batch : batches) {
 *   try (Scope scope = device.openScope()) {
 *     var step = Autodiff.valueAndGradient(p -> loss(p, batch), state.parameters());
 *     state = adam.advance(state, step.gradients(), scope);
 *   }
 * }
 * }</pre>
 *
 * @param learningRate α, positive
 * @param beta1 β₁ in [0, 1)
 * @param beta2 β₂ in [0, 1)
 * @param epsilon ε, positive
 * @since 0.1
 */
public record Adam(double learningRate, double beta1, double beta2, double epsilon)
    implements Optimizer<AdamState> {
  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException if one is out of range or NaN
   */
  public Adam {
    Checks.positive("Adam", "learningRate", learningRate);
    Checks.positive("Adam", "epsilon", epsilon);
    requireDecay("beta1", beta1);
    requireDecay("beta2", beta2);
  }

  /** Adam with β₁ = 0.9, β₂ = 0.999, ε = 1e-8. */
  public static Adam of(double learningRate) {
    return new Adam(learningRate, 0.9, 0.999, 1e-8);
  }

  /** The state before the first step: moments of zero. */
  @Override
  public AdamState start(List<Tensor> parameters) {
    List<Tensor> zeros = parameters.stream().map(Tensor::zerosLike).toList();
    List<Tensor> others = parameters.stream().map(Tensor::zerosLike).toList();
    return new AdamState(0, parameters, zeros, others);
  }

  @Override
  public AdamState step(AdamState state, List<Tensor> gradients) {
    return step(state, gradients, false);
  }

  @Override
  public AdamState advance(AdamState state, List<Tensor> gradients, Scope scope) {
    List<Tensor> own = new ArrayList<>(state.parameters());
    state.slots().forEach(own::addAll);
    boolean inPlace = Optimisation.areApart(own, gradients);
    return state.replacedBy(step(state, gradients, inPlace), scope);
  }

  private AdamState step(AdamState state, List<Tensor> gradients, boolean inPlace) {
    int count = state.parameters().size();
    Slots.requireGradients("Adam", state.parameters(), gradients);
    long t = state.step() + 1;
    AdamCoefficients numbers = new AdamCoefficients(learningRate, beta1, beta2, epsilon, t);
    for (int i = 0; i < count; i++) {
      Optimisation.requireAdamStep(
          state.parameters().get(i),
          gradients.get(i),
          state.firstMoments().get(i),
          state.secondMoments().get(i),
          numbers);
    }
    List<Tensor> parameters = new ArrayList<>(count);
    List<Tensor> first = new ArrayList<>(count);
    List<Tensor> second = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      AdamStep<Tensor> next =
          Optimisation.adamStep(
              state.parameters().get(i),
              gradients.get(i),
              state.firstMoments().get(i),
              state.secondMoments().get(i),
              numbers,
              inPlace);
      parameters.add(next.parameter());
      first.add(next.firstMoment());
      second.add(next.secondMoment());
    }
    return new AdamState(t, parameters, first, second);
  }

  @Override
  public AdamState restore(long step, List<Tensor> parameters, List<List<Tensor>> slots) {
    Slots.requireCount("Adam", slots, 2);
    return new AdamState(step, parameters, slots.get(0), slots.get(1));
  }

  private static void requireDecay(String name, double beta) {
    if (!(beta >= 0 && beta < 1)) {
      throw new IllegalArgumentException("Adam: " + name + " = " + beta + " must be in [0, 1)");
    }
  }
}
