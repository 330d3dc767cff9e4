package org.gumbel4j.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.gumbel4j.random.Key;
import org.gumbel4j.random.Noise;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RadixSelectTest {
  private final RadixSelect select = new RadixSelect();

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7, 1000})
  void largestIsWhatSortingGives(int n) {
    int[] words = Key.of(n).ints(n);
    for (int shift : new int[] {0, 12, 29, 31}) {
      int[] numbers = new int[n];
      for (int i = 0; i < n; i++) {
        numbers[i] = words[i] >> shift;
      }
      int[] sorted = numbers.clone();
      Arrays.sort(sorted);
      for (int k = 1; k <= n; k += 1 + n / 40) {
        assertThat(select.largest(numbers.clone(), n, k)).isEqualTo(sorted[n - k]);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(floats = {1, 1e-6f, 1e-30f})
  void heaviestIsWhereTheSumOfTheLargestReachesTheTarget(float spread) {
    int n = 500;
    float[] values = Key.of(1).floats(Noise.NORMAL, n);
    for (int i = 0; i < n; i++) {
      values[i] *= spread;
    }
    values[3] = values[7];
    float[] sorted = values.clone();
    Arrays.sort(sorted);
    // Equal weights, exactly representable: the sums are counts.
    float[] weights = new float[n];
    Arrays.fill(weights, 0.25f);
    for (int count = 1; count <= n; count++) {
      for (double target : new double[] {0.25 * count, 0.25 * count - 0.125}) {
        assertThat(select.heaviest(values.clone(), weights.clone(), n, target))
            .isEqualTo(sorted[n - count]);
      }
    }
  }

  @Test
  void smallestIsTakenWhereRoundingLeavesTheTargetOutOfReach() {
    float[] values = {3, -1, 2, -1.0000001f, 2};
    float[] weights = {1, 1, 1, 1, 1};
    assertThat(select.heaviest(values, weights, 5, 5.0000001)).isEqualTo(-1.0000001f);
  }
}
