package org.gumbel4j.examples.cli;

import java.io.IOException;
import java.nio.file.Path;
import org.gumbel4j.examples.data.DatasetDirectory;
import org.gumbel4j.examples.data.ImageDataset;
import org.gumbel4j.examples.data.SyntheticDigits;
import org.gumbel4j.examples.djl.DjlEngine;
import org.gumbel4j.examples.djl.EngineDevice;
import org.gumbel4j.random.Key;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What the commands that train with DJL have in common. */
final class DjlOptions {
  private static final int DRAWN_TRAIN = 40_000;
  private static final int DRAWN_TEST = 2_000;

  @Option(
      names = "--engine",
      paramLabel = "NAME",
      description = "DJL's engine: pytorch (default) or mxnet.")
  private String engine = DjlEngine.PYTORCH.toString();

  @Option(
      names = "--device",
      paramLabel = "DEVICE",
      description = "Where the engine computes: cpu (default), gpu, gpu:1.")
  private String device = "cpu";

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "Directory of idx files (MNIST, Fashion-MNIST, binarised MNIST), plain or .gz.")
  private @Nullable Path data;

  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "Use the first N training pictures alone.")
  private @Nullable Integer limit;

  @Option(names = "--batch", paramLabel = "N", description = "Pictures a step (default: 100).")
  int batch = 100;

  @Option(
      names = "--epochs",
      paramLabel = "N",
      description = "Passes over the training pictures (default: 10).")
  int epochs = 10;

  @Option(
      names = "--learning-rate",
      paramLabel = "A",
      description = "Adam's learning rate (default: 0.001).")
  double learningRate = 1e-3;

  @Option(
      names = "--temperature",
      paramLabel = "TAU",
      description = "Temperature at the start (default: 1).")
  double temperature = 1;

  @Option(
      names = "--min-temperature",
      paramLabel = "TAU",
      description =
          "Temperature from 80%% of the run on (default: 0.5, or --temperature if that is lower).")
  private @Nullable Double minTemperature;

  @Option(
      names = "--seed",
      paramLabel = "S",
      description = "Where all randomness comes from (default: 0).")
  long seed;

  /** Checks what can be checked before any work begins. */
  void check(AbstractCommand command) {
    command.require(batch >= 1 && batch <= 1_000_000, "--batch", batch, "from 1 to 1000000");
    command.require(epochs >= 1, "--epochs", epochs, "at least 1");
    positive(command, "--learning-rate", learningRate);
    positive(command, "--temperature", temperature);
    double lowest = minTemperature();
    positive(command, "--min-temperature", lowest);
    command.require(
        lowest <= temperature,
        "--min-temperature",
        lowest,
        "at most --temperature, which is " + temperature);
    Integer n = limit;
    if (n != null) {
      command.require(n >= 1, "--limit", n, "at least 1");
    }
  }

  static void positive(AbstractCommand command, String option, double value) {
    command.require(
        value > 0 && value < Double.POSITIVE_INFINITY, option, value, "a finite number above 0");
  }

  double minTemperature() {
    Double given = minTemperature;
    return given == null ? Math.min(0.5, temperature) : given;
  }

  /** Returns the engine on its device, both of which are there. */
  EngineDevice engine(AbstractCommand command) {
    DjlEngine chosen = command.known("--engine", DjlEngine::of, engine);
    chosen.require();
    return command.known("--device", chosen::on, device);
  }

  /** Where pictures come from if there is no {@code --data}. */
  interface Source {
    ImageDataset pictures() throws IOException;
  }

  /** Returns the pictures of {@code --data}, or others, limited as was asked for. */
  ImageDataset pictures(Source otherwise) throws IOException {
    Path directory = data;
    Integer n = limit;
    ImageDataset all = directory == null ? otherwise.pictures() : DatasetDirectory.read(directory);
    return n == null ? all : all.limitedTo(n);
  }

  /** Returns digits drawn in memory. */
  static ImageDataset drawn() {
    return SyntheticDigits.draw(Key.of(0), DRAWN_TRAIN, DRAWN_TEST);
  }
}
