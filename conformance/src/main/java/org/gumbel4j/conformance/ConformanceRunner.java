package org.gumbel4j.conformance;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectNestedClass;

import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.gumbel4j.spi.Capability;
import org.gumbel4j.tensor.Backends;
import org.gumbel4j.tensor.Device;
import org.junit.jupiter.api.ClassOrderer;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.launcher.EngineFilter;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/**
 * Runs the kit from a program: no build, no test class of one's own.
 *
 * @since 0.1
 */
public final class ConformanceRunner {
  private ConformanceRunner() {}

  /**
   * Runs every rule on a backend that {@link Backends#named(String)} opens.
   *
   * @param backend such as {@code cpu} or {@code cpu@scalar}
   */
  public static ConformanceReport run(String backend) {
    return run(backend, () -> Backends.named(backend));
  }

  /** Runs every rule on devices of one's own. */
  public static ConformanceReport run(String name, Supplier<Device> opener) {
    return run(name, opener, chapters(), chapter -> {});
  }

  /** The names of the chapters, in their order. */
  public static List<String> chapters() {
    return ChapterOrder.CHAPTERS;
  }

  /**
   * Runs some chapters on devices of one's own.
   *
   * @param name for the report
   * @param opener called at least once a chapter; the kit closes what it opens
   * @param chapters of {@link #chapters()}
   * @param progress told each chapter's name as the chapter begins
   * @throws IllegalArgumentException if there is no such chapter
   */
  public static ConformanceReport run(
      String name,
      Supplier<Device> opener,
      Collection<String> chapters,
      Consumer<String> progress) {
    long start = System.nanoTime();
    var results = new ReportingListener(progress);
    LauncherDiscoveryRequest request =
        LauncherDiscoveryRequestBuilder.request()
            .selectors(chapters.stream().map(ConformanceRunner::selector).toList())
            .filters(EngineFilter.includeEngines("junit-jupiter"))
            .configurationParameter("junit.jupiter.execution.parallel.enabled", "false")
            .configurationParameter(
                ClassOrderer.DEFAULT_ORDER_PROPERTY_NAME, ChapterOrder.class.getName())
            .build();
    LauncherConfig quiet =
        LauncherConfig.builder()
            .enableTestExecutionListenerAutoRegistration(false)
            .enableLauncherSessionListenerAutoRegistration(false)
            .enableLauncherDiscoveryListenerAutoRegistration(false)
            .enablePostDiscoveryFilterAutoRegistration(false)
            .build();
    SuppliedDeviceConformance.with(
        opener, () -> LauncherFactory.create(quiet).execute(request, results));
    double seconds = (System.nanoTime() - start) * 1e-9;
    return report(name, opener, results.chapters(), seconds);
  }

  private static DiscoverySelector selector(String chapter) {
    for (Class<?> nested : BackendConformance.class.getDeclaredClasses()) {
      if (nested.getSimpleName().equals(chapter)) {
        return selectNestedClass(List.of(SuppliedDeviceConformance.class), nested);
      }
    }
    throw new IllegalArgumentException(
        "there is no chapter '" + chapter + "'; choose from " + String.join(", ", chapters()));
  }

  private static ConformanceReport report(
      String name,
      Supplier<Device> opener,
      List<ConformanceReport.ChapterResult> chapters,
      double seconds) {
    Set<Capability> absent = EnumSet.noneOf(Capability.class);
    String description = "";
    try (Device device = opener.get()) {
      description = device.description();
      absent.addAll(EnumSet.allOf(Capability.class));
      absent.removeAll(device.capabilities());
    } catch (RuntimeException e) {
      // Every chapter has already failed with this very message.
      description = "";
    }
    return new ConformanceReport(name, description, absent, chapters, seconds);
  }
}
