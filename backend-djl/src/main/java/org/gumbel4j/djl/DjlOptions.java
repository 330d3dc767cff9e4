package org.gumbel4j.djl;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.gumbel4j.spi.BackendOptions;

/**
 * The options of one backend, checked.
 *
 * @param device {@code cpu}, {@code gpu} or {@code gpu:N}
 * @param engineNoise whether noise comes from the engine's own generator
 * @param lateChecks whether checks of values wait for the next read-back
 * @param threads how many threads may compute; 0 for the engine's default
 */
record DjlOptions(String device, boolean engineNoise, boolean lateChecks, int threads) {
  /**
   * Options as a user gave them.
   *
   * @throws IllegalArgumentException if one is unknown or makes no sense
   */
  static DjlOptions of(String backend, BackendOptions options) {
    String device = options.device().orElse("cpu");
    if (!device.matches("cpu|gpu|gpu:\\d{1,4}")) {
      throw new IllegalArgumentException(
          backend + ": unknown device '" + device + "'; it is cpu, gpu or gpu:N");
    }
    Map<String, String> rest = new TreeMap<>(options.properties());
    String noise = take(backend, rest, "noise", "portable", "engine");
    String checks = take(backend, rest, "checks", "late", "now");
    if (!rest.isEmpty()) {
      throw new IllegalArgumentException(
          backend
              + ": unknown options "
              + rest.keySet()
              + "; it has device, threads, noise (portable or engine) and checks (late or now)");
    }
    return new DjlOptions(device, noise.equals("engine"), checks.equals("late"), options.threads());
  }

  /** An option's value; the first of those allowed where it is not given. */
  private static String take(
      String backend, Map<String, String> options, String name, String... allowed) {
    String value = options.remove(name);
    if (value == null) {
      return allowed[0];
    }
    for (String candidate : allowed) {
      if (candidate.equals(value.toLowerCase(Locale.ROOT))) {
        return candidate;
      }
    }
    throw new IllegalArgumentException(
        backend
            + ": option "
            + name
            + " is '"
            + value
            + "'; it must be one of "
            + String.join(", ", allowed));
  }
}
