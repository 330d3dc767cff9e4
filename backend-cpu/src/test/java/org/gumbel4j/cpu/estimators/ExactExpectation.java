package org.gumbel4j.cpu.estimators;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.gumbel4j.autodiff.Autodiff;
import org.gumbel4j.autodiff.Objective;
import org.gumbel4j.autodiff.ValueAndGradient;
import org.gumbel4j.tensor.DType;
import org.gumbel4j.tensor.Shape;
import org.gumbel4j.tensor.Tensor;

/**
 * The expectation of an estimator without statistics: a batch of equal rows is large enough for
 * every outcome to occur in one of them, and outcomes are weighed by their probability, not by how
 * often they came. That none is missing shows in the sum of the probabilities; that the estimate
 * depends on the outcome alone is checked too.
 *
 * @param value the expected surrogate
 * @param gradients its expected gradients by the parameters, one array for each
 */
record ExactExpectation(double value, List<double[]> gradients) {
  /** An estimate for every row of a batch. */
  interface Trial {
    /**
     * Makes a surrogate.
     *
     * @param parameters each with an axis of the batch before those it was given with
     * @param seen takes what was drawn, [samples…, batch, N, K]
     * @return [batch]
     */
    Tensor surrogate(List<Tensor> parameters, List<Tensor> seen);
  }

  /**
   * Runs a trial over a batch.
   *
   * @param rows the size of the batch
   * @param probability of an outcome: what was drawn, flat and in the order in which it was seen
   */
  static ExactExpectation of(
      List<Tensor> parameters, int rows, Trial trial, ToDoubleFunction<double[]> probability) {
    List<Tensor> wide =
        parameters.stream().map(p -> p.broadcastTo(Shape.of(rows).concat(p.shape()))).toList();
    ValueAndGradient all =
        Autodiff.differentiate(
            p -> {
              List<Tensor> seen = new ArrayList<>();
              Tensor surrogate = trial.surrogate(p, seen);
              seen.add(0, surrogate);
              return new Objective(surrogate.sum(), seen);
            },
            wide);
    double[][] estimates = new double[parameters.size() + 1][];
    estimates[0] = doubles(all.auxiliary().get(0));
    for (int i = 0; i < parameters.size(); i++) {
      estimates[i + 1] = doubles(all.gradients().get(i));
    }
    return weigh(estimates, rows, outcomes(all.auxiliary(), rows), probability);
  }

  private static ExactExpectation weigh(
      double[][] estimates, int rows, double[][] outcomes, ToDoubleFunction<double[]> probability) {
    double[][] sums = new double[estimates.length][];
    for (int i = 0; i < sums.length; i++) {
      sums[i] = new double[estimates[i].length / rows];
    }
    Map<String, Integer> first = new HashMap<>();
    double total = 0;
    for (int row = 0; row < rows; row++) {
      Integer before = first.putIfAbsent(Arrays.toString(outcomes[row]), row);
      double p = before == null ? probability.applyAsDouble(outcomes[row]) : 0;
      total += p;
      for (int i = 0; i < sums.length; i++) {
        int length = sums[i].length;
        for (int j = 0; j < length; j++) {
          double estimate = estimates[i][row * length + j];
          sums[i][j] += p * estimate;
          if (before != null && !isClose(estimate, estimates[i][before * length + j])) {
            throw new AssertionError(
                "one outcome, two estimates: "
                    + estimate
                    + " and "
                    + estimates[i][before * length + j]
                    + " of "
                    + Arrays.toString(outcomes[row]));
          }
        }
      }
    }
    assertThat(total).describedAs("probability of the outcomes seen").isCloseTo(1, within(1e-6));
    return new ExactExpectation(sums[0][0], List.of(sums).subList(1, sums.length));
  }

  private static boolean isClose(double a, double b) {
    return Math.abs(a - b) <= 1e-4 * (1 + Math.abs(b));
  }

  /** What was drawn in each row. */
  private static double[][] outcomes(List<Tensor> auxiliary, int rows) {
    double[][] outcomes = new double[rows][0];
    for (Tensor drawn : auxiliary.subList(1, auxiliary.size())) {
      int inner = (int) (drawn.shape().dim(-1) * drawn.shape().dim(-2));
      int outer = (int) (drawn.size() / rows / inner);
      double[] values = doubles(drawn);
      for (int row = 0; row < rows; row++) {
        int start = outcomes[row].length;
        outcomes[row] = Arrays.copyOf(outcomes[row], start + outer * inner);
        for (int s = 0; s < outer; s++) {
          System.arraycopy(
              values, (s * rows + row) * inner, outcomes[row], start + s * inner, inner);
        }
      }
    }
    return outcomes;
  }

  static double[] doubles(Tensor x) {
    return x.cast(DType.FLOAT64).toDoubles();
  }

  /**
   * P of vectors z of variables one after another, drawn independently with the same logits.
   *
   * @param logits [N, K]
   */
  static double probability(double[][] logits, double[] z) {
    int n = logits.length;
    int k = logits[0].length;
    double p = 1;
    for (int i = 0; i < z.length; i += k) {
      double[] row = logits[i / k % n];
      if (k == 1) {
        double sigma = 1 / (1 + Math.exp(-row[0]));
        p *= z[i] == 1 ? sigma : 1 - sigma;
      } else {
        double all = 0;
        double chosen = 0;
        for (int j = 0; j < k; j++) {
          all += Math.exp(row[j]);
          chosen += z[i + j] * Math.exp(row[j]);
        }
        p *= chosen / all;
      }
    }
    return p;
  }
}
