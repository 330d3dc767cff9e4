package org.gumbel4j.cpu.kernels;

/**
 * The softmax family over the rows of a contiguous block, [rows, k]. The row's maximum is taken out
 * first, so nothing overflows; a −∞ among other entries gives exactly 0; sums are in double.
 */
public class ScalarSoftmax {
  /** y = softmax(scale · x) in each row; scale is positive. */
  public void softmax(float[] x, int xo, float[] y, int yo, int rows, int k, double scale) {
    double[] e = new double[k];
    for (int r = 0; r < rows; r++) {
      int xr = xo + r * k;
      float max = x[xr];
      for (int j = 1; j < k; j++) {
        max = Math.max(max, x[xr + j]);
      }
      double sum = 0;
      for (int j = 0; j < k; j++) {
        e[j] = Math.exp(((double) x[xr + j] - max) * scale);
        sum += e[j];
      }
      int yr = yo + r * k;
      for (int j = 0; j < k; j++) {
        y[yr + j] = (float) (e[j] / sum);
      }
    }
  }

  /** As {@link #softmax(float[], int, float[], int, int, int, double)}. */
  public void softmax(double[] x, int xo, double[] y, int yo, int rows, int k, double scale) {
    for (int r = 0; r < rows; r++) {
      int xr = xo + r * k;
      int yr = yo + r * k;
      double max = x[xr];
      for (int j = 1; j < k; j++) {
        max = Math.max(max, x[xr + j]);
      }
      double sum = 0;
      for (int j = 0; j < k; j++) {
        y[yr + j] = Math.exp((x[xr + j] - max) * scale);
        sum += y[yr + j];
      }
      for (int j = 0; j < k; j++) {
        y[yr + j] /= sum;
      }
    }
  }

  /** y[r] = log Σ e^x of row r; −∞ if all are, +∞ if one is and none is NaN. */
  public void logSumExp(float[] x, int xo, float[] y, int yo, int rows, int k) {
    for (int r = 0; r < rows; r++) {
      double shift = shift(x, xo + r * k, k);
      y[yo + r] = (float) (shift + logOfSum(x, xo + r * k, shift, k));
    }
  }

  /** As {@link #logSumExp(float[], int, float[], int, int, int)}. */
  public void logSumExp(double[] x, int xo, double[] y, int yo, int rows, int k) {
    for (int r = 0; r < rows; r++) {
      double shift = shift(x, xo + r * k, k);
      y[yo + r] = shift + logOfSum(x, xo + r * k, shift, k);
    }
  }

  /** The largest of a row, or 0 if that is infinite. */
  private static double shift(float[] x, int from, int k) {
    float max = x[from];
    for (int j = 1; j < k; j++) {
      max = Math.max(max, x[from + j]);
    }
    return Float.isInfinite(max) ? 0 : max;
  }

  /** log Σ e^(x − shift) over a row. */
  private static double logOfSum(float[] x, int from, double shift, int k) {
    double sum = 0;
    for (int j = 0; j < k; j++) {
      sum += Math.exp(x[from + j] - shift);
    }
    return Math.log(sum);
  }

  /** The largest of a row, or 0 if that is infinite. */
  private static double shift(double[] x, int from, int k) {
    double max = x[from];
    for (int j = 1; j < k; j++) {
      max = Math.max(max, x[from + j]);
    }
    return Double.isInfinite(max) ? 0 : max;
  }

  /** log Σ e^(x − shift) over a row. */
  private static double logOfSum(double[] x, int from, double shift, int k) {
    double sum = 0;
    for (int j = 0; j < k; j++) {
      sum += Math.exp(x[from + j] - shift);
    }
    return Math.log(sum);
  }

  /** y = x − log Σ e^x in each row. */
  public void logSoftmax(float[] x, int xo, float[] y, int yo, int rows, int k) {
    for (int r = 0; r < rows; r++) {
      // Two differences rather than one keep the digits of entries near the maximum.
      double shift = shift(x, xo + r * k, k);
      double total = logOfSum(x, xo + r * k, shift, k);
      for (int i = r * k; i < (r + 1) * k; i++) {
        y[yo + i] = (float) (x[xo + i] - shift - total);
      }
    }
  }

