package org.gumbel4j.spi;

import java.util.Map;
import java.util.Optional;

/**
 * What a backend is opened with: a device, a number of threads, and whatever else a backend
 * documents.
 *
 * @param device the part after {@code @} in a name such as {@code djl-pytorch@gpu:1} or {@code
 *     cpu@scalar}; empty for the backend's default
 * @param threads how many threads may compute; 0 for the backend's default
 * @param properties options of one backend's own, by name
 * @since 0.1
 */
public record BackendOptions(Optional<String> device, int threads, Map<String, String> properties) {
  /** The default device, the default number of threads, nothing else. */
  public static final BackendOptions DEFAULT = new BackendOptions(Optional.empty(), 0, Map.of());

  /**
   * Copies the map.
   *
   * @throws IllegalArgumentException if {@code threads} is negative
   */
  public BackendOptions {
    if (threads < 0) {
      throw new IllegalArgumentException(
          "threads = " + threads + ": must be positive, or 0 for the backend's default");
    }
    properties = Map.copyOf(properties);
  }

  /** These options on another device. */
  public BackendOptions withDevice(String newDevice) {
    return new BackendOptions(Optional.of(newDevice), threads, properties);
  }

  /** These options with another number of threads; 0 for the backend's default. */
  public BackendOptions withThreads(int newThreads) {
    return new BackendOptions(device, newThreads, properties);
  }
}
