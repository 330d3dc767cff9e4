package org.gumbel4j.examples.estimators;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.gumbel4j.estimators.diagnostics.ConfidenceInterval;
import org.gumbel4j.estimators.diagnostics.EstimatorMeasurement;

/** A sweep as lines for people, and as comma-separated values. */
public final class SweepTable {
  /** Headings of {@link #cells}. */
  public static final List<String> HEADINGS =
      List.of(
          "estimator",
          "tau",
          "bias/|g|",
          "95 %",
          "sd/|g|",
          "cosine",
          "mse/|g|^2",
          "f calls",
          "us",
          "z",
          "bias");

  private static final String CSV_HEADER =
      "estimator,temperature,claims,draws,bias_ratio,bias_ratio_low,bias_ratio_high,relative_sd,"
          + "relative_sd_low,relative_sd_high,cosine,cosine_low,cosine_high,cosine_of_mean,"
          + "relative_mse,f_calls,seconds_per_estimate,largest_deviation,allowed_deviation,covers\n";

  private SweepTable() {}

  /** The cells of a row, for people. */
  public static List<String> cells(Sweep sweep, Measured row) {
    EstimatorMeasurement m = row.result();
    ConfidenceInterval bias = m.biasRatio();
    return List.of(
        row.trial().name(),
        row.trial().temperatureText(),
        number(bias.value()),
        number(bias.low()) + "–" + number(bias.high()),
        number(m.relativeStandardDeviation().value()),
        format("%.3f", m.cosine().value()),
        number(row.relativeError()),
        format("%.4g", m.evaluationsPerEstimate()),
        format("%.3g", m.secondsPerEstimate() * 1e6),
        format("%.1f", m.largestDeviation()),
        verdict(sweep, row));
  }

  /** What the measurement says of what the estimator says. */
  private static String verdict(Sweep sweep, Measured row) {
    boolean covers = sweep.covers(row);
    return switch (row.result().traits().bias()) {
      case EXACT -> covers ? "exact" : "NOT EXACT";
      case UNBIASED -> covers ? "none" : "NOT UNBIASED";
      case BIASED -> covers ? "unseen" : "biased";
    };
  }

  /** Headings and rows, aligned. */
  public static String toText(Sweep sweep) {
    List<List<String>> lines =
        sweep.rows().stream().map(r -> cells(sweep, r)).collect(Collectors.toList());
    lines.add(0, HEADINGS);
    StringBuilder text = new StringBuilder();
    for (List<String> line : lines) {
      StringBuilder padded = new StringBuilder();
      for (int i = 0; i < line.size(); i++) {
        int column = i;
        int width = lines.stream().mapToInt(l -> l.get(column).length()).max().orElse(0);
        String blanks = " ".repeat(width - line.get(i).length());
        boolean left = i == 0 || i == line.size() - 1;
        padded
            .append(i == 0 ? "" : "  ")
            .append(left ? line.get(i) + blanks : blanks + line.get(i));
      }
      text.append(padded.toString().stripTrailing()).append('\n');
    }
    return text.toString();
  }

  /** A header and a line a row, with every digit; NaN where there is no temperature. */
  public static String toCsv(Sweep sweep) {
    StringBuilder csv = new StringBuilder(CSV_HEADER);
    for (Measured row : sweep.rows()) {
      EstimatorMeasurement m = row.result();
      List<Object> values =
          List.of(
              row.trial().name(),
              row.trial().temperature(),
              m.traits().bias(),
              m.draws(),
              m.biasRatio().value(),
              m.biasRatio().low(),
              m.biasRatio().high(),
              m.relativeStandardDeviation().value(),
              m.relativeStandardDeviation().low(),
              m.relativeStandardDeviation().high(),
              m.cosine().value(),
              m.cosine().low(),
              m.cosine().high(),
              m.cosineOfMean().value(),
              row.relativeError(),
              m.evaluationsPerEstimate(),
              m.secondsPerEstimate(),
              m.largestDeviation(),
              sweep.allowed(row),
              sweep.covers(row));
      csv.append(values.stream().map(String::valueOf).collect(Collectors.joining(",")))
          .append('\n');
    }
    return csv.toString();
  }

  /** Three digits, without an exponent where that can be read. */
  private static String number(double x) {
    return Math.abs(x) >= 1000 || (x != 0 && Math.abs(x) < 1e-4)
        ? format("%.1e", x)
        : format(Math.abs(x) >= 10 ? "%.1f" : "%.4f", x);
  }

  private static String format(String pattern, Object... values) {
    return String.format(Locale.ROOT, pattern, values);
  }
}
