package org.gumbel4j.djl.training;

import ai.djl.training.tracker.Tracker;
import org.gumbel4j.relaxation.TemperatureSchedule;

/**
 * Temperature schedules as DJL trackers. DJL's own serve too: {@code Tracker.factor()}, {@code
 * Tracker.cosine()}, as long as they stay above 0.
 *
 * @since 0.1
 */
public final class TemperatureTracker implements Tracker {
  private final TemperatureSchedule schedule;

  private TemperatureTracker(TemperatureSchedule schedule) {
    this.schedule = schedule;
  }

  /** Any schedule, rounded to FLOAT32. */
  public static TemperatureTracker of(TemperatureSchedule schedule) {
    return new TemperatureTracker(schedule);
  }

  /**
   * max(τ_min, τ₀ · decayⁿ) after n updates.
   *
   * @param initial τ₀, at least the minimum
   * @param decay above 0, at most 1
   * @param minimum τ_min, above 0
   * @throws IllegalArgumentException if they are not
   */
  public static TemperatureTracker decay(double initial, double decay, double minimum) {
    if (!(decay > 0 && decay <= 1)) {
      throw new IllegalArgumentException(
          "TemperatureTracker: decay = " + decay + " must be above 0 and at most 1");
    }
    return of(TemperatureSchedule.exponential(initial, minimum, -Math.log(decay)));
  }

  @Override
  public float getNewValue(int numUpdate) {
    return (float) schedule.at(numUpdate);
  }
}
