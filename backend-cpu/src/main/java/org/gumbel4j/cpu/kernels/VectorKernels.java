package org.gumbel4j.cpu.kernels;

import jdk.incubator.vector.FloatVector;

/** The plain kernels with those replaced that gain from the JDK's Vector API. */
final class VectorKernels extends ScalarKernels {
  VectorKernels() {
    super(
        new VectorElementwise(),
        new VectorReductions(),
        new VectorSoftmax(),
        new VectorMatMul(),
        new VectorNetwork());
  }

  @Override
  public String name() {
    return "vector";
  }

  @Override
  public String description() {
    return "vector kernels of " + FloatVector.SPECIES_PREFERRED.vectorBitSize() + " bits";
  }
}
