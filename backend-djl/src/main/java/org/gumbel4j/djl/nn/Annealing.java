package org.gumbel4j.djl.nn;

import ai.djl.MalformedModelException;
import ai.djl.training.tracker.Tracker;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;

/** A temperature that follows a tracker; any number of threads may read it. */
final class Annealing {
  private final String block;
  private final Tracker tracker;
  private final AtomicInteger updates = new AtomicInteger();

  Annealing(String block, Tracker tracker) {
    this.block = block;
    this.tracker = tracker;
    temperature(); // an error at the first update is one of the builder
  }

  /**
   * The tracker's value.
   *
   * @throws IllegalArgumentException if it is no temperature
   */
  double temperature() {
    int update = updates.get();
    float value = tracker.getNewValue(update);
    if (!(value > 0 && value < Float.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          block
              + ": the temperature is "
              + value
              + " at update "
              + update
              + "; it must be positive and finite, so give the tracker a minimum above 0");
    }
    return value;
  }

  int updates() {
    return updates.get();
  }

  /** Stays at the last number that a tracker takes. */
  void advance() {
    updates.updateAndGet(n -> n == Integer.MAX_VALUE ? n : n + 1);
  }

  void save(DataOutputStream out) throws IOException {
    out.writeInt(updates.get());
  }

  /** Reads what {@link #save} wrote, for {@link #restart}. */
  int read(DataInputStream in) throws IOException, MalformedModelException {
    int saved = in.readInt();
    if (saved < 0) {
      throw new MalformedModelException(
          block
              + ": the saved number of temperature updates is "
              + saved
              + "; the file is damaged");
    }
    return saved;
  }

  /** Goes on after so many updates. */
  void restart(int done) {
    updates.set(done);
  }
}
