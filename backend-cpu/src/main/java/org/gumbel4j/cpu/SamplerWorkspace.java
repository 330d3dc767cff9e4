package org.gumbel4j.cpu;

import java.util.Optional;
import org.gumbel4j.cpu.kernels.KernelChoice;
import org.gumbel4j.cpu.kernels.ScalarSampling;
import org.gumbel4j.random.NoiseKernel;
import org.gumbel4j.random.NoiseKernels;
import org.jspecify.annotations.Nullable;

/** What one thread needs to draw: a row, and two ways to draw from it. */
final class SamplerWorkspace {
  private static @Nullable ThreadLocal<SamplerWorkspace> chosen;

  final LogitRow row;
  final GumbelRace race;
  final InverseTransform inverse;

  private SamplerWorkspace(ScalarSampling kernels, NoiseKernel noise) {
    row = new LogitRow(kernels);
    race = new GumbelRace(kernels, noise, row);
    inverse = new InverseTransform(kernels, noise, row);
  }

  /** Workspaces with the kernels that the system property asks for. */
  static synchronized ThreadLocal<SamplerWorkspace> chosen() {
    if (chosen == null) {
      chosen = of(KernelChoice.choose(Optional.empty()).sampling(), NoiseKernels.best());
    }
    return chosen;
  }

  static ThreadLocal<SamplerWorkspace> of(ScalarSampling kernels, NoiseKernel noise) {
    return ThreadLocal.withInitial(() -> new SamplerWorkspace(kernels, noise));
  }
}
