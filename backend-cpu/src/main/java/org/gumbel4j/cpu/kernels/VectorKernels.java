package org.gumbel4j.cpu.kernels;

import jdk.incubator.vector.FloatVector;

/** The plain kernels with those replaced that gain from the JDK's Vector API. */
final class VectorKernels extends ScalarKernels {
  VectorKernels() {
    this(new VectorReductions(), new VectorSoftmax());
  }

  private VectorKernels(VectorReductions reductions, VectorSoftmax softmax) {
    super(
        new VectorElementwise(),
        reductions,
        softmax,
        new VectorGumbel(softmax, reductions),
        new VectorMatMul(),
        new VectorNetwork(),
        new VectorSampling());
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
