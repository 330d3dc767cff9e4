package org.gumbel4j.examples.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * Runs the command line within this process. Whatever goes wrong ends as one line on stderr that
 * names the command and the cause; {@code --verbose} adds the stack trace.
 */
public final class CommandLines {
  /** It worked. */
  public static final int OK = 0;

  /** It did not. */
  public static final int FAILED = 1;

  /** It was not asked for rightly. */
  public static final int USAGE = 2;

  private CommandLines() {}

  /**
   * Parses and runs.
   *
   * @param out for results
   * @param err for progress and errors
   * @param args the command and its options
   * @return the exit code
   */
  public static int run(PrintWriter out, PrintWriter err, String... args) {
    CommandLine commandLine = new CommandLine(new Gumbel4jCommand());
    commandLine.setOut(out);
    commandLine.setErr(err);
    commandLine.setUsageHelpAutoWidth(false);
    commandLine.setUsageHelpWidth(100);
    commandLine.setCaseInsensitiveEnumValuesAllowed(true);
    commandLine.setAbbreviatedOptionsAllowed(false);
    commandLine.setParameterExceptionHandler(CommandLines::explainUsage);
    commandLine.setExecutionExceptionHandler(CommandLines::explainFailure);
    try {
      return commandLine.execute(args);
    } catch (OutOfMemoryError e) {
      err.println(
          "gumbel4j: out of memory; use a smaller --batch or --limit, or give Java more"
              + " with -Xmx");
      return FAILED;
    }
  }

  private static int explainUsage(ParameterException e, String[] args) {
    CommandLine command = e.getCommandLine();
    String name = command.getCommandSpec().qualifiedName();
    String message = String.valueOf(e.getMessage());
    if (e instanceof UnmatchedArgumentException unmatched && !command.getSubcommands().isEmpty()) {
      message =
          "there is no command '"
              + unmatched.getUnmatched().get(0)
              + "'; one of "
              + String.join(", ", command.getSubcommands().keySet());
    }
    command.getErr().println(name + ": " + oneLine(message) + " (see " + name + " --help)");
    if (List.of(args).contains("--verbose")) {
      e.printStackTrace(command.getErr());
    }
    return USAGE;
  }

  private static int explainFailure(Exception e, CommandLine command, ParseResult parsed) {
    String name = command.getCommandSpec().qualifiedName();
    command.getErr().println(name + ": " + explain(e));
    if (command.getCommand() instanceof AbstractCommand c && c.verbose()) {
      e.printStackTrace(command.getErr());
    }
    return FAILED;
  }

  /** Returns what went wrong in one line; foreseen failures carry their own sentence. */
  static String explain(Throwable e) {
    String message = e.getMessage();
    if (e instanceof NoSuchFileException) {
      return message + ": no such file or directory";
    }
    if (e instanceof AccessDeniedException) {
      return message + ": permission denied";
    }
    if (e instanceof FileSystemException && message != null) {
      return oneLine(message);
    }
    boolean foreseen =
        e instanceof IOException
            || e instanceof IllegalArgumentException
            || e instanceof IllegalStateException
            || e instanceof CommandFailedException;
    if (foreseen && message != null) {
      return oneLine(message);
    }
    return "unexpected " + oneLine(e.toString()) + " (--verbose shows where)";
  }

  private static String oneLine(String message) {
    return message.strip().replaceAll("\\s*\\R\\s*", " ");
  }
}
