package org.gumbel4j.examples.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.gumbel4j.estimators.Estimators;
import org.gumbel4j.estimators.GradientEstimator;
import org.gumbel4j.examples.files.OutputDirectory;
import org.gumbel4j.examples.papers.ToyCurve;
import org.gumbel4j.examples.papers.ToyExperiment;
import org.gumbel4j.examples.papers.ToyProblem;
import org.gumbel4j.examples.papers.ToyReport;
import org.gumbel4j.examples.papers.ToySettings;
import org.gumbel4j.examples.report.Fonts;
import org.gumbel4j.tensor.Device;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The toys of REBAR, RELAX and ReinMax, whose answer is known. */
@Command(
    name = "toy",
    mixinStandardHelpOptions = true,
    versionProvider = Versions.class,
    sortOptions = false,
    header = "Train bits on the toys of REBAR, RELAX and ReinMax, against the exact floor.",
    description =
        "min E(b - t)^2 with t = 0.45 and 0.499, and the polynomial 1/128 E|b - 0.45|^p of 128 bits"
            + " with p = 1.5, 2, 3. Prints a line for each problem and estimator: the exact expectation"
            + " after the last step, its floor, and the variance of one estimate of the gradient at the"
            + " first. What cannot be applied is named on standard error.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  gumbel4j paper toy --out out/toy",
      "  gumbel4j paper toy --problems toy-0.499 --estimators score-function,rebar --steps 10000"
    })
final class ToyCommand extends AbstractCommand {
  private static final String ALL = "all";

  @Option(
      names = "--problems",
      paramLabel = "NAME,…",
      split = ",",
      description =
          "toy-0.45, toy-0.499, polynomial-1.5, polynomial-2, polynomial-3 (default: all).")
  private List<String> problems = List.of(ALL);

  @Option(
      names = "--estimators",
      paramLabel = "NAME,…",
      split = ",",
      description = "Estimators to compare, with their default options (default: all).")
  private List<String> estimators = List.of(ALL);

  @Option(names = "--steps", paramLabel = "N", description = "Steps of Adam (default: 3000).")
  private int steps = ToySettings.defaults().steps();

  @Option(
      names = "--runs",
      paramLabel = "N",
      description = "Runs to average, each with noise of its own (default: 4).")
  private int runs = ToySettings.defaults().runs();

  @Option(
      names = "--points",
      paramLabel = "N",
      description = "Points of a curve after the first (default: 30).")
  private int points = ToySettings.defaults().points();

  @Option(
      names = "--draws",
      paramLabel = "N",
      description = "Estimates at each point, for their variance (default: 2000).")
  private int draws = ToySettings.defaults().draws();

  @Option(
      names = "--learning-rate",
      paramLabel = "A",
      description = "Adam's learning rate (default: 0.01).")
  private double learningRate = ToySettings.defaults().learningRate();

  @Option(
      names = "--seed",
      paramLabel = "S",
      description = "Where all randomness comes from (default: 0). Same seed, same numbers.")
  private long seed = ToySettings.defaults().seed();

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Where report, curves and pictures go (default: out/toy).")
  private Path out = Path.of("out", "toy");

  @SuppressWarnings("NullAway.Init") // set by picocli
  @Mixin
  private DeviceOptions deviceOptions;

  @Override
  public Integer call() throws IOException {
    ToySettings settings = settings();
    List<ToyProblem> chosen =
        problems.equals(List.of(ALL))
            ? ToyProblem.all()
            : problems.stream().map(p -> known("--problems", ToyProblem::of, p)).toList();
    List<String> names = estimators.equals(List.of(ALL)) ? Estimators.names() : estimators;
    List<GradientEstimator> asked =
        names.stream().map(n -> known("--estimators", Estimators::named, n)).toList();
    try (Device device = deviceOptions.open(this)) {
      OutputDirectory.prepare(out);
      Fonts.available(); // its warning belongs before the training
      List<ToyCurve> curves = new ArrayList<>();
      Map<String, String> absent = new LinkedHashMap<>();
      for (ToyProblem problem : chosen) {
        run(new ToyExperiment(device, problem, settings), problem, asked, curves, absent);
        new ToyReport(curves, absent, settings.toMap(), versions(device)).write(out);
      }
    }
    err().println("report: " + out.resolve(ToyReport.PAGE));
    return CommandLines.OK;
  }

  private void run(
      ToyExperiment experiment,
      ToyProblem problem,
      List<GradientEstimator> asked,
      List<ToyCurve> curves,
      Map<String, String> absent) {
    for (GradientEstimator estimator : asked) {
      String name = estimator.traits().name();
      Optional<String> obstacle = experiment.obstacle(estimator);
      if (obstacle.isPresent()) {
        passOver(name + " on " + problem.label(), obstacle.get(), absent);
        continue;
      }
      try {
        ToyCurve curve = experiment.run(estimator, ProgressLine.onTerminal());
        curves.add(curve);
        out().println(curve.toLine());
        out().flush();
      } catch (IllegalArgumentException e) { // what it does not take, it says itself
        passOver(name + " on " + problem.label(), String.valueOf(e.getMessage()), absent);
      }
    }
  }

  private void passOver(String what, String why, Map<String, String> absent) {
    absent.put(what, why);
    err().println("passed over: " + what + ": " + why);
  }

  private ToySettings settings() {
    require(steps >= 1, "--steps", steps, "at least 1");
    require(runs >= 1 && runs <= 10_000, "--runs", runs, "from 1 to 10000");
    require(points >= 1, "--points", points, "at least 1");
    require(draws >= 2 && draws <= 1_000_000, "--draws", draws, "from 2 to 1000000");
    require(
        learningRate > 0 && learningRate < Double.POSITIVE_INFINITY,
        "--learning-rate",
        learningRate,
        "a finite number above 0");
    return new ToySettings(steps, runs, points, draws, learningRate, seed);
  }
}
