package org.gumbel4j.cpu.kernels;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** What training steps spend their time on besides products, a register at a time for FLOAT32. */
final class VectorNetwork extends ScalarNetwork {
  private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
  private static final int L = S.length();
  private static final int STEP = 2048;

  private final VectorElementwise elementwise = new VectorElementwise();

  @Override
  public void reluBackward(float[] x, float[] g, float[] d, int from, int to) {
    int n = (to - from) / L * L;
    FloatLoops.wherePositive(x, from, g, from, d, from, n);
    super.reluBackward(x, g, d, from + n, to);
  }

  @Override
  public void crossEntropy(float[] l, float[] t, float[] y, int from, int to) {
    for (int i = from; i < to; i += STEP) {
      int n = Math.min(STEP, to - i);
      int whole = n / L * L;
      negativeMagnitude(l, y, i, n);
      elementwise.unary(UnaryOp.EXP, y, i, y, i, n);
      elementwise.unary(UnaryOp.LOG1P, y, i, y, i, n);
      FloatLoops.addMissedPart(l, i, t, i, y, i, whole);
      for (int j = i + whole; j < i + n; j++) {
        y[j] = Math.fma(Math.abs(l[j]), l[j] < 0 ? t[j] : 1 - t[j], y[j]);
      }
    }
  }

  @Override
  public void crossEntropyBackward(float[] l, float[] t, float[] g, float[] d, int from, int to) {
    for (int i = from; i < to; i += STEP) {
      int n = Math.min(STEP, to - i);
      int whole = n / L * L;
      negativeMagnitude(l, d, i, n);
      elementwise.unary(UnaryOp.EXP, d, i, d, i, n);
      FloatLoops.missedTimes(l, i, t, i, g, i, d, i, whole);
      for (int j = i + whole; j < i + n; j++) {
        float s = d[j] / (d[j] + 1);
        d[j] = (l[j] < 0 ? s - t[j] : 1 - t[j] - s) * g[j];
      }
    }
  }

  private static void negativeMagnitude(float[] x, float[] y, int from, int n) {
    int whole = n / L * L;
    FloatLoops.negativeMagnitude(x, from, y, from, whole);
    for (int j = from + whole; j < from + n; j++) {
      y[j] = -Math.abs(x[j]);
    }
  }

  @Override
  public void addBias(float[] y, int yo, int rows, int k, float[] bias) {
    int whole = k / L * L;
    for (int r = 0; r < rows; r++) {
      int row = yo + r * k;
      FloatLoops.add(y, row, bias, 0, y, row, whole);
      for (int j = whole; j < k; j++) {
        y[row + j] += bias[j];
      }
    }
  }

  @Override
  public void adam(
      AdamNumbers a,
      float[] p,
      float[] g,
      float[] m,
      float[] v,
      float[] p2,
      float[] m2,
      float[] v2,
      int from,
      int to) {
    FloatVector b1 = FloatVector.broadcast(S, (float) a.beta1());
    FloatVector c1 = FloatVector.broadcast(S, (float) (1 - a.beta1()));
    FloatVector b2 = FloatVector.broadcast(S, (float) a.beta2());
    FloatVector c2 = FloatVector.broadcast(S, (float) (1 - a.beta2()));
    FloatVector rate = FloatVector.broadcast(S, (float) a.rate());
    FloatVector root = FloatVector.broadcast(S, (float) a.root());
    FloatVector epsilon = FloatVector.broadcast(S, (float) a.epsilon());
    int whole = from + (to - from) / L * L;
    for (int i = from; i < whole; i += L) {
      FloatVector gi = FloatVector.fromArray(S, g, i);
      FloatVector mi = FloatVector.fromArray(S, m, i).mul(b1).add(gi.mul(c1));
      FloatVector vi = FloatVector.fromArray(S, v, i).mul(b2).add(gi.mul(gi).mul(c2));
      mi.intoArray(m2, i);
      vi.intoArray(v2, i);
      FloatVector step = mi.mul(rate).div(vi.sqrt().mul(root).add(epsilon));
      FloatVector.fromArray(S, p, i).sub(step).intoArray(p2, i);
    }
    // The same roundings in the same order as above, and as in plain Java.
    super.adam(a, p, g, m, v, p2, m2, v2, whole, to);
  }
}
