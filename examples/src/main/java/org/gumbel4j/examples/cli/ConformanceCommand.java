package org.gumbel4j.examples.cli;

import java.util.ArrayList;
import java.util.List;
import org.gumbel4j.conformance.ConformanceMatrix;
import org.gumbel4j.conformance.ConformanceReport;
import org.gumbel4j.conformance.ConformanceRunner;
import org.gumbel4j.spi.Availability;
import org.gumbel4j.tensor.Backends;
import org.gumbel4j.tensor.Device;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Asks backends every question of the kit. */
@Command(
    name = "conformance",
    mixinStandardHelpOptions = true,
    versionProvider = Versions.class,
    sortOptions = false,
    header = "Run the conformance kit on backends and print a matrix of chapters and backends.",
    description =
        "A field says how many of a chapter's rules hold. Exit code 1 if one fails. Without --backend"
            + " every available backend is asked, cpu with both of its kernel sets.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  gumbel4j conformance",
      "  gumbel4j conformance --backend cpu@scalar --backend cpu@vector"
    })
final class ConformanceCommand extends AbstractCommand {
  private static final String CPU = "cpu";

  @Option(
      names = "--backend",
      paramLabel = "NAME",
      description = "A backend to ask, such as cpu or cpu@scalar; may be repeated.")
  private List<String> backends = new ArrayList<>();

  @Option(
      names = "--chapter",
      paramLabel = "NAME",
      description = "A chapter to run (default: all), such as Primitives; may be repeated.")
  private List<String> chapters = new ArrayList<>();

  @Override
  public Integer call() {
    List<String> chosen = chapters.isEmpty() ? ConformanceRunner.chapters() : chapters;
    for (String chapter : chosen) {
      require(
          ConformanceRunner.chapters().contains(chapter),
          "--chapter",
          chapter,
          "one of " + String.join(", ", ConformanceRunner.chapters()));
    }
    List<String> asked = backends.isEmpty() ? available() : backends;
    for (String backend : asked) {
      requireOpens(backend);
    }
    List<ConformanceReport> reports = new ArrayList<>();
    for (String backend : asked) {
      reports.add(
          ConformanceRunner.run(
              backend,
              () -> Backends.named(backend),
              chosen,
              chapter -> err().println(backend + ": " + chapter)));
    }
    out().print(ConformanceMatrix.text(reports));
    out().flush();
    return reports.stream().allMatch(ConformanceReport::isConformant)
        ? CommandLines.OK
        : CommandLines.FAILED;
  }

  private List<String> available() {
    List<String> names = new ArrayList<>();
    for (Backends.Found found : Backends.found()) {
      if (found.availability() instanceof Availability.Unavailable no) {
        err().println("passed over: " + found.name() + ": " + no.reason() + ". " + no.remedy());
      } else if (found.name().equals(CPU)) {
        names.addAll(kernelSets());
      } else {
        names.add(found.name());
      }
    }
    if (names.isEmpty()) {
      throw new CommandFailedException("no backend is available; see gumbel4j backends");
    }
    return names;
  }

  private List<String> kernelSets() {
    List<String> names = new ArrayList<>();
    for (String name : List.of(CPU + "@scalar", CPU + "@vector")) {
      try (Device device = Backends.named(name)) {
        names.add(name);
        if (verbose()) {
          err().println(name + ": " + device.description());
        }
      } catch (IllegalArgumentException | IllegalStateException e) {
        err().println("passed over: " + name + ": " + e.getMessage());
      }
    }
    return names;
  }

  private void requireOpens(String backend) {
    try (Device device = Backends.named(backend)) {
      if (verbose()) {
        err().println(backend + ": " + device.description());
      }
    } catch (IllegalArgumentException e) {
      throw usageError("--backend " + backend + ": " + e.getMessage());
    }
  }
}
