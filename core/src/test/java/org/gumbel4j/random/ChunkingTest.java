package org.gumbel4j.random;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** A number depends on its key and index alone, however the sequence is cut. */
class ChunkingTest {
  private static final int LENGTH = 400;

  @Provide
  Arbitrary<Long> starts() {
    long pastOneCounterWord = 1L << 34; // where a draw's counter needs its second word
    return Arbitraries.oneOf(
        Arbitraries.longs().between(0, 300),
        Arbitraries.longs().between(pastOneCounterWord / 2 - 300, pastOneCounterWord / 2 + 10),
        Arbitraries.longs().between(pastOneCounterWord - 300, pastOneCounterWord + 10),
        Arbitraries.longs().between(0, Long.MAX_VALUE - LENGTH));
  }

  @Property(tries = 200)
  void floatsDoNotDependOnTheCut(
      @ForAll long seed,
      @ForAll Noise kind,
      @ForAll("starts") long start,
      @ForAll @IntRange(max = LENGTH) int cut,
      @ForAll @IntRange(max = LENGTH) int secondCut) {
    Key key = Key.of(seed);
    float[] whole = new float[LENGTH];
    key.fill(kind, start, whole, 0, LENGTH);
    int a = Math.min(cut, secondCut);
    int b = Math.max(cut, secondCut);
    float[] pieces = new float[LENGTH];
    key.fill(kind, start + b, pieces, b, LENGTH - b);
    key.fill(kind, start, pieces, 0, a);
    key.fill(kind, start + a, pieces, a, b - a);
    assertThat(pieces).isEqualTo(whole);
  }

  @Property(tries = 200)
  void doublesDoNotDependOnTheCut(
      @ForAll long seed,
      @ForAll Noise kind,
      @ForAll("starts") long start,
      @ForAll @IntRange(max = LENGTH) int cut) {
    Key key = Key.of(seed);
    double[] whole = new double[LENGTH];
    key.fill(kind, start, whole, 0, LENGTH);
    double[] pieces = new double[LENGTH];
    key.fill(kind, start + cut, pieces, cut, LENGTH - cut);
    key.fill(kind, start, pieces, 0, cut);
    assertThat(pieces).isEqualTo(whole);
  }

  @Property(tries = 100)
  void wordsDoNotDependOnTheCut(
      @ForAll long seed, @ForAll("starts") long start, @ForAll @IntRange(max = LENGTH) int cut) {
    Key key = Key.of(seed);
    NoiseKernel kernel = NoiseKernels.scalar();
    int[] ints = new int[LENGTH];
    kernel.words(key, start, ints, 0, LENGTH);
    int[] intPieces = new int[LENGTH];
    kernel.words(key, start + cut, intPieces, cut, LENGTH - cut);
    kernel.words(key, start, intPieces, 0, cut);
    assertThat(intPieces).isEqualTo(ints);

    long[] longs = new long[LENGTH];
    kernel.words(key, start, longs, 0, LENGTH);
    long[] longPieces = new long[LENGTH];
    kernel.words(key, start + cut, longPieces, cut, LENGTH - cut);
    kernel.words(key, start, longPieces, 0, cut);
    assertThat(longPieces).isEqualTo(longs);
  }

  @Property(tries = 50)
  void writesNothingOutsideItsPiece(
      @ForAll Noise kind,
      @ForAll @IntRange(max = 150) int offset,
      @ForAll @IntRange(max = 150) int n) {
    float[] out = new float[400];
    Arrays.fill(out, Float.NaN);
    Key.of(1).fill(kind, 5, out, offset, n);
    for (int i = 0; i < out.length; i++) {
      assertThat(Float.isNaN(out[i])).isEqualTo(i < offset || i >= offset + n);
    }
  }
}
