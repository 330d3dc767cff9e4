package org.gumbel4j.examples.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.gumbel4j.examples.data.DatasetDirectory;
import org.gumbel4j.examples.data.IdxFormatException;
import org.gumbel4j.examples.data.ImageDataset;
import org.gumbel4j.examples.data.SyntheticDigits;
import org.gumbel4j.examples.files.OutputDirectory;
import org.gumbel4j.examples.papers.Cell;
import org.gumbel4j.examples.papers.CellResult;
import org.gumbel4j.examples.papers.JangReport;
import org.gumbel4j.examples.papers.JangTable;
import org.gumbel4j.examples.papers.TableColumn;
import org.gumbel4j.examples.papers.TableRow;
import org.gumbel4j.examples.papers.TableSettings;
import org.gumbel4j.examples.report.Fonts;
import org.gumbel4j.random.Key;
import org.gumbel4j.tensor.Device;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Trains every cell of the table by which Gumbel-Softmax became known. */
@Command(
    name = "jang-table1",
    mixinStandardHelpOptions = true,
    versionProvider = Versions.class,
    sortOptions = false,
    header = "Train the cells of Table 1 of Jang, Gu and Poole (2016), and of later estimators.",
    description = {
      "Rows: structured prediction of lower halves (392-200-200-392) and autoencoders (784-200-784),"
          + " each with Bernoulli and with categorical variables (20x10). Columns: the paper's seven"
          + " estimators, then ReinMax, REBAR, DisARM, Gumbel-Rao, gapped ST. Prints a line a cell,"
          + " then the table: nats per test picture with one-hot samples, ours and in brackets the"
          + " published number.",
      "Every cell has its own checkpoint; --resume goes on with what is there. Without --data it"
          + " learns digits drawn in memory, whose numbers are not to be compared with the paper's."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  gumbel4j paper jang-table1 --data shared/data/binarized-mnist --out out/table",
      "  gumbel4j paper jang-table1 --data shared/data/binarized-mnist --out out/table --resume",
      "  gumbel4j paper jang-table1 --rows vae-categorical --columns gumbel,reinmax --steps 5000"
    })
final class JangTableCommand extends AbstractCommand {
  private static final int DRAWN_TRAIN = 12_000;
  private static final int DRAWN_TEST = 2_000;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "Directory of the fixed binarised MNIST as idx files, plain or .gz.")
  private @Nullable Path data;

  @Option(
      names = "--rows",
      paramLabel = "NAME,…",
      split = ",",
      description =
          "sbn-bernoulli, sbn-categorical, vae-bernoulli, vae-categorical (default: all).")
  private List<String> rows = Stream.of(TableRow.values()).map(TableRow::toString).toList();

  @Option(
      names = "--columns",
      paramLabel = "NAME,…",
      split = ",",
      description =
          "sf, darn, muprop, st, annealed-st, gumbel, st-gumbel, reinmax, rebar, disarm, gumbel-rao,"
              + " gapped-st (default: all).")
  private List<String> columns =
      Stream.of(TableColumn.values()).map(TableColumn::toString).toList();

  @SuppressWarnings("NullAway.Init") // set by picocli
  @Mixin
  private JangTableOptions options;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Where report, tables, curves and checkpoints go (default: out/jang-table1).")
  private Path out = Path.of("out", "jang-table1");

  @Option(
      names = "--resume",
      description = "Go on with the cells in --out; their settings must be the same.")
  private boolean resume;

  @Option(
      names = "--force",
      description = "Resume even under another JDK or kernel set, which may change the last bits.")
  private boolean force;

  @SuppressWarnings("NullAway.Init") // set by picocli
  @Mixin
  private DeviceOptions deviceOptions;

  @Override
  public Integer call() throws IOException {
    TableSettings settings = options.settings(this);
    List<Cell> cells = cells();
    try (Device device = deviceOptions.open(this)) {
      ImageDataset pictures = pictures();
      require(
          settings.batch() <= pictures.train().count(),
          "--batch",
          settings.batch(),
          "at most " + pictures.train().count() + ", the number of training pictures");
      if (!resume && JangTable.isBegun(out)) {
        throw new CommandFailedException(
            out
                + " holds an earlier table; --resume goes on with it, another --out begins a new"
                + " one");
      }
      OutputDirectory.prepare(out);
      Fonts.available(); // its warning belongs before the training
      Map<String, String> environment = DeviceOptions.environment(device);
      JangTable table = new JangTable(device, pictures, settings, out, environment, force);
      List<CellResult> results = new ArrayList<>();
      JangReport report = null;
      for (Cell cell : cells) {
        results.add(table.run(cell, ProgressLine.onTerminal()));
        out().println(results.get(results.size() - 1).toLine());
        out().flush();
        report = new JangReport(results, asked(settings, pictures), versions(device));
        report.write(out);
      }
      if (report != null) {
        out().println();
        out().print(report.text());
        out().flush();
      }
    }
    err().println("report: " + out.resolve(JangReport.PAGE));
    return CommandLines.OK;
  }

  private List<Cell> cells() {
    List<Cell> cells = new ArrayList<>();
    for (String row : rows) {
      TableRow known = known("--rows", TableRow::of, row);
      for (String column : columns) {
        Cell cell = new Cell(known, known("--columns", TableColumn::of, column));
        if (!cells.contains(cell)) {
          cells.add(cell);
        }
      }
    }
    return cells;
  }

  private ImageDataset pictures() throws IOException {
    Path directory = data;
    if (directory == null) {
      err()
          .println(
              "note: without --data these are drawn digits; the published numbers are of another set");
      return SyntheticDigits.draw(Key.of(0), DRAWN_TRAIN, DRAWN_TEST).binarized().withValidation();
    }
    ImageDataset pictures = DatasetDirectory.read(directory);
    if (pictures.train().white() != 1) {
      throw new IdxFormatException(
          directory,
          "holds grey pictures; the table is of the fixed binarised MNIST, in"
              + " binarized-train-images-idx3-ubyte and binarized-test-images-idx3-ubyte");
    }
    return pictures.withValidation();
  }

  private Map<String, String> asked(TableSettings settings, ImageDataset pictures) {
    Map<String, String> asked = settings.toMap();
    asked.put("--data", pictures.name() + ": " + pictures.fingerprint());
    return asked;
  }
}
