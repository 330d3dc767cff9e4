package org.gumbel4j.random;

import java.util.Optional;

/**
 * Offers a {@link NoiseKernel} to {@link java.util.ServiceLoader}, if this JVM can run it.
 *
 * <p>The class must load and be constructed anywhere, so it should mention what may be missing (a
 * module, an instruction set) in another class, touched only by {@link #open()} after a look.
 */
public interface NoiseKernelProvider {
  /** The name of the kernel, as in {@link NoiseKernel#name()}. */
  String name();

  /**
   * Of the kernels that open, the one with the highest number is used; the scalar one stands at 0.
   */
  int priority();

  /**
   * The kernel, or nothing where this JVM lacks what it needs. Should not throw; if it does, or if
   * linking fails, the kernel is passed over, since a slower one gives the same bits.
   */
  Optional<NoiseKernel> open();
}
