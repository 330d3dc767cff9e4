package org.gumbel4j.cpu.kernels;

/**
 * Sums and extremes: over a contiguous run, and over the rows of a matrix column by column. Callers
 * cut long sums at fixed places and add the parts in order.
 */
public class ScalarReductions {
  /** Σ x over a run, in double. */
  public double sum(float[] x, int from, int n) {
    double sum = 0;
    for (int i = 0; i < n; i++) {
      sum += x[from + i];
    }
    return sum;
  }

  /** Σ x over a run. */
  public double sum(double[] x, int from, int n) {
    double sum = 0;
    for (int i = 0; i < n; i++) {
      sum += x[from + i];
    }
    return sum;
  }

  /** The largest of a run, or NaN. */
  public float max(float[] x, int from, int n) {
    float max = x[from];
    for (int i = 1; i < n; i++) {
      max = Math.max(max, x[from + i]);
    }
    return max;
  }

  /** The smallest of a run, or NaN. */
  public float min(float[] x, int from, int n) {
    float min = x[from];
    for (int i = 1; i < n; i++) {
      min = Math.min(min, x[from + i]);
    }
    return min;
  }

  /** The largest of a run, or NaN. */
  public double max(double[] x, int from, int n) {
    double max = x[from];
    for (int i = 1; i < n; i++) {
      max = Math.max(max, x[from + i]);
    }
    return max;
  }

  /** The smallest of a run, or NaN. */
  public double min(double[] x, int from, int n) {
    double min = x[from];
    for (int i = 1; i < n; i++) {
      min = Math.min(min, x[from + i]);
    }
    return min;
  }

  /** acc[j] += Σ over rows of x[from + row · stride + j], j below cols. */
  public void sumColumns(float[] x, int from, int stride, int rows, int cols, double[] acc) {
    for (int r = 0; r < rows; r++) {
      int row = from + r * stride;
      for (int j = 0; j < cols; j++) {
        acc[j] += x[row + j];
      }
    }
  }

  /** acc[j] += Σ over rows of x[from + row · stride + j], j below cols. */
  public void sumColumns(double[] x, int from, int stride, int rows, int cols, double[] acc) {
    for (int r = 0; r < rows; r++) {
      int row = from + r * stride;
      for (int j = 0; j < cols; j++) {
        acc[j] += x[row + j];
      }
    }
  }

  /**
   * The index of the largest entry of {@code n} that lie {@code stride} apart: the first of equals;
   * the first NaN if there is one.
   */
  public int argMax(float[] x, int from, int stride, int n) {
    int best = 0;
    float max = x[from];
    for (int i = 1; i < n && !Float.isNaN(max); i++) {
      float v = x[from + i * stride];
      if (v > max || Float.isNaN(v)) {
        max = v;
        best = i;
      }
    }
    return best;
  }

  /** As {@link #argMax(float[], int, int, int)}. */
  public int argMax(double[] x, int from, int stride, int n) {
    int best = 0;
    double max = x[from];
    for (int i = 1; i < n && !Double.isNaN(max); i++) {
      double v = x[from + i * stride];
      if (v > max || Double.isNaN(v)) {
        max = v;
        best = i;
      }
    }
    return best;
  }

  /** As {@link #argMax(float[], int, int, int)}. */
  public int argMax(long[] x, int from, int stride, int n) {
    int best = 0;
    for (int i = 1; i < n; i++) {
      if (x[from + i * stride] > x[from + best * stride]) {
        best = i;
      }
    }
    return best;
  }
}
