package org.gumbel4j.examples.cli;

import java.util.ArrayList;
import java.util.List;
import org.gumbel4j.conformance.ConformanceMatrix;
import org.gumbel4j.conformance.ConformanceReport;
import org.gumbel4j.conformance.ConformanceRunner;
import org.gumbel4j.spi.Availability;
import org.gumbel4j.tensor.Backends;
import org.gumbel4j.tensor.Device;
import org.jspecify.annotations.Nullable;
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
            + " every available backend is asked, cpu with each set of kernels, others on a GPU"
            + " too where they see one.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  gumbel4j conformance",
      "  gumbel4j conformance --backend cpu@scalar --backend cpu@vector",
      "  gumbel4j conformance --backend djl-pytorch --device gpu"
    })
final class ConformanceCommand extends AbstractCommand {
  private static final String CPU = "cpu";
  private static final String GPU = "@gpu";

  @Option(
      names = "--backend",
      paramLabel = "NAME",
      description = "A backend to ask, such as cpu or cpu@scalar; may be repeated.")
  private List<String> backends = new ArrayList<>();

  @Option(
      names = "--device",
      paramLabel = "DEVICE",
      description = "The device of every --backend that has none behind an @: cpu, gpu, gpu:1.")
  private @Nullable String device;

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
    List<String> asked = asked();
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

  private List<String> asked() {
    String place = device;
    if (backends.isEmpty()) {
      require(place == null, "--device", String.valueOf(place), "given together with --backend");
      return available();
    }
    return backends.stream().map(name -> DeviceOptions.on(this, name, place)).toList();
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
        if (opens(found.name() + GPU)) {
          names.add(found.name() + GPU);
        }
      }
    }
    if (names.isEmpty()) {
      throw new CommandFailedException("no backend is available; see gumbel4j backends");
    }
    return names;
  }

  private List<String> kernelSets() {
    List<String> names = new ArrayList<>();
    for (String name : List.of(CPU + "@scalar", CPU + "@loops", CPU + "@vector")) {
      if (opens(name)) {
        names.add(name);
      }
    }
    return names;
  }

  private boolean opens(String name) {
    try (Device opened = Backends.named(name)) {
      if (verbose()) {
        err().println(name + ": " + opened.description());
      }
      return true;
    } catch (IllegalArgumentException | IllegalStateException e) {
      err().println("passed over: " + name + ": " + e.getMessage());
      return false;
    }
  }

  private void requireOpens(String backend) {
    try (Device opened = Backends.named(backend)) {
      if (verbose()) {
        err().println(backend + ": " + opened.description());
      }
    } catch (IllegalArgumentException e) {
      throw usageError("--backend " + backend + ": " + e.getMessage());
    }
  }
}
