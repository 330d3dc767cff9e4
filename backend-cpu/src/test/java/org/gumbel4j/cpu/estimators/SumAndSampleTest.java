package org.gumbel4j.cpu.estimators;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.gumbel4j.autodiff.Autodiff;
import org.gumbel4j.autodiff.ValueAndGradient;
import org.gumbel4j.estimators.Estimators;
import org.gumbel4j.estimators.SumAndSample;
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

class SumAndSampleTest {
  private static final Key KEY = Key.of(17);
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
      Problem problem = new Problem(device, dtype, logits);
      assertUnbiased(problem, 1, 1);
      assertUnbiased(problem, 2, 1);
      assertUnbiased(problem, 1, 2);
      assertUnbiased(problem, 2, 2);
      assertUnbiased(problem, 3, 1);
    }
  }

  /** The summed come first; the others are independent draws from what they leave. */
  private static void assertUnbiased(Problem problem, int summed, int samples) {
    ExactExpectation found =
        problem.expectationOf(
            4_000,
            (x, f) -> new SumAndSample(summed, samples).surrogate(x, f, KEY),
            drawn -> {
              double[] each = problem.probabilities(drawn);
              double left = 1;
              double p = 1;
              for (int i = 0; i < each.length; i++) {
                if (i < summed) {
                  left -= each[i];
                } else {
                  p *= each[i] / left;
                }
              }
              return p;
            });
    problem.assertMean(found, problem.exact());
  }

  @ParameterizedTest
  @EnumSource(names = {"FLOAT32", "FLOAT64"})
  void isExactWhereEveryValueIsSummed(DType dtype) {
    for (double[][] logits : Problem.some()) {
      Problem problem = new Problem(device, dtype, logits);
      ValueAndGradient exact = problem.exact();
      ValueAndGradient found =
          Autodiff.valueAndGradient(
              p -> SumAndSample.of(20).surrogate(p.get(0), problem.objective(p), KEY),
              problem.parameters());
      double tolerance = dtype == DType.FLOAT64 ? 1e-12 : 1e-5;
      assertThat(found.value().item()).isCloseTo(exact.value().item(), within(tolerance));
      for (int i = 0; i < 2; i++) {
        assertThat(ExactExpectation.doubles(found.gradients().get(i)))
            .containsExactly(ExactExpectation.doubles(exact.gradients().get(i)), within(tolerance));
      }
    }
  }

  /** As many as 27 values, of which the likeliest ten are asked for in turn. */
  @Test
  void sumsTheLikeliestValues() {
    Tensor logits = device.noise(Noise.NORMAL, KEY, Shape.of(3, 3), DType.FLOAT64);
    double[] summed = new double[11];
    double[] best = {0};
    SumAndSample.of(10)
        .surrogate(
            logits,
            z -> {
              double[] p = probabilities(logits, z);
              System.arraycopy(p, 0, summed, 0, 11);
              return z.sum(-1, -2);
            },
            KEY);
    SumAndSample.of(27)
        .surrogate(
            logits,
            z -> {
              double[] p = probabilities(logits, z);
              Arrays.sort(p);
              best[0] = p[17];
              return z.sum(-1, -2);
            },
            KEY);
    assertThat(summed[9]).isCloseTo(best[0], within(1e-15));
    for (int i = 1; i < 10; i++) {
      assertThat(summed[i]).isLessThanOrEqualTo(summed[i - 1]);
    }
    assertThat(summed[10]).isLessThan(summed[9]);
  }

  private static double[] probabilities(Tensor logits, Tensor z) {
    return z.mul(logits.softmax(-1)).sum(-1).log().sum(-1).exp().toDoubles();
  }

  @Test
  void staysFiniteAtTheExtremes() {
    for (DType dtype : new DType[] {DType.FLOAT32, DType.FLOAT64}) {
      Tensor peaked = device.tensor(new double[] {80, 0, 0, 80}, dtype, 1, 2, 2);
      Tensor flat = device.zeros(Shape.of(2, 200, 1), dtype);
      Tensor masked =
          device.tensor(new double[] {0, Problem.MASK, Problem.MASK, 1}, dtype, 1, 2, 2);
      for (Tensor logits : new Tensor[] {peaked, flat, masked}) {
        for (int samples : new int[] {1, 3}) {
          ValueAndGradient found =
              Autodiff.valueAndGradient(
                  x ->
                      new SumAndSample(2, samples)
                          .surrogate(x, z -> z.slice(-1, 0, 1).sum(-1, -2), KEY)
                          .sum(),
                  logits);
          assertThat(found.gradient().isFinite().all()).isTrue();
          assertThat(found.value().isFinite().all()).isTrue();
        }
      }
    }
  }

  @Test
  void batchesOfEveryRankAreTheSameRows() {
    Tensor rows = device.noise(Noise.NORMAL, KEY, Shape.of(6, 2, 3), DType.FLOAT64);
    SumAndSample estimator = new SumAndSample(2, 3);
    double[] flat = estimator.surrogate(rows, z -> z.select(-1, 1).sum(-1), KEY).toDoubles();
    Tensor square =
        estimator.surrogate(rows.reshape(2, 3, 2, 3), z -> z.select(-1, 1).sum(-1), KEY);
    assertThat(square.shape()).isEqualTo(Shape.of(2, 3));
    assertThat(square.toDoubles()).containsExactly(flat);
    Tensor none = estimator.surrogate(rows.slice(0, 0, 0), z -> z.sum(-1, -2), KEY);
    assertThat(none.shape()).isEqualTo(Shape.of(0));
  }

  @Test
  void refusesToSumNothing() {
    assertThat(Estimators.named("sum-and-sample")).isEqualTo(SumAndSample.of(2));
    assertThatThrownBy(() -> SumAndSample.of(0)).hasMessageContaining("summed = 0");
    assertThatThrownBy(() -> SumAndSample.of(1).withSamples(0))
        .hasMessageContaining("samples = 0 must be at least 1");
  }
}
