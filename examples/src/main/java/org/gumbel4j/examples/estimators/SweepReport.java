package org.gumbel4j.examples.estimators;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.gumbel4j.examples.report.HtmlReport;
import org.gumbel4j.examples.report.LineChart;

/** A sweep as a page: curves over temperature, and everything as a table. */
public final class SweepReport {
  /** Name of the page. */
  public static final String PAGE = "estimators.html";

  /** Name of the table. */
  public static final String TABLE = "estimators.csv";

  private static final int WIDTH = 860;
  private static final int HEIGHT = 440;

  private final Sweep sweep;

  private SweepReport(Sweep sweep) {
    this.sweep = sweep;
  }

  /** The page. */
  public static HtmlReport of(
      Sweep sweep, Map<String, String> settings, Map<String, String> versions) {
    return new SweepReport(sweep).page(settings, versions);
  }

  private HtmlReport page(Map<String, String> settings, Map<String, String> versions) {
    HtmlReport page =
        HtmlReport.of(
            "Gradient estimators on " + sweep.problem().name(),
            "The gradient of "
                + sweep.problem().description()
                + ", estimated and compared with the exact one. A good estimator has little bias (it"
                + " is right on average), little noise (each estimate is near the average), and is"
                + " cheap.");
    cards(page);
    Map<String, List<Measured>> curves = curves();
    if (!curves.isEmpty()) {
      page.section(
              "Bias over temperature",
              "How far the average estimate is from the exact gradient, as a part of its length."
                  + " What is too small to be seen with so many draws is left out.")
          .chart(biasChart(curves), WIDTH, HEIGHT, describe(curves, "bias", SweepReport::seenBias))
          .section(
              "Noise over temperature",
              "The standard deviation of one estimate, in lengths of the exact gradient: what a low"
                  + " temperature costs. Those without a temperature are level lines, the quietest"
                  + " three of them.")
          .chart(noiseChart(curves), WIDTH, HEIGHT, describe(curves, "noise", SweepReport::noise))
          .section(
              "Error over temperature",
              "Bias and noise together: the root of the mean squared error of one estimate, in"
                  + " lengths of the gradient.")
          .chart(errorChart(curves), WIDTH, HEIGHT, describe(curves, "error", SweepReport::error));
    }
    page.section(
            "All numbers",
            "Sorted by the error of one estimate. bias/|g| with its 95 % interval; sd/|g|, the noise"
                + " of one estimate; the cosine of its angle to the gradient; f calls and"
                + " microseconds an estimate costs as one of many; z, the largest distance of a mean"
                + " entry from the exact one in standard errors. An estimator that claims no bias is"
                + " at fault if z is beyond what chance allows once in a thousand such pages.")
        .table(SweepTable.HEADINGS, byError());
    if (!sweep.plan().leftOut().isEmpty()) {
      page.section("Left out", "").table(sweep.plan().leftOut());
    }
    page.section("What they are", "")
        .table(papers())
        .section("Settings", "")
        .table(settings)
        .section("Made with", "")
        .table(versions);
    return page;
  }

  private void cards(HtmlReport page) {
    long claims = sweep.claims();
    long held = claims - sweep.faults().size();
    page.card("claims of no bias", held + " of " + claims, "hold against the exact gradient");
    sweep.rows().stream()
        .filter(r -> r.result().traits().cost().noises() > 0)
        .min(Comparator.comparingDouble(Measured::relativeError))
        .ifPresent(
            best ->
                page.card(
                    "least error of one estimate",
                    best.trial().name(),
                    format("%.3g of the gradient's length", Math.sqrt(best.relativeError()))));
    page.card(
        "draws",
        format("%,d", sweep.rows().stream().mapToLong(r -> r.result().draws()).max().orElse(0)),
        "for each estimator and temperature");
  }

  /** The estimators that were measured at several temperatures. */
  private Map<String, List<Measured>> curves() {
    Map<String, List<Measured>> curves = new LinkedHashMap<>();
    for (Measured row : sweep.rows()) {
      if (row.trial().hasTemperature()) {
        curves.computeIfAbsent(row.trial().name(), n -> new ArrayList<>()).add(row);
      }
    }
    curves.values().removeIf(rows -> rows.size() < 2);
    curves
        .values()
        .forEach(rows -> rows.sort(Comparator.comparingDouble(r -> r.trial().temperature())));
    return curves;
  }

