package org.gumbel4j.examples.papers;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What the toy curves depend on.
 *
 * @param steps of Adam
 * @param runs with noise of their own, averaged
 * @param points of a curve
 * @param draws of the gradient at each point, for its variance
 * @param learningRate of Adam
 * @param seed where all randomness comes from
 */
public record ToySettings(
    int steps, int runs, int points, int draws, double learningRate, long seed) {
  /** What the command does when it is not told otherwise. */
  public static ToySettings defaults() {
    return new ToySettings(3000, 4, 30, 2000, 0.01, 0);
  }

  /** Returns the settings by option name. */
  public Map<String, String> toMap() {
    Map<String, String> map = new LinkedHashMap<>();
    map.put("--steps", Integer.toString(steps));
    map.put("--runs", Integer.toString(runs));
    map.put("--points", Integer.toString(points));
    map.put("--draws", Integer.toString(draws));
    map.put("--learning-rate", Double.toString(learningRate));
    map.put("--seed", Long.toString(seed));
    return map;
  }
}
