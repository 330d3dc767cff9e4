package org.gumbel4j.examples.checkpoint;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A run between two steps. Noise needs no place in it: every draw follows from the seed, the epoch
 * and the step.
 *
 * @param epoch epochs finished
 * @param step optimizer steps taken
 * @param settings all that the numbers depend on, by option name
 * @param environment what the last bits depend on: JDK, backend and kernel set
 * @param tensors parameters and the optimizer's moments
 * @param history what was measured so far, a row of numbers each time
 */
public record Checkpoint(
    int epoch,
    long step,
    Map<String, String> settings,
    Map<String, String> environment,
    List<SavedTensor> tensors,
    List<List<Double>> history) {

  /** Makes the record; maps are kept in the order of their keys. */
  public Checkpoint {
    settings = Collections.unmodifiableMap(new TreeMap<>(settings));
    environment = Collections.unmodifiableMap(new TreeMap<>(environment));
    tensors = List.copyOf(tensors);
    history = history.stream().map(List::copyOf).toList();
  }

  /**
   * Returns each setting that differs from this run's, as {@code name: A here, B in the
   * checkpoint}; empty if the run may go on.
   *
   * @param now the settings asked for now
   */
  public List<String> settingsThatDiffer(Map<String, String> now) {
    return differences(now, settings);
  }

  /**
   * Returns each part of the environment that differs, as {@link #settingsThatDiffer} does; the run
   * may go on, but its last bits may not be those of an uninterrupted one.
   *
   * @param now the environment of this process
   */
  public List<String> environmentThatDiffers(Map<String, String> now) {
    return differences(now, environment);
  }

  private static List<String> differences(Map<String, String> now, Map<String, String> then) {
    TreeSet<String> names = new TreeSet<>(now.keySet());
    names.addAll(then.keySet());
    List<String> differences = new ArrayList<>();
    for (String name : names) {
      String here = now.getOrDefault(name, "nothing");
      String there = then.getOrDefault(name, "nothing");
      if (!here.equals(there)) {
        differences.add(name + ": " + here + " here, " + there + " in the checkpoint");
      }
    }
    return differences;
  }
}
