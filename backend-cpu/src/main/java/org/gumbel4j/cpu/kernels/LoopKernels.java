package org.gumbel4j.cpu.kernels;

/**
 * The plain kernels with those replaced that gain from loops cut so that the JIT compiler makes
 * vector code of them: what runs where the Vector API is not there.
 */
final class LoopKernels extends ScalarKernels {
  LoopKernels() {
    this(new ScalarReductions(), new LoopSoftmax());
  }

  private LoopKernels(ScalarReductions reductions, ScalarSoftmax softmax) {
    super(
        new ScalarElementwise(),
        reductions,
        softmax,
        new LoopGumbel(softmax, reductions),
        new ScalarMatMul(),
        new ScalarNetwork(),
        new ScalarSampling());
  }

  @Override
  public String name() {
    return "loops";
  }

  @Override
  public String description() {
    return "loop kernels";
  }
}
