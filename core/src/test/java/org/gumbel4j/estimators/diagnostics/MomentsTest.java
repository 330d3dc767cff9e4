package org.gumbel4j.estimators.diagnostics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class MomentsTest {
  /**
   * A large mean and a small spread, where the sum of squares less the square of the sum is lost.
   */
  @Test
  void keepsTheVarianceBesideALargeMean() {
    Moments moments = new Moments(1);
    for (int i = 0; i < 1000; i++) {
      moments.add(new double[] {1e9 + i % 2});
    }
    assertThat(moments.mean(0)).isCloseTo(1e9 + 0.5, within(1e-6));
    assertThat(moments.variance(0)).isCloseTo(0.25 * 1000 / 999, within(1e-9));
  }

  @Test
  void partsMergeToTheWhole() {
    Random random = new Random(5);
    Moments whole = new Moments(2);
    Moments[] parts = {new Moments(2), new Moments(2), new Moments(2), new Moments(2)};
    for (int i = 0; i < 1001; i++) {
      double[] x = {random.nextGaussian() + 3, random.nextDouble()};
      whole.add(x);
      parts[i * i % 3].add(x); // unequal, the last one empty
    }
    Moments merged = Moments.merged(parts, 2);
    assertThat(merged.count()).isEqualTo(1001);
    for (int i = 0; i < 2; i++) {
      assertThat(merged.mean(i)).isCloseTo(whole.mean(i), within(1e-13));
      assertThat(merged.squares(i)).isCloseTo(whole.squares(i), within(1e-10));
    }
  }

  @Test
  void whatIsNotANumberStaysSo() {
    Moments moments = new Moments(1);
    moments.add(new double[] {1});
    moments.add(new double[] {Double.NaN});
    Moments other = new Moments(1);
    other.add(new double[] {2});
    other.merge(moments);
    assertThat(other.mean(0)).isNaN();
  }
}
