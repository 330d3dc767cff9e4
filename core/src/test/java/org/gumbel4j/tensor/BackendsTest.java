package org.gumbel4j.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.gumbel4j.spi.Availability;
import org.junit.jupiter.api.Test;

class BackendsTest {
  @Test
  void whatIsBrokenOrOutdatedIsPassedOverAndTheOthersAreListedByPriority() {
    assertThat(Backends.found())
        .extracting(Backends.Found::name)
        .containsExactly("missing", "throwing");
  }

  @Test
  void aProviderThatThrowsCountsAsUnavailable() {
    assertThat(Backends.found().get(1).availability())
        .isInstanceOfSatisfying(
            Availability.Unavailable.class, no -> assertThat(no.reason()).contains("boom"));
  }

  @Test
  void aForcedChoiceThatFailsListsEveryBackendWithReasonAndRemedy() {
    assertThatThrownBy(() -> Backends.named("missing@gpu"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("its library is not there")
        .hasMessageContaining("Add its library")
        .hasMessageContaining("throwing");
    assertThatThrownBy(() -> Backends.named("tpu"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("there is no backend 'tpu'")
        .hasMessageContaining("missing (unavailable");
  }

  @Test
  void theBestOfNoneIsAnErrorThatSaysSo() {
    assertThatThrownBy(Backends::best)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("no backend is available");
  }
}
