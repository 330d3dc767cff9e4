package org.gumbel4j.relaxation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class TemperatureScheduleTest {
  @Test
  void exponentialDecaysToItsMinimumAndStays() {
    TemperatureSchedule schedule = TemperatureSchedule.exponential(1, 0.5, 1e-3);
    assertThat(schedule.at(0)).isEqualTo(1);
    assertThat(schedule.at(100)).isCloseTo(Math.exp(-0.1), within(1e-15));
    assertThat(schedule.at(693)).isGreaterThan(0.5);
    assertThat(schedule.at(694)).isEqualTo(0.5);
    assertThat(schedule.at(Long.MAX_VALUE)).isEqualTo(0.5);
  }

  @Test
  void stepwiseExponentialChangesEveryNthStepOnly() {
    TemperatureSchedule schedule = TemperatureSchedule.stepwiseExponential(1, 0.5, 1e-4, 500);
    assertThat(schedule.at(499)).isEqualTo(1);
    assertThat(schedule.at(500)).isCloseTo(Math.exp(-0.05), within(1e-15));
    assertThat(schedule.at(999)).isEqualTo(schedule.at(500));
  }

  @Test
  void linearAndCosineMeetTheirEndsAndTheMiddle() {
    TemperatureSchedule linear = TemperatureSchedule.linear(1, 0.5, 100);
    TemperatureSchedule cosine = TemperatureSchedule.cosine(1, 0.5, 100);
    for (TemperatureSchedule schedule : new TemperatureSchedule[] {linear, cosine}) {
      assertThat(schedule.at(0)).isEqualTo(1);
      assertThat(schedule.at(50)).isCloseTo(0.75, within(1e-12));
      assertThat(schedule.at(100)).isEqualTo(0.5);
      assertThat(schedule.at(1000)).isEqualTo(0.5);
    }
    assertThat(linear.at(25)).isCloseTo(0.875, within(1e-12));
    assertThat(cosine.at(25)).isCloseTo(0.75 + 0.25 * Math.sqrt(0.5), within(1e-12));
  }

  @Test
  void numbersOutOfRangeAreNamed() {
    assertThatThrownBy(() -> TemperatureSchedule.constant(0))
        .hasMessageContaining("temperature = 0.0");
    assertThatThrownBy(() -> TemperatureSchedule.constant(Double.NaN)).hasMessageContaining("NaN");
    assertThatThrownBy(() -> TemperatureSchedule.exponential(1, 2, 0.1))
        .hasMessageContaining("above the initial");
    assertThatThrownBy(() -> TemperatureSchedule.exponential(1, 0.5, -1))
        .hasMessageContaining("rate");
    assertThatThrownBy(() -> TemperatureSchedule.stepwiseExponential(1, 0.5, 1, 0))
        .hasMessageContaining("interval = 0");
    assertThatThrownBy(() -> TemperatureSchedule.linear(1, -1, 10)).hasMessageContaining("-1.0");
    assertThatThrownBy(() -> TemperatureSchedule.cosine(1, 0.5, 0))
        .hasMessageContaining("steps = 0");
  }

  @Test
  void risingSchedulesStayPositiveAtTheirStart() {
    assertThat(TemperatureSchedule.cosine(1e-20, 1, 10).at(0)).isEqualTo(1e-20);
    assertThat(TemperatureSchedule.linear(1e-20, 1, 10).at(0)).isEqualTo(1e-20);
  }

  @Test
  void noScheduleHasATemperatureBeforeItsFirstStep() {
    for (TemperatureSchedule schedule :
        new TemperatureSchedule[] {
          TemperatureSchedule.constant(1),
          TemperatureSchedule.exponential(1, 0.5, 1e-3),
          TemperatureSchedule.linear(1, 2, 10),
          TemperatureSchedule.cosine(1, 2, 10)
        }) {
      assertThatThrownBy(() -> schedule.at(-1))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("step = -1");
    }
  }
}
