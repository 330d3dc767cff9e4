package org.gumbel4j.examples.training;

import java.util.List;
import java.util.Locale;

/**
 * What one pass over the training pictures came to; losses in nats per picture, lower is better.
 *
 * @param epoch counted from 1
 * @param trainLoss running mean over the epoch, with relaxed samples
 * @param testLoss on the test pictures
 * @param discreteElbo −ELBO on the test pictures with one-hot samples: an upper bound on −log p(x)
 * @param temperature τ at the end of the epoch
 * @param seconds wall-clock time of training and testing
 */
public record EpochMetrics(
    int epoch,
    double trainLoss,
    double testLoss,
    double discreteElbo,
    double temperature,
    double seconds) {

  private static final String HEADER =
      "epoch,train_loss,test_loss,discrete_elbo,temperature,seconds\n";

  private static final int COLUMNS = 6;

  /** Returns the line that is printed after the epoch. */
  public String toLine() {
    return String.format(
        Locale.ROOT,
        "epoch=%d train_loss=%.4f test_loss=%.4f discrete_elbo=%.4f temperature=%.4f"
            + " seconds=%.2f",
        epoch,
        trainLoss,
        testLoss,
        discreteElbo,
        temperature,
        seconds);
  }

  /** Returns the numbers as a checkpoint keeps them. */
  List<Double> toRow() {
    return List.of((double) epoch, trainLoss, testLoss, discreteElbo, temperature, seconds);
  }

  /**
   * Makes the metrics that {@link #toRow} gave.
   *
   * @throws IllegalArgumentException if the row has another length
   */
  static EpochMetrics ofRow(List<Double> row) {
    if (row.size() != COLUMNS) {
      throw new IllegalArgumentException(
          "resume: " + row.size() + " numbers an epoch in the checkpoint, but here are " + COLUMNS);
    }
    return new EpochMetrics(
        (int) (double) row.get(0), row.get(1), row.get(2), row.get(3), row.get(4), row.get(5));
  }

  /**
   * Returns the history as comma-separated values with a header; numbers with every digit, a point
   * before the decimals whatever the locale, and {@code NaN} and {@code Infinity} by name.
   */
  public static String toCsv(List<EpochMetrics> history) {
    StringBuilder csv = new StringBuilder(HEADER);
    for (EpochMetrics m : history) {
      csv.append(m.epoch)
          .append(',')
          .append(m.trainLoss)
          .append(',')
          .append(m.testLoss)
          .append(',')
          .append(m.discreteElbo)
          .append(',')
          .append(m.temperature)
          .append(',')
          .append(String.format(Locale.ROOT, "%.3f", m.seconds))
          .append('\n');
    }
    return csv.toString();
  }
}
