package org.gumbel4j.examples.cli;

import picocli.CommandLine.Command;

/** Experiments of papers, each a command of its own. */
@Command(
    name = "paper",
    mixinStandardHelpOptions = true,
    versionProvider = Versions.class,
    header = "Run the experiments of papers again, published numbers beside ours.",
    synopsisSubcommandLabel = "EXPERIMENT",
    subcommands = {JangTableCommand.class, ToyCommand.class, SemiSupervisedCommand.class},
    footerHeading = "%nExamples:%n",
    footer = {"  gumbel4j paper toy", "  gumbel4j paper jang-table1 --help"})
final class PaperCommand extends AbstractCommand {
  @Override
  public Integer call() {
    throw usageError("which experiment? one of " + String.join(", ", commandNames()));
  }
}
