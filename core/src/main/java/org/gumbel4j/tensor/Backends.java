package org.gumbel4j.tensor;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.stream.Collectors;
import org.gumbel4j.spi.Availability;
import org.gumbel4j.spi.BackendOptions;
import org.gumbel4j.spi.BackendProvider;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The backends that are on the class path or module path.
 *
 * <p>A choice by name that cannot be met is an error that lists every backend with its reason and
 * remedy; nothing else is silently taken in its place.
 *
 * @since 0.1
 */
public final class Backends {
  private static final Logger LOG = LoggerFactory.getLogger(Backends.class);

  private Backends() {}

  /**
   * A backend that was found.
   *
   * @param name what to ask for in {@link #named(String)}
   * @param priority who wins in {@link #best()}
   * @param availability whether it can be opened here
   */
  public record Found(String name, int priority, Availability availability) {}

  /** Every backend that was found, available or not, the highest priority first. */
  public static List<Found> found() {
    return providers().stream()
        .map(p -> new Found(p.name(), p.priority(), availability(p)))
        .toList();
  }

  /** Opens the available backend of the highest priority. */
  public static Device best() {
    return best(BackendOptions.DEFAULT);
  }

  /** Opens the available backend of the highest priority with options. */
  public static Device best(BackendOptions options) {
    for (BackendProvider provider : providers()) {
      if (availability(provider) instanceof Availability.Available) {
        return Device.of(provider.create(options));
      }
    }
    throw new IllegalStateException("no backend is available." + listing());
  }

  /** Opens a backend by name: {@code cpu}, or with a device {@code djl-pytorch@gpu:1}. */
  public static Device named(String name) {
    return named(name, BackendOptions.DEFAULT);
  }

  /**
   * Opens a backend by name with options.
   *
   * @param name the provider's name; a part after {@code @} is the device and overrides that of the
   *     options
   * @throws IllegalArgumentException if there is no such backend, or an option is wrong
   * @throws IllegalStateException if it is not available here
   */
  public static Device named(String name, BackendOptions options) {
    int at = name.indexOf('@');
    String providerName = at < 0 ? name : name.substring(0, at);
    BackendOptions chosen = at < 0 ? options : options.withDevice(name.substring(at + 1));
    for (BackendProvider provider : providers()) {
      if (provider.name().equals(providerName)) {
        if (availability(provider) instanceof Availability.Unavailable no) {
          throw new IllegalStateException(
              "backend '"
                  + providerName
                  + "' is not available: "
                  + no.reason()
                  + ". "
                  + no.remedy()
                  + "."
                  + listing());
        }
        return Device.of(provider.create(chosen));
      }
    }
    throw new IllegalArgumentException("there is no backend '" + providerName + "'." + listing());
  }

  private static String listing() {
    List<Found> all = found();
    if (all.isEmpty()) {
      return " None was found; add one to the class path, such as gumbel4j-backend-cpu.";
    }
    return all.stream()
        .map(
            f ->
                f.availability() instanceof Availability.Unavailable no
                    ? f.name() + " (unavailable: " + no.reason() + "; " + no.remedy() + ")"
                    : f.name() + " (available)")
        .collect(Collectors.joining(", ", " Found: ", "."));
  }

  private static Availability availability(BackendProvider provider) {
    try {
      return provider.availability();
    } catch (RuntimeException | LinkageError e) {
      return Availability.unavailable(
          "its provider failed to tell (" + e + ")", "Report this to the backend's author");
    }
  }

  private static List<BackendProvider> providers() {
    List<BackendProvider> providers = new ArrayList<>();
    var loader = ServiceLoader.load(BackendProvider.class, Backends.class.getClassLoader());
    var services = loader.stream().iterator();
    int failures = 0;
    while (failures < 100) { // a broken iterator may fail for ever
      try {
        if (!services.hasNext()) {
          break;
        }
        BackendProvider provider = services.next().get();
        if (provider.spiVersion() == BackendProvider.SPI_VERSION) {
          providers.add(provider);
        } else {
          LOG.warn(
              "Backend '{}' was built for version {} of the SPI, this is version {}; it is passed over."
                  + " Use a release of it that matches.",
              provider.name(),
              provider.spiVersion(),
              BackendProvider.SPI_VERSION);
        }
      } catch (ServiceConfigurationError | LinkageError | RuntimeException e) {
        failures++;
        LOG.warn("A backend provider is broken and is passed over: {}", e.toString());
      }
    }
    providers.sort(
        Comparator.comparingInt(BackendProvider::priority)
            .reversed()
            .thenComparing(BackendProvider::name));
    return providers;
  }
}
