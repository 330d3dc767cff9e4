package org.gumbel4j.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.gumbel4j.examples.checkpoint.Checkpoint;
import org.gumbel4j.examples.checkpoint.CheckpointFile;
import org.gumbel4j.examples.data.IdxFiles;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class JangTableCommandTest {
  private static final String CELL = "vae-categorical.gumbel";

  @TempDir Path directory;
  private Path data;
  private Path out;

  @BeforeEach
  void writeData() throws IOException {
    data = Files.createDirectory(directory.resolve("data"));
    out = directory.resolve("out");
    IdxFiles.writeBinarizedSet(data, 31, 8, 9);
  }

  @Test
  void everyCellIsTrainedTestedAndPutBesideThePaper() throws IOException {
    Cli cli = table("--columns", "gumbel,st-gumbel");
    assertThat(cli.err()).contains("report.html");
    assertThat(cli.exitCode()).isZero();
    assertThat(cli.out().lines().filter(line -> line.startsWith("cell=")))
        .hasSize(8)
        .allMatch(
            line ->
                line.matches(
                    "cell=[a-z.-]+ steps=6 learning_rate=0.001 train_loss=[\\d.]+ valid_nll=[\\d.]+"
                        + " test_nll=[\\d.]+ standard_error=[\\d.]+ published=[\\d.]+"
                        + " seconds=[\\d.]+"));
    assertThat(cli.out())
        .containsPattern("SBN \\(Bernoulli\\) +[\\d.]+ \\(58\\.5\\) +[\\d.]+ \\(59\\.3\\)")
        .containsPattern("VAE \\(categorical\\) +[\\d.]+ \\(101\\.5\\) +[\\d.]+ \\(107\\.8\\)");
    assertThat(files(out))
        .containsExactlyInAnyOrder(
            "report.html",
            "table.csv",
            "curves.csv",
            "cells",
            "curves-sbn-bernoulli.png",
            "curves-sbn-categorical.png",
            "curves-vae-bernoulli.png",
            "curves-vae-categorical.png");
    assertThat(out.resolve("table.csv")).content().hasLineCount(9);
    assertThat(out.resolve("curves.csv")).content().hasLineCount(1 + 8 * 2);
    assertThat(Files.readString(out.resolve("report.html")))
        .contains("undertrained", "--test-pictures", "cpu", "Java");
  }

  @ParameterizedTest
  @CsvSource({
    "--rows,rbm",
    "--columns,magic",
    "--steps,0",
    "--every,0",
    "--batch,0",
    "--batch,32",
    "--optimizer,lbfgs",
    "--learning-rate,0",
    "--learning-rate,NaN",
    "--search,-1.0",
    "--search-steps,0",
    "--anneal-rate,-1.0",
    "--anneal-rate,NaN",
    "--anneal-interval,0",
    "--samples,0",
    "--test-pictures,1",
    "--backend,abacus",
    "--threads,0",
    "--seed,1.5",
  })
  void badValuesAreUsageErrorsThatNameTheOption(String option, String value) {
    Cli cli =
        Cli.run(
            "paper", "jang-table1", "--data", data, "--out", out, "--batch", "5", option, value);
    if (option.equals("--batch")) {
      cli = Cli.run("paper", "jang-table1", "--data", data, "--out", out, option, value);
    }
    assertThat(cli.exitCode()).isEqualTo(2);
    assertOneLine(cli, option);
    assertThat(cli.err()).contains(value);
    assertThat(out).doesNotExist();
  }

  @Test
  void searchAndRateExcludeEachOther() {
    Cli cli = run(out, "--learning-rate", "0.1", "--search");
    assertThat(cli.exitCode()).isEqualTo(2);
    assertOneLine(cli, "--search has no meaning with --learning-rate 0.1");
  }

  @Test
  void missingDataEndWithOneLineAndNothingWritten() {
    fails(
        Cli.run("paper", "jang-table1", "--data", directory.resolve("no"), "--out", out),
        "no such directory");
    assertThat(out).doesNotExist();
  }

  @Test
  void greyPicturesAreNotWhatTheTableIsOf() throws IOException {
    Path grey = Files.createDirectory(directory.resolve("grey"));
    IdxFiles.writeSet(grey, 23, 7);
    fails(Cli.run("paper", "jang-table1", "--data", grey, "--out", out), "holds grey pictures");
    assertThat(out).doesNotExist();
  }

  @Test
  void resumedCellsHaveTheBitsOfUninterruptedOnes() throws IOException {
    Path whole = directory.resolve("whole");
    String[] settings = {
      "--columns", "gumbel,st-gumbel", "--rows", "sbn-categorical,vae-bernoulli"
    };
    assertThat(table(with(settings, "--steps", "8")).exitCode()).isZero();
    assertThat(table(with(settings, "--steps", "14", "--resume")).exitCode()).isZero();
    run(whole, with(settings, "--steps", "14", "--learning-rate", "0.001"));
    for (String cell : List.of("sbn-categorical.gumbel", "vae-bernoulli.st-gumbel")) {
      assertThat(checkpoint(out, cell).tensors()).isEqualTo(checkpoint(whole, cell).tensors());
      assertThat(last(out, cell)).isEqualTo(last(whole, cell));
    }
  }

  @Test
  void whatAnEstimatorLearntIsTakenUpAgain() throws IOException {
    Path whole = directory.resolve("whole");
    String[] settings = {"--columns", "sf,rebar", "--rows", "sbn-bernoulli"};
    assertThat(table(with(settings, "--steps", "4")).exitCode()).isZero();
    assertThat(table(with(settings, "--steps", "9", "--resume")).exitCode()).isZero();
    run(whole, with(settings, "--steps", "9", "--learning-rate", "0.001"));
    for (String cell : List.of("sbn-bernoulli.sf", "sbn-bernoulli.rebar")) {
      assertThat(checkpoint(out, cell).tensors())
          .isEqualTo(checkpoint(whole, cell).tensors())
          .anyMatch(tensor -> tensor.name().startsWith("state."));
      assertThat(last(out, cell)).isEqualTo(last(whole, cell));
    }
  }

  @Test
  void cellsThatCannotBeSayWhy() {
    Cli cli = table("--columns", "disarm", "--rows", "vae-bernoulli,vae-categorical");
    assertThat(cli.exitCode()).isZero();
    assertThat(cli.out())
        .contains("cell=vae-categorical.disarm for binary variables only\n")
        .containsPattern("cell=vae-bernoulli.disarm steps=6 .* published=none")
        .containsPattern("VAE \\(categorical\\) +–\n");
  }

  @Test
  void finishedCellsAreNotTouchedAgain() throws IOException {
    table("--columns", "gumbel", "--rows", "vae-categorical");
    Path file = file(out, CELL);
    byte[] before = Files.readAllBytes(file);
    Cli again = table("--columns", "gumbel", "--rows", "vae-categorical", "--resume");
    assertThat(again.exitCode()).isZero();
    assertThat(file).hasBinaryContent(before);
    assertThat(again.out()).contains("cell=" + CELL);
  }

  @Test
  void otherTestPicturesMeanAnotherTestButNoTraining() throws IOException {
    String[] cell = {"--columns", "gumbel", "--rows", "vae-categorical"};
    table(cell);
    Checkpoint before = checkpoint(out, CELL);
    table(with(cell, "--resume", "--test-pictures", "4"));
    assertThat(checkpoint(out, CELL).tensors()).isEqualTo(before.tensors());
    assertThat(last(out, CELL)).isNotEqualTo(last(before));
  }

  @Test
  void anEarlierTableIsNotLostByForgettingToResume() throws IOException {
    table("--columns", "gumbel", "--rows", "vae-categorical");
    byte[] before = Files.readAllBytes(file(out, CELL));
    fails(table("--columns", "gumbel", "--rows", "vae-categorical"), "--resume goes on with it");
    assertThat(file(out, CELL)).hasBinaryContent(before);
  }

  @Test
  void resumingWithOtherSettingsNamesThem() throws IOException {
    String[] cell = {"--columns", "gumbel", "--rows", "vae-categorical"};
    table(cell);
    byte[] before = Files.readAllBytes(file(out, CELL));
    fails(table(with(cell, "--resume", "--seed", "9")), "--seed: 9 here, 0 in the checkpoint");
    assertThat(file(out, CELL)).hasBinaryContent(before);
  }

  @Test
  void resumingInAnotherEnvironmentNeedsForce() throws IOException {
    String[] cell = {"--columns", "gumbel", "--rows", "vae-categorical"};
    table(cell);
    Checkpoint was = checkpoint(out, CELL);
    CheckpointFile.write(
        file(out, CELL),
        new Checkpoint(
            was.epoch(),
            was.step(),
            was.settings(),
            Map.of("JDK", "99", "backend", was.environment().get("backend")),
            was.tensors(),
            was.history()));
    fails(table(with(cell, "--resume")), "99 in the checkpoint");
    assertThat(table(with(cell, "--resume", "--force")).exitCode()).isZero();
  }

  @Test
  void damagedCheckpointIsReportedAndLeftAlone() throws IOException {
    String[] cell = {"--columns", "gumbel", "--rows", "vae-categorical"};
    table(cell);
    Path file = file(out, CELL);
    try (var bytes = new RandomAccessFile(file.toFile(), "rw")) {
      bytes.seek(5000);
      bytes.write(new byte[] {1, 2, 3, 4, 5, 6});
    }
    byte[] before = Files.readAllBytes(file);
    fails(table(with(cell, "--resume")), "damaged checkpoint");
    assertThat(file).hasBinaryContent(before);
  }

  @Test
  void theRateIsTheOneThatValidationPrefers() throws IOException {
    // At 1e-30 nothing moves, at 0.01 the loss falls, at 1e38 it is no number.
    Cli cli =
        run(
            out,
            "--rows",
            "vae-categorical",
            "--columns",
            "gumbel",
            "--steps",
            "20",
            "--search",
            "1e-30,0.01,1e38",
            "--search-steps",
            "10");
    assertThat(cli.out()).contains("steps=20 learning_rate=0.01 ");
    assertThat(files(out.resolve("cells"))).hasSize(3);
  }

  @Test
  void aCellThatDivergesSaysSoAndTheTableGoesOn() {
    Cli cli =
        run(
            out,
            "--rows",
            "vae-categorical",
            "--columns",
            "gumbel,st-gumbel",
            "--learning-rate",
            "1e38");
    assertThat(cli.exitCode()).isZero();
    assertThat(cli.out().lines().filter(line -> line.endsWith(" diverged"))).hasSize(2);
    assertThat(cli.out()).containsPattern("VAE \\(categorical\\) +– \\(101\\.5\\)");
  }

  @Test
  void adamIsAnOption() {
    Cli cli = table("--rows", "vae-categorical", "--columns", "gumbel", "--optimizer", "adam");
    assertThat(cli.exitCode()).isZero();
    assertThat(out.resolve("cells").resolve(CELL + ".adam.0.001.g4j")).exists();
  }

  @Test
  void numbersDoNotDependOnThreads() throws IOException {
    Path two = directory.resolve("two");
    String[] cell = {"--columns", "st-gumbel", "--rows", "sbn-bernoulli"};
    run(out, with(cell, "--threads", "1", "--learning-rate", "0.001"));
    run(two, with(cell, "--threads", "2", "--learning-rate", "0.001"));
    String name = "sbn-bernoulli.st-gumbel";
    assertThat(checkpoint(out, name).tensors()).isEqualTo(checkpoint(two, name).tensors());
    assertThat(last(out, name)).isEqualTo(last(two, name));
  }

  private Cli table(String... options) {
    return run(out, with(new String[] {"--learning-rate", "0.001"}, options));
  }

  private Cli run(Path to, String... options) {
    List<Object> words = new ArrayList<>(List.of("paper", "jang-table1", "--data", data));
    words.addAll(List.of("--out", to, "--batch", "5", "--every", "4", "--samples", "30"));
    if (!List.of(options).contains("--steps")) {
      words.addAll(List.of("--steps", "6"));
    }
    words.addAll(List.of(options));
    return Cli.run(words.toArray());
  }

  private static String[] with(String[] first, String... more) {
    return Stream.concat(Stream.of(first), Stream.of(more)).toArray(String[]::new);
  }

  private static void fails(Cli cli, String message) {
    assertThat(cli.exitCode()).isEqualTo(1);
    assertOneLine(cli, message);
  }

  private static void assertOneLine(Cli cli, String message) {
    assertThat(cli.out()).isEmpty();
    assertThat(cli.err())
        .startsWith("gumbel4j paper jang-table1: ")
        .contains(message)
        .hasLineCount(1);
  }

  private static Path file(Path run, String cell) {
    return run.resolve("cells").resolve(cell + ".sgd.0.001.g4j");
  }

  private static Checkpoint checkpoint(Path run, String cell) throws IOException {
    return CheckpointFile.read(file(run, cell));
  }

  /** The last point of a curve, but for the seconds that it took. */
  private static List<Double> last(Path run, String cell) throws IOException {
    return last(checkpoint(run, cell));
  }

  private static List<Double> last(Checkpoint checkpoint) {
    List<Double> point = new ArrayList<>(checkpoint.history().get(checkpoint.history().size() - 1));
    point.remove(3);
    point.remove(1); // the mean over the steps since the point before, wherever that was
    return point;
  }

  private static List<String> files(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(f -> f.getFileName().toString()).toList();
    }
  }
}
