package org.gumbel4j.examples.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.gumbel4j.examples.checkpoint.Checkpoint;
import org.gumbel4j.examples.checkpoint.CheckpointFile;
import org.gumbel4j.examples.data.DatasetDirectory;
import org.gumbel4j.examples.data.ImageDataset;
import org.gumbel4j.examples.data.SyntheticDigits;
import org.gumbel4j.examples.files.AtomicFile;
import org.gumbel4j.examples.files.OutputDirectory;
import org.gumbel4j.examples.report.Fonts;
import org.gumbel4j.examples.training.EpochMetrics;
import org.gumbel4j.examples.training.TrainingListener;
import org.gumbel4j.examples.training.VaeReport;
import org.gumbel4j.examples.training.VaeSettings;
import org.gumbel4j.examples.training.VaeTrainer;
import org.gumbel4j.random.Key;
import org.gumbel4j.tensor.Device;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The main job: a variational autoencoder with categorical codes, trained end to end. */
@Command(
    name = "vae",
    mixinStandardHelpOptions = true,
    versionProvider = Versions.class,
    sortOptions = false,
    header = "Train an autoencoder whose codes are discrete, and write a report of it.",
    description = {
      "Pixels-512-256-(latents x classes)-256-512-pixels, Adam, losses in nats per picture. Without"
          + " --data it learns ten digits that are drawn in memory.",
      "Prints one line an epoch: epoch, train_loss, test_loss, discrete_elbo (-ELBO with one-hot"
          + " samples, a true bound), temperature, seconds. test_loss is the same bound, but with"
          + " --guide-exact it is taken with the samples of training, as the guide has it."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  gumbel4j vae",
      "  gumbel4j vae --data shared/data/mnist --epochs 10 --out out/mnist",
      "  gumbel4j vae --data shared/data/mnist --epochs 10 --out out/mnist --resume"
    })
final class VaeCommand extends AbstractCommand {
  private static final String CHECKPOINT = "checkpoint.g4j";
  private static final int DRAWN_TRAIN = 40_000;
  private static final int DRAWN_TEST = 2_000;

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

  @SuppressWarnings("NullAway.Init") // set by picocli
  @Mixin
  private VaeOptions options;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Where report, pictures, metrics and checkpoint go (default: out/vae).")
  private Path out = Path.of("out", "vae");

  @Option(
      names = "--resume",
      description = "Go on from the checkpoint in --out; the settings must be the same.")
  private boolean resume;

  @Option(
      names = "--force",
      description = "Resume even under another JDK or kernel set, which may change the last bits.")
  private boolean force;

  @SuppressWarnings("NullAway.Init") // set by picocli
  @Mixin
  private DeviceOptions deviceOptions;

  @Override
  public Integer call() throws IOException {
    VaeSettings settings = options.settings(this);
    try (Device device = deviceOptions.open(this)) {
      ImageDataset pictures = pictures();
      Checkpoint checkpoint = resume ? CheckpointFile.read(out.resolve(CHECKPOINT)) : null;
      if (checkpoint != null) {
        requireSameRun(checkpoint, settings, pictures, device);
      }
      OutputDirectory.prepare(out);
      warnOfUnfinishedRun();
      Fonts.available(); // its warning belongs before the training
      try (VaeTrainer trainer =
          checkpoint == null
              ? VaeTrainer.start(device, pictures, settings)
              : VaeTrainer.resume(device, pictures, settings, checkpoint)) {
        train(trainer, pictures, device);
        new VaeReport(device, pictures, settings, trainer).write(out, Versions.of(device));
      }
    }
    err().println("report: " + out.resolve(VaeReport.PAGE));
    return CommandLines.OK;
  }

  private void train(VaeTrainer trainer, ImageDataset pictures, Device device) throws IOException {
    String fingerprint = pictures.fingerprint();
    Map<String, String> environment = DeviceOptions.environment(device);
    TrainingListener listener = ProgressLine.onTerminal();
    while (!trainer.isFinished()) {
      EpochMetrics metrics = trainer.runEpoch(listener);
      // The table first: a checkpoint must never know of an epoch that the table lacks.
      AtomicFile.write(out.resolve(VaeReport.METRICS), EpochMetrics.toCsv(trainer.history()));
      CheckpointFile.write(out.resolve(CHECKPOINT), trainer.checkpoint(fingerprint, environment));
      out().println(metrics.toLine());
      out().flush();
    }
  }

  private ImageDataset pictures() throws IOException {
    Integer n = limit;
    if (n != null) {
      require(n >= 1, "--limit", n, "at least 1");
    }
    Path directory = data;
    ImageDataset all =
        directory == null
            ? SyntheticDigits.draw(Key.of(0), DRAWN_TRAIN, DRAWN_TEST)
            : DatasetDirectory.read(directory);
    return n == null ? all : all.limitedTo(n);
  }

  private void requireSameRun(
      Checkpoint checkpoint, VaeSettings settings, ImageDataset pictures, Device device) {
    Path file = out.resolve(CHECKPOINT);
    List<String> settingsDiffer =
        checkpoint.settingsThatDiffer(VaeTrainer.settingsWith(settings, pictures.fingerprint()));
    if (!settingsDiffer.isEmpty()) {
      throw new CommandFailedException(
          file + ": cannot resume with other settings: " + String.join("; ", settingsDiffer));
    }
    List<String> environmentDiffers =
        checkpoint.environmentThatDiffers(DeviceOptions.environment(device));
    if (!environmentDiffers.isEmpty() && !force) {
      throw new CommandFailedException(
          file
              + ": was made in another environment, so the last bits may differ: "
              + String.join("; ", environmentDiffers)
              + "; --force resumes all the same");
    }
  }

  private void warnOfUnfinishedRun() {
    Path old = out.resolve(CHECKPOINT);
    if (!resume && Files.exists(old)) {
      err()
          .println(
              "note: "
                  + out
                  + " holds an earlier run, which this one replaces; --resume"
                  + " would go on with it");
    }
  }
}
