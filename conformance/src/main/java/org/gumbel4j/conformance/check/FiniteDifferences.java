package org.gumbel4j.conformance.check;

import java.util.function.ToDoubleFunction;

/** Derivatives without calculus, to compare with those that were derived. */
public final class FiniteDifferences {
  private FiniteDifferences() {}

  /**
   * The gradient of f at x by central differences with one step of Richardson's extrapolation: the
   * error is of order h⁴ and of order ε/h, so that h = 1e-3 gives about ten digits in double.
   */
  public static double[] gradient(ToDoubleFunction<double[]> f, double[] x, double h) {
    double[] gradient = new double[x.length];
    double[] moved = x.clone();
    for (int i = 0; i < x.length; i++) {
      double wide = central(f, moved, x, i, 2 * h);
      double narrow = central(f, moved, x, i, h);
      gradient[i] = (4 * narrow - wide) / 3;
    }
    return gradient;
  }

  private static double central(
      ToDoubleFunction<double[]> f, double[] moved, double[] x, int i, double h) {
    moved[i] = x[i] + h;
    double up = f.applyAsDouble(moved);
    moved[i] = x[i] - h;
    double down = f.applyAsDouble(moved);
    moved[i] = x[i];
    return (up - down) / (2 * h);
  }
}
