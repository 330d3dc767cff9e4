package org.gumbel4j.random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The loops have no opinion of their own: every bit is the scalar kernel's. */
class LoopNoiseKernelTest {
  private static final NoiseKernel SCALAR = NoiseKernels.scalar();
  private static final NoiseKernel LOOPS = LoopNoiseKernel.INSTANCE;

  @Provide
  Arbitrary<Long> starts() {
    long pastOneCounterWord = 1L << 34; // where a draw's counter needs its second word
    return Arbitraries.oneOf(
        Arbitraries.longs().between(0, 5_000),
        Arbitraries.longs().between(pastOneCounterWord - 5_000, pastOneCounterWord + 100),
        Arbitraries.longs().between(0, Long.MAX_VALUE - 10_000));
  }

  @Property(tries = 150)
  void everyBitIsTheScalarKernels(
      @ForAll long seed,
      @ForAll Noise kind,
      @ForAll("starts") long from,
      @ForAll @IntRange(max = 70) int offset,
      @ForAll @IntRange(max = 4_500) int length) {
    Key key = Key.of(seed).child(1);
    float[] expected = new float[offset + length + 5];
    float[] actual = expected.clone();
    SCALAR.fill(kind, key, from, expected, offset, length);
    LOOPS.fill(kind, key, from, actual, offset, length);

    assertThat(Arrays.mismatch(actual, expected)).isEqualTo(-1);

    int[] words = new int[offset + length];
    int[] expectedWords = words.clone();
    LOOPS.words(key, from, words, offset, length);
    SCALAR.words(key, from, expectedWords, offset, length);
    assertThat(words).isEqualTo(expectedWords);
  }

  /** The last bit of a polynomial's last coefficient shows in one sample of many thousands. */
  @ParameterizedTest
  @EnumSource
  void fourMillionSamplesAreTheScalarKernels(Noise kind) {
    float[] expected = new float[1 << 20];
    float[] actual = new float[expected.length];
    for (long from = 0; from < 1L << 22; from += expected.length) {
      SCALAR.fill(kind, Key.of(5), from, expected, 0, expected.length);
      LOOPS.fill(kind, Key.of(5), from, actual, 0, actual.length);
      assertThat(Arrays.mismatch(actual, expected))
          .as("first difference from %s", from)
          .isEqualTo(-1);
    }
  }

  /** Words that no short draw is likely to contain: where variates are held back from 1 and ½. */
  @ParameterizedTest
  @EnumSource
  void wordsAtTheEndsAndAroundEveryPowerOfTwoAreTheScalarKernels(Noise kind) {
    int[] words = new int[2048];
    int count = 0;
    for (int shift = 0; shift < 32; shift++) {
      for (int d = -15; d <= 15; d++) {
        words[count++] = (1 << shift) + d;
        words[count++] = ~((1 << shift) + d);
      }
    }
    float[] expected = new float[count];
    float[] actual = new float[count];
    FloatNoise.convert(kind, words, expected, 0, count);
    new FloatNoiseLoops(words.length).convert(kind, words, actual, count);
    assertThat(actual).isEqualTo(expected);
  }

  @Test
  void refusesAPieceThatDoesNotFit() {
    assertThatThrownBy(() -> LOOPS.fill(Noise.GUMBEL, Key.of(1), 0, new float[3], 1, 3))
        .isInstanceOf(IndexOutOfBoundsException.class)
        .hasMessageContaining("length 3 has no room for 3 numbers at offset 1");
    assertThatThrownBy(() -> LOOPS.words(Key.of(1), -5, new int[3], 0, 3))
        .isInstanceOf(IndexOutOfBoundsException.class)
        .hasMessageContaining("from index -5");
  }
}
