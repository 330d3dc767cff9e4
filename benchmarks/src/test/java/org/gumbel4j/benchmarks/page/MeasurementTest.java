package org.gumbel4j.benchmarks.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class MeasurementTest {
  @Test
  void aLineIsReadAsItWasWritten() {
    Measurement one =
        new Measurement("java17-vector", "soft", "10000/10", 2, List.of(0.5, 12.25), List.of(3.0));
    assertThat(Measurement.isOne(one.toLine())).isTrue();
    assertThat(Measurement.parse(one.toLine())).isEqualTo(one);
  }

  @Test
  void processorTimeMayBeMissing() {
    String line = "result side=torch-eager op=exp size=10/2 threads=1 wall=1.5";
    assertThat(Measurement.parse(line).cpu()).isEmpty();
  }

  @Test
  void anIncompleteLineIsNamed() {
    assertThatThrownBy(() -> Measurement.parse("result side=a op=soft threads=1 wall=1"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no size=")
        .hasMessageContaining("op=soft");
  }
}
