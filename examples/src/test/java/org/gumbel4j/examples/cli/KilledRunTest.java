package org.gumbel4j.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.gumbel4j.examples.checkpoint.CheckpointFile;
import org.gumbel4j.examples.data.IdxFiles;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A process of its own, killed while it trains, whenever that happens to be. */
final class KilledRunTest {
  @TempDir Path directory;

  @Test
  @Timeout(120)
  void killedRunResumedEndsWithTheNumbersOfOneThatWasNot() throws Exception {
    Path data = Files.createDirectory(directory.resolve("data"));
    IdxFiles.writeSet(data, 400, 20);
    Path killed = directory.resolve("killed");
    Process process = start(data, killed);
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      assertThat(lines.readLine()).startsWith("epoch=1 ");
    } finally {
      process.destroyForcibly().waitFor(20, TimeUnit.SECONDS);
    }
    assertThat(killed.resolve("report.html")).doesNotExist();
    assertThat(CheckpointFile.read(killed.resolve("checkpoint.g4j")).epoch()).isLessThan(40);

    assertThat(Cli.run(options(data, killed, "--resume")).exitCode()).isZero();
    Path whole = directory.resolve("whole");
    assertThat(Cli.run(options(data, whole)).exitCode()).isZero();
    assertThat(CheckpointFile.read(killed.resolve("checkpoint.g4j")).tensors())
        .isEqualTo(CheckpointFile.read(whole.resolve("checkpoint.g4j")).tensors());
  }

  private static Object[] options(Path data, Path out, String... more) {
    List<Object> options = new ArrayList<>(List.of("vae", "--data", data, "--out", out));
    options.addAll(List.of("--epochs", "40", "--batch", "20"));
    options.addAll(List.of(more));
    return options.toArray();
  }

  private static Process start(Path data, Path out) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    // The child must choose the kernels that this process has.
    if (ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent()) {
      command.addAll(List.of("--add-modules", "jdk.incubator.vector"));
    }
    String kernels = System.getProperty("gumbel4j.cpu.kernels");
    if (kernels != null) {
      command.add("-Dgumbel4j.cpu.kernels=" + kernels);
    }
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add("org.gumbel4j.examples.Main");
    for (Object option : options(data, out)) {
      command.add(option.toString());
    }
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
  }
}
