package org.gumbel4j.distributions;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.SortedMap;
import java.util.TreeMap;
import org.gumbel4j.spi.DistributionParameters;
import org.gumbel4j.spi.DistributionProvider;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The distributions that are on the class path or module path, by name.
 *
 * <pre>{@code
 * Distribution p = Distributions.named(
 *     "relaxed-top-k",
 *     DistributionParameters.of("logits", logits).with("temperature", 0.5).with("k", 3));
 * }</pre>
 *
 * @since 0.1
 */
public final class Distributions {
  private static final Logger LOG = LoggerFactory.getLogger(Distributions.class);

  private Distributions() {}

  /** The names of all distributions that were found, in alphabetical order. */
  public static List<String> names() {
    return List.copyOf(providers(services()).keySet());
  }

  /**
   * A distribution.
   *
   * @param name one of {@link #names}
   * @throws IllegalArgumentException if there is no such distribution, or two of that name; or if a
   *     parameter is missing, unknown or out of range
   */
  public static Distribution named(String name, DistributionParameters parameters) {
    return owner(name, providers(services())).create(name, parameters);
  }

  static DistributionProvider owner(
      String name, SortedMap<String, List<DistributionProvider>> all) {
    List<DistributionProvider> owners = all.getOrDefault(name, List.of());
    if (owners.isEmpty()) {
      throw new IllegalArgumentException(
          "there is no distribution '" + name + "'; there are " + String.join(", ", all.keySet()));
    }
    if (owners.size() > 1) {
      throw new IllegalArgumentException(
          "distribution '"
              + name
              + "' is provided more than once, by "
              + owners.stream().map(p -> p.getClass().getName()).toList()
              + "; take all but one from the class path");
    }
    return owners.get(0);
  }

  private static Iterator<ServiceLoader.Provider<DistributionProvider>> services() {
    return ServiceLoader.load(DistributionProvider.class, Distributions.class.getClassLoader())
        .stream()
        .iterator();
  }

  static SortedMap<String, List<DistributionProvider>> providers(
      Iterator<ServiceLoader.Provider<DistributionProvider>> services) {
    SortedMap<String, List<DistributionProvider>> byName = new TreeMap<>();
    int failures = 0;
    while (failures < 100) { // a broken iterator may fail for ever
      try {
        if (!services.hasNext()) {
          break;
        }
        DistributionProvider provider = services.next().get();
        if (provider.spiVersion() == DistributionProvider.SPI_VERSION) {
          provider
              .names()
              .forEach(n -> byName.computeIfAbsent(n, k -> new ArrayList<>()).add(provider));
        } else {
          LOG.warn(
              "Distributions of {} were built for version {} of the SPI, this is version {}; they"
                  + " are passed over. Use a release of them that matches.",
              provider.getClass().getName(),
              provider.spiVersion(),
              DistributionProvider.SPI_VERSION);
        }
      } catch (ServiceConfigurationError | LinkageError | RuntimeException e) {
        failures++;
        LOG.warn("A provider of distributions is broken and is passed over: {}", e.toString());
      }
    }
    return byName;
  }
}
