package org.gumbel4j.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The rules of memory that is freed by hand, on a backend that keeps its books. */
class NativeMemoryTest {
  @Test
  void aBackendThatOwnsItsArraysAndLooksAtChecksLatePassesAndNeverSeesAFreedOne() {
    ConformanceReport report =
        ConformanceRunner.run("native", () -> new NativeMemoryBackend().open());
    assertThat(report.isConformant()).as(ConformanceMatrix.text(List.of(report))).isTrue();
    assertThat(report.absent()).isEmpty();
  }

  @Test
  void aTemporaryThatBelongsToNoScopeIsCounted() {
    ConformanceReport report =
        ConformanceRunner.run(
            "native",
            () -> new NativeMemoryBackend().leaking().open(),
            List.of("Lifetimes", "Errors"),
            c -> {});
    String text = ConformanceMatrix.text(List.of(report));
    assertThat(report.failed()).as(text).isEqualTo(2);
    assertThat(text).contains("L22", "L23");
  }
}
