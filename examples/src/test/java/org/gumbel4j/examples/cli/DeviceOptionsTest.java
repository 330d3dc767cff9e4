package org.gumbel4j.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** Where a command computes, told by {@code --backend NAME@DEVICE} or by {@code --device}. */
final class DeviceOptionsTest {
  @TempDir Path directory;

  @Test
  void everyCommandThatHasABackendOrAnEngineHasADevice() {
    for (CommandLine command : commands(new CommandLine(new Gumbel4jCommand()))) {
      var options = command.getCommandSpec().optionsMap().keySet();
      boolean chooses = options.contains("--backend") || options.contains("--engine");
      assertThat(options.contains("--device")).as(command.getCommandName()).isEqualTo(chooses);
    }
  }

  private static List<CommandLine> commands(CommandLine parent) {
    List<CommandLine> all = new ArrayList<>();
    parent.getSubcommands().values().forEach(child -> all.addAll(commands(child)));
    all.add(parent);
    return all;
  }

  @ParameterizedTest
  @CsvSource({
    "djl-pytorch,, djl-pytorch",
    "djl-pytorch, cpu, djl-pytorch@cpu",
    "djl-pytorch, gpu:1, djl-pytorch@gpu:1",
    "djl-pytorch@gpu:1, gpu:1, djl-pytorch@gpu:1",
    "djl-pytorch@gpu, gpu:0, djl-pytorch@gpu",
    "djl-pytorch@gpu:0, gpu, djl-pytorch@gpu:0",
    "cpu@vector,, cpu@vector",
  })
  void theDeviceIsThatBehindTheAt(String backend, String device, String full) {
    assertThat(DeviceOptions.on(new SampleCommand(), backend, device)).isEqualTo(full);
  }

  @ParameterizedTest
  @ValueSource(strings = {"sample --logits 0,1", "conformance"})
  void twoDevicesAreAUsageError(String command) {
    Cli cli = run(command, "--backend djl-pytorch@gpu --device cpu");
    assertThat(cli.exitCode()).isEqualTo(2);
    assertThat(cli.out()).isEmpty();
    assertThat(cli.err())
        .contains("--backend djl-pytorch@gpu and --device cpu name two devices")
        .hasLineCount(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"--backend djl-pytorch --device tpu", "--device tpu", "--device gpu"})
  void aDeviceThatTheBackendDoesNotKnowIsAUsageError(String options) {
    Cli cli = run("sample --logits 0,1", options);
    assertThat(cli.exitCode()).isEqualTo(2);
    assertThat(cli.err()).contains(options.contains("djl") ? "cpu, gpu or gpu:N" : "cpu@");
    assertThat(cli.err()).contains(options.replaceFirst(".* ", "")).hasLineCount(1);
  }

  @Test
  void theKitNeedsABackendForADevice() {
    Cli cli = run("conformance", "--device cpu");
    assertThat(cli.exitCode()).isEqualTo(2);
    assertThat(cli.err()).contains("--device", "--backend");
  }

  /** No machine has so many. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "sample --logits 0,1 --backend djl-pytorch",
        "vae --epochs 1 --backend djl-pytorch",
        "conformance --backend djl-pytorch",
        "djl-vae --drawn --engine pytorch",
        "vqvae --engine pytorch"
      })
  void aGpuThatIsNotThereIsMissedWithItsRemedy(String command) {
    Cli cli = run(command, "--device gpu:4321");
    assertThat(cli.exitCode()).isEqualTo(1);
    assertThat(cli.out()).isEmpty();
    assertThat(cli.err())
        .contains("djl-pytorch@gpu:4321", "the engine sees", "docs/djl.md", "djl-pytorch@cpu")
        .hasLineCount(1);
    assertThat(directory).isEmptyDirectory();
  }

  @ParameterizedTest
  @ValueSource(strings = {"djl-vae --drawn", "vqvae"})
  void anEnginesDeviceThatIsNoneIsAUsageError(String command) {
    Cli cli = run(command, "--device tpu");
    assertThat(cli.exitCode()).isEqualTo(2);
    assertThat(cli.err()).contains("--device", "'tpu'", "cpu, gpu or gpu:N").hasLineCount(1);
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void theProcessorIsADeviceOfEveryBackend() {
    assertThat(run("sample --logits 0,1 --count 10", "--device cpu").exitCode()).isZero();
    Cli cli = run("sample --logits 0,1 --count 10 --backend djl-pytorch", "--device cpu");
    assertThat(cli.exitCode()).isZero();
  }

  private Cli run(String command, String options) {
    List<Object> words = new ArrayList<>(Arrays.asList((Object[]) command.split(" ", -1)));
    words.addAll(Arrays.asList((Object[]) options.split(" ", -1)));
    if (command.contains("vae")) {
      words.addAll(List.of("--out", directory.resolve("out")));
    }
    return Cli.run(words.toArray());
  }
}
