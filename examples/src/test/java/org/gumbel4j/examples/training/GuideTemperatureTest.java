package org.gumbel4j.examples.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

final class GuideTemperatureTest {
  @Test
  void closedFormIsTheLoopOfTheGuide() {
    GuideTemperature schedule = new GuideTemperature(1, 0.5, 3e-5, 600);
    double temperature = 1;
    for (int i = 0; i < 600; i++) {
      assertThat(schedule.at(1200 + i)).as("batch %d", i).isCloseTo(temperature, within(1e-15));
      if (i % 100 == 1) {
        temperature = Math.max(temperature * Math.exp(-3e-5 * i), 0.5);
      }
    }
    assertThat(schedule.atBatch(600)).isCloseTo(temperature, within(1e-15));
    assertThat(temperature).isCloseTo(0.956, within(5e-4));
  }

  @Test
  void temperatureKeepsItsFloor() {
    assertThat(new GuideTemperature(1, 0.5, 1, 600).at(599)).isEqualTo(0.5);
  }
}