  /** y = x − log Σ e^x in each row. */
  public void logSoftmax(double[] x, int xo, double[] y, int yo, int rows, int k) {
    for (int r = 0; r < rows; r++) {
      // Two differences rather than one keep the digits of entries near the maximum.
      double shift = shift(x, xo + r * k, k);
      double total = logOfSum(x, xo + r * k, shift, k);
      for (int i = r * k; i < (r + 1) * k; i++) {
        y[yo + i] = x[xo + i] - shift - total;
      }
    }
  }

  /** d = scale · y ⊙ (g − ⟨g, y⟩) in each row; all four start at {@code o}, d at {@code dO}. */
  public void softmaxBackward(
      float[] y, float[] g, int o, float[] d, int dO, int rows, int k, double scale) {
    for (int r = 0; r < rows; r++) {
      double inner = 0;
      for (int i = r * k; i < (r + 1) * k; i++) {
        inner += (double) g[o + i] * y[o + i];
      }
      for (int i = r * k; i < (r + 1) * k; i++) {
        d[dO + i] = (float) (y[o + i] * (g[o + i] - inner) * scale);
      }
    }
  }

  /** As the one for FLOAT32. */
  public void softmaxBackward(
      double[] y, double[] g, int o, double[] d, int dO, int rows, int k, double scale) {
    for (int r = 0; r < rows; r++) {
      double inner = 0;
      for (int i = r * k; i < (r + 1) * k; i++) {
        inner += g[o + i] * y[o + i];
      }
      for (int i = r * k; i < (r + 1) * k; i++) {
        d[dO + i] = y[o + i] * (g[o + i] - inner) * scale;
      }
    }
  }

  /** d = g − e^y Σ g in each row; y and g start at {@code o}, d at {@code dO}. */
  public void logSoftmaxBackward(float[] y, float[] g, int o, float[] d, int dO, int rows, int k) {
    for (int r = 0; r < rows; r++) {
      double total = 0;
      for (int i = r * k; i < (r + 1) * k; i++) {
        total += g[o + i];
      }
      for (int i = r * k; i < (r + 1) * k; i++) {
        d[dO + i] = (float) (g[o + i] - Math.exp(y[o + i]) * total);
      }
    }
  }

  /** As the one for FLOAT32. */
  public void logSoftmaxBackward(
      double[] y, double[] g, int o, double[] d, int dO, int rows, int k) {
    for (int r = 0; r < rows; r++) {
      double total = 0;
      for (int i = r * k; i < (r + 1) * k; i++) {
        total += g[o + i];
      }
      for (int i = r * k; i < (r + 1) * k; i++) {
        d[dO + i] = g[o + i] - Math.exp(y[o + i]) * total;
      }
    }
  }

  /**
   * Whether the rows {@code from … to − 1} can be logits: no NaN, no +∞, and a finite entry in
   * each.
   */
  public boolean areLogits(float[] x, int from, int to, int k) {
    for (int r = from; r < to; r++) {
      boolean possible = false;
      boolean good = true;
      for (int i = r * k; i < (r + 1) * k; i++) {
        possible |= x[i] > Float.NEGATIVE_INFINITY;
        good &= x[i] < Float.POSITIVE_INFINITY;
      }
      if (!(possible && good)) {
        return false;
      }
    }
    return true;
  }

  /** As the one for FLOAT32. */
  public final boolean areLogits(double[] x, int from, int to, int k) {
    for (int r = from; r < to; r++) {
      boolean possible = false;
      boolean good = true;
      for (int i = r * k; i < (r + 1) * k; i++) {
        possible |= x[i] > Double.NEGATIVE_INFINITY;
        good &= x[i] < Double.POSITIVE_INFINITY;
      }
      if (!(possible && good)) {
        return false;
      }
    }
    return true;
  }

  /** z = x + scale · noise, entry by entry: the perturbed logits. */
  public void perturb(
      float[] x, int xo, float[] noise, int no, float scale, float[] z, int zo, int n) {
    for (int i = 0; i < n; i++) {
      z[zo + i] = x[xo + i] + scale * noise[no + i];
    }
  }

  /** z = x + scale · noise, entry by entry: the perturbed logits. */
  public void perturb(
      double[] x, int xo, double[] noise, int no, double scale, double[] z, int zo, int n) {
    for (int i = 0; i < n; i++) {
      z[zo + i] = x[xo + i] + scale * noise[no + i];
    }
  }
}
