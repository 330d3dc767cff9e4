package org.gumbel4j.examples.papers;

import java.util.Arrays;
import java.util.Locale;
import org.gumbel4j.estimators.Bias;

/**
 * How an estimator fared with a problem.
 *
 * @param problem the problem
 * @param estimator its name
 * @param bias what it says of itself
 * @param steps where the curve was measured
 * @param losses the exact expectation at the logits there, the mean over runs
 * @param variances the variance of one estimate of the gradient there, summed over the logits, in
 *     the first run
 * @param biases the square of the length of the difference between the mean of estimates and the
 *     exact gradient there, less what the noise of that mean adds; in the first run
 */
@SuppressWarnings("ArrayRecordComponent") // columns of numbers on their way to a chart
public record ToyCurve(
    ToyProblem problem,
    String estimator,
    Bias bias,
    double[] steps,
    double[] losses,
    double[] variances,
    double[] biases) {
  /** The expectation at the end. */
  public double loss() {
    return losses[losses.length - 1];
  }

  /** The line that is printed when the curve is done. */
  public String toLine() {
    return String.format(
        Locale.ROOT,
        "problem=%s estimator=%s loss=%.6f floor=%.6f variance_at_start=%.3e",
        problem.label(),
        estimator,
        loss(),
        problem.floor(),
        variances[0]);
  }

  /** The points as comma-separated values. */
  String toCsv() {
    StringBuilder csv = new StringBuilder();
    for (int i = 0; i < steps.length; i++) {
      csv.append(problem.label())
          .append(',')
          .append(estimator)
          .append(',')
          .append((long) steps[i])
          .append(',')
          .append(losses[i])
          .append(',')
          .append(variances[i])
          .append(',')
          .append(biases[i])
          .append('\n');
    }
    return csv.toString();
  }

  /** The square roots of {@link #biases}, 0 where the noise hides them. */
  double[] biasLengths() {
    return Arrays.stream(biases).map(b -> Math.sqrt(Math.max(0, b))).toArray();
  }
}
