package org.gumbel4j.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.gumbel4j.random.Key;
import org.gumbel4j.relaxation.GumbelMax;
import org.gumbel4j.tensor.Backends;
import org.gumbel4j.tensor.Device;
import org.gumbel4j.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is drawn, to the bit; {@link SamplerFrequenciesTest} asks how often. */
final class GumbelSamplerTest {
  private static final Key KEY = Key.of(42);

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 10, 63, 64, 65, 255, 257, 2047, 2048, 2049, 6150, 40_001})
  void drawIsThatOfGumbelMaxInTheRowOfItsPosition(int n) {
    int rows = n < 10_000 ? 40 : 8;
    for (double spread : new double[] {0, 1, 6}) {
      float[] logits = SamplerCase.logits(n, n * rows, spread);
      long[] expected;
      try (Device device = Backends.named("cpu")) {
        Tensor tensor = device.tensor(logits, rows, n);
        expected = GumbelMax.indices(tensor, KEY).toLongs();
      }
      for (GumbelSampler sampler : SamplerCase.samplers()) {
        int[] drawn = new int[rows + 2];
        sampler.sampleRows(logits, 0, rows, n, ClassMask.none(), KEY, 0, drawn, 1);
        for (int r = 0; r < rows; r++) {
          assertThat(drawn[1 + r]).isEqualTo((int) expected[r]);
          assertThat(sampler.sample(logits, r * n, n, ClassMask.none(), KEY, r))
              .isEqualTo(drawn[1 + r]);
        }
        assertThat(drawn[0]).isZero();
        assertThat(drawn[rows + 1]).isZero();
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "0.7, 2147483647, 1, 0",
    "1, 40, 1, 0",
    "1.3, 40, 0.9, 0.02",
    "1, 2147483647, 0.5, 0",
    "0.8, 2147483647, 0.95, 0",
    "1, 2147483647, 1, 0.1",
    "1, 1000, 1, 0",
    "2.5, 2147483647, 0.9999, 0",
    "1, 1, 1, 0",
    "1e-30, 2147483647, 1, 0",
    "1e30, 2147483647, 1, 0"
  })
  void drawsAreTheFirstOfWhatSortingEverythingGives(double t, int k, double p, double minP) {
    for (int n : new int[] {1, 5, 100, 3000, 20_000}) {
      for (int form = 0; form < 4; form++) {
        float[] logits =
            form == 3 ? SamplerCase.tied(n, n, 9) : SamplerCase.logits(n + form, n, 1 + 3 * form);
        float[] left = SamplerCase.filtered(logits, (float) t, k, p, minP);
        for (long position = 0; position < 3; position++) {
          int[] order = SamplerCase.order(left, (float) t, KEY, position);
          int count = Math.min(order.length, 1 + n / 7);
          for (GumbelSampler plain : SamplerCase.samplers()) {
            GumbelSampler sampler = plain.temperature(t).topK(k).topP(p).minP(minP);
            assertThat(sampler.sample(logits, KEY, position)).isEqualTo(order[0]);
            int[] drawn = new int[count];
            sampler.sampleWithoutReplacement(
                logits, 0, n, ClassMask.none(), count, KEY, position, drawn, 0);
            assertThat(drawn).containsExactly(java.util.Arrays.copyOf(order, count));
          }
        }
      }
    }
  }

  @Test
  void temperatureLastFiltersTheLogitsAsTheyAre() {
    float[] logits = SamplerCase.logits(3, 5000, 3);
    float[] left = SamplerCase.filtered(logits, 1, 100, 0.8, 0.001);
    for (GumbelSampler plain : SamplerCase.samplers()) {
      GumbelSampler sampler =
          plain.temperature(1.7).topK(100).topP(0.8).minP(0.001).temperatureLast(true);
      for (int position = 0; position < 50; position++) {
        assertThat(sampler.sample(logits, KEY, position))
            .isEqualTo(SamplerCase.order(left, 1.7f, KEY, position)[0]);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 70, 5000})
  void maskedClassesAreThoseOfMinusInfinity(int n) {
    float[] logits = SamplerCase.logits(8, n, 2);
    boolean[] allowed = new boolean[n];
    int[] banned = new int[n - 1 - (n - 1) / 3];
    float[] open = logits.clone();
    float[] spoilt = logits.clone();
    int count = 0;
    for (int i = 0; i < n; i++) {
      allowed[i] = i % 3 == 0;
      if (!allowed[i]) {
        banned[count++] = i;
        open[i] = Float.NEGATIVE_INFINITY;
        spoilt[i] = i % 2 == 0 ? Float.NaN : Float.POSITIVE_INFINITY;
      }
    }
    for (GumbelSampler plain : SamplerCase.samplers()) {
      for (GumbelSampler sampler : List.of(plain, plain.topP(0.9), plain.topK(5))) {
        for (int position = 0; position < 30; position++) {
          int expected = sampler.sample(open, KEY, position);
          assertThat(sampler.sample(spoilt, ClassMask.allowed(allowed), KEY, position))
              .isEqualTo(expected);
          assertThat(sampler.sample(spoilt, ClassMask.banned(banned), KEY, position))
              .isEqualTo(expected);
        }
      }
    }
    assertThat(logits).isEqualTo(SamplerCase.logits(8, n, 2));
  }

  @Test
  void maskIsAViewOfItsArray() {
    boolean[] allowed = {true, false};
    ClassMask mask = ClassMask.allowed(allowed);
    float[] logits = {0, 0};
    GumbelSampler sampler = GumbelSampler.create();
    assertThat(sampler.sample(logits, mask, KEY, 0)).isZero();
    allowed[0] = false;
    allowed[1] = true;
    assertThat(sampler.sample(logits, mask, KEY, 0)).isEqualTo(1);
  }

  @Test
  void temperatureZeroTakesTheFirstOfTheLargest() {
    float[] logits = SamplerCase.tied(4, 7000, 4);
    logits[3000] = logits[5000] = 9;
    int[] drawn = new int[4];
    for (GumbelSampler plain : SamplerCase.samplers()) {
      GumbelSampler greedy = plain.temperature(0).topK(50).topP(0.4);
      assertThat(greedy.sample(logits, KEY, 17)).isEqualTo(3000);
      assertThat(greedy.logProb(logits, 3000)).isZero();
      assertThat(greedy.logProb(logits, 5000)).isEqualTo(Double.NEGATIVE_INFINITY);
      greedy.sampleWithoutReplacement(logits, 4, KEY, drawn);
      int next = 0;
      while (logits[next] != 1.5f) {
        next++;
      }
      int afterNext = next + 1;
      while (logits[afterNext] != 1.5f) {
        afterNext++;
      }
      assertThat(drawn).containsExactly(3000, 5000, next, afterNext);
      assertThat(greedy.logProbWithoutReplacement(logits, drawn)).isZero();
      assertThat(greedy.logProbWithoutReplacement(logits, new int[] {5000, 3000}))
          .isEqualTo(Double.NEGATIVE_INFINITY);
    }
  }

  @Test
  void zerosAreEqualWhateverTheirSign() {
    float[] logits = new float[3000];
    java.util.Arrays.fill(logits, -5);
    logits[2] = 0f;
    logits[1] = -0f;
    logits[2900] = -0f;
    for (GumbelSampler sampler : SamplerCase.samplers()) {
      assertThat(sampler.temperature(0).sample(logits, KEY, 0)).isEqualTo(1);
      for (GumbelSampler filter :
          List.of(sampler.topK(1), sampler.topK(3), sampler.topP(1e-3), sampler.minP(1))) {
        assertThat(filter.logProb(logits, 2)).isCloseTo(-Math.log(3), within());
        assertThat(filter.logProb(logits, 1)).isCloseTo(-Math.log(3), within());
        assertThat(filter.logProb(logits, 2900)).isCloseTo(-Math.log(3), within());
        assertThat(filter.logProb(logits, 0)).isEqualTo(Double.NEGATIVE_INFINITY);
      }
    }
  }

  private static org.assertj.core.data.Offset<Double> within() {
    return org.assertj.core.data.Offset.offset(1e-6);
  }

  @Test
  void sameDrawsInEveryThread() throws InterruptedException {
    float[] logits = SamplerCase.logits(5, 64 * 3000, 2);
    GumbelSampler sampler = GumbelSampler.create().topP(0.9);
    int[] alone = new int[64];
    sampler.sampleRows(logits, 64, KEY, alone);
    int[] shared = new int[64];
    Thread[] threads = new Thread[4];
    for (int t = 0; t < 4; t++) {
      int row = 16 * t;
      threads[t] =
          new Thread(
              () ->
                  sampler.sampleRows(
                      logits, row * 3000, 16, 3000, ClassMask.none(), KEY, row, shared, row));
      threads[t].start();
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(shared).isEqualTo(alone);
  }

  @Test
  void farPositionsAreWhatTheKeyHasThere() {
    float[] logits = SamplerCase.logits(6, 1000, 1);
    long far = (Long.MAX_VALUE - 5000) / 1000 - 1;
    for (GumbelSampler sampler : SamplerCase.samplers()) {
      for (long position : new long[] {1L << 40, far}) {
        assertThat(sampler.sample(logits, KEY, position))
            .isEqualTo(SamplerCase.order(logits, 1, KEY, position)[0]);
      }
    }
  }
}
