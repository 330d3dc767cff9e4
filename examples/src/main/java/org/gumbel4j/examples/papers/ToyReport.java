package org.gumbel4j.examples.papers;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.gumbel4j.estimators.Bias;
import org.gumbel4j.examples.files.AtomicFile;
import org.gumbel4j.examples.report.Fonts;
import org.gumbel4j.examples.report.HtmlReport;
import org.gumbel4j.examples.report.LineChart;
import org.gumbel4j.examples.report.Png;
import org.gumbel4j.examples.report.Theme;

/** The curves of the toy problems as numbers, pictures and a page. */
public final class ToyReport {
  /** Name of the page. */
  public static final String PAGE = "report.html";

  private static final int WIDTH = 820;
  private static final int HEIGHT = 420;

  private final List<ToyCurve> curves;
  private final Map<String, String> absent;
  private final Map<String, String> settings;
  private final Map<String, String> versions;

  /**
   * Makes a report.
   *
   * @param absent why an estimator has no curve, by its name
   * @param settings what was asked for, by option
   * @param versions what it was made with
   */
  public ToyReport(
      List<ToyCurve> curves,
      Map<String, String> absent,
      Map<String, String> settings,
      Map<String, String> versions) {
    this.curves = List.copyOf(curves);
    this.absent = new LinkedHashMap<>(absent);
    this.settings = new LinkedHashMap<>(settings);
    this.versions = new LinkedHashMap<>(versions);
  }

  /**
   * Writes the page, its pictures and the table, each file whole or not at all.
   *
   * @throws IOException if a file cannot be written
   */
  public void write(Path directory) throws IOException {
    StringBuilder csv = new StringBuilder("problem,estimator,step,loss,variance,squared_bias\n");
    curves.forEach(c -> csv.append(c.toCsv()));
    AtomicFile.write(directory.resolve("curves.csv"), csv.toString());
    HtmlReport page =
        HtmlReport.of(
            "Toys with a known answer",
            "Bits that should learn to be 0, with one sample a step. The floor is the least there is"
                + " to reach; the exact gradient shows how fast Adam can get there.");
    page.section("Where they ended", "The exact expectation after the last step, mean over runs.")
        .table(headings(), lines());
    for (ToyProblem problem : problems()) {
      for (boolean unbiased : new boolean[] {true, false}) {
        addCharts(page, directory, problem, unbiased);
      }
    }
    if (!absent.isEmpty()) {
      page.section("Not here", "").table(absent);
    }
    page.section("Settings", "").table(settings);
    page.section("Made with", "").table(versions);
    AtomicFile.write(directory.resolve(PAGE), page.render());
  }

  private void addCharts(HtmlReport page, Path directory, ToyProblem problem, boolean unbiased)
      throws IOException {
    List<ToyCurve> shown =
        curves.stream()
            .filter(c -> c.problem().equals(problem))
            .filter(c -> c.bias() == (unbiased ? Bias.UNBIASED : Bias.BIASED))
            .toList();
    if (shown.isEmpty()) {
      return;
    }
    String kind = unbiased ? "unbiased" : "biased";
    LineChart losses = chart(problem.title(), "expectation");
    LineChart variances = chart("Variance of one estimate", "variance").logarithmic();
    curves.stream()
        .filter(c -> c.problem().equals(problem) && c.bias() == Bias.EXACT)
        .forEach(c -> losses.add(c.estimator(), c.steps(), c.losses()));
    for (ToyCurve curve : shown) {
      losses.add(curve.estimator(), curve.steps(), curve.losses());
      variances.add(curve.estimator(), curve.steps(), curve.variances());
    }
    double last = shown.get(0).steps()[shown.get(0).steps().length - 1];
    losses.add("floor", new double[] {0, last}, new double[] {problem.floor(), problem.floor()});
    page.section(problem.label() + ", " + kind, "")
        .chart(losses, WIDTH, HEIGHT, words("Ends at:", shown, ToyCurve::loss))
        .chart(variances, WIDTH, HEIGHT, words("Begins at:", shown, c -> c.variances()[0]));
    if (!unbiased) {
      LineChart biases = chart("Length of the bias", "bias").logarithmic();
      shown.forEach(c -> biases.add(c.estimator(), c.steps(), c.biasLengths()));
      page.chart(biases, WIDTH, HEIGHT, words("Begins at:", shown, c -> c.biasLengths()[0]));
    }
    if (Fonts.available()) {
      String name = problem.label() + "-" + kind;
      draw(losses, directory.resolve(name + "-loss.png"));
      draw(variances, directory.resolve(name + "-variance.png"));
    }
  }

  private static LineChart chart(String title, String y) {
    return LineChart.of(title, "step", y).smooth().legendBeside();
  }

  private static void draw(LineChart chart, Path file) throws IOException {
    AtomicFile.write(file, Png.encode(chart.draw(Theme.LIGHT, WIDTH, HEIGHT)));
  }

  private static String words(
      String begin, List<ToyCurve> shown, Function<ToyCurve, Double> number) {
    StringBuilder words = new StringBuilder(begin);
    shown.forEach(
        c -> words.append(String.format(Locale.ROOT, " %s %.4g;", c.estimator(), number.apply(c))));
    return words.toString();
  }

  private List<String> headings() {
    List<String> headings = new ArrayList<>(List.of("estimator", "says it is"));
    problems().forEach(p -> headings.add(p.label()));
    return headings;
  }

  private List<List<String>> lines() {
    List<List<String>> lines = new ArrayList<>();
    List<String> floor = new ArrayList<>(List.of("floor", ""));
    problems().forEach(p -> floor.add(number(p.floor())));
    lines.add(floor);
    for (String estimator : curves.stream().map(ToyCurve::estimator).distinct().toList()) {
      List<String> line = new ArrayList<>(List.of(estimator));
      line.add(
          curves.stream()
              .filter(c -> c.estimator().equals(estimator))
              .map(c -> c.bias().toString().toLowerCase(Locale.ROOT))
              .findFirst()
              .orElse(""));
      for (ToyProblem problem : problems()) {
        Optional<ToyCurve> curve =
            curves.stream()
                .filter(c -> c.estimator().equals(estimator) && c.problem().equals(problem))
                .findFirst();
        line.add(curve.map(c -> number(c.loss())).orElse("–"));
      }
      lines.add(line);
    }
    return lines;
  }

  private List<ToyProblem> problems() {
    return curves.stream().map(ToyCurve::problem).distinct().toList();
  }

  private static String number(double x) {
    return String.format(Locale.ROOT, "%.5f", x);
  }
}
