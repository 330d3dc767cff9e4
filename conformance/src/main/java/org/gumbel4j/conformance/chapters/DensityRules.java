package org.gumbel4j.conformance.chapters;

import java.util.Arrays;
import org.gumbel4j.conformance.check.Samples;
import org.gumbel4j.conformance.check.Tolerance;
import org.gumbel4j.tensor.DType;
import org.gumbel4j.tensor.Shape;

/** Fused operations: log-densities of relaxed distributions. */
abstract class DensityRules extends FusedSection {
  private static final double NONE = Double.NEGATIVE_INFINITY;

  /** In plain Java, for one row. */
  private static double expConcrete(double[] theta, double[] y, double tau) {
    int n = 0;
    double sum = 0;
    double[] s = new double[theta.length];
    for (int k = 0; k < s.length; k++) {
      if ((theta[k] == NONE) != (y[k] == NONE)) {
        return NONE;
      }
      s[k] = theta[k] == NONE ? NONE : theta[k] - tau * y[k];
      n += theta[k] == NONE ? 0 : 1;
      sum += theta[k] == NONE ? 0 : s[k];
    }
    double logGamma = 0;
    for (int j = 1; j < n; j++) {
      logGamma += Math.log(j);
    }
    return logGamma + (n - 1) * Math.log(tau) + sum - n * logSumExp(s);
  }

  @Rule("F41")
  void expConcreteLogProbIsTheFormula() {
    double[] taus = {0.05, 1, 7};
    for (DType dtype : floatingTypes()) {
      for (int classes : new int[] {1, 2, 8, 33}) {
        double[] theta = rounded(Samples.uniform(131, 3 * classes, -3, 3), dtype);
        double[] y = rounded(Samples.uniform(132, 3 * classes, -9, 0), dtype);
        double[] tau = rounded(taus, dtype);
        double[] expected = new double[3];
        for (int i = 0; i < 3; i++) {
          expected[i] = expConcrete(row(theta, i, classes), row(y, i, classes), tau[i]);
        }
        Object l = handle(theta, Shape.of(3, classes), dtype);
        Object v = handle(y, Shape.of(3, classes), dtype);
        Object t = handle(tau, Shape.of(3, 1), dtype);
        // sums of n terms of size up to 66 and n times a log-sum of that size
        Tolerance tolerance =
            Tolerance.ulps(16, dtype)
                .orAbsolute(classes * 200 * Tolerance.ulps(1, dtype).relative());
        checkBoth(
            () -> "expConcreteLogProb of " + dtype + ", " + classes + " classes",
            ops -> ops.expConcreteLogProb(l, v, t),
            Shape.of(3),
            dtype,
            expected,
            tolerance);
      }
    }
  }

  private static double[] row(double[] values, int i, int width) {
    return Arrays.copyOfRange(values, i * width, (i + 1) * width);
  }

  @Rule("F42")
  void expConcreteLogProbLeavesMasksOut() {
    double[] theta = {0.5, NONE, 1, 0.5, NONE, 1, NONE, NONE, 2, 0, 0, 0};
    double[] y = {-1, NONE, -0.5, -1, -2, -0.5, NONE, NONE, 0, -1, NONE, -1};
    double[] expected = new double[4];
    for (int i = 0; i < 4; i++) {
      expected[i] = expConcrete(row(theta, i, 3), row(y, i, 3), 0.5);
    }
    for (DType dtype : floatingTypes()) {
      Object l = handle(theta, Shape.of(4, 3), dtype);
      Object v = handle(y, Shape.of(4, 3), dtype);
      Object t = handle(new double[] {0.5}, Shape.of(1), dtype);
      checkBoth(
          () -> "expConcreteLogProb with masks, " + dtype,
          ops -> ops.expConcreteLogProb(l, v, t),
          Shape.of(4),
          dtype,
          expected,
          Tolerance.ulps(64, dtype).orAbsolute(64 * Tolerance.ulps(1, dtype).relative()));
    }
  }

  @Rule("F43")
  void expConcreteLogProbBroadcasts() {
    double[] theta = Samples.uniform(133, 8, -1, 1);
    double[] y = Samples.uniform(134, 24, -3, 0);
    double[] tau = {0.5, 2};
    double[] expected = new double[12];
    for (int s = 0; s < 3; s++) {
      for (int t = 0; t < 2; t++) {
        for (int b = 0; b < 2; b++) {
          expected[(s * 2 + t) * 2 + b] =
              expConcrete(row(theta, b, 4), row(y, s * 2 + b, 4), tau[t]);
        }
      }
    }
    for (DType dtype : floatingTypes()) {
      Object l = handle(theta, Shape.of(2, 4), dtype);
      Object v = handle(y, Shape.of(3, 1, 2, 4), dtype);
      Object t = handle(tau, Shape.of(2, 1, 1), dtype);
      checkBoth(
          () -> "expConcreteLogProb over batches, " + dtype,
          ops -> ops.expConcreteLogProb(l, v, t),
          Shape.of(3, 2, 2),
          dtype,
          expected,
          Tolerance.ulps(64, dtype).orAbsolute(100 * Tolerance.ulps(1, dtype).relative()));
    }
  }

  @Rule("F44")
  void binaryConcreteLogProbIsTheFormula() {
    double[] theta = {0, 1.5, -2, 30, -300, 0.25};
    double[] y = {0, -1, 2.5, -40, 900, 1e4};
    double[] taus = {0.05, 1, 7};
    for (DType dtype : floatingTypes()) {
      double[] tau = rounded(taus, dtype);
      double[] expected = new double[18];
      for (int i = 0; i < 18; i++) {
        double d = Math.abs(theta[i % 6] - tau[i / 6] * y[i % 6]);
        expected[i] = Math.log(tau[i / 6]) - d - 2 * Math.log1p(Math.exp(-d));
      }
      Object l = handle(theta, Shape.of(6), dtype);
      Object v = handle(y, Shape.of(6), dtype);
      Object t = handle(tau, Shape.of(3, 1), dtype);
      checkBoth(
          () -> "binaryConcreteLogProb, " + dtype,
          ops -> ops.binaryConcreteLogProb(l, v, t),
          Shape.of(3, 6),
          dtype,
          expected,
          Tolerance.ulps(8, dtype).orAbsolute(8 * Tolerance.ulps(1, dtype).relative()));
    }
  }
}
