package org.gumbel4j.examples.cli;

import java.io.PrintWriter;
import java.io.StringWriter;

/** A command run within the test: its exit code and what it said. */
record Cli(int exitCode, String out, String err) {
  static Cli run(Object... args) {
    System.setProperty("java.awt.headless", "true");
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    String[] words = new String[args.length];
    for (int i = 0; i < args.length; i++) {
      words[i] = args[i].toString();
    }
    int exitCode = CommandLines.run(new PrintWriter(out, true), new PrintWriter(err, true), words);
    return new Cli(exitCode, out.toString(), err.toString());
  }
}
