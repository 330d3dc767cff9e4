package org.gumbel4j.cpu.kernels;

/**
 * What training steps spend their time on besides products, entry by entry over contiguous ranges.
 */
public class ScalarNetwork {
  /** d = g where x &gt; 0, else 0. */
  public void reluBackward(float[] x, float[] g, float[] d, int from, int to) {
    for (int i = from; i < to; i++) {
      d[i] = x[i] > 0 ? g[i] : 0;
    }
  }

  /** d = g where x &gt; 0, else 0. */
  public void reluBackward(double[] x, double[] g, double[] d, int from, int to) {
    for (int i = from; i < to; i++) {
      d[i] = x[i] > 0 ? g[i] : 0;
    }
  }

  /**
   * y = max(l, 0) − l·t + log1p(e^−|l|): the cross-entropy of a Bernoulli with logit l and target
   * t.
   */
  public void crossEntropy(float[] l, float[] t, float[] y, int from, int to) {
    for (int i = from; i < to; i++) {
      y[i] = (float) crossEntropy(l[i], t[i]);
    }
  }

  /** As the one for FLOAT32. */
  public void crossEntropy(double[] l, double[] t, double[] y, int from, int to) {
    for (int i = from; i < to; i++) {
      y[i] = crossEntropy(l[i], t[i]);
    }
  }

  private static double crossEntropy(double l, double t) {
    return Math.max(l, 0) - l * t + Math.log1p(Math.exp(-Math.abs(l)));
  }

  /** d = (σ(l) − t) · g. */
  public void crossEntropyBackward(float[] l, float[] t, float[] g, float[] d, int from, int to) {
    for (int i = from; i < to; i++) {
      d[i] = (float) ((UnaryOp.SIGMOID.apply(l[i]) - t[i]) * g[i]);
    }
  }

  /** d = (σ(l) − t) · g. */
  public void crossEntropyBackward(
      double[] l, double[] t, double[] g, double[] d, int from, int to) {
    for (int i = from; i < to; i++) {
      d[i] = (UnaryOp.SIGMOID.apply(l[i]) - t[i]) * g[i];
    }
  }

  /** The rows [rows, k] of y, from {@code yo} on, each with the bias added. */
  public void addBias(float[] y, int yo, int rows, int k, float[] bias) {
    for (int r = 0; r < rows; r++) {
      int row = yo + r * k;
      for (int j = 0; j < k; j++) {
        y[row + j] += bias[j];
      }
    }
  }

  /** The rows [rows, k] of y, from {@code yo} on, each with the bias added. */
  public void addBias(double[] y, int yo, int rows, int k, double[] bias) {
    for (int r = 0; r < rows; r++) {
      int row = yo + r * k;
      for (int j = 0; j < k; j++) {
        y[row + j] += bias[j];
      }
    }
  }

  /**
   * One step of Adam from (p, m, v) to (p2, m2, v2), which may be the same arrays, by the gradient
   * g.
   */
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
    float b1 = (float) a.beta1();
    float c1 = (float) (1 - a.beta1());
    float b2 = (float) a.beta2();
    float c2 = (float) (1 - a.beta2());
    float rate = (float) a.rate();
    float root = (float) a.root();
    float epsilon = (float) a.epsilon();
    for (int i = from; i < to; i++) {
      float mi = b1 * m[i] + c1 * g[i];
      float vi = b2 * v[i] + c2 * (g[i] * g[i]);
      m2[i] = mi;
      v2[i] = vi;
      p2[i] = p[i] - rate * mi / ((float) Math.sqrt(vi) * root + epsilon);
    }
  }

  /** As the one for FLOAT32. */
  public void adam(
      AdamNumbers a,
      double[] p,
      double[] g,
      double[] m,
      double[] v,
      double[] p2,
      double[] m2,
      double[] v2,
      int from,
      int to) {
    for (int i = from; i < to; i++) {
      double mi = a.beta1() * m[i] + (1 - a.beta1()) * g[i];
      double vi = a.beta2() * v[i] + (1 - a.beta2()) * (g[i] * g[i]);
      m2[i] = mi;
      v2[i] = vi;
      p2[i] = p[i] - a.rate() * mi / (Math.sqrt(vi) * a.root() + a.epsilon());
    }
  }
}
