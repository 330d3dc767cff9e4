package org.gumbel4j.cpu.estimators;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.gumbel4j.autodiff.Autodiff;
import org.gumbel4j.estimators.Estimators;
import org.gumbel4j.estimators.Exact;
import org.gumbel4j.estimators.Target;
import org.gumbel4j.estimators.Vimco;
import org.gumbel4j.random.Key;
import org.gumbel4j.tensor.Backends;
import org.gumbel4j.tensor.DType;
import org.gumbel4j.tensor.Device;
import org.gumbel4j.tensor.Shape;
import org.gumbel4j.tensor.Tensor;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class VimcoTest {
  private static final Key KEY = Key.of(11);
  private static Device device;

  @BeforeAll
  static void open() {
    device = Backends.named("cpu");
  }

  @AfterAll
  static void close() {
    device.close();
  }

  @ParameterizedTest
  @EnumSource(names = {"FLOAT32", "FLOAT64"})
  void isUnbiasedForTheGradientOfTheBound(DType dtype) {
    for (double[][] logits : Problem.some()) {
      assertUnbiased(new Problem(device, dtype, logits), 2);
    }
    assertUnbiased(new Problem(device, dtype, Problem.some().get(0)), 3);
  }

  private static void assertUnbiased(Problem problem, int samples) {
    ExactExpectation found =
        problem.expectationOf(5_000, (x, f) -> Vimco.of(samples).surrogate(x, f, KEY));
    problem.assertMean(found, problem.exact((x, f) -> Exact.of().bound(x, f, samples)));
  }

  /** Two samples of one coin, f = log w: (L̂ − L̂₋ₛ) by hand, where samples are 1 and 0. */
  @Test
  void theGeometricMeanOfTheOthersStandsInForEach() {
    Tensor logits = device.tensor(new double[] {0.4}, 1, 1);
    double sigma = 1 / (1 + Math.exp(-0.4));
    double one = 0.7;
    double zero = -0.2;
    for (int i = 0; i < 50; i++) {
      Key key = Key.of(i);
      double[] seen = {0};
      Tensor gradient =
          Autodiff.gradient(
              x ->
                  Vimco.of(2)
                      .surrogate(
                          x,
                          z -> {
                            seen[0] = z.sum().item();
                            return z.sum(-1, -2).mul(one - zero).add(zero);
                          },
                          key)
                      .sum(),
              logits);
      double bound = Math.log((Math.exp(one) + Math.exp(zero)) / 2);
      // the other's value alone: log 1/2 (w + w)
      double expected = (bound - zero) * (1 - sigma) + (bound - one) * (0 - sigma);
      assertThat(gradient.item()).isCloseTo(seen[0] == 1 ? expected : 0, within(1e-12));
    }
  }

  /** Weights far apart: the sum of exponentials would overflow. */
  @Test
  void staysFiniteWhereWeightsAreFarApart() {
    Tensor logits = device.zeros(Shape.of(8, 3, 2), DType.FLOAT32);
    Tensor gradient =
        Autodiff.gradient(
            x -> Vimco.of(4).surrogate(x, z -> z.select(-1, 1).sum(-1).mul(-1000), KEY).sum(),
            logits);
    assertThat(gradient.isFinite().all()).isTrue();
  }

  @Test
  void isFoundByNameAndSaysWhatItEstimates() {
    assertThat(Estimators.named("vimco")).isEqualTo(Vimco.of(5));
    assertThat(Vimco.of(5).traits().target()).isEqualTo(Target.MULTI_SAMPLE_BOUND);
    assertThatThrownBy(() -> Vimco.of(1)).hasMessageContaining("samples = 1 must be at least 2");
  }
}
