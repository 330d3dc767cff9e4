package org.gumbel4j.examples.papers;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.gumbel4j.relaxation.TemperatureSchedule;

/**
 * All that the table depends on, besides its pictures.
 *
 * @param steps optimizer steps of each cell
 * @param every steps between two points of a curve
 * @param batch pictures a step
 * @param optimizer sgd (momentum 0.9, as published) or adam
 * @param learningRate of all cells, where none is searched for
 * @param searched rates to choose from on the validation pictures; empty for no search
 * @param searchSteps steps after which the choice is made
 * @param annealRate r of τ = max(0.5, e^(−rt))
 * @param annealInterval N: τ is brought up to date every N steps
 * @param samples m of the bound log 1/m Σ w on test pictures
 * @param testPictures how many of them, evenly spaced
 * @param seed where all randomness comes from
 */
public record TableSettings(
    long steps,
    int every,
    int batch,
    OptimizerChoice optimizer,
    double learningRate,
    List<Double> searched,
    long searchSteps,
    double annealRate,
    long annealInterval,
    int samples,
    int testPictures,
    long seed) {
  private static final double LOWEST_TEMPERATURE = 0.5;
  private static final double SLOPE_GROWTH = 0.04;
  private static final double STEEPEST = 5;

  /** Copies the list. */
  public TableSettings {
    searched = List.copyOf(searched);
  }

  /** What the command does when it is not told otherwise. */
  public static TableSettings defaults() {
    return new TableSettings(
        20_000, 1000, 100, OptimizerChoice.SGD, 3e-3, List.of(), 2000, 1e-4, 500, 1000, 10_000, 0);
  }

  /** The temperature: 1 in structured prediction, falling in autoencoders, as published. */
  TemperatureSchedule temperatures(TableRow row) {
    return row.isStructuredPrediction()
        ? TemperatureSchedule.constant(1)
        : TemperatureSchedule.stepwiseExponential(
            1, LOWEST_TEMPERATURE, annealRate, annealInterval);
  }

  /**
   * The slope of annealed straight-through: min(5, 1 + 0.04 · epoch), as Chung, Ahn and Bengio
   * (arXiv 1609.01704) have it.
   */
  static double slope(long epoch) {
    return Math.min(STEEPEST, 1 + SLOPE_GROWTH * epoch);
  }

  /**
   * Returns what the steps of a cell depend on, by option name; not how many there are, so that a
   * finished cell may be trained longer.
   */
  Map<String, String> toMap(Cell cell, double rate) {
    Map<String, String> map = common();
    map.put("cell", cell.name());
    map.put("--learning-rate", Double.toString(rate));
    return map;
  }

  /** Returns all settings, by option name, for a report. */
  public Map<String, String> toMap() {
    Map<String, String> map = common();
    map.put("--steps", Long.toString(steps));
    if (searched.isEmpty()) {
      map.put("--learning-rate", Double.toString(learningRate));
    } else {
      map.put("--search", searched.toString());
      map.put("--search-steps", Long.toString(searchSteps));
    }
    map.put("--samples", Integer.toString(samples));
    map.put("--test-pictures", Integer.toString(testPictures));
    return map;
  }

  private Map<String, String> common() {
    Map<String, String> map = new TreeMap<>();
    map.put("--every", Integer.toString(every));
    map.put("--batch", Integer.toString(batch));
    map.put("--optimizer", optimizer.toString());
    map.put("--anneal-rate", Double.toString(annealRate));
    map.put("--anneal-interval", Long.toString(annealInterval));
    map.put("--seed", Long.toString(seed));
    return map;
  }
}
