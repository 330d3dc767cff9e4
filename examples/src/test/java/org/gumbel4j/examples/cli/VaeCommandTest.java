package org.gumbel4j.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withPrecision;

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
import org.junit.jupiter.params.provider.ValueSource;

final class VaeCommandTest {
  @TempDir Path directory;
  private Path data;
  private Path out;

  @BeforeEach
  void writeData() throws IOException {
    data = Files.createDirectory(directory.resolve("data"));
    out = directory.resolve("out");
    IdxFiles.writeSet(data, 23, 7);
  }

  @Test
  void trainingPrintsALineAnEpochAndLeavesItsReport() throws IOException {
    Cli cli = vae("--epochs", "2");
    assertThat(cli.err()).contains("report.html");
    assertThat(cli.exitCode()).isZero();
    assertThat(cli.out().lines())
        .hasSize(2)
        .allMatch(
            line ->
                line.matches(
                    "epoch=\\d train_loss=[\\d.]+ test_loss=[\\d.]+ discrete_elbo=[\\d.]+"
                        + " temperature=[\\d.]+ seconds=[\\d.]+"));
    assertThat(files(out))
        .containsExactlyInAnyOrder(
            "report.html",
            "metrics.csv",
            "checkpoint.g4j",
            "losses.png",
            "temperature.png",
            "reconstructions.png",
            "samples.png",
            "variations.png");
    assertThat(Files.readString(out.resolve("report.html"))).contains("--seed", "cpu", "Java");
    assertThat(out.resolve("metrics.csv")).content().hasLineCount(3);
  }

  /** The last bits are another engine's, the run is the same. */
  @ParameterizedTest
  @ValueSource(strings = {"djl-pytorch", "djl-mxnet"})
  void djlsEnginesTrainAsTheCpuDoes(String backend) throws IOException {
    vae("--epochs", "2", "--batch", "5", "--backend", "cpu");
    double[] expected = trainLosses();
    Cli cli = vae("--epochs", "2", "--batch", "5", "--backend", backend, "--device", "cpu");
    assertThat(cli.exitCode()).isZero();
    assertThat(cli.err()).contains("report.html");
    assertThat(out.resolve("report.html")).content().contains(backend + "@cpu", "DJL");
    assertThat(trainLosses())
        .hasSize(2)
        .containsExactly(expected, withPrecision(1e-3 * expected[0]));
  }

  private double[] trainLosses() throws IOException {
    return Files.readAllLines(out.resolve("metrics.csv")).stream()
        .skip(1)
        .mapToDouble(line -> Double.parseDouble(line.split(",", -1)[1]))
        .toArray();
  }

  @ParameterizedTest
  @CsvSource({
    "--temperature,0",
    "--temperature,-1",
    "--temperature,NaN",
    "--temperature,Infinity",
    "--min-temperature,0",
    "--min-temperature,NaN",
    "--min-temperature,2",
    "--anneal-rate,-1",
    "--anneal-rate,NaN",
    "--schedule,sometimes",
    "--estimator,magic",
    "--logits,cubic",
    "--backend,abacus",
    "--latents,0",
    "--classes,1",
    "--batch,0",
    "--epochs,0",
    "--epochs,-3",
    "--learning-rate,0",
    "--learning-rate,NaN",
    "--limit,0",
    "--threads,0",
    "--seed,1.5",
  })
  void badValuesAreUsageErrorsThatNameTheOption(String option, String value) {
    Cli cli = vae(option, value);
    assertThat(cli.exitCode()).isEqualTo(2);
    assertOneLine(cli, option);
    assertThat(cli.err()).contains(value.replaceAll("\\.0$", ""));
    assertThat(out).doesNotExist();
  }

  @Test
  void missingDataEndWithOneLineAndNothingWritten() {
    fails(Cli.run("vae", "--data", directory.resolve("no"), "--out", out), "no such directory");
    assertThat(out).doesNotExist();
  }

  @Test
  void truncatedDataEndWithOneLineAndNothingWritten() throws IOException {
    try (var file = new RandomAccessFile(data.resolve("train-images-idx3-ubyte").toFile(), "rw")) {
      file.setLength(100);
    }
    fails(vae(), "truncated");
    assertThat(out).doesNotExist();
  }

  @Test
  void labelsThatDoNotMatchEndWithOneLineAndNothingWritten() throws IOException {
    Files.write(data.resolve("train-labels-idx1-ubyte"), IdxFiles.labels(3));
    fails(vae(), "3 labels, but 23 images");
    assertThat(out).doesNotExist();
  }

  @Test
  void emptyDirectoryEndsWithOneLineAndNothingWritten() throws IOException {
    Path empty = Files.createDirectory(directory.resolve("empty"));
    fails(Cli.run("vae", "--data", empty, "--out", out), "the directory is empty");
    assertThat(out).doesNotExist();
  }

  @Test
  void placeThatTakesNoFilesIsNoticedBeforeTraining() throws IOException {
    Path file = Files.writeString(directory.resolve("file"), "precious");
    fails(Cli.run("vae", "--data", data, "--out", file), "is a file");
    fails(Cli.run("vae", "--data", data, "--out", file.resolve("sub")), "cannot write there");
    assertThat(file).hasContent("precious");
  }

  @Test
  void verboseAddsTheStackTrace() {
    Cli cli = Cli.run("vae", "--verbose", "--data", directory.resolve("no"), "--out", out);
    assertThat(cli.exitCode()).isEqualTo(1);
    assertThat(cli.err()).contains("no such directory", "\tat org.gumbel4j");
  }

