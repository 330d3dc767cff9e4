package org.gumbel4j.cpu.kernels;

/** The reference: plain loops that read like the formula, with sums in double. */
public class ScalarKernels implements Kernels {
  private final ScalarElementwise elementwise;
  private final ScalarReductions reductions;
  private final ScalarSoftmax softmax;
  private final ScalarGumbel gumbel;
  private final ScalarMatMul matMul;
  private final ScalarNetwork network;
  private final ScalarSampling sampling;

  /** The plain kernels. */
  public ScalarKernels() {
    this(
        new ScalarElementwise(),
        new ScalarReductions(),
        new ScalarSoftmax(),
        new ScalarMatMul(),
        new ScalarNetwork(),
        new ScalarSampling());
  }

  /** With Gumbel-Softmax made of the other parts. */
  ScalarKernels(
      ScalarElementwise elementwise,
      ScalarReductions reductions,
      ScalarSoftmax softmax,
      ScalarMatMul matMul,
      ScalarNetwork network,
      ScalarSampling sampling) {
    this(
        elementwise,
        reductions,
        softmax,
        new ScalarGumbel(softmax, reductions),
        matMul,
        network,
        sampling);
  }

  ScalarKernels(
      ScalarElementwise elementwise,
      ScalarReductions reductions,
      ScalarSoftmax softmax,
      ScalarGumbel gumbel,
      ScalarMatMul matMul,
      ScalarNetwork network,
      ScalarSampling sampling) {
    this.elementwise = elementwise;
    this.reductions = reductions;
    this.softmax = softmax;
    this.gumbel = gumbel;
    this.matMul = matMul;
    this.network = network;
    this.sampling = sampling;
  }

  @Override
  public String name() {
    return "scalar";
  }

  @Override
  public String description() {
    return "scalar kernels";
  }

  @Override
  public final ScalarElementwise elementwise() {
    return elementwise;
  }

  @Override
  public final ScalarReductions reductions() {
    return reductions;
  }

  @Override
  public final ScalarSoftmax softmax() {
    return softmax;
  }

  @Override
  public final ScalarGumbel gumbel() {
    return gumbel;
  }

  @Override
  public final ScalarMatMul matMul() {
    return matMul;
  }

  @Override
  public final ScalarNetwork network() {
    return network;
  }

  @Override
  public final ScalarSampling sampling() {
    return sampling;
  }
}
