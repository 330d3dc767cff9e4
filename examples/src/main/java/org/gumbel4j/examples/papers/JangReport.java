package org.gumbel4j.examples.papers;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.gumbel4j.examples.files.AtomicFile;
import org.gumbel4j.examples.report.Fonts;
import org.gumbel4j.examples.report.HtmlReport;
import org.gumbel4j.examples.report.LineChart;
import org.gumbel4j.examples.report.Png;
import org.gumbel4j.examples.report.Theme;

/** The table so far, as text, numbers, curves and a page. */
public final class JangReport {
  /** Name of the page. */
  public static final String PAGE = "report.html";

  private static final int WIDTH = 820;
  private static final int HEIGHT = 420;
  private static final int COLUMN = 14;
  private static final int FIRST_COLUMN = 18;

  private final List<CellResult> results;
  private final Map<String, String> settings;
  private final Map<String, String> versions;

  /**
   * Makes a report.
   *
   * @param results of the cells that are done
   * @param settings what was asked for, by option
   * @param versions what it was made with
   */
  public JangReport(
      List<CellResult> results, Map<String, String> settings, Map<String, String> versions) {
    this.results = List.copyOf(results);
    this.settings = new LinkedHashMap<>(settings);
    this.versions = new LinkedHashMap<>(versions);
  }

  /**
   * Writes the page, its pictures and tables, each file whole or not at all.
   *
   * @throws IOException if a file cannot be written
   */
  public void write(Path directory) throws IOException {
    AtomicFile.write(directory.resolve("table.csv"), csv());
    AtomicFile.write(directory.resolve("curves.csv"), curvesCsv());
    if (Fonts.available()) {
      for (TableRow row : rows()) {
        AtomicFile.write(
            directory.resolve("curves-" + row + ".png"),
            Png.encode(chart(row).draw(Theme.LIGHT, WIDTH, HEIGHT)));
      }
    }
    AtomicFile.write(directory.resolve(PAGE), page().render());
  }

  /** The table for a terminal: ours, and in brackets what was published. */
  public String text() {
    StringBuilder text = new StringBuilder();
    List<TableColumn> columns = columns();
    text.append(pad("", FIRST_COLUMN));
    columns.forEach(c -> text.append(pad(c.title(), COLUMN)));
    text.append('\n');
    for (TableRow row : rows()) {
      text.append(pad(row.title(), FIRST_COLUMN));
      columns.forEach(c -> text.append(pad(inTable(row, c), COLUMN)));
      text.append('\n');
    }
    return text.toString().replaceAll(" +\n", "\n");
  }

  private HtmlReport page() {
    HtmlReport page =
        HtmlReport.of(
            "Table 1 of “Categorical reparameterization with Gumbel-Softmax”",
            "Nats per test picture, lower is better: ours, and in brackets what Jang, Gu and Poole"
                + " (2016) published. Columns without brackets are of later papers.");
    List<String> headings = new ArrayList<>(List.of(""));
    columns().forEach(c -> headings.add(c.title()));
    List<List<String>> lines = new ArrayList<>();
    for (TableRow row : rows()) {
      List<String> line = new ArrayList<>(List.of(row.title()));
      columns().forEach(c -> line.add(inTable(row, c)));
      lines.add(line);
    }
    page.section("", "").table(headings, lines);
    page.section(
        "How far to trust it",
        "The number of steps is stated below and in each line of the list of cells; the paper does not"
            + " say how many it took. Where a curve still falls at its end, the cell is undertrained,"
            + " and the difference to the published number says as much about that as about the"
            + " estimator.");
    for (TableRow row : rows()) {
      page.section(
              row.title(),
              "The bound on validation pictures (100 samples, 500 pictures) in the course of training.")
          .chart(chart(row), WIDTH, HEIGHT, describe(row));
    }
    page.section("Cell by cell", "")
        .table(
            List.of(
                "cell",
                "estimator",
                "learning rate",
                "steps",
                "train",
                "validation",
                "test",
                "±",
                "seconds",
                ""),
            results.stream().map(JangReport::line).toList());
    page.section("Settings", "").table(settings);
    page.section("Made with", "").table(versions);
    return page;
  }

  private static List<String> line(CellResult result) {
    Cell cell = result.cell();
    if (result.curve().isEmpty()) {
      return List.of(
          cell.name(),
          cell.column().estimatorName(),
          "",
          "",
          "",
          "",
          "",
          "",
          "",
          result.note().orElse(""));
    }
    CurvePoint p = result.last();
    return List.of(
        cell.name(),
        cell.column().estimatorName(),
        Double.toString(result.rate()),
        Long.toString(p.step()),
        number("%.2f", p.trainLoss()),
        number("%.2f", p.validation()),
        number("%.2f", p.test()),
        number("%.2f", p.standardError()),
        number("%.0f", p.seconds()),
        result.note().orElse(""));
  }

  private LineChart chart(TableRow row) {
    LineChart chart = LineChart.of(row.title(), "step", "nats per picture").legendBeside().smooth();
    for (CellResult result : of(row)) {
      chart.add(
          result.cell().column().title(),
          result.curve().stream().mapToDouble(CurvePoint::step).toArray(),
          result.curve().stream().mapToDouble(CurvePoint::validation).toArray());
    }
    return chart;
  }

  private String describe(TableRow row) {
    StringBuilder words = new StringBuilder("At the end:");
    for (CellResult result : of(row)) {
      words
          .append(' ')
          .append(result.cell().column().title())
          .append(' ')
          .append(result.curve().isEmpty() ? "none" : number("%.1f", result.last().validation()))
          .append(';');
    }
    return words.toString();
  }

  private String csv() {
    StringBuilder csv = new StringBuilder(CellResult.HEADER);
    results.forEach(r -> csv.append(r.toCsv()));
    return csv.toString();
  }

  private String curvesCsv() {
    StringBuilder csv = new StringBuilder("row,column,step,train_loss,valid_nll,seconds\n");
    for (CellResult result : results) {
      for (CurvePoint p : result.curve()) {
        csv.append(
            String.format(
                Locale.ROOT,
                "%s,%s,%d,%s,%s,%.3f\n",
                result.cell().row(),
                result.cell().column(),
                p.step(),
                p.trainLoss(),
                p.validation(),
                p.seconds()));
      }
    }
    return csv.toString();
  }

  private String inTable(TableRow row, TableColumn column) {
    Optional<CellResult> result =
        results.stream().filter(r -> r.cell().equals(new Cell(row, column))).findAny();
    return result.map(CellResult::inTable).orElse("");
  }

  private List<CellResult> of(TableRow row) {
    return results.stream().filter(r -> r.cell().row() == row).toList();
  }

  private List<TableRow> rows() {
    return Arrays.stream(TableRow.values()).filter(row -> !of(row).isEmpty()).toList();
  }

  private List<TableColumn> columns() {
    return Arrays.stream(TableColumn.values())
        .filter(c -> results.stream().anyMatch(r -> r.cell().column() == c))
        .toList();
  }

  private static String pad(String text, int width) {
    return text + " ".repeat(Math.max(1, width - text.length()));
  }

  private static String number(String format, double x) {
    return String.format(Locale.ROOT, format, x);
  }
}
