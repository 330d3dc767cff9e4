package org.gumbel4j.djl;

import java.util.Set;
import java.util.TreeSet;
import org.gumbel4j.spi.BackendOptions;

/** The options of one backend, checked. */
record DjlOptions() {
  /**
   * Options as a user gave them.
   *
   * @throws IllegalArgumentException if one is unknown or makes no sense
   */
  static DjlOptions of(String backend, BackendOptions options) {
    options
        .device()
        .ifPresent(
            device -> {
              if (!device.matches("cpu|gpu|gpu:\\d{1,4}")) {
                throw new IllegalArgumentException(
                    backend + ": unknown device '" + device + "'; it is cpu, gpu or gpu:N");
              }
            });
    Set<String> unknown = new TreeSet<>(options.properties().keySet());
    if (!unknown.isEmpty()) {
      throw new IllegalArgumentException(backend + ": unknown options " + unknown);
    }
    return new DjlOptions();
  }
}
