package org.gumbel4j.cpu.kernels;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.BeforeEach;

class VectorGumbelTest extends GumbelKernelsTest {
  @BeforeEach
  void needsTheVectorApi() {
    assumeTrue(
        ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent(),
        "needs --add-modules jdk.incubator.vector");
  }

  @Override
  ScalarGumbel kernels() {
    return new VectorGumbel(new VectorSoftmax(), new VectorReductions());
  }
}
