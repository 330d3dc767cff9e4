package org.gumbel4j.examples.cli;

import java.io.PrintWriter;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What all commands have in common: two streams, {@code --verbose}, and one way to say no. */
abstract class AbstractCommand implements Callable<Integer> {
  @Option(
      names = {"-v", "--verbose"},
      description = "Say more, and show the stack trace of an error.")
  private boolean verbose;

  @SuppressWarnings("NullAway.Init") // set by picocli before anything else runs
  @Spec
  private CommandSpec spec;

  final boolean verbose() {
    return verbose;
  }

  /** The names of the commands below this one. */
  final Set<String> commandNames() {
    return spec.subcommands().keySet();
  }

  /** For results. */
  final PrintWriter out() {
    return spec.commandLine().getOut();
  }

  /** For everything else. */
  final PrintWriter err() {
    return spec.commandLine().getErr();
  }

  /** Returns the error that ends the command with exit code 2. */
  final ParameterException usageError(String message) {
    return new ParameterException(spec.commandLine(), message);
  }

  /** Throws a usage error unless the condition holds; write it so that NaN fails it. */
  final void require(boolean condition, String option, Object value, String expected) {
    if (!condition) {
      throw usageError(option + " is " + value + ", but must be " + expected);
    }
  }
}
