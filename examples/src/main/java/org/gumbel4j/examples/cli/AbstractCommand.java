package org.gumbel4j.examples.cli;

import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.gumbel4j.tensor.Device;
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

  /** Returns what a label stands for; one that is not known is a usage error. */
  final <T> T known(String option, Function<String, T> parse, String label) {
    try {
      return parse.apply(label);
    } catch (IllegalArgumentException e) {
      throw usageError(option + ": " + e.getMessage());
    }
  }

  /** What a report says of the program and what it ran on. */
  static Map<String, String> versions(Device device) {
    Map<String, String> versions = new LinkedHashMap<>();
    versions.put("Gumbel4J", Versions.gumbel4j());
    versions.put("Java", Versions.java());
    versions.put("backend", device.name() + ": " + device.description());
    return versions;
  }
}
