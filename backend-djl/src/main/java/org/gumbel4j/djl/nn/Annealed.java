package org.gumbel4j.djl.nn;

/**
 * A block with a temperature that changes as training goes on. {@link
 * org.gumbel4j.djl.training.TemperatureListener} advances all of a model's once a batch.
 *
 * @since 0.1
 */
public interface Annealed {
  /** τ as it is now. */
  double getTemperature();

  /** The number of updates so far: the argument of the tracker. */
  int getTemperatureUpdates();

  /** Goes on to the temperature of the next update. */
  void advanceTemperature();
}
