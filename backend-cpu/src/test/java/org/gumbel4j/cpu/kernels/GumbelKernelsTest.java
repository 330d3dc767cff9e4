package org.gumbel4j.cpu.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.gumbel4j.random.Key;
import org.gumbel4j.random.Noise;
import org.gumbel4j.random.NoiseKernels;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Gumbel-Softmax in passes, against the definition in double and against itself, cut otherwise. */
abstract class GumbelKernelsTest {
  private static final Key KEY = Key.of(19);

  /** What is tested. */
  abstract ScalarGumbel kernels();

  static IntStream classes() {
    return IntStream.concat(
        IntStream.rangeClosed(1, 70), IntStream.of(100, 127, 1000, 2047, 2048, 2049, 5003));
  }

  /** Up to beyond the longest row that has a loop of its own. */
  static IntStream drawnClasses() {
    return IntStream.concat(
        IntStream.rangeClosed(1, 130), IntStream.of(255, 256, 257, 1000, 2047, 2048, 2049, 5003));
  }

  private static ScalarGumbel scalar() {
    return new ScalarGumbel(new ScalarSoftmax(), new ScalarReductions());
  }

  private static int rows(int k) {
    return k > 2048 ? 2 : 3 + 4500 / k;
  }

  private static float[] logits(int n, double spread) {
    Random random = new Random(n);
    float[] l = new float[n];
    for (int i = 0; i < n; i++) {
      l[i] = (float) (spread * random.nextGaussian());
    }
    return l;
  }

  private static float[] perturbed(float[] l, float scale) {
    float[] z = new float[l.length];
    NoiseKernels.scalar().fill(Noise.GUMBEL, KEY, 0, z, 0, z.length);
    for (int i = 0; i < z.length; i++) {
      z[i] = l[i] + scale * z[i];
    }
    return z;
  }

  private float[] relax(float[] l, int k, double temperature) {
    float[] y = new float[l.length];
    kernels().relax(l, KEY, 1, y, 0, l.length / k, k, temperature);
    return y;
  }

