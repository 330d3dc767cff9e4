package org.gumbel4j.examples;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line of Gumbel4J. */
@Command(name = "gumbel4j", mixinStandardHelpOptions = true, version = "Gumbel4J 0.1.0-SNAPSHOT")
public final class Main implements Runnable {
  @Override
  public void run() {
    CommandLine.usage(this, System.err);
  }

  public static void main(String[] args) {
    DirectStderr.install();
    System.exit(new CommandLine(new Main()).execute(args));
  }
}
