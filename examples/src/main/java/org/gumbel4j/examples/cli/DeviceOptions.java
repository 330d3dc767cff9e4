package org.gumbel4j.examples.cli;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
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
      names = "--device",
      paramLabel = "DEVICE",
      description =
          "Where a backend of DJL computes: cpu (default), gpu, gpu:1. The same as NAME@DEVICE.")
  private @Nullable String device;

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
    String place = device;
    if (name != null) {
      String full = on(command, name, place);
      return open(command, "--backend " + full, () -> Backends.named(full, options));
    }
    return place == null
        ? Backends.best(options)
        : open(command, "--device " + place, () -> Backends.best(options.withDevice(place)));
  }

  private static Device open(AbstractCommand command, String asked, Supplier<Device> opener) {
    try {
      return opener.get();
    } catch (IllegalArgumentException e) {
      throw command.usageError(asked + ": " + e.getMessage());
    }
  }

  /** Returns a backend's name with its device, told by {@code --device} or behind an @. */
  static String on(AbstractCommand command, String backend, @Nullable String device) {
    int at = backend.indexOf('@');
    if (device == null) {
      return backend;
    }
    if (at < 0) {
      return backend + "@" + device;
    }
    String named = backend.substring(at + 1);
    if (!numbered(named).equals(numbered(device))) {
      throw command.usageError(
          "--backend "
              + backend
              + " and --device "
              + device
              + " name two devices; leave out @"
              + named
              + " or --device");
    }
    return backend;
  }

  /** The first GPU has two names. */
  private static String numbered(String device) {
    return device.equals("gpu") ? "gpu:0" : device;
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
