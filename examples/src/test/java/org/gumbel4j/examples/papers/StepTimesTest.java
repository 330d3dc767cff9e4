package org.gumbel4j.examples.papers;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StepTimesTest {
  @Test
  void ratioIsThatOfTheMedians() {
    StepTimes times = new StepTimes(10, new double[] {4, 100, 6}, new double[] {1, 2, 50});
    assertThat(times.ratio()).isEqualTo(3);
    assertThat(times.toLine())
        .isEqualTo(
            "classes=10 marginal_ms=6000.000 sampled_ms=2000.000 ratio=3.00"
                + " quartiles=2.06..27.00 published=2.0");
  }

  @Test
  void quantilesLieBetweenTheirNeighbours() {
    double[] values = {3, 1, 2, 4};
    assertThat(StepTimes.quantile(values, 0)).isEqualTo(1);
    assertThat(StepTimes.quantile(values, 0.5)).isEqualTo(2.5);
    assertThat(StepTimes.quantile(values, 1)).isEqualTo(4);
    assertThat(values).containsExactly(3, 1, 2, 4);
  }

  @Test
  void nothingWasPublishedForOtherNumbersOfClasses() {
    assertThat(new StepTimes(7, new double[] {1}, new double[] {1}).toLine())
        .endsWith("published=none");
  }
}
