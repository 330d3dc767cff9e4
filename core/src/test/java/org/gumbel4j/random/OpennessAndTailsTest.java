package org.gumbel4j.random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/** The ends of each distribution, where samplers go wrong first. */
class OpennessAndTailsTest {
  @Test
  void uniformIsNeverZeroAndNeverOne() {
    assertThat(FloatNoise.uniform(0)).isEqualTo(0x1p-33f);
    assertThat(FloatNoise.uniform(-1)).isEqualTo(Math.nextDown(1f));
    assertThat(DoubleNoise.uniform(0)).isEqualTo(0x1p-65);
    assertThat(DoubleNoise.uniform(-1)).isEqualTo(Math.nextDown(1.0));
  }

  @Test
  void gumbelReachesBeyond22InFloatAnd45InDouble() {
    assertThat(FloatNoise.gumbel(0)).isCloseTo((float) (33 * Math.log(2)), within(2e-6f));
    assertThat(FloatNoise.gumbel(0)).isGreaterThan(22);
    assertThat(FloatNoise.gumbel(-1)).isCloseTo((float) -Math.log(24 * Math.log(2)), within(1e-6f));
    assertThat(DoubleNoise.gumbel(0)).isCloseTo(65 * Math.log(2), within(1e-14));
    assertThat(DoubleNoise.gumbel(-1)).isCloseTo(-Math.log(53 * Math.log(2)), within(1e-15));
  }

  @Test
  void exponentialIsPositiveAndFiniteAtBothEnds() {
    assertThat(FloatNoise.exponential(0)).isEqualTo(0x1p-33f);
    assertThat(FloatNoise.exponential(-1)).isCloseTo((float) (24 * Math.log(2)), within(2e-6f));
    assertThat(DoubleNoise.exponential(0)).isEqualTo(0x1p-65);
    assertThat(DoubleNoise.exponential(-1)).isCloseTo(53 * Math.log(2), within(1e-14));
  }

  @Test
  void logisticHasTwoEqualTailsAndNoZero() {
    int top = Integer.MIN_VALUE;
    for (int magnitude : new int[] {0, 1, 12345, 0x40000000, Integer.MAX_VALUE}) {
      assertThat(FloatNoise.logistic(magnitude)).isNegative();
      assertThat(FloatNoise.logistic(magnitude | top)).isEqualTo(-FloatNoise.logistic(magnitude));
      assertThat(FloatNoise.normal(magnitude)).isNegative();
      assertThat(FloatNoise.normal(magnitude | top)).isEqualTo(-FloatNoise.normal(magnitude));
    }
    assertThat(FloatNoise.logistic(top)).isGreaterThan(22).isLessThan(23);
    assertThat(DoubleNoise.logistic(Long.MIN_VALUE)).isGreaterThan(44).isLessThan(46);
    assertThat(DoubleNoise.logistic(Long.MAX_VALUE)).isNegative();
    assertThat(DoubleNoise.logistic(-1)).isEqualTo(-DoubleNoise.logistic(Long.MAX_VALUE));
    assertThat(FloatNoise.normal(top)).isCloseTo(6.337958f, within(1e-6f));
    assertThat(DoubleNoise.normal(Long.MIN_VALUE)).isCloseTo(9.155293772686073, within(1e-14));
    assertThat(DoubleNoise.normal(Long.MAX_VALUE)).isNegative();
  }

  /**
   * G falls as the word rises, so the words with G > t are the first 2³²·P(G > t), give or take a
   * rounding.
   */
  @Test
  void theTailHoldsAsManyWordsAsItsProbability() {
    for (int t = 8; t <= 22; t++) {
      double words = 0x1p32 * -Math.expm1(-Math.exp(-t)) - 0.5;
      double slack = Math.max(1, words * 4e-6);
      assertThat(FloatNoise.gumbel((int) (long) (words - slack)))
          .as("just inside G > %s", t)
          .isGreaterThanOrEqualTo(t);
      assertThat(FloatNoise.gumbel((int) (long) (words + slack + 1)))
          .as("just outside G > %s", t)
          .isLessThanOrEqualTo(t);
    }
  }

  @Test
  void gumbelNeverRisesByMoreThanARoundingAlongTheWords() {
    float before = Float.POSITIVE_INFINITY;
    for (long word = 0; word < 1L << 32; word += (word < 100_000) ? 1 : 65_537) {
      float now = FloatNoise.gumbel((int) word);
      assertThat(now).as("at word %x", word).isLessThan(before + 2e-6f);
      before = now;
    }
  }

  /**
   * Poisson counts in 2²⁶ draws; each bound is passed on either side with probability below 5e-7.
   */
  @Test
  void rareGumbelsAreAsFrequentAsTheyShouldBe() {
    int above10 = 0;
    int above12 = 0;
    int above15 = 0;
    float[] piece = new float[1 << 14];
    for (long from = 0; from < 1L << 26; from += piece.length) {
      Key.of(20).fill(Noise.GUMBEL, from, piece, 0, piece.length);
      for (float g : piece) {
        if (g > 10) {
          above10++;
          above12 += (g > 12) ? 1 : 0;
          above15 += (g > 15) ? 1 : 0;
        }
      }
    }
    assertThat(above10).as("of 3046.7").isBetween(2781, 3320);
    assertThat(above12).as("of 412.3").isBetween(317, 515);
    assertThat(above15).as("of 20.5").isBetween(3, 46);
  }
}
