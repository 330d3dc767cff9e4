package org.gumbel4j.cpu.estimators;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.gumbel4j.autodiff.Autodiff;
import org.gumbel4j.autodiff.ValueAndGradient;
import org.gumbel4j.distributions.GumbelTopK;
import org.gumbel4j.estimators.Estimators;
import org.gumbel4j.estimators.UnorderedSet;
import org.gumbel4j.random.Key;
import org.gumbel4j.random.Noise;
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

class UnorderedSetTest {
  private static final Key KEY = Key.of(13);
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
  void isUnbiased(DType dtype) {
    for (double[][] logits : Problem.some()) {
      assertUnbiased(new Problem(device, dtype, logits), 2, 4_000);
    }
    assertUnbiased(new Problem(device, dtype, Problem.some().get(3)), 3, 4_000);
    assertUnbiased(new Problem(device, dtype, Problem.some().get(3)), 4, 10_000);
    assertUnbiased(new Problem(device, dtype, Problem.some().get(4)), 3, 10_000);
  }

  /** Outcomes are draws in their order, whose probability is a product of renormalised ones. */
  private static void assertUnbiased(Problem problem, int samples, int rows) {
    ExactExpectation found =
        problem.expectationOf(
            rows,
            (x, f) -> UnorderedSet.of(samples).surrogate(x, f, KEY),
            drawn -> {
              double p = 1;
              double left = 1;
              for (double q : problem.probabilities(drawn)) {
                p *= q == 0 ? 1 : q / left;
                left -= q;
              }
              return p;
            });
    problem.assertMean(found, problem.exact());
  }

  @ParameterizedTest
  @EnumSource(names = {"FLOAT32", "FLOAT64"})
  void isExactWhereEveryValueIsDrawn(DType dtype) {
    for (double[][] logits : Problem.some()) {
      Problem problem = new Problem(device, dtype, logits);
      ValueAndGradient exact = problem.exact();
      ValueAndGradient found =
          Autodiff.valueAndGradient(
              p -> UnorderedSet.of(9).surrogate(p.get(0), problem.objective(p), KEY),
              problem.parameters());
      double tolerance = dtype == DType.FLOAT64 ? 1e-12 : 1e-5;
      assertThat(found.value().item()).isCloseTo(exact.value().item(), within(tolerance));
      for (int i = 0; i < 2; i++) {
        assertThat(ExactExpectation.doubles(found.gradients().get(i)))
            .containsExactly(ExactExpectation.doubles(exact.gradients().get(i)), within(tolerance));
      }
    }
  }

  @Test
  void noValueIsDrawnTwice() {
    Tensor logits = device.noise(Noise.NORMAL, KEY, Shape.of(50, 5, 3), DType.FLOAT32);
    List<Tensor> seen = new ArrayList<>();
    UnorderedSet.of(12)
        .surrogate(
            logits,
            z -> {
              seen.add(z);
              return z.sum(-1, -2);
            },
            KEY);
    float[] z = seen.get(0).toFloats();
    for (int row = 0; row < 50; row++) {
      List<String> drawn = new ArrayList<>();
      for (int s = 0; s < 12; s++) {
        int at = (s * 50 + row) * 15;
        drawn.add(Arrays.toString(Arrays.copyOfRange(z, at, at + 15)));
      }
      assertThat(drawn).doesNotHaveDuplicates();
    }
  }

  /** Where one value has all but 1e-30 of the probability, and where all have 2⁻²⁰⁰ each. */
  @Test
  void staysFiniteAtTheExtremes() {
    for (DType dtype : List.of(DType.FLOAT32, DType.FLOAT64)) {
      Tensor peaked = device.tensor(new double[] {80, 0, 0, 80}, dtype, 2, 2);
      Tensor flat = device.zeros(Shape.of(2, 200, 1), dtype);
      for (Tensor logits : List.of(peaked, flat)) {
        ValueAndGradient found =
            Autodiff.valueAndGradient(
                x -> UnorderedSet.of(4).surrogate(x, z -> z.slice(-1, 0, 1).sum(-1, -2), KEY).sum(),
                logits);
        assertThat(found.gradient().isFinite().all()).isTrue();
        assertThat(found.value().isFinite().all()).isTrue();
      }
      double mean = UnorderedSet.of(4).surrogate(peaked, z -> z.select(-1, 0).sum(-1), KEY).item();
      assertThat(mean).isCloseTo(1, within(1e-6));
    }
  }

