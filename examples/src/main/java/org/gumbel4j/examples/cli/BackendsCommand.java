package org.gumbel4j.examples.cli;

import java.util.List;
import org.gumbel4j.spi.Availability;
import org.gumbel4j.tensor.Backends;
import org.gumbel4j.tensor.Device;
import picocli.CommandLine.Command;

/** Lists the engines that were found, and what keeps the others from running. */
@Command(
    name = "backends",
    mixinStandardHelpOptions = true,
    versionProvider = Versions.class,
    header = "List the tensor backends: available, or why not and what to do.",
    description = {
      "One line a backend, the best first. A name may be followed by @ and a device or kernel"
          + " set, as in cpu@scalar."
    },
    footerHeading = "%nExample:%n",
    footer = "  gumbel4j backends")
final class BackendsCommand extends AbstractCommand {
  @Override
  public Integer call() {
    List<Backends.Found> found = Backends.found();
    if (found.isEmpty()) {
      throw new CommandFailedException(
          "no backend was found; add one to the class path, such as gumbel4j-backend-cpu");
    }
    for (Backends.Found backend : found) {
      if (backend.availability() instanceof Availability.Unavailable no) {
        out().printf("%-12s unavailable  %s. %s.%n", backend.name(), no.reason(), no.remedy());
      } else {
        out().printf("%-12s available    %s%n", backend.name(), describe(backend.name()));
      }
    }
    return CommandLines.OK;
  }

  private static String describe(String name) {
    try (Device device = Backends.named(name)) {
      return device.description();
    }
  }
}
