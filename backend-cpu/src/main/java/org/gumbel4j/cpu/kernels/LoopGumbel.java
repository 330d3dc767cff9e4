package org.gumbel4j.cpu.kernels;

import org.gumbel4j.cpu.kernels.Scratch.Slot;

/**
 * Gumbel-Softmax for FLOAT32 without the Vector API. No maximum is taken out of a row in which no
 * z/τ is so large that exponentials over- or underflow. That is the row's own affair, so that its
 * bits do not depend on its neighbours; that all rows of a block are such, which is the rule, one
 * look at the block says.
 */
final class LoopGumbel extends ScalarGumbel {
  private static final double LOG2_E = 1.4426950408889634;

  /** |log₂ e^(z/τ)| in a plain row: 2³¹ such exponentials have a sum, and it a reciprocal. */
  private static final double PLAIN = 95;

  private final ScalarSoftmax softmax;

  LoopGumbel(ScalarSoftmax softmax, ScalarReductions reductions) {
    super(softmax, reductions);
    this.softmax = softmax;
  }

  @Override
  void soften(float[] z, float[] y, int at, int rows, int k, double temperature) {
    double factor = LOG2_E / temperature;
    float most = (float) (PLAIN / factor);
    // A single class has the probability 1, which x·(1/x) might miss.
    if (k == 1 || factor < 1e-30 || factor > 1e30) {
      super.soften(z, y, at, rows, k, temperature);
      return;
    }
    int n = rows * k;
    boolean allPlain = LoopLanes.areWellBelow(most, z, 0, n);
    float high = (float) factor;
    float[] e = Scratch.floats(Slot.ROWS, n);
    LoopExp.exp2(z, high, (float) (factor - high), e, n);
    for (int r = 0; r < rows; r++) {
      int from = r * k;
      if (allPlain || LoopLanes.areWithin(most, z, from, k)) {
        normalise(e, from, y, at + from, k);
      }
    }
    for (int r = 0; !allPlain && r < rows; r++) {
      int from = r * k;
      if (!LoopLanes.areWithin(most, z, from, k)) {
        softmax.softmax(z, from, y, at + from, 1, k, 1 / temperature);
      }
    }
  }

  private static void normalise(float[] e, int from, float[] y, int yo, int k) {
    if (k == 2) {
      float reciprocal = 1 / (e[from] + e[from + 1]);
      y[yo] = e[from] * reciprocal;
      y[yo + 1] = e[from + 1] * reciprocal;
    } else {
      LoopSoftmax.multiply(e, from, (float) (1 / LoopSoftmax.sum(e, from, k)), y, yo, k);
    }
  }
}
