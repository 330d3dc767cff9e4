package org.gumbel4j.examples.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.OptionalDouble;
import org.gumbel4j.examples.data.ImageDataset;
import org.gumbel4j.examples.djl.DjlVae;
import org.gumbel4j.examples.djl.EngineDevice;
import org.gumbel4j.examples.djl.PictureDatasets;
import org.gumbel4j.examples.files.AtomicFile;
import org.gumbel4j.examples.files.OutputDirectory;
import org.gumbel4j.examples.report.Fonts;
import org.gumbel4j.examples.training.EpochMetrics;
import org.gumbel4j.examples.training.Estimator;
import org.gumbel4j.examples.training.LogitsForm;
import org.gumbel4j.examples.training.Schedule;
import org.gumbel4j.examples.training.VaeReport;
import org.gumbel4j.examples.training.VaeSettings;
import org.gumbel4j.tensor.Device;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The autoencoder of the main job, as a user of DJL would write and train it. */
@Command(
    name = "djl-vae",
    mixinStandardHelpOptions = true,
    versionProvider = Versions.class,
    sortOptions = false,
    header = "Train the autoencoder of vae, built of DJL's blocks, with DJL's Trainer.",
    description = {
      "The model of vae with GumbelSoftmaxBlock between DJL's Linear layers, trained by EasyTrain"
          + " with DJL's listeners and progress. Without --data it learns DJL's MNIST, which DJL"
          + " downloads once, or with --drawn digits that are drawn in memory.",
      "Prints one line an epoch, as vae does."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  gumbel4j djl-vae --drawn --epochs 5",
      "  gumbel4j djl-vae --engine mxnet --data shared/data/mnist --out out/djl-vae"
    })
final class DjlVaeCommand extends AbstractCommand {
  @SuppressWarnings("NullAway.Init") // set by picocli
  @Mixin
  private DjlOptions options;

  @Option(
      names = "--drawn",
      description = "Learn digits that are drawn in memory: nothing is downloaded.")
  private boolean drawn;

  @Option(
      names = "--estimator",
      paramLabel = "NAME",
      description = "gumbel-softmax (default) or st-gumbel-softmax.")
  private String estimator = VaeSettings.defaults().estimator().toString();

  @Option(names = "--latents", paramLabel = "N", description = "Number of codes (default: 30).")
  private int latents = VaeSettings.defaults().latents();

  @Option(
      names = "--classes",
      paramLabel = "K",
      description = "Number of values of a code (default: 10).")
  private int classes = VaeSettings.defaults().classes();

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Where report, pictures, metrics and parameters go (default: out/djl-vae).")
  private Path out = Path.of("out", "djl-vae");

  @Override
  public Integer call() throws IOException {
    VaeSettings settings = settings();
    EngineDevice engine = options.engine(this);
    ImageDataset pictures =
        options.pictures(() -> drawn ? DjlOptions.drawn() : PictureDatasets.mnist(engine.engine()));
    OutputDirectory.prepare(out);
    Fonts.available(); // its warning belongs before the training
    try (DjlVae vae = new DjlVae(engine, pictures, settings);
        Device device = vae.openDevice()) {
      vae.fit(
          history -> {
            AtomicFile.write(out.resolve(VaeReport.METRICS), EpochMetrics.toCsv(history));
            out().println(history.get(history.size() - 1).toLine());
            out().flush();
          });
      vae.save(out);
      vae.report(device).write(out, versions(device));
    }
    err().println("report: " + out.resolve(VaeReport.PAGE));
    return CommandLines.OK;
  }

  private VaeSettings settings() {
    options.check(this);
    require(latents >= 1 && latents <= 10_000, "--latents", latents, "from 1 to 10000");
    require(classes >= 2 && classes <= 10_000, "--classes", classes, "from 2 to 10000");
    require(
        (long) latents * classes <= 100_000,
        "--latents times --classes",
        (long) latents * classes,
        "at most 100000");
    return new VaeSettings(
        known("--estimator", Estimator::of, estimator),
        options.temperature,
        options.minTemperature(),
        OptionalDouble.empty(),
        Schedule.EXPONENTIAL,
        LogitsForm.LINEAR,
        false,
        latents,
        classes,
        options.batch,
        options.epochs,
        options.learningRate,
        options.seed);
  }
}
