package org.gumbel4j.examples.papers;

import java.util.Arrays;
import java.util.Locale;
import java.util.OptionalDouble;

/**
 * How long steps of training took that differ in the expectation over the class alone.
 *
 * @param classes K
 * @param marginal seconds of steps that add up all classes
 * @param sampled seconds of steps that draw one, taken in turn with the others
 */
@SuppressWarnings("ArrayRecordComponent") // measurements on their way to a table
public record StepTimes(int classes, double[] marginal, double[] sampled) {
  /** The median of the first over the median of the second. */
  public double ratio() {
    return median(marginal) / median(sampled);
  }

  /** What Jang, Gu and Poole (arXiv 1611.01144, section 4.3) found, with 10 and 100 classes. */
  public OptionalDouble published() {
    return switch (classes) {
      case 10 -> OptionalDouble.of(2);
      case 100 -> OptionalDouble.of(9.9);
      default -> OptionalDouble.empty();
    };
  }

  /** The line that is printed. */
  public String toLine() {
    return String.format(
        Locale.ROOT,
        "classes=%d marginal_ms=%.3f sampled_ms=%.3f ratio=%.2f quartiles=%.2f..%.2f published=%s",
        classes,
        1e3 * median(marginal),
        1e3 * median(sampled),
        ratio(),
        quantile(ratios(), 0.25),
        quantile(ratios(), 0.75),
        published().isPresent() ? Double.toString(published().getAsDouble()) : "none");
  }

  /** The ratio of each step to the one taken in turn with it. */
  double[] ratios() {
    double[] ratios = new double[marginal.length];
    Arrays.setAll(ratios, i -> marginal[i] / sampled[i]);
    return ratios;
  }

  static double median(double[] values) {
    return quantile(values, 0.5);
  }

  static double quantile(double[] values, double q) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    double at = q * (sorted.length - 1);
    int low = (int) at;
    int high = Math.min(low + 1, sorted.length - 1);
    return sorted[low] + (at - low) * (sorted[high] - sorted[low]);
  }
}
