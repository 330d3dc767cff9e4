package org.gumbel4j.cpu.kernels;

/**
 * A complete set of kernels, by concern. The two sets agree within a few units in the last place
 * and each, on its own, gives the same bits again: a result depends on the operands and their
 * shape, never on how a range was cut among threads.
 */
public interface Kernels {
  /** {@code scalar} or {@code vector}. */
  String name();

  /** One line for reports: what runs, how wide. */
  String description();

  /** Entry by entry. */
  ScalarElementwise elementwise();

  /** Sums and extremes. */
  ScalarReductions reductions();

  /** The softmax family over rows. */
  ScalarSoftmax softmax();

  /** Gumbel-Softmax and Gumbel-max over rows, the noise made on the way. */
  ScalarGumbel gumbel();

  /** Matrix products. */
  ScalarMatMul matMul();

  /** What training steps spend their time on besides products. */
  ScalarNetwork network();

  /** Passes over rows of logits that are drawn from. */
  ScalarSampling sampling();
}
