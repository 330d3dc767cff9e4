package org.gumbel4j.examples.djl;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.gumbel4j.examples.data.Images;
import org.gumbel4j.examples.files.AtomicFile;
import org.gumbel4j.examples.report.Fonts;
import org.gumbel4j.examples.report.HtmlReport;
import org.gumbel4j.examples.report.ImageGrid;
import org.gumbel4j.examples.report.LineChart;
import org.gumbel4j.examples.report.Png;
import org.gumbel4j.examples.report.Theme;

/** The page and the pictures that a run of the vector-quantised autoencoder leaves behind. */
public final class VqVaeReport {
  /** Name of the page. */
  public static final String PAGE = "report.html";

  /** Name of the table of metrics. */
  public static final String METRICS = "metrics.csv";

  private static final int WIDTH = 820;
  private static final int HEIGHT = 340;
  private static final int PER_ROW = 16;
  private static final int ZOOM = 2;
  private static final int PICTURES = 48;
  private static final int ENTRIES = 128;

  private final VqVae run;
  private final List<VqVaeMetrics> history;

  /** Makes a report of a run that has done an epoch or more. */
  public VqVaeReport(VqVae run) {
    this.run = run;
    this.history = run.history();
  }

  /**
   * Writes the page and its pictures, each file whole or not at all.
   *
   * @param directory where to
   * @param versions what the run was made with
   * @throws IOException if a file cannot be written
   */
  public void write(Path directory, Map<String, String> versions) throws IOException {
    Images test = run.data().test();
    VqVaeGallery gallery = new VqVaeGallery(run);
    int shown = Math.min(PICTURES, test.count());
    BufferedImage reconstructions =
        ImageGrid.pairs(
            gallery.originals(shown),
            gallery.reconstructions(shown),
            test.rows(),
            test.columns(),
            PER_ROW,
            ZOOM);
    double[][] usage = gallery.usage();
    BufferedImage entries =
        ImageGrid.of(
            gallery.entries(usage, Math.min(ENTRIES, run.settings().entries())),
            test.rows(),
            test.columns(),
            PER_ROW,
            ZOOM);
    AtomicFile.write(directory.resolve("reconstructions.png"), Png.encode(reconstructions));
    AtomicFile.write(directory.resolve("entries.png"), Png.encode(entries));
    if (Fonts.available()) {
      AtomicFile.write(directory.resolve("losses.png"), draw(losses()));
      AtomicFile.write(directory.resolve("perplexity.png"), draw(perplexity()));
      AtomicFile.write(directory.resolve("usage.png"), draw(usage(usage)));
    }
    AtomicFile.write(
        directory.resolve(PAGE), page(reconstructions, entries, usage, versions).render());
  }

