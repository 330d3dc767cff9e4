package org.gumbel4j.cpu.kernels;

/** The plain kernels with those replaced that gain from the JDK's Vector API. */
final class VectorKernels extends ScalarKernels {
  @Override
  public String name() {
    return "vector";
  }

  @Override
  public String description() {
    return "vector kernels";
  }
}
