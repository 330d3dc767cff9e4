package org.gumbel4j.cpu.estimators;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.ToDoubleFunction;
import org.gumbel4j.autodiff.Autodiff;
import org.gumbel4j.autodiff.ValueAndGradient;
import org.gumbel4j.estimators.Exact;
import org.gumbel4j.estimators.ObjectiveFunction;
import org.gumbel4j.tensor.DType;
import org.gumbel4j.tensor.Device;
import org.gumbel4j.tensor.Tensor;

/**
 * Logits, and an objective without any symmetry to hide behind, which also depends on weights and
 * on the logits themselves.
 */
final class Problem {
  static final double MASK = Double.NEGATIVE_INFINITY;

  private final Device device;
  private final DType dtype;
  private final double[][] logits;

  /** Of N rows of K logits. */
  Problem(Device device, DType dtype, double[][] logits) {
    this.device = device;
    this.dtype = dtype;
    this.logits = logits;
  }

  /** Logits of some: of one, two, three and five classes, the last with a mask. */
  static List<double[][]> some() {
    return List.of(
        new double[][] {{0.3}, {-0.8}},
        new double[][] {{0.4, -0.2}, {-0.5, 0.6}},
        new double[][] {{0.1, 0.5, -0.4}, {0, 0.7, 0.2}},
        new double[][] {{0.2, -0.3, 0.4, 0, -0.6}},
        new double[][] {{0.3, MASK, -0.2}, {0.1, 0.4, -0.7}});
  }

  int variables() {
    return logits.length;
  }

  int classes() {
    return logits[0].length;
  }

  /** θ, [N, K]. */
  Tensor theta() {
    double[] flat = new double[variables() * classes()];
    for (int i = 0; i < flat.length; i++) {
      flat[i] = logits[i / classes()][i % classes()];
    }
    return device.tensor(flat, dtype, variables(), classes());
  }

  /** w, [N, K]. */
  Tensor weights() {
    double[] flat = new double[variables() * classes()];
    for (int i = 0; i < flat.length; i++) {
      flat[i] = Math.sin(3 * i + 1) + 0.4 * i;
    }
    return device.tensor(flat, dtype, variables(), classes());
  }

  List<Tensor> parameters() {
    return List.of(theta(), weights());
  }

  /** (Σwz)² − Σwz + ½Σ tanh(θ)z, parameters [batch…, N, K] θ and w. */
  ObjectiveFunction objective(List<Tensor> parameters) {
    Tensor finite = parameters.get(0).maximum(-5); // a mask is no number for f
    return z -> {
      Tensor linear = z.mul(parameters.get(1)).sum(-1, -2);
      Tensor own = z.mul(finite.tanh()).sum(-1, -2).mul(0.5);
      return linear.square().sub(linear).add(own);
    };
  }

  /** The expectation and its gradients by enumeration. */
  ValueAndGradient exact() {
    return exact((p, f) -> Exact.of().expectation(p, f));
  }

  ValueAndGradient exact(BiFunction<Tensor, ObjectiveFunction, Tensor> expectation) {
    return Autodiff.valueAndGradient(p -> expectation.apply(p.get(0), objective(p)), parameters());
  }

  /** By the logits, where f's own dependence on them does not count. */
  Tensor exactWithoutOwnGradient() {
    ObjectiveFunction f = objective(parameters());
    return Autodiff.gradient(x -> Exact.of().expectation(x, f), theta());
  }

  /** P of each of several values of z, one after another. */
  double[] probabilities(double[] drawn) {
    int size = variables() * classes();
    double[] each = new double[drawn.length / size];
    for (int i = 0; i < each.length; i++) {
      double[] z = Arrays.copyOfRange(drawn, i * size, (i + 1) * size);
      each[i] = ExactExpectation.probability(logits, z);
    }
    return each;
  }

  /** The expectation of a surrogate, of estimates with independent samples. */
  ExactExpectation expectationOf(int rows, Estimate estimate) {
    return expectationOf(rows, estimate, z -> ExactExpectation.probability(logits, z));
  }

  ExactExpectation expectationOf(
      int rows, Estimate estimate, ToDoubleFunction<double[]> probability) {
    return ExactExpectation.of(
        parameters(),
        rows,
        (p, seen) -> {
          ObjectiveFunction f = objective(p);
          return estimate.surrogate(
              p.get(0),
              z -> {
                seen.add(z.stopGradient());
                return f.at(z);
              });
        },
        probability);
  }

  /** A surrogate of a batch of rows, [batch]. */
  interface Estimate {
    Tensor surrogate(Tensor logits, ObjectiveFunction f);
  }

  void assertMean(ExactExpectation found, ValueAndGradient exact) {
    double tolerance = dtype == DType.FLOAT64 ? 1e-11 : 2e-5;
    assertThat(found.value()).isCloseTo(exact.value().item(), within(tolerance));
    for (int i = 0; i < found.gradients().size(); i++) {
      assertThat(found.gradients().get(i))
          .containsExactly(ExactExpectation.doubles(exact.gradients().get(i)), within(tolerance));
    }
  }
}