  private HtmlReport page(
      BufferedImage reconstructions,
      BufferedImage entries,
      double[][] usage,
      Map<String, String> versions) {
    VqVaeSettings s = run.settings();
    Images test = run.data().test();
    VqVaeMetrics first = history.get(0);
    VqVaeMetrics last = history.get(history.size() - 1);
    int places = test.pixelsPerImage() / 16;
    double bits = places * s.groups() * Math.log(s.entries()) / Math.log(2);
    HtmlReport page =
        HtmlReport.of(
            "A Gumbel codebook of " + run.data().name(),
            format(
                "A picture is told by a grid of %d × %d places, each by %s of a learnt codebook: at"
                    + " most %.0f bits instead of %d grey pixels. Gumbel-Softmax lets gradients pass"
                    + " the choice of entries.",
                test.rows() / 4,
                test.columns() / 4,
                s.groups() == 1
                    ? "one of " + s.entries() + " entries"
                    : s.groups() + " of " + s.groups() + " × " + s.entries() + " entries",
                bits,
                test.pixelsPerImage()));
    page.card("reconstruction", format("%.1f", last.reconstruction()), "nats per test picture")
        .card("perplexity", format("%.1f", last.perplexity()), "of " + s.entries() + " entries")
        .card("entries in use", Integer.toString(last.used()), "of " + s.groups() * s.entries())
        .card(
            "time",
            format("%.0f s", history.stream().mapToDouble(VqVaeMetrics::seconds).sum()),
            history.size() + " epochs, tests included");
    page.section(
            "Seen, and told again",
            "Test pictures, and beneath each what the decoder makes of its most likely codes.")
        .picture(
            reconstructions, "Rows of test pictures, each followed by a row of reconstructions.")
        .section(
            "Learning",
            "In training codes are "
                + (s.hard() ? "one-hot draws" : "soft mixtures of entries")
                + ", in the test the most likely entries. The training loss includes the diversity"
                + " loss.")
        .chart(
            losses(),
            WIDTH,
            HEIGHT,
            format(
                "The reconstruction goes from %.1f to %.1f nats per test picture.",
                first.reconstruction(), last.reconstruction()))
        .section(
            "Perplexity",
            "Of how many entries the codes of the test pictures are as diverse, if all were used"
                + " alike.")
        .chart(
            perplexity(),
            WIDTH,
            HEIGHT,
            format("The perplexity goes from %.1f to %.1f.", first.perplexity(), last.perplexity()))
        .section("Who is used", "The share of each entry in the test pictures' codes, by rank.")
        .chart(usage(usage), WIDTH, HEIGHT, format("%d entries are in use.", last.used()))
        .section(
            "What an entry looks like",
            "Pictures with the same entry at every place, the most used first. What is never used"
                + " means nothing.")
        .picture(entries, "A grid of pictures, one for each entry.")
        .section("Epoch by epoch", "")
        .table(
            List.of("epoch", "train", "reconstruction", "perplexity", "used", "τ", "seconds"),
            history.stream().map(VqVaeReport::row).toList());
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("--data", run.data().name() + ": " + run.data().fingerprint());
    settings.putAll(s.toMap());
    return page.section("Settings", "").table(settings).section("Made with", "").table(versions);
  }

  private LineChart losses() {
    return LineChart.of("Loss", "epoch", "nats per picture")
        .wholeNumbers()
        .add("train", epochs(), values(VqVaeMetrics::trainLoss))
        .add("test, reconstruction", epochs(), values(VqVaeMetrics::reconstruction));
  }

  private LineChart perplexity() {
    return LineChart.of("Perplexity of the codes", "epoch", "entries")
        .wholeNumbers()
        .from(0)
        .add("perplexity", epochs(), values(VqVaeMetrics::perplexity));
  }

  private LineChart usage(double[][] usage) {
    LineChart chart = LineChart.of("Use of the entries", "rank", "share of codes").from(0);
    if (run.settings().entries() > 64) {
      chart.smooth();
    }
    for (int g = 0; g < usage.length; g++) {
      double[] shares = usage[g].clone();
      Arrays.sort(shares);
      double[] ranks = new double[shares.length];
      double[] falling = new double[shares.length];
      for (int v = 0; v < shares.length; v++) {
        ranks[v] = v + 1;
        falling[v] = shares[shares.length - 1 - v];
      }
      chart.add("group " + (g + 1), ranks, falling);
    }
    return chart;
  }

  private static List<String> row(VqVaeMetrics m) {
    return List.of(
        Integer.toString(m.epoch()),
        format("%.2f", m.trainLoss()),
        format("%.2f", m.reconstruction()),
        format("%.1f", m.perplexity()),
        Integer.toString(m.used()),
        format("%.3f", m.temperature()),
        format("%.1f", m.seconds()));
  }

  private double[] epochs() {
    return values(VqVaeMetrics::epoch);
  }

  private double[] values(ToDoubleFunction<VqVaeMetrics> value) {
    return history.stream().mapToDouble(value).toArray();
  }

  private static byte[] draw(LineChart chart) {
    return Png.encode(chart.draw(Theme.LIGHT, WIDTH, HEIGHT));
  }

  private static String format(String pattern, Object... values) {
    return String.format(Locale.ROOT, pattern, values);
  }
}
