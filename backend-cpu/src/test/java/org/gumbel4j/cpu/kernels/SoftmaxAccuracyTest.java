package org.gumbel4j.cpu.kernels;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Errors of softmax and log-sum-exp against sums in double. */
class SoftmaxAccuracyTest {
  /** The vector kernels, or without the Vector API the reference; loops promise less. */
  private static final ScalarSoftmax KERNELS =
      KernelChoice.choose(
              Optional.of(KernelChoice.refusal("vector").isEmpty() ? "vector" : "scalar"))
          .softmax();

  private static final int ROWS = 300;

  /** Rows of every kind: narrow, wide, steep, nearly masked, masked, and sums close to one. */
  private static float[] rows(int k) {
    Random random = new Random(k);
    float[] x = new float[ROWS * k];
    for (int r = 0; r < ROWS; r++) {
      double scale = new double[] {1e-3, 1, 5, 30, 100, 1e4}[r % 6];
      double centre = new double[] {0, -Math.log(k), 3, -50, 1e3}[r % 5];
      for (int j = 0; j < k; j++) {
        x[r * k + j] = (float) (random.nextGaussian() * scale + centre);
      }
      if (r % 7 == 0 && k > 1) {
        x[r * k + random.nextInt(k)] = Float.NEGATIVE_INFINITY;
      }
      if (r % 11 == 0) {
        // One that is far above the rest, whose sum is lost if it is added to that one.
        x[r * k + random.nextInt(k)] = (float) (centre + 17 + 4 * scale);
      }
    }
    return x;
  }

  private static double logSumExp(float[] x, int from, int k) {
    double max = Double.NEGATIVE_INFINITY;
    for (int j = 0; j < k; j++) {
      max = Math.max(max, x[from + j]);
    }
    double rest = 0;
    boolean maximumIsOut = false;
    for (int j = 0; j < k; j++) {
      if (x[from + j] == max && !maximumIsOut) {
        maximumIsOut = true;
      } else {
        rest += Math.exp(x[from + j] - max);
      }
    }
    return max + Math.log1p(rest);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 10, 15, 16, 17, 31, 32, 33, 64, 100, 1000, 2049, 5000})
  void softmaxIsWithinTwoUlps(int k) {
    float[] x = rows(k);
    float[] y = new float[x.length];
    KERNELS.softmax(x, 0, y, 0, ROWS, k, 1);
    double worst = 0;
    for (int r = 0; r < ROWS; r++) {
      double total = logSumExp(x, r * k, k);
      for (int j = r * k; j < (r + 1) * k; j++) {
        worst = Math.max(worst, Ulps.between(y[j], Math.exp(x[j] - total)));
      }
    }
    assertThat(worst).isLessThanOrEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 10, 15, 16, 17, 31, 32, 33, 64, 100, 1000, 2049, 5000})
  void logSumExpIsWithinTwoUlps(int k) {
    float[] x = rows(k);
    float[] y = new float[ROWS];
    KERNELS.logSumExp(x, 0, y, 0, ROWS, k);
    double worst = 0;
    for (int r = 0; r < ROWS; r++) {
      worst = Math.max(worst, Ulps.between(y[r], logSumExp(x, r * k, k)));
    }
    assertThat(worst).isLessThanOrEqualTo(2);
  }

  @Test
  void infinitiesAndNanSpoilTheirOwnRowAlone() {
    float inf = Float.POSITIVE_INFINITY;
    float[] x = {1, 2, -inf, -inf, 0, inf, 5, Float.NaN, 0, 0};
    float[] y = new float[x.length];
    KERNELS.softmax(x, 0, y, 0, 5, 2, 1);
    assertThat(Ulps.between(y[0], 1 / (1 + Math.E))).isLessThan(1);
    assertThat(y).endsWith(0.5f, 0.5f);
    assertThat(y[2]).isNaN();
    assertThat(y[6]).isNaN();
    float[] sums = new float[5];
    KERNELS.logSumExp(x, 0, sums, 0, 5, 2);
    assertThat(sums)
        .containsExactly(
            (float) (2 + Math.log1p(Math.exp(-1))), -inf, inf, Float.NaN, (float) Math.log(2));
  }
}
