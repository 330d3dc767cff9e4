package org.gumbel4j.cpu.kernels;

class LoopGumbelTest extends GumbelKernelsTest {
  @Override
  ScalarGumbel kernels() {
    return new LoopGumbel(new LoopSoftmax(), new ScalarReductions());
  }
}
