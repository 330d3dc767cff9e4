package org.gumbel4j.examples.djl;

import java.util.List;
import java.util.Locale;

/**
 * What one pass over the training pictures came to.
 *
 * @param epoch counted from 1
 * @param trainLoss running mean over the epoch: reconstruction in nats per picture plus diversity
 * @param reconstruction cross-entropy of the test pictures' pixels in nats per picture, told by
 *     their most likely codes
 * @param perplexity of how many entries a group makes use, on the test pictures, the mean over
 *     groups
 * @param used entries that any test picture uses, of all groups
 * @param temperature τ at the end of the epoch
 * @param seconds wall-clock time of training and testing
 */
public record VqVaeMetrics(
    int epoch,
    double trainLoss,
    double reconstruction,
    double perplexity,
    int used,
    double temperature,
    double seconds) {

  private static final String HEADER =
      "epoch,train_loss,reconstruction,perplexity,entries_used,temperature,seconds\n";

  /** Returns the line that is printed after the epoch. */
  public String toLine() {
    return String.format(
        Locale.ROOT,
        "epoch=%d train_loss=%.4f reconstruction=%.4f perplexity=%.2f entries_used=%d"
            + " temperature=%.4f seconds=%.2f",
        epoch,
        trainLoss,
        reconstruction,
        perplexity,
        used,
        temperature,
        seconds);
  }

  /** Returns the history as comma-separated values with a header, with every digit. */
  public static String toCsv(List<VqVaeMetrics> history) {
    StringBuilder csv = new StringBuilder(HEADER);
    for (VqVaeMetrics m : history) {
      csv.append(m.epoch)
          .append(',')
          .append(m.trainLoss)
          .append(',')
          .append(m.reconstruction)
          .append(',')
          .append(m.perplexity)
          .append(',')
          .append(m.used)
          .append(',')
          .append(m.temperature)
          .append(',')
          .append(String.format(Locale.ROOT, "%.3f", m.seconds))
          .append('\n');
    }
    return csv.toString();
  }
}
