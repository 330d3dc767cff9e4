package org.gumbel4j.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class EstimatorsCommandTest {
  @TempDir Path directory;

  @Test
  void smallTemperaturesHaveLittleBiasAndMuchNoise() throws Exception {
    Cli cli =
        Cli.run(
            "estimators",
            "--objective",
            "quadratic",
            "--estimators",
            "gumbel-softmax,exact,score-function",
            "--temperatures",
            "0.1,1,5",
            "--draws",
            "20000",
            "--out",
            directory);
    assertThat(cli.exitCode()).as(cli.err()).isZero();
    List<String[]> rows = rows(cli.out());
    assertThat(rows).hasSize(6);
    assertThat(rows.get(0)).contains("estimator", "bias/|g|", "sd/|g|");
    assertThat(column(rows, 2)).isSorted(); // bias grows with the temperature
    assertThat(column(rows, 4)).isSortedAccordingTo((a, b) -> Double.compare(b, a));
    assertThat(rows.get(4)).startsWith("exact").endsWith("exact");
    assertThat(rows.get(5)).startsWith("score-function").endsWith("none");

    List<String> csv = Files.readAllLines(directory.resolve("estimators.csv"));
    assertThat(csv).hasSize(6);
    assertThat(csv).allMatch(line -> line.split(",", -1).length == 20);
    String page = Files.readString(directory.resolve("estimators.html"));
    assertThat(page).contains("Bias over temperature", "Noise over temperature", "score-function");
    DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(directory.resolve("estimators.html").toFile());
  }

  @Test
  void theSameSeedGivesTheSameTableButForTheTime() throws IOException {
    List<String> first = untimed("--threads", "1");
    assertThat(untimed("--threads", "3")).isEqualTo(first);
    assertThat(untimed("--seed", "1")).isNotEqualTo(first);
  }

  private List<String> untimed(String option, String value) throws IOException {
    Cli cli =
        Cli.run(
            "estimators",
            "--objective",
            "polynomial",
            "--estimators",
            "gumbel-softmax",
            "--temperatures",
            "0.5",
            "--draws",
            "1000",
            "--out",
            directory,
            option,
            value);
    assertThat(cli.exitCode()).as(cli.err()).isZero();
    return Files.readAllLines(directory.resolve("estimators.csv")).stream()
        .map(line -> line.replaceFirst(",[^,]*(,[^,]*,[^,]*,[^,]*)$", "$1"))
        .toList();
  }

  @Test
  void aSmallAutoencoderIsTrainedAndItsStatesEnumerated() {
    Cli cli =
        Cli.run(
            "estimators",
            "--objective",
            "vae-8x4",
            "--train-steps",
            "2",
            "--draws",
            "64",
            "--estimators",
            "score-function-running-mean,gumbel-softmax",
            "--temperatures",
            "1",
            "--out",
            directory);
    assertThat(cli.exitCode()).as(cli.err()).isZero();
    assertThat(rows(cli.out())).hasSize(3);
  }

  @Test
  void whatDoesNotSuitTheObjectiveIsLeftOutWithItsReason() {
    Cli cli =
        Cli.run(
            "estimators",
            "--objective",
            "polynomial",
            "--estimators",
            "exact,straight-through",
            "--draws",
            "64",
            "--out",
            directory);
    assertThat(cli.exitCode()).isZero();
    assertThat(cli.err()).contains("left out: exact: too many states");
    assertThat(rows(cli.out())).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--objective=poetry",
        "--estimators=no-such",
        "--temperatures=0",
        "--temperatures=NaN",
        "--temperatures=a",
        "--draws=63",
        "--warm-up=-1",
        "--train-steps=0",
        "--objective=toy --data=somewhere",
        "--backend=abacus"
      })
  void senselessRequestsAreUsageErrorsOfOneLine(String options) {
    Cli cli = Cli.run((Object[]) ("estimators " + options).split(" ", -1));
    assertThat(cli.exitCode()).isEqualTo(2);
    assertThat(cli.out()).isEmpty();
    assertThat(cli.err()).startsWith("gumbel4j estimators: ").hasLineCount(1);
  }

  private static List<String[]> rows(String table) {
    return table.lines().map(line -> line.strip().split(" {2,}", -1)).toList();
  }

  /** The numbers of the three rows of Gumbel-Softmax. */
  private static List<Double> column(List<String[]> rows, int column) {
    return rows.subList(1, 4).stream().map(r -> Double.valueOf(r[column])).toList();
  }
}
