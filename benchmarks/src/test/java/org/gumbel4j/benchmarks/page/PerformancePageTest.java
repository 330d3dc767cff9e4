package org.gumbel4j.benchmarks.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PerformancePageTest {
  private static Results results(boolean processorTime, String... lines) {
    Results results = new Results(processorTime);
    Stream.of(lines).forEach(results::read);
    return results;
  }

  @Test
  void roundsArePooledAndTheirMedianIsTaken() {
    Results results =
        results(
            false,
            "result side=s op=soft size=10/2 threads=1 wall=1,9,2 cpu=7,7,7",
            "a line of something else",
            "result side=s op=soft size=10/2 threads=1 wall=3,4 cpu=7,7");
    assertThat(results.median("s", "soft", "10/2", 1)).isEqualTo(3);
    assertThat(results.median("s", "soft", "10/2", 2)).isNaN();
  }

  @Test
  void processorTimeCountsWhereItIsAskedFor() {
    String line = "result side=s op=soft size=10/2 threads=1 wall=9 cpu=7";
    assertThat(results(true, line).median("s", "soft", "10/2", 1)).isEqualTo(7);
  }

  @Test
  void aTargetIsMetOrNotCaseByCase() {
    Results results =
        results(
            false,
            "about ours=java17",
            "about rounds=2",
            "result side=java17-vector op=soft size=1000000/10 threads=1 wall=1",
            "result side=java17-vector op=soft size=1000000/64 threads=1 wall=1",
            "result side=torch-eager op=soft size=1000000/10 threads=1 wall=34",
            "result side=torch-eager op=soft size=1000000/64 threads=1 wall=34",
            "absent side=torch-compile why=there is no compiler");
    String page = PerformancePage.text(results, new Targets(), "A note.");
    assertThat(page)
        .contains(
            "| forward, × PyTorch eager, one thread | 34.0 | 35.0 | n = 10⁶, K = 10, soft |"
                + " **1 of 2** |")
        .contains("| n = 10⁶, K = 10 | 1.00 | 34.0 | 34.0 | 35.0 | **no** | – | – | 8 |")
        .contains("| n = 10⁶, K = 64 | 1.00 | 34.0 | 34.0 | 20.0 | yes | – | – | 8 |")
        .contains("Not measured: torch-compile, because there is no compiler.")
        .contains("A note.")
        .doesNotContain("Products of matrices");
  }

  @Test
  void aKernelThatFallsOffACliffBreaksItsCeiling() {
    Results results =
        results(
            false,
            "result side=java25-vector op=copy size=1000000/10 threads=1 wall=0.1",
            "result side=java25-vector op=soft size=1000000/10 threads=1 wall=13");
    Targets targets = new Targets();
    assertThat(PerformancePage.text(results, targets, "")).contains("| soft | 25 | 130 |");
    assertThat(targets.missed(CeilingsPart.TARGET)).isEqualTo(1);
  }

  @Test
  void nothingMeasuredIsNothingMissed() {
    Targets targets = new Targets();
    String page = PerformancePage.text(results(false), targets, "");
    assertThat(page).startsWith("# Performance").doesNotContain("**no**");
    assertThat(targets.missed(CeilingsPart.TARGET)).isZero();
  }
}
