package org.gumbel4j.random;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the noise kernels of this JVM. Two are always there, {@code loops} (priority 1) and {@code
 * scalar} (0), so this never fails: a kernel that cannot be loaded is passed over with a line in
 * the log, because the next one gives the same bits.
 */
public final class NoiseKernels {
  private static final Logger LOG = LoggerFactory.getLogger(NoiseKernels.class);

  private NoiseKernels() {}

  /** The kernel with the highest priority that this JVM can run. */
  public static NoiseKernel best() {
    return Found.KERNELS.get(0);
  }

  /**
   * The reference: plain loops, no dependencies, the mapping as {@code docs/randomness.md} writes
   * it.
   */
  public static NoiseKernel scalar() {
    return ScalarNoiseKernel.INSTANCE;
  }

  /** Loops that the JIT compiler makes vector code of: the best that needs nothing else. */
  public static NoiseKernel loops() {
    return LoopNoiseKernel.INSTANCE;
  }

  /** Every kernel that this JVM can run, the best first, the scalar one among them. */
  public static List<NoiseKernel> available() {
    return Found.KERNELS;
  }

  /** Looked up once, on first use. */
  private static final class Found {
    // The loader of this class rather than the thread's: who asks first must not decide what is
    // found.
    static final List<NoiseKernel> KERNELS =
        usable(
            ServiceLoader.load(NoiseKernelProvider.class, NoiseKernels.class.getClassLoader())
                .iterator());
  }

  static List<NoiseKernel> usable(Iterator<NoiseKernelProvider> providers) {
    record Ranked(int priority, NoiseKernel kernel) {}

    List<Ranked> ranked = new ArrayList<>();
    ranked.add(new Ranked(1, LoopNoiseKernel.INSTANCE));
    ranked.add(new Ranked(0, scalar()));
    int failures = 0;
    while (failures < 100) { // a broken iterator may fail for ever
      try {
        if (!providers.hasNext()) {
          break;
        }
        NoiseKernelProvider provider = providers.next();
        Optional<NoiseKernel> kernel = provider.open();
        kernel.ifPresent(found -> ranked.add(new Ranked(provider.priority(), found)));
      } catch (ServiceConfigurationError | LinkageError | RuntimeException e) {
        failures++;
        LOG.warn(
            "A noise kernel cannot be loaded; another one will give the same numbers, perhaps slower",
            e);
      }
    }
    ranked.sort(Comparator.comparingInt(Ranked::priority).reversed());
    List<NoiseKernel> kernels = ranked.stream().map(Ranked::kernel).toList();
    LOG.debug("Noise kernel: {}", kernels.get(0).name());
    return kernels;
  }
}
