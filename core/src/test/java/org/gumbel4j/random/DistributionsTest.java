package org.gumbel4j.random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A million samples of each kind and precision against the distribution they claim to come from.
 */
class DistributionsTest {
  private static final int N = 1_000_000;

  /**
   * {@code kurtosis} is E[(x − mean)⁴]/variance², which the error of a sample variance depends on.
   */
  private record Facts(double mean, double variance, double kurtosis, DoubleUnaryOperator cdf) {}

  private static Facts facts(Noise kind) {
    double pi2 = Math.PI * Math.PI;
    return switch (kind) {
      case UNIFORM -> new Facts(0.5, 1 / 12.0, 1.8, x -> x);
      case EXPONENTIAL -> new Facts(1, 1, 9, x -> -Math.expm1(-x));
      case GUMBEL -> new Facts(0.57721566490153286, pi2 / 6, 5.4, x -> Math.exp(-Math.exp(-x)));
      case LOGISTIC -> new Facts(0, pi2 / 3, 4.2, x -> 1 / (1 + Math.exp(-x)));
      case NORMAL -> new Facts(0, 1, 3, DistributionsTest::normalCdf);
    };
  }

  /** Φ by its power series, good to 1e-12 for |x| < 7. */
  private static double normalCdf(double x) {
    double term = x;
    double sum = x;
    for (int k = 3; Math.abs(term) > 1e-15 * Math.abs(sum); k += 2) {
      term *= x * x / k;
      sum += term;
    }
    return 0.5 + sum * Math.exp(-x * x / 2) / Math.sqrt(2 * Math.PI);
  }

  @ParameterizedTest
  @EnumSource
  void floatsFollowTheirDistribution(Noise kind) {
    float[] samples = Key.of(1).floats(kind, N);
    double[] values = new double[N];
    Arrays.setAll(values, i -> samples[i]);
    assertFollows(kind, values);
  }

  @ParameterizedTest
  @EnumSource
  void doublesFollowTheirDistribution(Noise kind) {
    assertFollows(kind, Key.of(2).doubles(kind, N));
  }

  /**
   * Mean and variance within five standard errors (each 6e-7 of false alarm), and the
   * Kolmogorov–Smirnov statistic √n·D below 2.694 (1e-6); over the ten uses of this method, 2e-5.
   */
  private static void assertFollows(Noise kind, double[] samples) {
    Facts facts = facts(kind);
    double mean = Arrays.stream(samples).sum() / N;
    assertThat((mean - facts.mean) / Math.sqrt(facts.variance / N))
        .as("z-score of the mean")
        .isCloseTo(0, within(5.0));
    double variance =
        Arrays.stream(samples).map(x -> (x - facts.mean) * (x - facts.mean)).sum() / N;
    assertThat((variance / facts.variance - 1) / Math.sqrt((facts.kurtosis - 1) / N))
        .as("z-score of the variance")
        .isCloseTo(0, within(5.0));

    double[] sorted = samples.clone();
    Arrays.sort(sorted);
    double distance = 0;
    for (int i = 0; i < N; i++) {
      double p = facts.cdf.applyAsDouble(sorted[i]);
      distance = Math.max(distance, Math.max(p - (double) i / N, (i + 1.0) / N - p));
    }
    assertThat(Math.sqrt(N) * distance).as("Kolmogorov–Smirnov").isLessThan(2.694);
  }
}
