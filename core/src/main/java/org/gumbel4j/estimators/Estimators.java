package org.gumbel4j.estimators;

import java.util.ArrayList;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.SortedMap;
import java.util.TreeMap;
import org.gumbel4j.spi.EstimatorOptions;
import org.gumbel4j.spi.EstimatorProvider;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The estimators that are on the class path or module path, by name.
 *
 * @since 0.1
 */
public final class Estimators {
  private static final Logger LOG = LoggerFactory.getLogger(Estimators.class);

  private Estimators() {}

  /** The names of all estimators that were found, in alphabetical order. */
  public static List<String> names() {
    return List.copyOf(providers().keySet());
  }

  /** An estimator with its default options. */
  public static GradientEstimator named(String name) {
    return named(name, EstimatorOptions.DEFAULT);
  }

  /**
   * An estimator.
   *
   * @param name one of {@link #names}
   * @throws IllegalArgumentException if there is no such estimator, or two of that name; or if an
   *     option is unknown or out of range
   */
  public static GradientEstimator named(String name, EstimatorOptions options) {
    SortedMap<String, List<EstimatorProvider>> all = providers();
    List<EstimatorProvider> owners = all.getOrDefault(name, List.of());
    if (owners.isEmpty()) {
      throw new IllegalArgumentException(
          "there is no estimator '" + name + "'; there are " + String.join(", ", all.keySet()));
    }
    if (owners.size() > 1) {
      throw new IllegalArgumentException(
          "estimator '"
              + name
              + "' is provided more than once, by "
              + owners.stream().map(p -> p.getClass().getName()).toList()
              + "; take all but one from the class path");
    }
    return owners.get(0).create(name, options);
  }

  private static SortedMap<String, List<EstimatorProvider>> providers() {
    SortedMap<String, List<EstimatorProvider>> byName = new TreeMap<>();
    var loader = ServiceLoader.load(EstimatorProvider.class, Estimators.class.getClassLoader());
    var services = loader.stream().iterator();
    int failures = 0;
    while (failures < 100) { // a broken iterator may fail for ever
      try {
        if (!services.hasNext()) {
          break;
        }
        EstimatorProvider provider = services.next().get();
        if (provider.spiVersion() == EstimatorProvider.SPI_VERSION) {
          provider
              .names()
              .forEach(n -> byName.computeIfAbsent(n, k -> new ArrayList<>()).add(provider));
        } else {
          LOG.warn(
              "Estimators of {} were built for version {} of the SPI, this is version {}; they are"
                  + " passed over. Use a release of them that matches.",
              provider.getClass().getName(),
              provider.spiVersion(),
              EstimatorProvider.SPI_VERSION);
        }
      } catch (ServiceConfigurationError | LinkageError | RuntimeException e) {
        failures++;
        LOG.warn("A provider of estimators is broken and is passed over: {}", e.toString());
      }
    }
    return byName;
  }
}
