package org.gumbel4j.examples.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.gumbel4j.estimators.Bias;
import org.gumbel4j.estimators.Estimators;
import org.gumbel4j.estimators.GradientEstimator;
import org.gumbel4j.examples.data.DatasetDirectory;
import org.gumbel4j.examples.data.Images;
import org.gumbel4j.examples.data.SyntheticDigits;
import org.gumbel4j.examples.files.OutputDirectory;
import org.gumbel4j.examples.papers.SemiSupervisedTiming;
import org.gumbel4j.examples.papers.StepTimes;
import org.gumbel4j.examples.papers.StepTimesReport;
import org.gumbel4j.random.Key;
import org.gumbel4j.tensor.Device;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What it saves to draw a class rather than to add up all of them. */
@Command(
    name = "semi-supervised",
    mixinStandardHelpOptions = true,
    versionProvider = Versions.class,
    sortOptions = false,
    header = "Time a semi-supervised step: one Gumbel sample against marginalising over classes.",
    description =
        "Trains two copies of the autoencoder M2 (784-500-classes; 784+classes-500-50;"
            + " 50+classes-500-784), a step of each in turn; prints a line for each number of classes:"
            + " median milliseconds of a step, their ratio, the quartiles of the ratio of neighbours,"
            + " and what Jang, Gu and Poole (2016) published. Times mean nothing on a machine that has"
            + " other work.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  gumbel4j paper semi-supervised",
      "  gumbel4j paper semi-supervised --classes 10 --labelled 0 --threads 1"
    })
final class SemiSupervisedCommand extends AbstractCommand {
  private static final int DRAWN = 2_000;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description =
          "Directory of idx files, for the pictures (default: drawn digits); labels are made up.")
  private @Nullable Path data;

  @Option(
      names = "--classes",
      paramLabel = "K,…",
      split = ",",
      description = "Numbers of classes (default: 10,100).")
  private List<Integer> classes = List.of(10, 100);

  @Option(
      names = "--estimator",
      paramLabel = "NAME",
      description = "What draws the class (default: gumbel-softmax).")
  private String estimator = "gumbel-softmax";

  @Option(
      names = "--batch",
      paramLabel = "N",
      description = "Pictures without a label in a step (default: 100).")
  private int batch = 100;

  @Option(
      names = "--labelled",
      paramLabel = "N",
      description = "Pictures with a label in a step (default: 100).")
  private int labelled = 100;

  @Option(names = "--steps", paramLabel = "N", description = "Steps of each kind (default: 30).")
  private int steps = 30;

  @Option(
      names = "--warm-up",
      paramLabel = "N",
      description = "Steps of each kind before those (default: 20).")
  private int warmUp = 20;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Where report and table go (default: out/semi-supervised).")
  private Path out = Path.of("out", "semi-supervised");

  @SuppressWarnings("NullAway.Init") // set by picocli
  @Mixin
  private DeviceOptions deviceOptions;

  @Override
  public Integer call() throws IOException {
    for (int k : classes) {
      require(k >= 2 && k <= 10_000, "--classes", k, "from 2 to 10000");
    }
    require(batch >= 1 && batch <= 100_000, "--batch", batch, "from 1 to 100000");
    require(labelled >= 0 && labelled <= 100_000, "--labelled", labelled, "from 0 to 100000");
    require(steps >= 1, "--steps", steps, "at least 1");
    require(warmUp >= 0, "--warm-up", warmUp, "0 or above");
    GradientEstimator sampler = known("--estimator", Estimators::named, estimator);
    require(
        sampler.traits().bias() != Bias.EXACT, "--estimator", estimator, "one that draws samples");
    try (Device device = deviceOptions.open(this)) {
      Images pictures = pictures();
      OutputDirectory.prepare(out);
      SemiSupervisedTiming timing =
          new SemiSupervisedTiming(device, pictures, batch, labelled, sampler);
      List<StepTimes> times = new ArrayList<>();
      for (int k : classes) {
        times.add(timing.measure(k, warmUp, steps, Key.of(0), ProgressLine.onTerminal()));
        out().println(times.get(times.size() - 1).toLine());
        out().flush();
      }
      new StepTimesReport(times, asked(), versions(device)).write(out);
    }
    err().println("report: " + out.resolve(StepTimesReport.PAGE));
    return CommandLines.OK;
  }

  private Images pictures() throws IOException {
    Path directory = data;
    return directory == null
        ? SyntheticDigits.draw(Key.of(0), DRAWN, 1).train()
        : DatasetDirectory.read(directory).train();
  }

  private Map<String, String> asked() {
    Map<String, String> asked = new LinkedHashMap<>();
    asked.put("--estimator", estimator);
    asked.put("--batch", Integer.toString(batch));
    asked.put("--labelled", Integer.toString(labelled));
    asked.put("--steps", Integer.toString(steps));
    asked.put("--warm-up", Integer.toString(warmUp));
    return asked;
  }
}
