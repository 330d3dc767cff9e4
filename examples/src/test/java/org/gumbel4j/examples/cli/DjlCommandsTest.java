package org.gumbel4j.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.gumbel4j.examples.data.IdxFiles;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The commands that train with DJL, on both engines, with a handful of tiny pictures. */
class DjlCommandsTest {
  @TempDir Path directory;
  private Path data;
  private Path out;

  @BeforeEach
  void writeData() throws IOException {
    data = Files.createDirectory(directory.resolve("data"));
    out = directory.resolve("out");
    IdxFiles.writeSet(data, 23, 7);
  }

  @ParameterizedTest
  @ValueSource(strings = {"pytorch", "mxnet"})
  void djlVaePrintsALineAnEpochAndLeavesItsReport(String engine) throws IOException {
    Cli cli = run("djl-vae", "--engine", engine, "--epochs", "2", "--batch", "5");
    assertThat(cli.err()).contains("report.html");
    assertThat(cli.exitCode()).isZero();
    assertThat(cli.out().lines())
        .hasSize(2)
        .allMatch(
            line ->
                line.matches(
                    "epoch=\\d train_loss=[\\d.]+ test_loss=[\\d.]+ discrete_elbo=[\\d.]+"
                        + " temperature=[\\d.]+ seconds=[\\d.]+"));
    assertThat(files())
        .containsExactlyInAnyOrder(
            "report.html",
            "metrics.csv",
            "djl-vae-0002.params",
            "losses.png",
            "temperature.png",
            "reconstructions.png",
            "samples.png",
            "variations.png");
    assertThat(out.resolve("report.html")).content().contains("DJL", "--seed");
    assertThat(out.resolve("metrics.csv")).content().hasLineCount(3);
  }

  @ParameterizedTest
  @CsvSource({"pytorch, straight-through", "mxnet, soft"})
  void vqvaePrintsALineAnEpochAndLeavesItsReport(String engine, String form) throws IOException {
    Cli cli =
        run(
            "vqvae",
            "--engine",
            engine,
            "--form",
            form,
            "--epochs",
            "2",
            "--batch",
            "5",
            "--groups",
            "2",
            "--entries",
            "8",
            "--units",
            "6");
    assertThat(cli.err()).contains("report.html");
    assertThat(cli.exitCode()).isZero();
    assertThat(cli.out().lines())
        .hasSize(2)
        .allMatch(
            line ->
                line.matches(
                    "epoch=\\d train_loss=[\\d.]+ reconstruction=[\\d.]+ perplexity=[\\d.]+"
                        + " entries_used=\\d+ temperature=[\\d.]+ seconds=[\\d.]+"));
    assertThat(files())
        .containsExactlyInAnyOrder(
            "report.html",
            "metrics.csv",
            "vqvae-0002.params",
            "losses.png",
            "perplexity.png",
            "usage.png",
            "entries.png",
            "reconstructions.png");
    assertThat(out.resolve("report.html")).content().contains("DJL", "--form", form);
  }

  @Test
  void theSameSeedGivesTheSameNumbers() {
    String first = losses(run("djl-vae", "--epochs", "1", "--batch", "5", "--seed", "3"));
    String second = losses(run("djl-vae", "--epochs", "1", "--batch", "5", "--seed", "3"));
    String other = losses(run("djl-vae", "--epochs", "1", "--batch", "5", "--seed", "4"));
    assertThat(second).isEqualTo(first).isNotEqualTo(other);
  }

  private static String losses(Cli cli) {
    return cli.out().replaceAll(" seconds=.*", "");
  }

  @Test
  void standardOutputHoldsResultsAlone() {
    var before = System.out;
    run("djl-vae", "--epochs", "1");
    assertThat(System.out).isSameAs(before);
    assertThat(System.getProperty("disableProgressBar")).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "djl-vae, --engine, tensorflow",
    "djl-vae, --temperature, 0",
    "djl-vae, --temperature, NaN",
    "djl-vae, --min-temperature, 2",
    "djl-vae, --latents, 0",
    "djl-vae, --classes, 1",
    "djl-vae, --batch, 0",
    "djl-vae, --epochs, 0",
    "djl-vae, --learning-rate, -1",
    "djl-vae, --estimator, magic",
    "djl-vae, --limit, 0",
    "vqvae, --engine, onnx",
    "vqvae, --form, cubic",
    "vqvae, --groups, 0",
    "vqvae, --entries, 1",
    "vqvae, --units, 0",
    "vqvae, --diversity, -1",
    "vqvae, --diversity, NaN",
    "vqvae, --temperature, -1",
  })
  void badValuesAreUsageErrorsThatNameTheOption(String command, String option, String value) {
    Cli cli = run(command, option, value);
    assertThat(cli.exitCode()).isEqualTo(2);
    assertThat(cli.err()).startsWith("gumbel4j " + command + ": ").contains(option, value);
    assertThat(out).doesNotExist();
  }

  @Test
  void unitsMustBeAMultipleOfTheGroups() {
    Cli cli = run("vqvae", "--groups", "3", "--units", "32");
    assertThat(cli.exitCode()).isEqualTo(2);
    assertThat(cli.err()).contains("--units", "multiple of --groups, which is 3");
  }

  @Test
  void picturesThatCannotBeHalvedTwiceAreRefused() throws IOException {
    byte[] six = IdxFiles.idx(new int[] {0x803, 1, 6, 6}, new byte[36]);
    Files.write(data.resolve("train-images-idx3-ubyte"), six);
    Files.write(data.resolve("train-labels-idx1-ubyte"), IdxFiles.labels(1));
    Files.write(data.resolve("t10k-images-idx3-ubyte.gz"), IdxFiles.gzip(six));
    Files.write(data.resolve("t10k-labels-idx1-ubyte.gz"), IdxFiles.gzip(IdxFiles.labels(1)));
    Cli cli = run("vqvae");
    assertThat(cli.exitCode()).isEqualTo(1);
    assertThat(cli.err()).contains("6 x 6 pixels", "multiples of 4");
    assertThat(out).doesNotExist();
  }

  @Test
  void divergingRunSaysSoAndLeavesNoReport() throws IOException {
    Cli cli = run("djl-vae", "--learning-rate", "1e30", "--epochs", "2", "--batch", "5");
    assertThat(cli.exitCode()).isEqualTo(1);
    assertThat(cli.err()).contains("training diverged in epoch 1");
    assertThat(files()).isEmpty();
  }

  private Cli run(String command, Object... options) {
    List<Object> words = new ArrayList<>(List.of(command, "--data", data, "--out", out));
    words.addAll(List.of(options));
    return Cli.run(words.toArray());
  }

  private List<String> files() throws IOException {
    try (Stream<Path> files = Files.list(out)) {
      return files.map(f -> f.getFileName().toString()).toList();
    }
  }
}