  /** A mask that leaves two values, of which three are asked for. */
  @Test
  void whatCannotHappenDoesNotCount() {
    Tensor logits =
        device.tensor(new double[] {0.3, Problem.MASK, Problem.MASK, 0, Problem.MASK, 0.4}, 2, 3);
    Tensor value = device.tensor(new double[] {1, Double.NaN, Double.NaN, 2, Double.NaN, -1}, 2, 3);
    Tensor gradient =
        Autodiff.gradient(
            x ->
                UnorderedSet.of(3)
                    .surrogate(
                        x, z -> Tensor.where(z.gt(0.5), value, value.zerosLike()).sum(-1, -2), KEY),
            logits);
    double p = 1 / (1 + Math.exp(0.4));
    double expected = p * (1 - p) * 3;
    assertThat(gradient.toDoubles())
        .containsExactly(new double[] {0, 0, 0, expected, 0, -expected}, within(1e-12));
  }

  /** Sums over subsets here, a quadrature there. */
  @Test
  void weightsAreThoseOfGumbelTopK() {
    Tensor logits = device.tensor(new double[] {1, -2, 3, 0.5, -0.3, 0.1, 9}, 1, 7);
    for (int k = 2; k <= 6; k++) {
      List<Tensor> seen = new ArrayList<>();
      double[] weights = new double[7];
      for (int j = 0; j < 7; j++) {
        int index = j;
        weights[j] =
            UnorderedSet.of(k)
                .surrogate(
                    logits,
                    z -> {
                      seen.add(z);
                      return z.select(-1, index).sum(-1);
                    },
                    KEY)
                .item();
      }
      Tensor drawn = seen.get(0).select(1, 0).argMax(-1);
      Tensor row = logits.select(0, 0);
      Tensor logProbs = row.logSoftmax(-1).gather(drawn, -1);
      double[] expected =
          GumbelTopK.of(row, k).leaveOneOutLogRatios(drawn).add(logProbs).exp().toDoubles();
      for (int i = 0; i < k; i++) {
        assertThat(weights[(int) drawn.toLongs()[i]]).isCloseTo(expected[i], within(1e-10));
      }
    }
  }

  @Test
  void batchesOfEveryRankAreTheSameRows() {
    Tensor rows = device.noise(Noise.NORMAL, KEY, Shape.of(6, 2, 3), DType.FLOAT64);
    UnorderedSet estimator = UnorderedSet.of(3);
    double[] flat = estimator.surrogate(rows, z -> z.select(-1, 1).sum(-1), KEY).toDoubles();
    Tensor square =
        estimator.surrogate(rows.reshape(2, 3, 2, 3), z -> z.select(-1, 1).sum(-1), KEY);
    assertThat(square.shape()).isEqualTo(Shape.of(2, 3));
    assertThat(square.toDoubles()).containsExactly(flat);
    Tensor none = estimator.surrogate(rows.slice(0, 0, 0), z -> z.sum(-1, -2), KEY);
    assertThat(none.shape()).isEqualTo(Shape.of(0));
  }

  /** The more there is in the set, the less is left to chance. */
  @Test
  void varianceFallsWithTheSizeOfTheSet() {
    Problem problem = new Problem(device, DType.FLOAT64, Problem.some().get(2));
    double[] errors = new double[3];
    Tensor wide = problem.theta().broadcastTo(Shape.of(500, 2, 3));
    for (int i = 0; i < 3; i++) {
      int samples = 2 + 3 * i;
      Tensor gradient =
          Autodiff.gradient(
              x ->
                  UnorderedSet.of(samples)
                      .surrogate(
                          x, problem.objective(List.of(problem.theta(), problem.weights())), KEY)
                      .sum(),
              wide);
      double[] own = problem.exactWithoutOwnGradient().toDoubles();
      errors[i] = gradient.sub(device.tensor(own, 2, 3)).square().sum(-1, -2).mean().item();
    }
    assertThat(errors[1]).isLessThan(errors[0] / 2);
    assertThat(errors[2]).isLessThan(errors[1] / 2);
  }

  @Test
  void refusesSetsThatAreTooSmallOrTooLarge() {
    assertThat(Estimators.named("unordered-set")).isEqualTo(UnorderedSet.of(3));
    assertThatThrownBy(() -> UnorderedSet.of(1)).hasMessageContaining("at least 2");
    assertThatThrownBy(() -> UnorderedSet.of(13))
        .hasMessageContaining("samples = 13 must be at most 12")
        .hasMessageContaining("LeaveOneOutBaseline");
  }
}
