package org.gumbel4j.examples.cli;

import java.util.Map;
import java.util.TreeMap;
import org.gumbel4j.spi.BackendOptions;
import org.gumbel4j.tensor.Backends;
import org.gumbel4j.tensor.Device;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which engine computes, and with how many threads. */
final class DeviceOptions {
  @Option(
      names = "--backend",
      paramLabel = "NAME",
      description = "Tensor backend, such as cpu or cpu@scalar (default: the best; see backends).")
  private @Nullable String backend;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description =
          "Threads that compute (default: all cores). The numbers of cpu do not depend on it.")
  private @Nullable Integer threads;

  /** Opens the backend. */
  Device open(AbstractCommand command) {
    Integer n = threads;
    if (n != null) {
      command.require(n >= 1 && n <= 4096, "--threads", n, "from 1 to 4096");
    }
    BackendOptions options = BackendOptions.DEFAULT.withThreads(n == null ? 0 : n);
    String name = backend;
    if (name == null) {
      return Backends.best(options);
    }
    try {
      return Backends.named(name, options);
    } catch (IllegalArgumentException e) {
      throw command.usageError("--backend " + name + ": " + e.getMessage());
    }
  }

  /** Returns the number of threads that was asked for, or that of the processors. */
  int threads() {
    Integer n = threads;
    return n == null ? Runtime.getRuntime().availableProcessors() : n;
  }

  /** Returns what the last bits of a result depend on, besides settings: not the threads. */
  static Map<String, String> environment(Device device) {
    Map<String, String> environment = new TreeMap<>();
    environment.put("JDK", Runtime.version() + " (" + System.getProperty("java.vm.name") + ")");
    environment.put("backend", device.description().replaceAll(", \\d+ threads?$", ""));
    return environment;
  }
}
