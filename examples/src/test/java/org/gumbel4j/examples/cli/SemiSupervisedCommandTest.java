package org.gumbel4j.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.gumbel4j.examples.data.IdxFiles;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SemiSupervisedCommandTest {
  @TempDir Path directory;

  @Test
  void ratiosArePrintedForEachNumberOfClasses() throws IOException {
    Path data = Files.createDirectory(directory.resolve("data"));
    IdxFiles.writeSet(data, 23, 7);
    Path out = directory.resolve("out");
    Cli cli =
        Cli.run(
            "paper",
            "semi-supervised",
            "--data",
            data,
            "--out",
            out,
            "--classes",
            "10,3",
            "--batch",
            "4",
            "--labelled",
            "2",
            "--steps",
            "3",
            "--warm-up",
            "1");
    assertThat(cli.err()).contains("report.html");
    assertThat(cli.exitCode()).isZero();
    assertThat(cli.out().lines()).hasSize(2);
    assertThat(cli.out())
        .containsPattern(
            "classes=10 marginal_ms=[\\d.]+ sampled_ms=[\\d.]+ ratio=[\\d.]+"
                + " quartiles=[\\d.]+\\.\\.[\\d.]+ published=2.0\n")
        .containsPattern("classes=3 .* published=none\n");
    try (Stream<Path> files = Files.list(out)) {
      assertThat(files.map(f -> f.getFileName().toString()))
          .containsExactlyInAnyOrder("report.html", "times.csv", "times.png");
    }
    assertThat(out.resolve("times.csv")).content().hasLineCount(1 + 2 * 3);
  }

  @ParameterizedTest
  @CsvSource({
    "--classes,1",
    "--estimator,magic",
    "--estimator,exact",
    "--batch,0",
    "--labelled,-1",
    "--steps,0",
    "--warm-up,-1",
    "--backend,abacus",
  })
  void badValuesAreUsageErrorsThatNameTheOption(String option, String value) {
    Path out = directory.resolve("out");
    Cli cli = Cli.run("paper", "semi-supervised", "--out", out, option, value);
    assertThat(cli.exitCode()).isEqualTo(2);
    assertThat(cli.out()).isEmpty();
    assertThat(cli.err())
        .startsWith("gumbel4j paper semi-supervised: ")
        .contains(option, value)
        .hasLineCount(1);
    assertThat(out).doesNotExist();
  }

  @Test
  void missingDataEndWithOneLineAndNothingWritten() {
    Path out = directory.resolve("out");
    Cli cli = Cli.run("paper", "semi-supervised", "--data", directory.resolve("no"), "--out", out);
    assertThat(cli.exitCode()).isEqualTo(1);
    assertThat(cli.err()).contains("no such directory").hasLineCount(1);
    assertThat(out).doesNotExist();
  }

  @Test
  void withoutAnExperimentTheyAreListed() {
    Cli cli = Cli.run("paper");
    assertThat(cli.exitCode()).isEqualTo(2);
    assertThat(cli.err()).contains("jang-table1", "toy", "semi-supervised");
  }
}
