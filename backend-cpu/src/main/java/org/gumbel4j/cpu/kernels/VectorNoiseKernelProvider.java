package org.gumbel4j.cpu.kernels;

import java.util.Optional;
import org.gumbel4j.random.NoiseKernel;
import org.gumbel4j.random.NoiseKernelProvider;

/** Offers the vector noise kernel wherever {@link KernelChoice} would take vector kernels. */
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
    return KernelChoice.picksVector() ? Optional.of(new VectorNoiseKernel()) : Optional.empty();
  }
}
