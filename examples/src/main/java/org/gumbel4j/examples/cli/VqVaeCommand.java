package org.gumbel4j.examples.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.gumbel4j.examples.data.ImageDataset;
import org.gumbel4j.examples.djl.EngineDevice;
import org.gumbel4j.examples.djl.VqVae;
import org.gumbel4j.examples.djl.VqVaeMetrics;
import org.gumbel4j.examples.djl.VqVaeReport;
import org.gumbel4j.examples.djl.VqVaeSettings;
import org.gumbel4j.examples.files.AtomicFile;
import org.gumbel4j.examples.files.OutputDirectory;
import org.gumbel4j.examples.report.Fonts;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** An autoencoder with a Gumbel codebook. */
@Command(
    name = "vqvae",
    mixinStandardHelpOptions = true,
    versionProvider = Versions.class,
    sortOptions = false,
    header = "Train an autoencoder with a Gumbel codebook, with DJL, and write a report of it.",
    description = {
      "Two convolutions make a grid of features, a quarter as high and wide as the picture; at each"
          + " place GumbelVectorQuantizer chooses entries of a learnt codebook; two more convolutions"
          + " make a picture again. Without --data it learns digits that are drawn in memory.",
      "Prints one line an epoch: epoch, train_loss, reconstruction (nats per test picture, with the"
          + " most likely codes), perplexity (of how many entries the test pictures make use),"
          + " entries_used, temperature, seconds."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  gumbel4j vqvae --epochs 5",
      "  gumbel4j vqvae --data shared/data/fashion-mnist --form soft --out out/fashion"
    })
final class VqVaeCommand extends AbstractCommand {
  @SuppressWarnings("NullAway.Init") // set by picocli
  @Mixin
  private DjlOptions options;

  @Option(
      names = "--form",
      paramLabel = "NAME",
      description =
          "Codes in training: straight-through (default; one-hot, with the gradient of soft ones)"
              + " or soft.")
  private String form = "straight-through";

  @Option(
      names = "--groups",
      paramLabel = "G",
      description = "Groups of the codebook (default: 1).")
  private int groups = 1;

  @Option(names = "--entries", paramLabel = "V", description = "Entries of a group (default: 64).")
  private int entries = 64;

  @Option(
      names = "--units",
      paramLabel = "D",
      description = "Features of a place, a multiple of --groups (default: 32).")
  private int units = 32;

  @Option(
      names = "--diversity",
      paramLabel = "W",
      description = "Weight of the diversity loss, in nats per picture (default: 10).")
  private double diversity = 10;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Where report, pictures, metrics and parameters go (default: out/vqvae).")
  private Path out = Path.of("out", "vqvae");

  @Override
  public Integer call() throws IOException {
    VqVaeSettings settings = settings();
    EngineDevice engine = options.engine(this);
    ImageDataset pictures = options.pictures(DjlOptions::drawn);
    try (VqVae vqvae = new VqVae(engine, pictures, settings)) {
      OutputDirectory.prepare(out);
      Fonts.available(); // its warning belongs before the training
      vqvae.fit(
          history -> {
            AtomicFile.write(out.resolve(VqVaeReport.METRICS), VqVaeMetrics.toCsv(history));
            out().println(history.get(history.size() - 1).toLine());
            out().flush();
          });
      vqvae.save(out);
      new VqVaeReport(vqvae).write(out, versions(engine));
    }
    err().println("report: " + out.resolve(VqVaeReport.PAGE));
    return CommandLines.OK;
  }

  private static Map<String, String> versions(EngineDevice engine) {
    Map<String, String> versions = new LinkedHashMap<>();
    versions.put("Gumbel4J", Versions.gumbel4j());
    versions.put("Java", Versions.java());
    versions.put("engine", engine.description());
    return versions;
  }

  private VqVaeSettings settings() {
    options.check(this);
    boolean hard =
        switch (form) {
          case "straight-through" -> true;
          case "soft" -> false;
          default ->
              throw usageError(
                  "--form: '" + form + "' is no form; expected straight-through or soft");
        };
    require(groups >= 1 && groups <= 1000, "--groups", groups, "from 1 to 1000");
    require(entries >= 2 && entries <= 10_000, "--entries", entries, "from 2 to 10000");
    require(
        units >= 1 && units <= 10_000 && units % groups == 0,
        "--units",
        units,
        "from 1 to 10000, and a multiple of --groups, which is " + groups);
    require(
        diversity >= 0 && diversity < Double.POSITIVE_INFINITY,
        "--diversity",
        diversity,
        "a finite number, 0 or above");
    return new VqVaeSettings(
        hard,
        groups,
        entries,
        units,
        diversity,
        options.temperature,
        options.minTemperature(),
        options.batch,
        options.epochs,
        options.learningRate,
        options.seed);
  }
}
