package org.gumbel4j.examples.cli;

import picocli.CommandLine.Command;

/** The program itself; without a command it shows what there is. */
@Command(
    name = "gumbel4j",
    mixinStandardHelpOptions = true,
    versionProvider = Versions.class,
    header = "Learning through discrete choices: the Gumbel-Softmax family on the JVM.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      VaeCommand.class,
      DjlVaeCommand.class,
      VqVaeCommand.class,
      EstimatorsCommand.class,
      FiguresCommand.class,
      SampleCommand.class,
      RandomCommand.class,
      PaperCommand.class,
      BackendsCommand.class,
      ConformanceCommand.class
    },
    footer = {
      "",
      "Begin with:  gumbel4j vae",
      "Each command explains itself:  gumbel4j vae --help"
    })
final class Gumbel4jCommand extends AbstractCommand {
  @Override
  public Integer call() {
    throw usageError("which command? one of " + String.join(", ", commandNames()));
  }
}
