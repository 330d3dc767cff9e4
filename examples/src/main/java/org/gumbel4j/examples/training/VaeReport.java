package org.gumbel4j.examples.training;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.gumbel4j.examples.data.ImageDataset;
import org.gumbel4j.examples.data.Images;
import org.gumbel4j.examples.files.AtomicFile;
import org.gumbel4j.examples.report.Fonts;
import org.gumbel4j.examples.report.HtmlReport;
import org.gumbel4j.examples.report.ImageGrid;
import org.gumbel4j.examples.report.LineChart;
import org.gumbel4j.examples.report.Png;
import org.gumbel4j.examples.report.Theme;
import org.gumbel4j.random.Key;
import org.gumbel4j.relaxation.TemperatureSchedule;
import org.gumbel4j.tensor.Device;

/** The page, the pictures and the table that a training run leaves behind. */
public final class VaeReport {
  /** Name of the page. */
  public static final String PAGE = "report.html";

  /** Name of the table of metrics. */
  public static final String METRICS = "metrics.csv";

  private static final int WIDTH = 820;
  private static final int HEIGHT = 340;
  private static final int PER_ROW = 16;
  private static final int ZOOM = 2;
  private static final int PICTURES = 48;
  private static final int VARIED_CODES = 8;
  private static final double ALIVE = 0.01;

  private final ImageDataset data;
  private final VaeSettings settings;
  private final VaeGallery gallery;
  private final List<EpochMetrics> history;
  private final TemperatureSchedule temperatures;
  private final long batches;

  /**
   * Makes a report of a run.
   *
   * @param device where the model lives
   * @param data what it was trained on
   * @param settings how
   * @param trainer the run
   */
  public VaeReport(Device device, ImageDataset data, VaeSettings settings, VaeTrainer trainer) {
    this(
        data,
        settings,
        new VaeGallery(
            device,
            trainer.model().with(trainer.parameters()),
            data.test(),
            settings.latents(),
            settings.classes()),
        trainer.history(),
        trainer.batches());
  }

  /**
   * Makes a report of a run of any trainer.
   *
   * @param data what the model was trained on
   * @param settings how
   * @param gallery what it makes of pictures
   * @param history the epochs, at least one
   * @param batches batches of an epoch
   */
  public VaeReport(
      ImageDataset data,
      VaeSettings settings,
      VaeGallery gallery,
      List<EpochMetrics> history,
      long batches) {
    this.data = data;
    this.settings = settings;
    this.gallery = gallery;
    this.history = List.copyOf(history);
    this.temperatures = settings.temperatures(batches);
    this.batches = batches;
  }

  /**
   * Writes the page and its pictures, each file whole or not at all.
   *
   * @param directory where to
   * @param versions what the run was made with
   * @throws IOException if a file cannot be written
   */
  public void write(Path directory, Map<String, String> versions) throws IOException {
    Images test = data.test();
    Key noise = Key.of(settings.seed()).fold(-1);
    int shown = Math.min(PICTURES, test.count());
    double[] divergences = gallery.divergences();
    BufferedImage reconstructions =
        ImageGrid.pairs(
            gallery.originals(shown),
            gallery.reconstructions(shown, noise.child(0)),
            test.rows(),
            test.columns(),
            PER_ROW,
            ZOOM);
    BufferedImage samples = grid(gallery.dreams(PICTURES, noise.child(1)), PER_ROW);
    BufferedImage variations =
        grid(gallery.variations(VARIED_CODES, divergences), settings.classes());

    AtomicFile.write(directory.resolve("reconstructions.png"), Png.encode(reconstructions));
    AtomicFile.write(directory.resolve("samples.png"), Png.encode(samples));
    AtomicFile.write(directory.resolve("variations.png"), Png.encode(variations));
    if (Fonts.available()) {
      AtomicFile.write(directory.resolve("losses.png"), draw(losses()));
      AtomicFile.write(directory.resolve("temperature.png"), draw(temperature()));
    }
    AtomicFile.write(
        directory.resolve(PAGE),
        page(reconstructions, samples, variations, divergences, versions).render());
  }

