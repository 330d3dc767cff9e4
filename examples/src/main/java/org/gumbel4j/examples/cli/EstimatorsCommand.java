package org.gumbel4j.examples.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.gumbel4j.estimators.Estimators;
import org.gumbel4j.estimators.diagnostics.EstimatorDiagnostics;
import org.gumbel4j.examples.data.DatasetDirectory;
import org.gumbel4j.examples.data.ImageDataset;
import org.gumbel4j.examples.data.SyntheticDigits;
import org.gumbel4j.examples.estimators.ClosedProblems;
import org.gumbel4j.examples.estimators.Measured;
import org.gumbel4j.examples.estimators.Plan;
import org.gumbel4j.examples.estimators.Problem;
import org.gumbel4j.examples.estimators.Sweep;
import org.gumbel4j.examples.estimators.SweepReport;
import org.gumbel4j.examples.estimators.SweepTable;
import org.gumbel4j.examples.estimators.VaeProblem;
import org.gumbel4j.examples.files.AtomicFile;
import org.gumbel4j.examples.files.OutputDirectory;
import org.gumbel4j.examples.report.Fonts;
import org.gumbel4j.random.Key;
import org.gumbel4j.tensor.Device;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Compares estimators with the exact gradient. */
@Command(
    name = "estimators",
    mixinStandardHelpOptions = true,
    versionProvider = Versions.class,
    sortOptions = false,
    header = "Measure gradient estimators against the exact gradient: bias, noise, cost.",
    description = {
      "Prints a line for each estimator and temperature: the bias of its mean, the standard deviation"
          + " and the cosine of one estimate, its mean squared error, all in units of the gradient;"
          + " what it costs; and whether the exact gradient is within chance of its mean.",
      "Exits with 1 if an estimator that claims no bias shows one: beyond what chance does once in a"
          + " thousand runs, all estimators together."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  gumbel4j estimators",
      "  gumbel4j estimators --objective vae-8x4 --estimators reinmax,gumbel-softmax",
      "  gumbel4j estimators --objective quadratic --temperatures 0.1,0.3,1,3 --draws 1000000"
    })
final class EstimatorsCommand extends AbstractCommand {
  private static final String ALL = "all";
  private static final String TOY = "toy";
  private static final String POLYNOMIAL = "polynomial";
  private static final String QUADRATIC = "quadratic";
  private static final String VAE = "vae-8x4";
  private static final List<String> OBJECTIVES = List.of(TOY, POLYNOMIAL, QUADRATIC, VAE);
  private static final int DRAWS = 100_000;
  private static final int VAE_DRAWS = 1_024;
  private static final int DRAWN_TRAIN = 10_000;
  private static final int DRAWN_TEST = 100;

  @Option(
      names = "--objective",
      paramLabel = "NAME",
      description = "toy, polynomial, quadratic or vae-8x4 (default: toy).")
  private String objective = TOY;

  @Option(
      names = "--estimators",
      paramLabel = "NAME,NAME,…",
      split = ",",
      description = "Names, or all (default: all that the objective suits).")
  private List<String> estimators = List.of(ALL);

  @Option(
      names = "--temperatures",
      paramLabel = "TAU,TAU,…",
      split = ",",
      description =
          "For estimators that have a temperature (default: 0.1,0.2,0.5,1,2,5; 0.3,0.5,1,1.5 for"
              + " vae-8x4).")
  private @Nullable List<Double> temperatures;

  @Option(
      names = "--draws",
      paramLabel = "N",
      description = "Estimates of each (default: 100000; 1024 for vae-8x4).")
  private @Nullable Long draws;

