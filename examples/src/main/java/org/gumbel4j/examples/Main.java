package org.gumbel4j.examples;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import org.gumbel4j.examples.cli.CommandLines;

/** Where the program starts: {@code gumbel4j COMMAND}. */
public final class Main {
  private Main() {}

  /**
   * Runs a command and ends the process with its exit code: 0 if it succeeded, 1 if it failed, 2 if
   * it was asked for something that does not exist.
   *
   * @param args the command and its options
   */
  public static void main(String[] args) {
    DirectStderr.install();
    // Pictures are drawn in memory; a screen is neither needed nor asked for.
    System.setProperty("java.awt.headless", "true");
    PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
    PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
    int exitCode = CommandLines.run(out, err, args);
    out.flush();
    err.flush();
    System.exit(exitCode);
  }
}
