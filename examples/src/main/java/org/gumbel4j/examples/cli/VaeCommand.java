package org.gumbel4j.examples.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Function;
import org.gumbel4j.examples.checkpoint.Checkpoint;
import org.gumbel4j.examples.checkpoint.CheckpointFile;
import org.gumbel4j.examples.data.DatasetDirectory;
import org.gumbel4j.examples.data.ImageDataset;
import org.gumbel4j.examples.data.SyntheticDigits;
import org.gumbel4j.examples.files.AtomicFile;
import org.gumbel4j.examples.files.OutputDirectory;
import org.gumbel4j.examples.report.Fonts;
import org.gumbel4j.examples.training.EpochMetrics;
import org.gumbel4j.examples.training.Estimator;
import org.gumbel4j.examples.training.LogitsForm;
import org.gumbel4j.examples.training.Schedule;
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

  @Option(
      names = "--estimator",
      paramLabel = "NAME",
      description = "gumbel-softmax (default) or st-gumbel-softmax.")
  private String estimator = VaeSettings.defaults().estimator().toString();

  @Option(
      names = "--temperature",
      paramLabel = "TAU",
      description = "Temperature at the start (default: 1).")
  private double temperature = VaeSettings.defaults().temperature();

  @Option(
      names = "--min-temperature",
      paramLabel = "TAU",
      description = "Temperature at the end (default: 0.5, or --temperature if that is lower).")
  private @Nullable Double minTemperature;

  @Option(
      names = "--anneal-rate",
      paramLabel = "R",
      description =
          "By how much ln(temperature) falls a step (default: so that the minimum is reached at 80%%"
              + " of the run; with --schedule guide 3e-5).")
  private @Nullable Double annealRate;

  @Option(
      names = "--schedule",
      paramLabel = "NAME",
      description =
          "constant, exponential (default), stepwise, linear, cosine, or guide (the default with"
              + " --guide-exact: back to the start every epoch).")
  private @Nullable String schedule;

  @Option(
      names = "--logits",
      paramLabel = "FORM",
      description = "linear (default), or relu: cut off below zero, a fault to compare with.")
  private @Nullable String logits;

  @Option(
      names = "--guide-exact",
      description =
          "Reproduce a well-known tutorial's code, faults included: --logits relu, --schedule guide,"
              + " noise -log(-log(U + 1e-20) + 1e-20), the test loss with relaxed samples. One fault can be mended by naming the other"
              + " --logits or --schedule.")
  private boolean guideExact;

  @Option(names = "--latents", paramLabel = "N", description = "Number of codes (default: 30).")
  private int latents = VaeSettings.defaults().latents();

  @Option(
      names = "--classes",
      paramLabel = "K",
      description = "Number of values of a code (default: 10).")
  private int classes = VaeSettings.defaults().classes();

  @Option(names = "--batch", paramLabel = "N", description = "Pictures a step (default: 100).")
  private int batch = VaeSettings.defaults().batch();

  @Option(
      names = "--epochs",
      paramLabel = "N",
      description = "Passes over the training pictures (default: 10).")
  private int epochs = VaeSettings.defaults().epochs();

  @Option(
      names = "--learning-rate",
      paramLabel = "A",
      description = "Adam's learning rate (default: 0.001).")
  private double learningRate = VaeSettings.defaults().learningRate();

  @Option(
      names = "--seed",
      paramLabel = "S",
      description = "Where all randomness comes from (default: 0). Same seed, same numbers.")
  private long seed = VaeSettings.defaults().seed();

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
    VaeSettings settings = settings();
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
        new VaeReport(device, pictures, settings, trainer).write(out, versions(device));
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

  private VaeSettings settings() {
    require(isPositive(temperature), "--temperature", temperature, "a finite number above 0");
    double lowest =
        minTemperature == null
            ? Math.min(VaeSettings.defaults().minTemperature(), temperature)
            : minTemperature;
    require(isPositive(lowest), "--min-temperature", lowest, "a finite number above 0");
    require(
        lowest <= temperature,
        "--min-temperature",
        lowest,
        "at most --temperature, which is " + temperature);
    Double rate = annealRate;
    if (rate != null) {
      require(
          rate >= 0 && rate < Double.POSITIVE_INFINITY,
          "--anneal-rate",
          rate,
          "a finite number, 0 or above");
    }
    Schedule chosen =
        schedule == null
            ? (guideExact ? Schedule.GUIDE : VaeSettings.defaults().schedule())
            : known("--schedule", Schedule::of, schedule);
    if (rate != null
        && chosen != Schedule.EXPONENTIAL
        && chosen != Schedule.STEPWISE
        && chosen != Schedule.GUIDE) {
      throw usageError("--anneal-rate has no meaning with --schedule " + chosen);
    }
    LogitsForm form =
        logits == null
            ? (guideExact ? LogitsForm.RELU : LogitsForm.LINEAR)
            : known("--logits", LogitsForm::of, logits);
    require(latents >= 1 && latents <= 10_000, "--latents", latents, "from 1 to 10000");
    require(classes >= 2 && classes <= 10_000, "--classes", classes, "from 2 to 10000");
    require(
        (long) latents * classes <= 100_000,
        "--latents times --classes",
        (long) latents * classes,
        "at most 100000");
    require(batch >= 1 && batch <= 1_000_000, "--batch", batch, "from 1 to 1000000");
    require(epochs >= 1, "--epochs", epochs, "at least 1");
    require(isPositive(learningRate), "--learning-rate", learningRate, "a finite number above 0");
    return new VaeSettings(
        known("--estimator", Estimator::of, estimator),
        temperature,
        lowest,
        rate == null ? OptionalDouble.empty() : OptionalDouble.of(rate),
        chosen,
        form,
        guideExact,
        latents,
        classes,
        batch,
        epochs,
        learningRate,
        seed);
  }

  private <T> T known(String option, Function<String, T> parse, String label) {
    try {
      return parse.apply(label);
    } catch (IllegalArgumentException e) {
      throw usageError(option + ": " + e.getMessage());
    }
  }

  /** False for NaN and the infinities too. */
  private static boolean isPositive(double x) {
    return x > 0 && x < Double.POSITIVE_INFINITY;
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

  private static Map<String, String> versions(Device device) {
    Map<String, String> versions = new LinkedHashMap<>();
    versions.put("Gumbel4J", Versions.gumbel4j());
    versions.put("Java", Versions.java());
    versions.put("backend", device.name() + ": " + device.description());
    return versions;
  }
}
