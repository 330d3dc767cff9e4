package org.gumbel4j.random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/** The figures of {@code docs/randomness.md}, over all exponents and a stride through the rest. */
class AccuracyTest {
  @Test
  void floatExponentialHasARelativeErrorBelow1p8em7() {
    for (long word = 0; word < 1L << 32; word = next(word)) {
      double exact = -Math.log1p(-(double) FloatNoise.uniform((int) word));
      double error = Math.abs(FloatNoise.exponential((int) word) / exact - 1);
      assertThat(error).as("at word %x", word).isLessThan(1.8e-7);
    }
  }

  @Test
  void floatGumbelHasAnAbsoluteErrorBelow7em7UpTo8And17em7InTheTail() {
    for (long word = 0; word < 1L << 32; word = next(word)) {
      double exact = -Math.log(-Math.log1p(-(double) FloatNoise.uniform((int) word)));
      double error = Math.abs(FloatNoise.gumbel((int) word) - exact);
      assertThat(error).as("at word %x", word).isLessThan(exact < 8 ? 7e-7 : 1.7e-6);
    }
  }

  @Test
  void floatLogisticIsAsNearAsItsUniform() {
    for (long word = 0; word < 1L << 31; word = next(word)) {
      double v = Math.min((float) ((word + 0.5) * 0x1p-32), Math.nextDown(0.5f));
      double exact = Math.log(v) - Math.log1p(-v);
      double error = Math.abs(FloatNoise.logistic((int) word) - exact);
      assertThat(error).as("at word %x", word).isLessThan(2e-7 * Math.max(1, -exact));
    }
  }

  /** The reference, Math.log, may itself be off by an ulp. */
  @Test
  void doublesAreWithinAFewUlps() {
    for (int zeros = 0; zeros < 64; zeros++) {
      for (long i = 1; i < 200; i++) {
        long word = (i * 0x9E3779B97F4A7C15L | Long.MIN_VALUE) >>> zeros;
        assertDoubleAccuracy(word);
        assertDoubleAccuracy(~word);
      }
    }
  }

  private static void assertDoubleAccuracy(long word) {
    double exponential = -Math.log1p(-DoubleNoise.uniform(word));
    assertThat(DoubleNoise.exponential(word))
        .as("exponential at word %x", word)
        .isCloseTo(exponential, within(2 * Math.ulp(exponential)));
    double gumbel = -Math.log(exponential);
    assertThat(DoubleNoise.gumbel(word))
        .as("Gumbel at word %x", word)
        .isCloseTo(gumbel, within(4 * Math.ulp(Math.max(1, Math.abs(gumbel)))));
  }

  /** Roots of Φ(z) = v to twenty digits, found with mpmath. */
  @Test
  void normalQuantileHasARelativeErrorBelow5em16() {
    double[][] roots = {
      {0.4375, -0.15731068461017069552},
      {0.25, -0.6744897501960817432},
      {0.09375, -1.3180108973035367049},
      {0.0625, -1.5341205443525463117},
      {0x1p-10, -3.0972690781987844624},
      {0x1p-20, -4.763001034267813957},
      {0x1p-33, -6.3379577545537892525},
      {0x1p-40, -7.0477002566644087254},
      {0x1p-65, -9.155293772686072546},
    };
    for (double[] root : roots) {
      assertThat(Math.abs(NormalQuantile.lower(root[0]) / root[1] - 1))
          .as("relative error at %s", root[0])
          .isLessThan(5e-16);
    }
  }

  private static long next(long word) {
    boolean nearAnEnd = word < 1 << 16 || word > (1L << 32) - (1 << 16);
    return word + (nearAnEnd ? 1 : 4_099);
  }
}
