package org.gumbel4j.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.gumbel4j.spi.Capability;
import org.gumbel4j.spi.UnsupportedCapabilityException;
import org.junit.jupiter.api.Test;

/** Backends without a fault, and what the kit reports of them. */
class CleanBackendsTest {
  private static final Set<Capability> OPTIONAL =
      EnumSet.of(
          Capability.FLOAT64,
          Capability.BATCHED_MAT_MUL,
          Capability.CUMULATIVE_SUM,
          Capability.SORTING,
          Capability.GATHERING,
          Capability.REPRODUCIBLE);

  @Test
  void aBackendWithTheLeastAbilitiesPassesByWayOfTheTwins() {
    ConformanceReport report =
        ConformanceRunner.run(
            "least",
            () ->
                new PlantedBackend()
                    .without(OPTIONAL)
                    .primitive("gather", (b, a) -> absent("gather", Capability.GATHERING))
                    .primitive("scatterAdd", (b, a) -> absent("scatterAdd", Capability.GATHERING))
                    .primitive("argSort", (b, a) -> absent("argSort", Capability.SORTING))
                    .primitive("cumSum", (b, a) -> absent("cumSum", Capability.CUMULATIVE_SUM))
                    .open());
    assertThat(report.isConformant()).as(ConformanceMatrix.text(List.of(report))).isTrue();
    assertThat(report.absent())
        .containsAll(OPTIONAL)
        .contains(Capability.NATIVE_MEMORY)
        .hasSize(OPTIONAL.size() + 1);
    assertThat(report.chapters()).allSatisfy(c -> assertThat(c.passed()).isPositive());
  }

  private static Object absent(String operation, Capability capability) {
    throw new UnsupportedCapabilityException(operation, "planted", capability);
  }

  @Test
  void theReportCountsAndTheMatrixPrints() {
    List<String> begun = new ArrayList<>();
    ConformanceReport report =
        ConformanceRunner.run(
            "tiny",
            () -> new PlantedBackend().open(),
            List.of("Errors", "Declarations"),
            begun::add);
    assertThat(report.isConformant()).isTrue();
    assertThat(begun).containsExactly("Declarations", "Errors");
    assertThat(report.passed()).isGreaterThan(10);
    assertThat(report.chapters().get(1).notApplicable()).isEqualTo(5);
    String text = ConformanceMatrix.text(List.of(report, report));
    assertThat(text)
        .contains("chapter", "Declarations  4/4", "tiny", "declared absent [NATIVE_MEMORY]")
        .doesNotContain("FAILED");
  }

  @Test
  void aBackendThatDoesNotOpenFailsEveryChapterWithItsReason() {
    ConformanceReport report = ConformanceRunner.run("no-such-backend");
    assertThat(report.isConformant()).isFalse();
    assertThat(report.chapters()).hasSize(ConformanceRunner.chapters().size());
    assertThat(report.chapters())
        .allSatisfy(
            c ->
                assertThat(c.failures().get(0).message())
                    .contains("there is no backend 'no-such-backend'"));
    assertThat(ConformanceMatrix.text(List.of(report))).contains("FAILED", "no-such-backend");
  }

  @Test
  void anUnknownChapterIsNamedBesideThoseThatExist() {
    assertThatThrownBy(
            () ->
                ConformanceRunner.run(
                    "tiny", () -> new PlantedBackend().open(), List.of("Poetry"), c -> {}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Poetry")
        .hasMessageContaining("Primitives");
  }
}
