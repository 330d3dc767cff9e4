package org.gumbel4j.examples.cli;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import org.gumbel4j.examples.figures.Figure;
import org.gumbel4j.examples.files.AtomicFile;
import org.gumbel4j.examples.files.OutputDirectory;
import org.gumbel4j.examples.report.Fonts;
import org.gumbel4j.examples.report.HtmlReport;
import org.gumbel4j.examples.report.Png;
import org.gumbel4j.random.Key;
import org.gumbel4j.tensor.Device;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Draws the pictures that explain the method. */
@Command(
    name = "figures",
    mixinStandardHelpOptions = true,
    versionProvider = Versions.class,
    sortOptions = false,
    header = "Draw the pictures that explain Gumbel-max and Gumbel-Softmax.",
    description =
        "Writes PNG files and one page with all of them, figures.html; prints the names of the files.",
    footerHeading = "%nExample:%n",
    footer = "  gumbel4j figures --out out/figures")
final class FiguresCommand extends AbstractCommand {
  private static final String PAGE = "figures.html";

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Where the pictures go (default: out/figures).")
  private Path out = Path.of("out", "figures");

  @Option(
      names = "--seed",
      paramLabel = "S",
      description = "Where the samples come from (default: 0).")
  private long seed;

  @SuppressWarnings("NullAway.Init") // set by picocli
  @Mixin
  private DeviceOptions deviceOptions;

  @Override
  public Integer call() throws IOException {
    if (!Fonts.available()) {
      throw new CommandFailedException(
          "figures need fonts, and Java finds none here; install fontconfig and a font, such as"
              + " fonts-dejavu-core");
    }
    try (Device device = deviceOptions.open(this)) {
      OutputDirectory.prepare(out);
      HtmlReport page =
          HtmlReport.of(
              "Gumbel-Softmax in pictures",
              "How a choice is drawn with noise, and how it is softened so that gradients pass.");
      int number = 0;
      for (Figure figure : Figure.all()) {
        BufferedImage image = figure.artist().apply(device, Key.of(seed).child(number++));
        Path file = out.resolve(figure.name() + ".png");
        AtomicFile.write(file, Png.encode(image));
        out().println(file);
        page.section("", figure.caption()).drawing(image, figure.caption());
      }
      AtomicFile.write(out.resolve(PAGE), page.render());
      out().println(out.resolve(PAGE));
    }
    return CommandLines.OK;
  }
}