  @Test
  void resumedRunHasTheBitsOfAnUninterruptedOne() throws IOException {
    Path whole = directory.resolve("whole");
    String[] settings = {"--schedule", "constant", "--batch", "5", "--seed", "3"};
    assertThat(vae(with(settings, "--epochs", "1")).exitCode()).isZero();
    Cli resumed = vae(with(settings, "--epochs", "3", "--resume"));
    assertThat(resumed.err()).doesNotContain("cannot");
    assertThat(resumed.out()).startsWith("epoch=2 ").hasLineCount(2);
    Cli.run(list("vae", "--data", data, "--out", whole, with(settings, "--epochs", "3")));
    assertSameRun(out, whole);
  }

  @Test
  void numbersDoNotDependOnThreads() throws IOException {
    Path two = directory.resolve("two");
    vae("--threads", "1", "--epochs", "2");
    Cli.run("vae", "--data", data, "--out", two, "--threads", "2", "--epochs", "2");
    assertSameRun(out, two);
  }

  @Test
  void otherSeedsGiveOtherNumbers() throws IOException {
    Path other = directory.resolve("other");
    vae("--epochs", "1");
    Cli.run("vae", "--data", data, "--out", other, "--epochs", "1", "--seed", "1");
    assertThat(checkpoint(other).tensors()).isNotEqualTo(checkpoint(out).tensors());
  }

  @Test
  void resumingWithOtherSettingsNamesThem() throws IOException {
    vae("--epochs", "1");
    byte[] before = Files.readAllBytes(out.resolve("checkpoint.g4j"));
    Cli cli = vae("--epochs", "1", "--resume", "--seed", "9");
    fails(cli, "--seed: 9 here, 0 in the checkpoint");
    fails(vae("--epochs", "1", "--resume", "--limit", "20"), "--data: 20+7 images");
    assertThat(out.resolve("checkpoint.g4j")).hasBinaryContent(before);
  }

  @Test
  void resumingInAnotherEnvironmentNeedsForce() throws IOException {
    vae("--epochs", "1");
    Checkpoint was = checkpoint(out);
    CheckpointFile.write(
        out.resolve("checkpoint.g4j"),
        new Checkpoint(
            was.epoch(),
            was.step(),
            was.settings(),
            Map.of("JDK", "99", "backend", was.environment().get("backend")),
            was.tensors(),
            was.history()));
    fails(vae("--epochs", "1", "--resume"), "99 in the checkpoint");
    assertThat(vae("--epochs", "1", "--resume", "--force").exitCode()).isZero();
  }

  @Test
  void damagedCheckpointIsReportedAndLeftAlone() throws IOException {
    vae("--epochs", "1");
    Path file = out.resolve("checkpoint.g4j");
    try (var bytes = new RandomAccessFile(file.toFile(), "rw")) {
      bytes.seek(5000);
      bytes.write(new byte[] {1, 2, 3, 4, 5, 6});
    }
    byte[] before = Files.readAllBytes(file);
    fails(vae("--epochs", "1", "--resume"), "damaged checkpoint");
    assertThat(file).hasBinaryContent(before);
  }

  @Test
  void resumingFromNothingSaysSo() {
    fails(vae("--resume"), "nothing to resume");
    assertThat(out).doesNotExist();
  }

  @Test
  void divergingRunSaysSoAndLeavesNoReport() throws IOException {
    Cli cli = vae("--learning-rate", "1e30", "--epochs", "2", "--batch", "5");
    fails(cli, "training diverged in epoch 1");
    assertThat(files(out)).isEmpty();
  }

  @Test
  void guideExactTestsWithRelaxedSamplesToo() throws IOException {
    assertThat(vae("--guide-exact", "--epochs", "1").exitCode()).isZero();
    var metrics = checkpoint(out).history().get(0);
    assertThat(metrics.get(2)).isNotEqualTo(metrics.get(3));
    assertThat(checkpoint(out).settings())
        .containsEntry("--logits", "relu")
        .containsEntry("--schedule", "guide");
  }

  @Test
  void oneFaultOfTheGuideMayBeMendedAlone() throws IOException {
    vae("--guide-exact", "--logits", "linear", "--epochs", "1");
    assertThat(checkpoint(out).settings())
        .containsEntry("--logits", "linear")
        .containsEntry("--schedule", "guide");
  }

  private Cli vae(String... options) {
    return Cli.run(list("vae", "--data", data, "--out", out, options));
  }

  private static Object[] list(Object... words) {
    List<Object> all = new ArrayList<>();
    for (Object word : words) {
      if (word instanceof String[] several) {
        all.addAll(List.of(several));
      } else {
        all.add(word);
      }
    }
    return all.toArray();
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
    assertThat(cli.err()).startsWith("gumbel4j vae: ").contains(message).hasLineCount(1);
  }

  private static void assertSameRun(Path a, Path b) throws IOException {
    assertThat(checkpoint(a).tensors()).isEqualTo(checkpoint(b).tensors());
    assertThat(losses(a)).isEqualTo(losses(b));
    assertThat(a.resolve("samples.png")).hasSameBinaryContentAs(b.resolve("samples.png"));
  }

  private static Checkpoint checkpoint(Path run) throws IOException {
    return CheckpointFile.read(run.resolve("checkpoint.g4j"));
  }

  private static List<String> losses(Path run) throws IOException {
    try (Stream<String> lines = Files.lines(run.resolve("metrics.csv"))) {
      return lines.map(line -> line.substring(0, line.lastIndexOf(','))).toList();
    }
  }

  private static List<String> files(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(f -> f.getFileName().toString()).toList();
    }
  }
}
