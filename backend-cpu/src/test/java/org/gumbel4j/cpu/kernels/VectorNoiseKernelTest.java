package org.gumbel4j.cpu.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.gumbel4j.random.Key;
import org.gumbel4j.random.Noise;
import org.gumbel4j.random.NoiseKernel;
import org.gumbel4j.random.NoiseKernels;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The vector noise kernel has no opinion of its own: every bit is the scalar kernel's. */
class VectorNoiseKernelTest {
  private static final NoiseKernel SCALAR = NoiseKernels.scalar();

  @Provide
  Arbitrary<Long> starts() {
    long pastOneCounterWord = 1L << 34; // where a draw's counter needs its second word
    return Arbitraries.oneOf(
        Arbitraries.longs().between(0, 5_000),
        Arbitraries.longs().between(pastOneCounterWord - 5_000, pastOneCounterWord + 100),
        Arbitraries.longs().between(0, Long.MAX_VALUE - 10_000));
  }

  @Property(tries = 150)
  void everyBitOfEveryFloatIsTheScalarKernels(
      @ForAll long seed,
      @ForAll Noise kind,
      @ForAll("starts") long from,
      @ForAll @IntRange(max = 70) int offset,
      @ForAll @IntRange(max = 4_500) int length) {
    NoiseKernel vector = vectorKernel();
    Key key = Key.of(seed).child(1);
    float[] expected = new float[offset + length + 5];
    float[] actual = expected.clone();
    SCALAR.fill(kind, key, from, expected, offset, length);
    vector.fill(kind, key, from, actual, offset, length);
    assertThat(bits(actual)).isEqualTo(bits(expected));
  }

  @Property(tries = 50)
  void doublesAndWordsAreTheScalarKernels(
      @ForAll long seed,
      @ForAll Noise kind,
      @ForAll("starts") long from,
      @ForAll @IntRange(max = 4_500) int length) {
    NoiseKernel vector = vectorKernel();
    Key key = Key.of(seed);
    double[] doubles = new double[length];
    double[] expectedDoubles = new double[length];
    vector.fill(kind, key, from, doubles, 0, length);
    SCALAR.fill(kind, key, from, expectedDoubles, 0, length);
    assertThat(doubles).isEqualTo(expectedDoubles);

    int[] ints = new int[length];
    int[] expectedInts = new int[length];
    vector.words(key, from, ints, 0, length);
    SCALAR.words(key, from, expectedInts, 0, length);
    assertThat(ints).isEqualTo(expectedInts);

    long[] longs = new long[length];
    long[] expectedLongs = new long[length];
    vector.words(key, from, longs, 0, length);
    SCALAR.words(key, from, expectedLongs, 0, length);
    assertThat(longs).isEqualTo(expectedLongs);
  }

  /** The last bit of a polynomial's last coefficient shows in one sample of many thousands. */
  @ParameterizedTest
  @EnumSource(names = {"UNIFORM", "EXPONENTIAL", "GUMBEL", "LOGISTIC"})
  void sixteenMillionSamplesAreTheScalarKernels(Noise kind) {
    NoiseKernel vector = vectorKernel();
    float[] expected = new float[1 << 20];
    float[] actual = new float[expected.length];
    for (long from = 0; from < 1L << 24; from += expected.length) {
      SCALAR.fill(kind, Key.of(5), from, expected, 0, expected.length);
      vector.fill(kind, Key.of(5), from, actual, 0, actual.length);
      assertThat(Arrays.mismatch(actual, expected))
          .as("first difference from %s", from)
          .isEqualTo(-1);
    }
  }

  /**
   * Words that no short draw is likely to contain: both ends, and all around the changes of
   * exponent.
   */
  @Test
  void theStepsAgreeAtTheEndsAndAtEveryChangeOfExponent() {
    assumeVectorApi();
    int[] words = new int[1 << 14];
    int count = 0;
    for (int shift = 0; shift < 32; shift++) {
      for (int third = 0; third < 3; third++) {
        long edge = ((third == 0) ? 1L << 32 : (third == 1) ? 0x155555555L : 0xAAAAAAAAL) >>> shift;
        for (int d = -20; d <= 20; d++) {
          words[count++] = (int) (edge + d);
          words[count++] = (int) ~(edge + d);
        }
      }
    }
    Chunk chunk = Chunk.ofThread();
    for (int from = 0; from < words.length; from += Chunk.SIZE) {
      System.arraycopy(words, from, chunk.words, 0, Chunk.SIZE);
      chunk.length = Chunk.SIZE;
      chunk.through(NoisePasses.GUMBEL);
      for (int i = 0; i < Chunk.SIZE; i++) {
        double exact = -Math.log(-Math.log1p(-(double) chunk.uniforms[i]));
        assertThat((double) chunk.noise[i])
            .as("Gumbel of word %08x", words[from + i])
            .isCloseTo(exact, within(1.7e-6));
      }
    }
  }

  /** Scratch memory belongs to a thread: eight of them at once must not see each other's. */
  @Test
  void threadsDoNotDisturbEachOther() throws Exception {
    NoiseKernel vector = vectorKernel();
    Key key = Key.of(11);
    int length = 100_003;
    float[] expected = new float[length];
    SCALAR.fill(Noise.GUMBEL, key, 7, expected, 0, length);
    ExecutorService pool = Executors.newFixedThreadPool(8);
    try {
      List<Future<float[]>> results = new ArrayList<>();
      for (int i = 0; i < 32; i++) {
        results.add(
            pool.submit(
                () -> {
                  float[] out = new float[length];
                  vector.fill(Noise.GUMBEL, key, 7, out, 0, length);
                  return out;
                }));
      }
      for (Future<float[]> result : results) {
        assertThat(result.get()).isEqualTo(expected);
      }
    } finally {
      pool.shutdownNow();
    }
  }

  @Test
  void refusesAPieceThatDoesNotFitAsTheScalarKernelDoes() {
    NoiseKernel vector = vectorKernel();
    for (NoiseKernel kernel : List.of(vector, SCALAR)) {
      assertThatThrownBy(() -> kernel.fill(Noise.GUMBEL, Key.of(1), 0, new float[3], 1, 3))
          .isInstanceOf(IndexOutOfBoundsException.class)
          .hasMessageContaining("length 3 has no room for 3 numbers at offset 1");
      assertThatThrownBy(() -> kernel.words(Key.of(1), -5, new int[3], 0, 3))
          .isInstanceOf(IndexOutOfBoundsException.class)
          .hasMessageContaining("from index -5");
    }
  }

  private static NoiseKernel vectorKernel() {
    assumeVectorApi();
    return new VectorNoiseKernel();
  }

  private static void assumeVectorApi() {
    assumeTrue(
        ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent(),
        "needs --add-modules jdk.incubator.vector");
  }

  private static int[] bits(float[] values) {
    int[] bits = new int[values.length];
    for (int i = 0; i < bits.length; i++) {
      bits[i] = Float.floatToRawIntBits(values[i]);
    }
    return bits;
  }
}
