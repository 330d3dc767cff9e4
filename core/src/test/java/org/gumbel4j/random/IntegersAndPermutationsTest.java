package org.gumbel4j.random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class IntegersAndPermutationsTest {
  private static final Key KEY = Key.of(2026);

  /** χ² with 9 degrees of freedom exceeds 44.81 with probability 1e-6. */
  @Test
  void integersAreUniform() {
    long[] counts = new long[10];
    for (long value : KEY.integers(-3, 7, 1_000_000)) {
      counts[(int) (value + 3)]++;
    }
    assertThat(chiSquare(counts)).isLessThan(44.81);
  }

  @Test
  void integersReachBothEndsOfTheWidestRange() {
    long[] values = KEY.integers(Long.MIN_VALUE, Long.MAX_VALUE, 1_000);
    // Half of 1,000 on each side; fewer than 400 has probability 1e-10.
    assertThat(Arrays.stream(values).filter(v -> v < 0).count()).isBetween(400L, 600L);
    assertThat(KEY.integers(5, 6, 20)).containsOnly(5);
    assertThat(KEY.integers(Long.MAX_VALUE - 1, Long.MAX_VALUE, 2))
        .containsOnly(Long.MAX_VALUE - 1);
  }

  @Test
  void integersOfARangeWiderThanALongStayInIt() {
    long lo = -6_000_000_000_000_000_000L;
    long hi = 6_000_000_000_000_000_000L;
    assertThat(Arrays.stream(KEY.integers(lo, hi, 10_000))).allMatch(v -> v >= lo && v < hi);
  }

  @Test
  void refusesAnEmptyRange() {
    assertThatThrownBy(() -> KEY.integers(5, 5, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Key.integers: the range [5, 5) is empty; hi must be greater than lo");
    assertThatThrownBy(() -> KEY.integers(5, 4, 0)).hasMessageContaining("[5, 4)");
  }

  @Property(tries = 60)
  void everyPermutationHasEachNumberOnce(@ForAll long seed, @ForAll @IntRange(max = 1000) int n) {
    int[] sorted = Key.of(seed).permutation(n);
    Arrays.sort(sorted);
    assertThat(sorted).isEqualTo(IntStream.range(0, n).toArray());
  }

  /** χ² with 23 degrees of freedom exceeds 70.55 with probability 1e-6. */
  @Test
  void the24OrdersOfFourAreEquallyLikely() {
    long[] counts = new long[256];
    for (int i = 0; i < 240_000; i++) {
      int[] order = KEY.child(i).permutation(4);
      counts[order[0] << 6 | order[1] << 4 | order[2] << 2 | order[3]]++;
    }
    long[] seen = Arrays.stream(counts).filter(count -> count > 0).toArray();
    assertThat(seen).hasSize(24);
    assertThat(chiSquare(seen)).isLessThan(70.55);
  }

  @Test
  void equalWordsKeepTheirOrderAndWordsAreUnsigned() {
    assertThat(StableOrder.ofUnsigned(new long[] {-1, 3, 0, 3, Long.MIN_VALUE, 3, 0}))
        .containsExactly(2, 6, 1, 3, 5, 4, 0);
  }

  private static double chiSquare(long[] counts) {
    double expected = Arrays.stream(counts).sum() / (double) counts.length;
    return Arrays.stream(counts).mapToDouble(c -> (c - expected) * (c - expected) / expected).sum();
  }
}
