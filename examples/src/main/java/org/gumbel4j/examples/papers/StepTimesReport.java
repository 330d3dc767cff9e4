package org.gumbel4j.examples.papers;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.gumbel4j.examples.files.AtomicFile;
import org.gumbel4j.examples.report.Fonts;
import org.gumbel4j.examples.report.HtmlReport;
import org.gumbel4j.examples.report.LineChart;
import org.gumbel4j.examples.report.Png;
import org.gumbel4j.examples.report.Theme;

/** Times of steps as numbers, a picture and a page. */
public final class StepTimesReport {
  /** Name of the page. */
  public static final String PAGE = "report.html";

  private static final int WIDTH = 820;
  private static final int HEIGHT = 340;

  private final List<StepTimes> times;
  private final Map<String, String> settings;
  private final Map<String, String> versions;

  /**
   * Makes a report.
   *
   * @param settings what was asked for, by option
   * @param versions what it was made with
   */
  public StepTimesReport(
      List<StepTimes> times, Map<String, String> settings, Map<String, String> versions) {
    this.times = List.copyOf(times);
    this.settings = new LinkedHashMap<>(settings);
    this.versions = new LinkedHashMap<>(versions);
  }

  /**
   * Writes the page, its picture and the table, each file whole or not at all.
   *
   * @throws IOException if a file cannot be written
   */
  public void write(Path directory) throws IOException {
    StringBuilder csv = new StringBuilder("classes,step,marginal_seconds,sampled_seconds\n");
    for (StepTimes t : times) {
      for (int i = 0; i < t.marginal().length; i++) {
        csv.append(
            String.format(
                Locale.ROOT, "%d,%d,%s,%s\n", t.classes(), i, t.marginal()[i], t.sampled()[i]));
      }
    }
    AtomicFile.write(directory.resolve("times.csv"), csv.toString());
    if (Fonts.available()) {
      AtomicFile.write(
          directory.resolve("times.png"), Png.encode(chart().draw(Theme.LIGHT, WIDTH, HEIGHT)));
    }
    AtomicFile.write(directory.resolve(PAGE), page().render());
  }

  private HtmlReport page() {
    HtmlReport page =
        HtmlReport.of(
            "One sample, or all classes",
            "A step of a semi-supervised autoencoder in which the unknown class is added up over all"
                + " its values, beside one in which a sample stands for it.");
    page.section("", "")
        .table(
            List.of("classes", "all, ms", "one sample, ms", "ratio of medians", "published"),
            times.stream().map(StepTimesReport::line).toList());
    page.section("Step by step", "Taken in turn: what else the machine did fell on both.")
        .chart(chart(), WIDTH, HEIGHT, "The time of each step, in milliseconds.");
    page.section("Settings", "").table(settings);
    page.section("Made with", "").table(versions);
    return page;
  }

  private LineChart chart() {
    LineChart chart =
        LineChart.of("Time of a step", "step", "milliseconds").logarithmic().legendBeside();
    for (StepTimes t : times) {
      chart.add("all of " + t.classes(), steps(t), milliseconds(t.marginal()));
      chart.add("one of " + t.classes(), steps(t), milliseconds(t.sampled()));
    }
    return chart;
  }

  private static List<String> line(StepTimes t) {
    return List.of(
        Integer.toString(t.classes()),
        number(1e3 * StepTimes.median(t.marginal())),
        number(1e3 * StepTimes.median(t.sampled())),
        number(t.ratio()),
        t.published().isPresent() ? Double.toString(t.published().getAsDouble()) : "");
  }

  private static double[] steps(StepTimes t) {
    double[] steps = new double[t.marginal().length];
    for (int i = 0; i < steps.length; i++) {
      steps[i] = i + 1;
    }
    return steps;
  }

  private static double[] milliseconds(double[] seconds) {
    double[] result = new double[seconds.length];
    for (int i = 0; i < seconds.length; i++) {
      result[i] = 1e3 * seconds[i];
    }
    return result;
  }

  private static String number(double x) {
    return String.format(Locale.ROOT, "%.2f", x);
  }
}
