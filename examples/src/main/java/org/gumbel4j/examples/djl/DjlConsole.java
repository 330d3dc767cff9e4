package org.gumbel4j.examples.djl;

import java.io.PrintStream;

/**
 * Where DJL's progress bars go while a run lasts: to standard error, where all progress goes, if a
 * terminal is behind it, else nowhere. DJL writes them to standard output, which is for results.
 */
final class DjlConsole implements AutoCloseable {
  private static final String SWITCH = "disableProgressBar";
  private static final String TERMINAL = "gumbel4j.stderr";

  private final PrintStream out;
  private final boolean silenced;

  private DjlConsole(PrintStream out, boolean silenced) {
    this.out = out;
    this.silenced = silenced;
  }

  static DjlConsole open() {
    boolean silent = System.getProperty(TERMINAL) == null && System.getProperty(SWITCH) == null;
    if (silent) {
      System.setProperty(SWITCH, "true");
    }
    PrintStream out = System.out;
    System.setOut(System.err);
    return new DjlConsole(out, silent);
  }

  @Override
  public void close() {
    System.setOut(out);
    if (silenced) {
      System.clearProperty(SWITCH);
    }
  }
}