  private LineChart biasChart(Map<String, List<Measured>> curves) {
    LineChart chart =
        LineChart.of("Bias", "temperature", "bias / |gradient|").logarithmicBoth().legendBeside();
    curves.forEach((name, rows) -> add(chart, name, rows, SweepReport::seenBias));
    return chart;
  }

  private LineChart noiseChart(Map<String, List<Measured>> curves) {
    LineChart chart =
        LineChart.of("Noise", "temperature", "standard deviation / |gradient|")
            .logarithmicBoth()
            .legendBeside();
    curves.forEach((name, rows) -> add(chart, name, rows, SweepReport::noise));
    addLevels(chart, curves, SweepReport::noise);
    return chart;
  }

  private LineChart errorChart(Map<String, List<Measured>> curves) {
    LineChart chart =
        LineChart.of("Error of one estimate", "temperature", "root mean squared error / |gradient|")
            .logarithmicBoth()
            .legendBeside();
    curves.forEach((name, rows) -> add(chart, name, rows, SweepReport::error));
    addLevels(chart, curves, SweepReport::error);
    return chart;
  }

  private static void add(
      LineChart chart, String name, List<Measured> rows, ToDoubleFunction<Measured> value) {
    double[] t = rows.stream().mapToDouble(r -> r.trial().temperature()).toArray();
    chart.add(name, t, rows.stream().mapToDouble(value).toArray());
  }

  private void addLevels(
      LineChart chart, Map<String, List<Measured>> curves, ToDoubleFunction<Measured> value) {
    double[] ends =
        curves.values().stream()
            .flatMap(List::stream)
            .mapToDouble(r -> r.trial().temperature())
            .sorted()
            .toArray();
    double[] t = {ends[0], ends[ends.length - 1]};
    sweep.rows().stream()
        .filter(r -> !r.trial().hasTemperature() && value.applyAsDouble(r) > 1e-6)
        .sorted(Comparator.comparingDouble(value))
        .limit(3)
        .forEach(
            r -> {
              double y = value.applyAsDouble(r);
              chart.add(r.trial().name(), t, new double[] {y, y});
            });
  }

  /** The bias where its interval excludes 0. */
  private static double seenBias(Measured row) {
    var bias = row.result().biasRatio();
    return bias.low() > 0 ? bias.value() : Double.NaN;
  }

  /** 0 cannot be shown on a logarithmic axis. */
  private static double noise(Measured row) {
    double sd = row.result().relativeStandardDeviation().value();
    return sd > 0 ? sd : Double.NaN;
  }

  private static double error(Measured row) {
    double error = Math.sqrt(row.relativeError());
    return error > 0 ? error : Double.NaN;
  }

  private static String describe(
      Map<String, List<Measured>> curves, String what, ToDoubleFunction<Measured> value) {
    return curves.entrySet().stream()
        .map(
            e -> {
              Measured first = e.getValue().get(0);
              Measured last = e.getValue().get(e.getValue().size() - 1);
              return format(
                  "%s: %s %.3g at temperature %.3g, %.3g at %.3g.",
                  e.getKey(),
                  what,
                  value.applyAsDouble(first),
                  first.trial().temperature(),
                  value.applyAsDouble(last),
                  last.trial().temperature());
            })
        .collect(Collectors.joining(" "));
  }

  private List<List<String>> byError() {
    return sweep.rows().stream()
        .sorted(Comparator.comparingDouble(Measured::relativeError))
        .map(r -> SweepTable.cells(sweep, r))
        .toList();
  }

  private Map<String, String> papers() {
    Map<String, String> byName = new LinkedHashMap<>();
    for (Measured row : sweep.rows()) {
      var traits = row.result().traits();
      byName.put(row.trial().name(), traits.statement() + " " + traits.paper() + ".");
    }
    return byName;
  }

  private static String format(String pattern, Object... values) {
    return String.format(Locale.ROOT, pattern, values);
  }
}
