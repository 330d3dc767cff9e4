package org.gumbel4j.examples.cli;

import java.util.OptionalDouble;
import org.gumbel4j.examples.training.Estimator;
import org.gumbel4j.examples.training.LogitsForm;
import org.gumbel4j.examples.training.Schedule;
import org.gumbel4j.examples.training.VaeSettings;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** What the numbers of a training run depend on, as options of a command. */
final class VaeOptions {
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

  /**
   * Returns the settings that were asked for.
   *
   * @throws ParameterException if a value makes no sense; the message names the option
   */
  VaeSettings settings(AbstractCommand command) {
    command.require(
        isPositive(temperature), "--temperature", temperature, "a finite number above 0");
    double lowest =
        minTemperature == null
            ? Math.min(VaeSettings.defaults().minTemperature(), temperature)
            : minTemperature;
    command.require(isPositive(lowest), "--min-temperature", lowest, "a finite number above 0");
    command.require(
        lowest <= temperature,
        "--min-temperature",
        lowest,
        "at most --temperature, which is " + temperature);
    Double rate = annealRate;
    if (rate != null) {
      command.require(
          rate >= 0 && rate < Double.POSITIVE_INFINITY,
          "--anneal-rate",
          rate,
          "a finite number, 0 or above");
    }
    Schedule chosen =
        schedule == null
            ? (guideExact ? Schedule.GUIDE : VaeSettings.defaults().schedule())
            : command.known("--schedule", Schedule::of, schedule);
    if (rate != null
        && chosen != Schedule.EXPONENTIAL
        && chosen != Schedule.STEPWISE
        && chosen != Schedule.GUIDE) {
      throw command.usageError("--anneal-rate has no meaning with --schedule " + chosen);
    }
    LogitsForm form =
        logits == null
            ? (guideExact ? LogitsForm.RELU : LogitsForm.LINEAR)
            : command.known("--logits", LogitsForm::of, logits);
    command.require(latents >= 1 && latents <= 10_000, "--latents", latents, "from 1 to 10000");
    command.require(classes >= 2 && classes <= 10_000, "--classes", classes, "from 2 to 10000");
    command.require(
        (long) latents * classes <= 100_000,
        "--latents times --classes",
        (long) latents * classes,
        "at most 100000");
    command.require(batch >= 1 && batch <= 1_000_000, "--batch", batch, "from 1 to 1000000");
    command.require(epochs >= 1, "--epochs", epochs, "at least 1");
    command.require(
        isPositive(learningRate), "--learning-rate", learningRate, "a finite number above 0");
    return new VaeSettings(
        command.known("--estimator", Estimator::of, estimator),
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

  /** False for NaN and the infinities too. */
  private static boolean isPositive(double x) {
    return x > 0 && x < Double.POSITIVE_INFINITY;
  }
}
