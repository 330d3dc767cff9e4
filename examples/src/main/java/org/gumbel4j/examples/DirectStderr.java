package org.gumbel4j.examples;

import java.io.FileNotFoundException;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * The way around the launcher's filter.
 *
 * <p>On a terminal the launcher drops the JVM's line about incubator modules from standard error. A
 * filter reads whole lines, and a progress bar never ends its line; so this program's own output
 * goes straight to the terminal, whose name the launcher passes on.
 */
final class DirectStderr {
  private static final String PROPERTY = "gumbel4j.stderr";

  private DirectStderr() {}

  static void install() {
    String terminal = System.getProperty(PROPERTY);
    if (terminal == null) {
      return;
    }
    try {
      System.setErr(
          new PrintStream(new FileOutputStream(terminal, true), true, StandardCharsets.UTF_8));
    } catch (FileNotFoundException e) {
      // Standard error works without it, only less smoothly.
      System.err.println("gumbel4j: standard error stays filtered: " + e.getMessage());
    }
  }
}