  /**
   * Four ulp, and what a rounding of (z − max)/τ makes of the exponential; below the normal
   * numbers, two of the smallest.
   */
  private static void assertIsSoftmax(float[] y, float[] z, int k, double temperature) {
    for (int from = 0; from < y.length; from += k) {
      double max = Double.NEGATIVE_INFINITY;
      for (int i = from; i < from + k; i++) {
        max = Math.max(max, z[i]);
      }
      double total = 0;
      for (int i = from; i < from + k; i++) {
        total += Math.exp((z[i] - max) / temperature);
      }
      for (int i = from; i < from + k; i++) {
        double exponent = (z[i] - max) / temperature;
        double exact = Math.exp(exponent) / total;
        double error = exact * 0x1p-23 * (4 + Math.min(-exponent, 200)) + 2 * Float.MIN_VALUE;
        assertThat((double) y[i])
            .as("entry %s, row of %s, τ = %s", i, k, temperature)
            .isCloseTo(exact, within(error));
        assertThat(y[i]).isLessThanOrEqualTo(1);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("classes")
  void yIsTheSoftmaxOfThePerturbedLogits(int k) {
    float[] l = logits(rows(k) * k, 1);
    float[] z = perturbed(l, 1);
    for (double temperature : new double[] {1e-3, 0.05, 0.2, 0.7, 1, 10, 1e8}) {
      assertIsSoftmax(relax(l, k, temperature), z, k, temperature);
    }
    float[] y = new float[l.length];
    kernels().relax(l, KEY, 0.3, y, 0, l.length / k, k, 0.7);
    assertIsSoftmax(y, perturbed(l, 0.3f), k, 0.7);
  }

  @ParameterizedTest
  @MethodSource("classes")
  void logitsOfAnySizeAndMasksAreNoTrouble(int k) {
    float[] l = logits(rows(k) * k, 1);
    for (int i = 0; i < l.length; i++) {
      int row = i / k;
      l[i] *= row % 3 == 0 ? 1 : row % 3 == 1 ? 40 : 1e30f;
      if (i % k != row % k && (i * 7 + row) % 4 == 0) {
        l[i] = Float.NEGATIVE_INFINITY;
      }
    }
    for (double temperature : new double[] {0.1, 1, 30}) {
      float[] y = relax(l, k, temperature);
      assertIsSoftmax(y, perturbed(l, 1), k, temperature);
      for (int i = 0; i < l.length; i++) {
        if (l[i] == Float.NEGATIVE_INFINITY) {
          assertThat(y[i]).isZero();
        }
      }
    }
  }

  /** A row between rows that need care, or that are spoiled, has the bits that it has alone. */
  @ParameterizedTest
  @MethodSource("classes")
  void aRowKnowsNothingOfItsNeighbours(int k) {
    float[] l = logits(rows(k) * k, 1);
    float[] good = relax(l, k, 0.3);
    // Of a pair, +∞ makes a vertex.
    float infinite = k == 2 ? Float.NaN : Float.POSITIVE_INFINITY;
    float[] bad = {Float.NaN, Float.intBitsToFloat(0xffc00000), infinite, 1e20f};
    float[] spoiled = l.clone();
    for (int row = 0; row < rows(k); row += 2) {
      spoiled[row * k + row % k] = bad[row / 2 % bad.length];
    }
    float[] y = relax(spoiled, k, 0.3);
    for (int row = 0; row < rows(k); row++) {
      float[] mine = Arrays.copyOfRange(y, row * k, row * k + k);
      if (row % 2 == 1) {
        assertThat(mine).isEqualTo(Arrays.copyOfRange(good, row * k, row * k + k));
      } else if (row / 2 % bad.length < 3) {
        for (float v : mine) {
          assertThat(v).isNaN();
        }
      }
    }
  }

  /** The last register of a row holds the beginning of the next. */
  @ParameterizedTest
  @MethodSource("classes")
  void aRowKnowsNothingOfHowTheNextOneBegins(int k) {
    float[] l = logits(2 * k, 1);
    float[] good = Arrays.copyOf(relax(l, k, 0.3), k);
    for (float first : new float[] {Float.NEGATIVE_INFINITY, Float.NaN, 1e5f}) {
      l[k] = first;
      assertThat(Arrays.copyOf(relax(l, k, 0.3), k)).as("beside %s", first).isEqualTo(good);
    }
  }

  /** Pieces begin anywhere in a block of noise and end anywhere in a register. */
  @ParameterizedTest
  @MethodSource("classes")
  void howRowsAreCutCannotBeSeen(int k) {
    float[] l = logits(rows(k) * k, 3);
    float[] whole = relax(l, k, 0.2);
    float[] pieces = new float[l.length];
    float[] given = new float[l.length];
    float[] noise = new float[l.length];
    NoiseKernels.scalar().fill(Noise.GUMBEL, KEY, 0, noise, 0, noise.length);
    int length = 1;
    for (int row = 0; row < rows(k); row += length) {
      length = Math.min(1 + row % 5, rows(k) - row);
      kernels().relax(l, KEY, 1, pieces, row * k, length, k, 0.2);
      kernels().relax(l, noise, given, row * k, length, k, 0.2);
    }
    assertThat(pieces).isEqualTo(whole);
    assertThat(given).isEqualTo(whole);
  }

  @ParameterizedTest
  @MethodSource("drawnClasses")
  void theClassDrawnIsTheScalarKernels(int k) {
    float[] l = logits(rows(k) * k, 1);
    l[k] = Float.NaN;
    for (int i = 0; i < l.length; i += 3) {
      l[i] = i % k == 1 ? l[i] : Float.NEGATIVE_INFINITY;
    }
    long[] y = new long[rows(k)];
    long[] expected = new long[rows(k)];
    kernels().draw(l, KEY, y, 0, rows(k), k);
    scalar().draw(l, KEY, expected, 0, rows(k), k);
    assertThat(y).isEqualTo(expected);
    l = logits(rows(k) * k, 1);
    for (int row = 0; row < rows(k); row++) {
      kernels().draw(l, KEY, y, row * k, 1, k);
    }
    scalar().draw(l, KEY, expected, 0, rows(k), k);
    assertThat(y).isEqualTo(expected);
  }

  @ParameterizedTest
  @MethodSource("drawnClasses")
  void aHardSampleIsTheClassDrawnAndItsSoftOneTheRelaxedSample(int k) {
    float[] l = logits(rows(k) * k, 2);
    l[0] = k == 1 ? 0 : Float.NEGATIVE_INFINITY;
    long[] drawn = new long[rows(k)];
    scalar().draw(l, KEY, drawn, 0, rows(k), k);
    float[] expected = new float[l.length];
    for (int row = 0; row < rows(k); row++) {
      expected[row * k + (int) drawn[row]] = 1;
    }
    float[] hard = usedBefore(l.length);
    float[] soft = usedBefore(l.length);
    float[] alone = usedBefore(l.length);
    kernels().harden(l, KEY, 1, hard, soft, 0, 1, k, 0.7);
    kernels().harden(l, KEY, 1, hard, soft, k, rows(k) - 1, k, 0.7);
    kernels().harden(l, KEY, 1, alone, null, 0, rows(k), k, 0.7);
    assertThat(hard).isEqualTo(expected);
    assertThat(alone).isEqualTo(expected);
    assertThat(soft).isEqualTo(relax(l, k, 0.7));
  }

  private static float[] usedBefore(int n) {
    float[] y = new float[n];
    Arrays.fill(y, Float.NaN);
    return y;
  }

  /** Without noise worth the name, so that ties are many, in any rows and pieces. */
  @ParameterizedTest
  @MethodSource("drawnClasses")
  void ofTheLargestEntriesTheFirstIsDrawn(int k) {
    Random random = new Random(k);
    int rows = rows(k);
    float[] l = new float[rows * k];
    for (int i = 0; i < l.length; i++) {
      int row = i / k;
      l[i] = row % 4 == 0 ? -3 : random.nextInt(row % 4 == 1 ? 3 : 2 * k) - k;
      if (row % 5 == 4 || (row % 7 == 2 && random.nextBoolean())) {
        l[i] = Float.NEGATIVE_INFINITY;
      } else if (row % 11 == 3 && random.nextInt(k) == 0) {
        l[i] = row % 2 == 0 ? Float.POSITIVE_INFINITY : Float.MAX_VALUE;
      }
    }
    float[] expected = new float[l.length];
    for (int row = 0; row < rows; row++) {
      int first = 0;
      for (int j = 1; j < k; j++) {
        first = l[row * k + j] > l[row * k + first] ? j : first;
      }
      expected[row * k + first] = 1;
    }
    float[] hard = usedBefore(l.length);
    int length = 1;
    for (int row = 0; row < rows; row += length) {
      length = Math.min(1 + row % 13, rows - row);
      kernels().harden(l, KEY, 1e-46, hard, null, row * k, length, k, 0.7);
    }
    assertThat(hard).isEqualTo(expected);
    Arrays.fill(hard, Float.NaN);
    kernels().harden(l, KEY, 1e-46, hard, null, 0, rows, k, 0.7);
    assertThat(hard).isEqualTo(expected);
  }

  /** A row that holds NaN is drawn as if its first NaN were the largest, its neighbours as ever. */
  @ParameterizedTest
  @MethodSource("drawnClasses")
  void aRowThatHoldsNaNDrawsItsFirst(int k) {
    float[] l = logits(rows(k) * k, 1);
    long[] expected = new long[rows(k)];
    scalar().draw(l, KEY, expected, 0, rows(k), k);
    for (int row = 1; row < rows(k); row += 3) {
      int at = (row * 5) % k;
      l[row * k + at] = Float.NaN;
      l[row * k + k - 1] = Float.intBitsToFloat(0xffc00000);
      expected[row] = at;
    }
    long[] y = new long[rows(k)];
    kernels().draw(l, KEY, y, 0, rows(k), k);
    assertThat(y).isEqualTo(expected);
  }

  @ParameterizedTest
  @MethodSource("drawnClasses")
  void nothingBesidesTheRowsIsWritten(int k) {
    int rows = rows(k) + 2;
    float[] l = logits(rows * k, 1);
    float[] hard = usedBefore(l.length);
    float[] soft = usedBefore(l.length);
    long[] y = new long[rows];
    Arrays.fill(y, -1);
    kernels().draw(l, KEY, y, k, rows - 2, k);
    kernels().harden(l, KEY, 1, hard, null, k, rows - 2, k, 0.7);
    kernels().harden(l, KEY, 1, usedBefore(l.length), soft, k, rows - 2, k, 0.7);
    assertThat(new long[] {y[0], y[rows - 1]}).containsOnly(-1);
    for (int row = 1; row < rows - 1; row++) {
      assertThat(y[row]).isBetween(0L, k - 1L);
    }
    for (float[] written : new float[][] {hard, soft}) {
      assertThat(Arrays.copyOf(written, k)).isEqualTo(usedBefore(k));
      assertThat(Arrays.copyOfRange(written, k, l.length - k)).doesNotContain(Float.NaN);
      assertThat(Arrays.copyOfRange(written, l.length - k, l.length)).isEqualTo(usedBefore(k));
    }
  }

  /** Of logits so small, and temperatures so extreme, that squares of them are 0 or infinite. */
  @Test
  void squaresThatSayNothingAreNotAsked() {
    float[] noise = new float[4];
    float[] y = new float[4];
    kernels().relax(new float[] {0, 2e-23f, 0, 2.2e-23f}, noise, y, 0, 1, 4, 1e-25);
    assertIsSoftmax(y, new float[] {0, 2e-23f, 0, 2.2e-23f}, 4, 1e-25);
    kernels().relax(new float[] {0, 1e30f, 0, -1e30f}, noise, y, 0, 1, 4, 1e20);
    assertIsSoftmax(y, new float[] {0, 1e30f, 0, -1e30f}, 4, 1e20);
  }

  /** −0 is no smaller than 0: the first of both is the first largest. */
  @ParameterizedTest
  @ValueSource(ints = {2, 3, 5, 40})
  void zerosOfBothSignsAreEqual(int k) {
    float[] l = new float[40 * k];
    Arrays.fill(l, -0f);
    float[] hard = usedBefore(l.length);
    float[] expected = usedBefore(l.length);
    kernels().harden(l, KEY, 1e-46, hard, null, 0, 40, k, 0.7);
    scalar().harden(l, KEY, 1e-46, expected, null, 0, 40, k, 0.7);
    assertThat(hard).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(doubles = {1e-38, 1e-31, 1e-29, 1e29, 1e31, 1e38})
  void extremeTemperaturesGiveVerticesOrTheMiddle(double temperature) {
    for (int k : new int[] {2, 10, 64, 3000}) {
      float[] l = logits(3 * k, 1);
      l[1] = Float.NEGATIVE_INFINITY;
      assertIsSoftmax(relax(l, k, temperature), perturbed(l, 1), k, temperature);
      assertThat(relax(l, k, temperature)[1]).isZero();
    }
  }
}
