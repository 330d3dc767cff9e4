package org.gumbel4j.estimators.diagnostics;

import java.util.Arrays;
import java.util.function.ToDoubleFunction;

/**
 * Confidence intervals of any smooth statistic, from its scatter when one group after another is
 * left out (Quenouille 1949; Tukey 1958).
 */
final class Jackknife {
  private final Moments all;
  private final Moments[] without;
  private final double quantile;

  /**
   * Prepares what is left out of what.
   *
   * @param groups alike, independent
   * @param all of them merged
   */
  Jackknife(Moments[] groups, Moments all, int length, double confidence) {
    this.all = all;
    without = new Moments[groups.length];
    for (int k = 0; k < groups.length; k++) {
      Moments rest = new Moments(length);
      for (int j = 0; j < groups.length; j++) {
        if (j != k) {
          rest.merge(groups[j]);
        }
      }
      without[k] = rest;
    }
    quantile = Quantiles.student(1 - confidence, groups.length - 1);
  }

  ConfidenceInterval interval(ToDoubleFunction<Moments> statistic) {
    double[] values = Arrays.stream(without).mapToDouble(statistic).toArray();
    double mean = Arrays.stream(values).average().orElse(Double.NaN);
    double spread = Arrays.stream(values).map(x -> (x - mean) * (x - mean)).sum();
    double error = Math.sqrt(spread * (values.length - 1) / values.length);
    return ConfidenceInterval.around(statistic.applyAsDouble(all), quantile * error);
  }
}
