package org.gumbel4j.cpu;

import org.gumbel4j.cpu.kernels.KernelChoice;
import org.gumbel4j.cpu.kernels.Kernels;
import org.gumbel4j.spi.Availability;
import org.gumbel4j.spi.Backend;
import org.gumbel4j.spi.BackendOptions;
import org.gumbel4j.spi.BackendProvider;

/**
 * The backend that is always there: {@code cpu}, pure Java.
 *
 * <p>{@code cpu@vector} insists on SIMD kernels, {@code cpu@loops} on those for a Java without the
 * Vector API, {@code cpu@scalar} on the plain reference; {@code cpu}, which is {@code cpu@cpu} too,
 * follows the system property {@code gumbel4j.cpu.kernels} ({@code auto}, {@code scalar}, {@code
 * loops} or {@code vector}). The number of threads is that of the options, or else that of the
 * processors.
 *
 * @since 0.1
 */
public final class CpuBackendProvider implements BackendProvider {
  /** For {@link java.util.ServiceLoader}. */
  public CpuBackendProvider() {}

  @Override
  public String name() {
    return "cpu";
  }

  @Override
  public int priority() {
    return 0;
  }

  @Override
  public int spiVersion() {
    return SPI_VERSION;
  }

  @Override
  public Availability availability() {
    return KernelChoice.refusal(KernelChoice.wish())
        .map(r -> Availability.unavailable(r.reason(), r.remedy()))
        .orElseGet(Availability::available);
  }

  @Override
  public Backend<?> create(BackendOptions options) {
    if (!options.properties().isEmpty()) {
      throw new IllegalArgumentException(
          "cpu: unknown options "
              + options.properties().keySet()
              + "; it has none but device (scalar, loops or vector) and threads");
    }
    int threads =
        options.threads() == 0 ? Runtime.getRuntime().availableProcessors() : options.threads();
    if (options.device().filter(device -> device.matches("gpu(:.*)?")).isPresent()) {
      throw new IllegalArgumentException(
          "cpu@"
              + options.device().get()
              + ": this backend computes on the processor alone; for a GPU take djl-pytorch@gpu, here"
              + " use auto, scalar, loops or vector");
    }
    Kernels kernels = KernelChoice.choose(options.device().filter(d -> !d.equals("cpu")));
    String name = options.device().map(device -> "cpu@" + device).orElse("cpu");
    return new CpuBackend(name, kernels, threads);
  }
}
