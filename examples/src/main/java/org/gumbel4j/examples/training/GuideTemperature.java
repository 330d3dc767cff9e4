package org.gumbel4j.examples.training;

import org.gumbel4j.relaxation.TemperatureSchedule;

/**
 * The schedule of a well-known tutorial, as its code has it and not as it was meant: the
 * temperature begins anew every epoch and is multiplied by e^(−r·i) after batch i = 1, 101, 201, …,
 * so that with r = 3e-5 and 600 batches it ends at 0.956 and never nears its minimum.
 *
 * @param initial τ at the first batch of an epoch
 * @param minimum τ does not fall below it
 * @param rate r
 * @param batches batches of an epoch
 */
record GuideTemperature(double initial, double minimum, double rate, long batches)
    implements TemperatureSchedule {
  @Override
  public double at(long step) {
    return atBatch(step % batches);
  }

  /** τ at a batch of an epoch, counted from 0; after the last it is that of the tests. */
  double atBatch(long batch) {
    long times = (batch + 98) / 100;
    double sum = times + 50.0 * times * (times - 1);
    return Math.max(minimum, initial * Math.exp(-rate * sum));
  }
}
