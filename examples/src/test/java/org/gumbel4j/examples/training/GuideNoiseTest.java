package org.gumbel4j.examples.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.gumbel4j.random.Key;
import org.gumbel4j.tensor.Backends;
import org.gumbel4j.tensor.Device;
import org.gumbel4j.tensor.Shape;
import org.junit.jupiter.api.Test;

class GuideNoiseTest {
  private static final int N = 1 << 20;

  @Test
  void isTheGuidesFormulaOfTheKeysFirst24Bits() {
    try (Device device = Backends.named("cpu")) {
      float[] noise = GuideNoise.of(device, Key.of(7), Shape.of(1024, N / 1024)).toFloats();
      int[] words = Key.of(7).ints(N);
      for (int i = 0; i < N; i++) {
        double u = (words[i] >>> 8) * 0x1p-24;
        double expected = -Math.log(-Math.log(u + 1e-20) + 1e-20);
        assertThat((double) noise[i]).isCloseTo(expected, within(2e-6 * (1 + Math.abs(expected))));
      }
    }
  }

  @Test
  void hasTheMeanAndVarianceOfGumbelNoise() {
    try (Device device = Backends.named("cpu")) {
      float[] noise = GuideNoise.of(device, Key.of(8), Shape.of(N)).toFloats();
      double sum = 0;
      double squares = 0;
      for (float g : noise) {
        sum += g;
        squares += (double) g * g;
      }
      double mean = sum / N;
      // five standard errors each: of the mean 1.2825/1024, of the variance 1.645·√4.4/1024
      assertThat(mean).isCloseTo(0.5772, within(0.0063));
      assertThat(squares / N - mean * mean).isCloseTo(1.6449, within(0.0169));
    }
  }
}
