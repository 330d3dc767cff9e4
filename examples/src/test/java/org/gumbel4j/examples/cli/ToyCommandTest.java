package org.gumbel4j.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ToyCommandTest {
  @TempDir Path directory;

  @Test
  void everyCurveIsPrintedDrawnAndTabled() throws IOException {
    Path out = directory.resolve("out");
    Cli cli = toy(out, "--problems", "toy-0.45,polynomial-3", "--steps", "6", "--points", "3");
    assertThat(cli.exitCode()).isZero();
    assertThat(cli.out().lines())
        .hasSize(4)
        .allMatch(
            line ->
                line.matches(
                    "problem=[a-z0-9.-]+ estimator=[a-z-]+ loss=0\\.\\d{6} floor=0\\.\\d{6}"
                        + " variance_at_start=.+"));
    assertThat(files(out))
        .containsExactlyInAnyOrder(
            "report.html",
            "curves.csv",
            "toy-0.45-biased-loss.png",
            "toy-0.45-biased-variance.png",
            "polynomial-3-biased-loss.png",
            "polynomial-3-biased-variance.png");
    assertThat(out.resolve("curves.csv")).content().hasLineCount(1 + 4 * 4);
  }

  @Test
  void theExactGradientReachesTheFloor() throws IOException {
    Path out = directory.resolve("out");
    Cli cli = toy(out, "--problems", "polynomial-2", "--steps", "400", "--learning-rate", "0.1");
    String line =
        cli.out().lines().filter(l -> l.contains("estimator=exact")).findFirst().orElseThrow();
    double loss = Double.parseDouble(line.replaceAll(".* loss=(\\S+) .*", "$1"));
    assertThat(loss).isBetween(0.2025, 0.2027);
  }

  @Test
  void sameSeedSameCurvesAndAnotherSeedOthers() throws IOException {
    Map<String, String> curves =
        Stream.of("1", "1 again", "2")
            .collect(
                Collectors.toMap(
                    name -> name,
                    name -> {
                      Path out = directory.resolve(name);
                      toy(
                          out,
                          "--problems",
                          "toy-0.499",
                          "--steps",
                          "5",
                          "--seed",
                          name.substring(0, 1));
                      try {
                        return Files.readString(out.resolve("curves.csv"));
                      } catch (IOException e) {
                        throw new IllegalStateException(e);
                      }
                    }));
    assertThat(curves.get("1 again")).isEqualTo(curves.get("1"));
    assertThat(curves.get("2")).isNotEqualTo(curves.get("1"));
  }

  @ParameterizedTest
  @CsvSource({
    "--problems,game",
    "--estimators,magic",
    "--steps,0",
    "--runs,0",
    "--points,0",
    "--draws,1",
    "--learning-rate,NaN",
    "--backend,abacus",
  })
  void badValuesAreUsageErrorsThatNameTheOption(String option, String value) {
    Path out = directory.resolve("out");
    Cli cli = Cli.run("paper", "toy", "--out", out, option, value);
    assertThat(cli.exitCode()).isEqualTo(2);
    assertThat(cli.out()).isEmpty();
    assertThat(cli.err())
        .startsWith("gumbel4j paper toy: ")
        .contains(option, value)
        .hasLineCount(1);
    assertThat(out).doesNotExist();
  }

  private static Cli toy(Path out, String... options) {
    return Cli.run(
        Stream.concat(
                Stream.of(
                    "paper",
                    "toy",
                    "--out",
                    out,
                    "--estimators",
                    "exact,st-gumbel-softmax",
                    "--runs",
                    "2",
                    "--draws",
                    "20"),
                Stream.of(options))
            .toArray());
  }

  private static List<String> files(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(f -> f.getFileName().toString()).toList();
    }
  }
}
