package org.gumbel4j.cpu.kernels;

import java.util.Optional;
import org.gumbel4j.random.NoiseKernel;
import org.gumbel4j.random.NoiseKernelProvider;

/**
 * Offers the vector noise kernel where the Vector API is there ({@code --add-modules
 * jdk.incubator.vector}) and {@code -Dgumbel4j.cpu.kernels=scalar} does not forbid it.
 */
public final class VectorNoiseKernelProvider implements NoiseKernelProvider {
  /** For {@link java.util.ServiceLoader}. */
  public VectorNoiseKernelProvider() {}

  @Override
  public String name() {
    return "vector";
  }

  @Override
  public int priority() {
    return 100;
  }

  @Override
  public Optional<NoiseKernel> open() {
    boolean forbidden = "scalar".equals(System.getProperty("gumbel4j.cpu.kernels"));
    boolean present = ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();
    return forbidden || !present ? Optional.empty() : Optional.of(new VectorNoiseKernel());
  }
}
