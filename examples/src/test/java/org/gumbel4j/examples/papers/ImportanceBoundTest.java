package org.gumbel4j.examples.papers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.gumbel4j.examples.papers.ImportanceBound.LogMeanExp;
import org.junit.jupiter.api.Test;

class ImportanceBoundTest {
  @Test
  void meanInLogSpaceIsThatOfTheNumbersThemselves() {
    assertThat(of(Math.log(1), Math.log(5), Math.log(3))).isCloseTo(Math.log(3), within(1e-15));
  }

  @Test
  void numbersThatUnderflowAndOverflowHaveTheirMean() {
    assertThat(of(-1000, -1001)).isCloseTo(-1000 + Math.log((1 + Math.exp(-1)) / 2), within(1e-12));
    assertThat(of(-900, 900)).isCloseTo(900 - Math.log(2), within(1e-12));
  }

  @Test
  void impossibleSamplesCountAsZero() {
    double none = Double.NEGATIVE_INFINITY;
    assertThat(of(none, Math.log(4), none, none)).isCloseTo(0, within(1e-15));
    assertThat(of(none)).isEqualTo(none);
  }

  @Test
  void whatIsNoNumberStaysOne() {
    assertThat(of(-3, Double.NaN, -2)).isNaN();
  }

  private static double of(double... values) {
    LogMeanExp mean = new LogMeanExp();
    for (double x : values) {
      mean.add(x);
    }
    return mean.value();
  }
}
