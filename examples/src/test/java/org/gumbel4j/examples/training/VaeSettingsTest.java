package org.gumbel4j.examples.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.OptionalDouble;
import org.gumbel4j.relaxation.TemperatureSchedule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class VaeSettingsTest {
  @ParameterizedTest
  @EnumSource(
      value = Schedule.class,
      names = {"CONSTANT", "GUIDE"},
      mode = EnumSource.Mode.EXCLUDE)
  void temperatureReachesItsMinimumAtFourFifthsOfTheRun(Schedule schedule) {
    TemperatureSchedule temperatures = with(schedule, OptionalDouble.empty()).temperatures(1000);
    assertThat(temperatures.at(0)).isEqualTo(1.0);
    assertThat(temperatures.at(7000)).isGreaterThan(0.5);
    assertThat(temperatures.at(8000)).isCloseTo(0.5, within(1e-12));
    assertThat(temperatures.at(9999)).isCloseTo(0.5, within(1e-12));
  }

  @Test
  void givenRateIsTaken() {
    TemperatureSchedule temperatures =
        with(Schedule.EXPONENTIAL, OptionalDouble.of(1e-4)).temperatures(1000);
    assertThat(temperatures.at(1000)).isCloseTo(Math.exp(-0.1), within(1e-15));
  }

  @Test
  void runMayBeMadeLongerOnlyIfItsTemperaturesStayTheSame() {
    assertThat(with(Schedule.EXPONENTIAL, OptionalDouble.empty()).toMap()).containsKey("--epochs");
    assertThat(with(Schedule.LINEAR, OptionalDouble.empty()).toMap()).containsKey("--epochs");
    assertThat(with(Schedule.CONSTANT, OptionalDouble.empty()).toMap())
        .doesNotContainKey("--epochs");
    assertThat(with(Schedule.EXPONENTIAL, OptionalDouble.of(1e-4)).toMap())
        .doesNotContainKey("--epochs");
  }

  private static VaeSettings with(Schedule schedule, OptionalDouble rate) {
    VaeSettings d = VaeSettings.defaults();
    return new VaeSettings(
        d.estimator(),
        d.temperature(),
        d.minTemperature(),
        rate,
        schedule,
        d.logits(),
        false,
        d.latents(),
        d.classes(),
        d.batch(),
        d.epochs(),
        d.learningRate(),
        d.seed());
  }
}
