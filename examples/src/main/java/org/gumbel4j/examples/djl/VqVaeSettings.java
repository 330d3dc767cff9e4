package org.gumbel4j.examples.djl;

import java.util.LinkedHashMap;
import java.util.Map;
import org.gumbel4j.relaxation.TemperatureSchedule;

/**
 * All that a run of the vector-quantised autoencoder depends on, besides its pictures.
 *
 * @param hard whether codes are one-hot in training (straight-through), or soft
 * @param groups groups of the codebook
 * @param entries entries of a group
 * @param units features of a quantised pixel, a multiple of the groups
 * @param diversity weight of the diversity loss
 * @param temperature τ at the start
 * @param minTemperature τ from 80 % of the run on
 * @param batch pictures a step
 * @param epochs passes over the training pictures
 * @param learningRate Adam's α
 * @param seed where all randomness comes from
 */
public record VqVaeSettings(
    boolean hard,
    int groups,
    int entries,
    int units,
    double diversity,
    double temperature,
    double minTemperature,
    int batch,
    int epochs,
    double learningRate,
    long seed) {

  private static final double ARRIVAL = 0.8;

  /**
   * Returns the temperature at every step.
   *
   * @param batches batches of an epoch
   */
  public TemperatureSchedule temperatures(long batches) {
    long arrival = Math.max(1, (long) (ARRIVAL * batches * epochs));
    double rate = Math.log(temperature / minTemperature) / arrival;
    return TemperatureSchedule.exponential(temperature, minTemperature, rate);
  }

  /** Returns the settings by option name, for the report. */
  public Map<String, String> toMap() {
    Map<String, String> map = new LinkedHashMap<>();
    map.put("--form", hard ? "straight-through" : "soft");
    map.put("--groups", Integer.toString(groups));
    map.put("--entries", Integer.toString(entries));
    map.put("--units", Integer.toString(units));
    map.put("--diversity", Double.toString(diversity));
    map.put("--temperature", Double.toString(temperature));
    map.put("--min-temperature", Double.toString(minTemperature));
    map.put("--batch", Integer.toString(batch));
    map.put("--epochs", Integer.toString(epochs));
    map.put("--learning-rate", Double.toString(learningRate));
    map.put("--seed", Long.toString(seed));
    return map;
  }
}