  @Option(
      names = "--warm-up",
      paramLabel = "N",
      description =
          "Steps in which adaptive estimators learn before they are measured (default: 100).")
  private int warmUp = 100;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "Pictures for vae-8x4, idx files as of vae (default: digits drawn in memory).")
  private @Nullable Path data;

  @Option(
      names = "--train-steps",
      paramLabel = "N",
      description =
          "Steps of training of the autoencoder of vae-8x4, batches of 100 (default: 20).")
  private int trainSteps = 20;

  @Option(
      names = "--seed",
      paramLabel = "S",
      description = "Where all randomness comes from (default: 0).")
  private long seed;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Where table and report go (default: out/estimators).")
  private Path out = Path.of("out", "estimators");

  @SuppressWarnings("NullAway.Init") // set by picocli
  @Mixin
  private DeviceOptions deviceOptions;

  @Override
  public Integer call() throws IOException {
    require(
        OBJECTIVES.contains(objective),
        "--objective",
        objective,
        "one of " + String.join(", ", OBJECTIVES));
    List<String> names = names();
    List<Double> taus = temperatures();
    long count = draws();
    require(warmUp >= 0 && warmUp <= 1_000_000, "--warm-up", warmUp, "from 0 to 1000000");
    require(
        trainSteps >= 1 && trainSteps <= 1_000_000,
        "--train-steps",
        trainSteps,
        "from 1 to 1000000");
    if (data != null && !objective.equals(VAE)) {
      throw usageError("--data is for --objective vae-8x4; " + objective + " has no pictures");
    }
    try (Device device = deviceOptions.open(this)) {
      OutputDirectory.prepare(out);
      Fonts.available(); // its warning belongs before the work
      Problem problem = problem(device);
      Plan plan = Plan.of(problem, names, taus);
      plan.leftOut().forEach((name, why) -> err().println("left out: " + name + ": " + why));
      EstimatorDiagnostics diagnostics =
          problem
              .diagnostics()
              .withDraws(count)
              .withWarmUp(warmUp)
              .withThreads(deviceOptions.threads());
      Sweep sweep =
          Sweep.run(
              problem, plan, diagnostics, Key.of(seed).child(1), ProgressLine.onTerminal("sd"));
      AtomicFile.write(out.resolve(SweepReport.TABLE), SweepTable.toCsv(sweep));
      AtomicFile.write(
          out.resolve(SweepReport.PAGE),
          SweepReport.of(sweep, settings(taus, count), Versions.of(device)).render());
      out().print(SweepTable.toText(sweep));
      out().flush();
      err().println("report: " + out.resolve(SweepReport.PAGE));
      return verdict(sweep);
    }
  }

  private int verdict(Sweep sweep) {
    List<Measured> faults = sweep.faults();
    for (Measured fault : faults) {
      err()
          .printf(
              "gumbel4j estimators: %s claims no bias, but its mean is %.1f standard errors from the"
                  + " exact gradient; chance allows %.1f%n",
              fault.trial().name(), fault.result().largestDeviation(), sweep.allowed(fault));
    }
    return faults.isEmpty() ? CommandLines.OK : CommandLines.FAILED;
  }

  private Problem problem(Device device) throws IOException {
    return switch (objective) {
      case TOY -> ClosedProblems.toy(device);
      case POLYNOMIAL -> ClosedProblems.polynomial(device);
      case QUADRATIC -> ClosedProblems.quadratic(device);
      case VAE ->
          VaeProblem.train(
              device, pictures(), trainSteps, Key.of(seed).child(0), ProgressLine.onTerminal());
      default -> throw new AssertionError(objective); // refused before
    };
  }

  private ImageDataset pictures() throws IOException {
    Path directory = data;
    return directory == null
        ? SyntheticDigits.draw(Key.of(0), DRAWN_TRAIN, DRAWN_TEST)
        : DatasetDirectory.read(directory);
  }

  private List<String> names() {
    List<String> known = Estimators.names();
    if (estimators.equals(List.of(ALL))) {
      return known;
    }
    List<String> names = new ArrayList<>();
    for (String name : estimators) {
      if (!known.contains(name)) {
        throw usageError(
            "--estimators: there is no '"
                + name
                + "'; there are all, or "
                + String.join(", ", known));
      }
      if (!names.contains(name)) {
        names.add(name);
      }
    }
    return names;
  }

  private List<Double> temperatures() {
    List<Double> given = temperatures;
    if (given == null) {
      return objective.equals(VAE)
          ? List.of(0.3, 0.5, 1.0, 1.5)
          : List.of(0.1, 0.2, 0.5, 1.0, 2.0, 5.0);
    }
    for (double t : given) {
      require(t > 0 && t < Double.POSITIVE_INFINITY, "--temperatures", t, "finite numbers above 0");
    }
    return given.stream().distinct().sorted().toList();
  }

  private long draws() {
    Long given = draws;
    if (given == null) {
      return objective.equals(VAE) ? VAE_DRAWS : DRAWS;
    }
    require(given >= 64 && given <= 1_000_000_000L, "--draws", given, "from 64 to 1000000000");
    return given;
  }

  private Map<String, String> settings(List<Double> taus, long count) {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("--objective", objective);
    settings.put("--estimators", String.join(",", estimators));
    settings.put(
        "--temperatures", taus.stream().map(String::valueOf).collect(Collectors.joining(",")));
    settings.put("--draws", Long.toString(count));
    settings.put("--warm-up", Integer.toString(warmUp));
    if (objective.equals(VAE)) {
      settings.put("--data", data == null ? "drawn digits" : String.valueOf(data.getFileName()));
      settings.put("--train-steps", Integer.toString(trainSteps));
    }
    settings.put("--seed", Long.toString(seed));
    return settings;
  }
}
