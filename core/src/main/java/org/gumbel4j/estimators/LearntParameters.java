package org.gumbel4j.estimators;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.gumbel4j.tensor.DType;
import org.gumbel4j.tensor.Shape;
import org.gumbel4j.tensor.Tensor;

/**
 * The state of an estimator that learns by Adam (Kingma and Ba, arXiv 1412.6980; β₁ = 0.9, β₂ =
 * 0.999) as a list of tensors: the parameters, their first and second moments, and the two powers
 * β₁ᵗ and β₂ᵗ. The step count is in the tensors, so that a step reads nothing back from a device.
 */
final class LearntParameters {
  private static final double BETA1 = 0.9;
  private static final double BETA2 = 0.999;

  /** Small, since second moments of gradients may be tiny in their units. */
  private static final double EPSILON = 1e-12;

  private LearntParameters() {}

  /** The check of a learning rate; 0 stands for nothing to be learnt. */
  static void requireRate(String estimator, double learningRate) {
    if (!(learningRate >= 0 && learningRate < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          estimator
              + ": learningRate = "
              + learningRate
              + " must be finite and not negative; 0 learns nothing");
    }
  }

  /** The check of a number that may have either sign. */
  static void requireFinite(String estimator, String argument, double value) {
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException(
          estimator + ": " + argument + " = " + value + " must be finite");
    }
  }

  /** The state before the first step. */
  static List<Tensor> start(List<Tensor> parameters) {
    Tensor one = parameters.get(0).device().ones(Shape.SCALAR, parameters.get(0).dtype());
    List<Tensor> state = new ArrayList<>(parameters);
    parameters.forEach(p -> state.add(p.zerosLike()));
    parameters.forEach(p -> state.add(p.zerosLike()));
    state.add(one);
    state.add(one.onesLike());
    return List.copyOf(state);
  }

  /**
   * The parameters in a state, as constants.
   *
   * @param shapes of the parameters that the estimator has
   * @throws IllegalArgumentException if the state is not of this form
   */
  static List<Tensor> of(String estimator, List<Tensor> state, DType dtype, List<Shape> shapes) {
    List<Shape> expected =
        Stream.of(shapes, shapes, shapes, List.of(Shape.SCALAR, Shape.SCALAR))
            .flatMap(List::stream)
            .toList();
    List<Shape> found = state.stream().map(Tensor::shape).toList();
    if (!found.equals(expected) || state.stream().anyMatch(x -> x.dtype() != dtype)) {
      throw new IllegalArgumentException(
          estimator
              + ": the state has shapes "
              + found
              + " of types "
              + state.stream().map(Tensor::dtype).distinct().toList()
              + "; logits of this shape and type need "
              + expected
              + " of "
              + dtype
              + ": begin with start(logits, key)");
    }
    return state.subList(0, shapes.size()).stream().map(Tensor::stopGradient).toList();
  }

  /** The state after a step down the gradients, which are taken as constants. */
  static List<Tensor> step(List<Tensor> state, List<Tensor> gradients, double learningRate) {
    int n = gradients.size();
    Tensor power1 = state.get(3 * n).stopGradient().mul(BETA1);
    Tensor power2 = state.get(3 * n + 1).stopGradient().mul(BETA2);
    Tensor correction1 = power1.neg().add(1);
    Tensor correction2 = power2.neg().add(1);
    List<Tensor> parameters = new ArrayList<>();
    List<Tensor> first = new ArrayList<>();
    List<Tensor> second = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      Tensor g = gradients.get(i).stopGradient();
      Tensor m = decay(state.get(n + i), g, BETA1);
      Tensor v = decay(state.get(2 * n + i), g.square(), BETA2);
      Tensor direction = m.div(correction1).div(v.div(correction2).sqrt().add(EPSILON));
      parameters.add(state.get(i).stopGradient().sub(direction.mul(learningRate)));
      first.add(m);
      second.add(v);
    }
    return Stream.of(parameters, first, second, List.of(power1, power2))
        .flatMap(List::stream)
        .toList();
  }

  private static Tensor decay(Tensor mean, Tensor x, double beta) {
    return mean.stopGradient().mul(beta).add(x.mul(1 - beta));
  }
}
