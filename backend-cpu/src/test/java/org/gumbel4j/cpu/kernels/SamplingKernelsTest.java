package org.gumbel4j.cpu.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Optional;
import org.gumbel4j.random.Key;
import org.gumbel4j.random.Noise;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The vector passes against the plain ones, to the bit. */
final class SamplingKernelsTest {
  private final ScalarSampling scalar = new ScalarSampling();

  private static ScalarSampling vector() {
    Assumptions.assumeTrue(KernelChoice.refusal("vector").isEmpty());
    return KernelChoice.choose(Optional.of("vector")).sampling();
  }

  @ParameterizedTest
  @ValueSource(
      ints = {1, 3, 15, 16, 17, 31, 63, 64, 65, 255, 256, 257, 300, 2047, 2048, 2049, 6001})
  void everyPassHasTheScalarBits(int n) {
    ScalarSampling vector = vector();
    int from = 5;
    float[] x = Key.of(n).floats(Noise.NORMAL, n + from);
    x[from + n / 2] = Float.NEGATIVE_INFINITY;
    x[from + n / 3] = -0f;
    int size = ((n - 1) / ScalarSampling.CHUNK + 1) * ScalarSampling.LANES;
    int[] expectedMaxima = new int[size];
    int[] maxima = new int[size];
    assertThat(vector.maxima(x, from, n, maxima))
        .isEqualTo(scalar.maxima(x, from, n, expectedMaxima));
    assertThat(maxima).isEqualTo(expectedMaxima);

    int[] words = Key.of(n).ints(n);
    for (int limit : new int[] {0, 1 << 20, 1 << 26, Integer.MAX_VALUE, Integer.MIN_VALUE, -1}) {
      int[] limits = new int[ScalarSampling.LANES];
      for (int lane = 0; lane < limits.length; lane++) {
        limits[lane] = (limit >>> (lane / 5)) ^ Integer.MIN_VALUE;
      }
      for (int window = 0; window < n; window += ScalarSampling.WINDOW) {
        assertThat(vector.nextWindow(words, window, n, limits))
            .isEqualTo(scalar.nextWindow(words, window, n, limits));
      }
    }

    for (float threshold : new float[] {Float.NEGATIVE_INFINITY, -1, 0, 2.5f}) {
      int[] expectedList = new int[n + 3];
      int[] list = new int[n + 3];
      int count = scalar.atLeast(x, from, n, threshold, 100, expectedList, 3);
      assertThat(vector.atLeast(x, from, n, threshold, 100, list, 3)).isEqualTo(count);
      assertThat(Arrays.copyOf(list, count)).isEqualTo(Arrays.copyOf(expectedList, count));
    }

    boolean[] allowed = new boolean[n];
    for (int i = 0; i < n; i++) {
      allowed[i] = words[i] > 0;
    }
    float[] expected = new float[n];
    float[] actual = new float[n];
    scalar.masked(x, from, allowed, n, expected);
    vector.masked(x, from, allowed, n, actual);
    assertThat(actual).isEqualTo(expected);

    float max = 4.5f;
    for (float scale : new float[] {1, 0.3f, 40, Float.MAX_VALUE}) {
      scalar.weights(x, from, n, max, scale, expected);
      vector.weights(x, from, n, max, scale, actual);
      assertThat(actual).isEqualTo(expected);
      float[] lanes = new float[ScalarSampling.LANES];
      double[] totals = new double[n / 256 + 1];
      double[] vectorTotals = new double[n / 256 + 1];
      double sum = scalar.sumWeights(x, from, n, max, scale, lanes, totals);
      assertThat(vector.sumWeights(x, from, n, max, scale, lanes, vectorTotals)).isEqualTo(sum);
      assertThat(vectorTotals).isEqualTo(totals);
      assertThat(totals[(n - 1) / 256]).isEqualTo(sum);
    }
  }

  @Test
  void weightsAreExponentials() {
    for (float y = 0; y < 87; y = Math.max(y * 1.0003f, y + 1e-4f)) {
      double exact = Math.exp(-(double) y);
      assertThat(ScalarSampling.weight(y) / exact).isCloseTo(1, within(1.8e-7));
    }
    assertThat(ScalarSampling.weight(0f)).isEqualTo(1f);
    assertThat(ScalarSampling.weight(Float.POSITIVE_INFINITY)).isBetween(1e-38f, 2e-38f);
    assertThat(ScalarSampling.weight(88f)).isEqualTo(ScalarSampling.weight(87f));
  }
}
