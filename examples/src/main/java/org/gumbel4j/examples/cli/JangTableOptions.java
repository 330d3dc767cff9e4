package org.gumbel4j.examples.cli;

import java.util.List;
import org.gumbel4j.examples.papers.OptimizerChoice;
import org.gumbel4j.examples.papers.TableSettings;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What the numbers of the table depend on, as options of a command. */
final class JangTableOptions {
  @Option(
      names = "--steps",
      paramLabel = "N",
      description =
          "Optimizer steps of each cell (default: 20000). A finished table goes on if there are more.")
  private long steps = TableSettings.defaults().steps();

  @Option(
      names = "--every",
      paramLabel = "N",
      description = "Steps between points of a curve, and between checkpoints (default: 1000).")
  private int every = TableSettings.defaults().every();

  @Option(names = "--batch", paramLabel = "N", description = "Pictures a step (default: 100).")
  private int batch = TableSettings.defaults().batch();

  @Option(
      names = "--optimizer",
      paramLabel = "NAME",
      description = "sgd with momentum 0.9 (default), or adam.")
  private String optimizer = TableSettings.defaults().optimizer().toString();

  @Option(
      names = "--learning-rate",
      paramLabel = "A",
      description =
          "Of all cells (default: 0.003, the highest of the paper's; in short runs it is the best).")
  private @Nullable Double learningRate;

  @Option(
      names = "--search",
      paramLabel = "A,A,…",
      arity = "0..1",
      split = ",",
      fallbackValue = "0.00001,0.00003,0.0001,0.0003,0.001,0.003",
      description =
          "Choose each cell's rate from these (without a value: the paper's six) by the bound on"
              + " validation pictures after --search-steps.")
  private @Nullable List<Double> search;

  @Option(
      names = "--search-steps",
      paramLabel = "N",
      description = "When --search chooses (default: 2000).")
  private long searchSteps = TableSettings.defaults().searchSteps();

  @Option(
      names = "--anneal-rate",
      paramLabel = "R",
      description =
          "r of the autoencoders' temperature max(0.5, exp(-rt)) (default: 0.0001; the paper has"
              + " 0.00001 too).")
  private double annealRate = TableSettings.defaults().annealRate();

  @Option(
      names = "--anneal-interval",
      paramLabel = "N",
      description = "Steps for which a temperature holds (default: 500; the paper has 1000 too).")
  private long annealInterval = TableSettings.defaults().annealInterval();

  @Option(
      names = "--samples",
      paramLabel = "M",
      description = "Samples of the bound on test pictures (default: 1000).")
  private int samples = TableSettings.defaults().samples();

  @Option(
      names = "--test-pictures",
      paramLabel = "N",
      description = "Test with that many pictures, evenly spaced (default: 10000).")
  private int testPictures = TableSettings.defaults().testPictures();

  @Option(
      names = "--seed",
      paramLabel = "S",
      description = "Where all randomness comes from (default: 0). Same seed, same numbers.")
  private long seed = TableSettings.defaults().seed();

  /** Returns the settings that were asked for; a value that makes no sense is a usage error. */
  TableSettings settings(AbstractCommand command) {
    command.require(steps >= 1, "--steps", steps, "at least 1");
    command.require(every >= 1, "--every", every, "at least 1");
    command.require(batch >= 1 && batch <= 1_000_000, "--batch", batch, "from 1 to 1000000");
    command.require(searchSteps >= 1, "--search-steps", searchSteps, "at least 1");
    command.require(
        annealRate >= 0 && annealRate < Double.POSITIVE_INFINITY,
        "--anneal-rate",
        annealRate,
        "a finite number, 0 or above");
    command.require(annealInterval >= 1, "--anneal-interval", annealInterval, "at least 1");
    command.require(samples >= 1, "--samples", samples, "at least 1");
    command.require(testPictures >= 2, "--test-pictures", testPictures, "at least 2");
    Double rate = learningRate;
    if (rate != null) {
      requireRate(command, "--learning-rate", rate);
    }
    List<Double> rates = search;
    if (rates != null) {
      rates.forEach(r -> requireRate(command, "--search", r));
      if (rate != null) {
        throw command.usageError("--search has no meaning with --learning-rate " + rate);
      }
    }
    return new TableSettings(
        steps,
        every,
        batch,
        command.known("--optimizer", OptimizerChoice::of, optimizer),
        rate == null ? TableSettings.defaults().learningRate() : rate,
        rates == null ? List.of() : rates,
        searchSteps,
        annealRate,
        annealInterval,
        samples,
        testPictures,
        seed);
  }

  private static void requireRate(AbstractCommand command, String option, double rate) {
    command.require(
        rate > 0 && rate < Double.POSITIVE_INFINITY, option, rate, "a finite number above 0");
  }
}