  private HtmlReport page(
      BufferedImage reconstructions,
      BufferedImage samples,
      BufferedImage variations,
      double[] divergences,
      Map<String, String> versions) {
    EpochMetrics last = history.get(history.size() - 1);
    HtmlReport page =
        HtmlReport.of(
            "A Gumbel-Softmax autoencoder of " + data.name(),
            settings.latents()
                + " letters of an alphabet of "
                + settings.classes()
                + " are all that the decoder hears of a picture. "
                + "Gradients pass the draw of each letter because Gumbel-Softmax relaxes it.");
    cards(page, last, divergences);
    page.section(
            "Learning",
            "Losses in nats per picture, lower is better. The discrete loss is measured with one-hot"
                + " codes: it bounds −log p(x) from above, and it is the one to trust.")
        .chart(losses(), WIDTH, HEIGHT, describeLosses(last));
    page.section("Temperature", "How soft the codes were in training, step by step.")
        .chart(
            temperature(),
            WIDTH,
            240,
            format(
                "The temperature goes from %.3f to %.3f.",
                settings.temperature(), last.temperature()));
    page.section(
            "Seen, and told again",
            "Test pictures, and beneath each what the decoder makes of its one-hot codes.")
        .picture(
            reconstructions, "Rows of test pictures, each followed by a row of reconstructions.");
    page.section("Made up", "Codes drawn at random, decoded.")
        .picture(samples, "A grid of pictures decoded from random codes.");
    page.section(
            "What a code says",
            "The first test picture with one code changed: a row for each of the codes that say most,"
                + " a column for each value.")
        .picture(
            variations, "A grid of variations of one picture, a row a code, a column a value.");
    page.section("Epoch by epoch", "")
        .table(
            List.of("epoch", "train", "test", "discrete −ELBO", "temperature", "seconds"),
            history.stream().map(VaeReport::row).toList());
    page.section("Settings", "").table(settingsTable());
    page.section("Made with", "").table(versions);
    return page;
  }

  private void cards(HtmlReport page, EpochMetrics last, double[] divergences) {
    long alive = 0;
    double bits = 0;
    for (double kl : divergences) {
      alive += kl > ALIVE ? 1 : 0;
      bits += kl / Math.log(2);
    }
    double seconds = history.stream().mapToDouble(EpochMetrics::seconds).sum();
    page.card("discrete −ELBO", format("%.1f", last.discreteElbo()), "nats per test picture")
        .card("training loss", format("%.1f", last.trainLoss()), "with relaxed codes")
        .card(
            "codes in use",
            alive + " of " + divergences.length,
            format("they carry %.0f bits", bits))
        .card("time", format("%.0f s", seconds), history.size() + " epochs, tests included");
  }

  private Map<String, String> settingsTable() {
    Map<String, String> table = new LinkedHashMap<>();
    table.put("--data", data.name() + ": " + data.fingerprint());
    table.putAll(settings.toMap());
    table.put("--epochs", Integer.toString(settings.epochs()));
    return table;
  }

  private LineChart losses() {
    LineChart chart =
        LineChart.of("Loss", "epoch", "nats per picture")
            .wholeNumbers()
            .add("train (relaxed)", epochs(), values(EpochMetrics::trainLoss));
    if (settings.guideExact()) {
      chart.add("test (relaxed)", epochs(), values(EpochMetrics::testLoss));
    }
    return chart.add("test, discrete −ELBO", epochs(), values(EpochMetrics::discreteElbo));
  }

  private LineChart temperature() {
    long steps = batches * history.size();
    int points = (int) Math.min(steps, 600);
    double[] x = new double[points];
    double[] y = new double[points];
    for (int i = 0; i < points; i++) {
      long step = points == 1 ? 0 : (steps - 1) * i / (points - 1);
      x[i] = step;
      y[i] = temperatures.at(step);
    }
    return LineChart.of("Temperature", "step", "temperature").smooth().from(0).add("τ", x, y);
  }

  private String describeLosses(EpochMetrics last) {
    EpochMetrics first = history.get(0);
    return format(
        "The training loss goes from %.1f to %.1f, the discrete test loss from %.1f to %.1f.",
        first.trainLoss(), last.trainLoss(), first.discreteElbo(), last.discreteElbo());
  }

  private static List<String> row(EpochMetrics m) {
    List<String> row = new ArrayList<>();
    row.add(Integer.toString(m.epoch()));
    row.add(format("%.2f", m.trainLoss()));
    row.add(format("%.2f", m.testLoss()));
    row.add(format("%.2f", m.discreteElbo()));
    row.add(format("%.3f", m.temperature()));
    row.add(format("%.1f", m.seconds()));
    return row;
  }

  private double[] epochs() {
    return values(EpochMetrics::epoch);
  }

  private double[] values(ToDoubleFunction<EpochMetrics> value) {
    return history.stream().mapToDouble(value).toArray();
  }

  private BufferedImage grid(List<float[]> pictures, int perRow) {
    return ImageGrid.of(pictures, data.test().rows(), data.test().columns(), perRow, ZOOM);
  }

  private static byte[] draw(LineChart chart) {
    return Png.encode(chart.draw(Theme.LIGHT, WIDTH, HEIGHT));
  }

  private static String format(String pattern, Object... values) {
    return String.format(Locale.ROOT, pattern, values);
  }
}
