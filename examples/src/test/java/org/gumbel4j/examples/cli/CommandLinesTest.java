package org.gumbel4j.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

final class CommandLinesTest {
  @Test
  void noCommandIsAUsageErrorThatNamesTheCommands() {
    Cli cli = Cli.run();
    assertThat(cli.exitCode()).isEqualTo(2);
    assertThat(cli.err()).contains("vae", "backends").hasLineCount(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"nonsense", "vae --nonsense", "vae --epochs", "vae --epochs=three", "vae x"})
  void whatDoesNotExistIsAUsageErrorOfOneLine(String line) {
    Cli cli = Cli.run((Object[]) line.split(" ", -1));
    assertThat(cli.exitCode()).isEqualTo(2);
    assertThat(cli.out()).isEmpty();
    assertThat(cli.err()).startsWith("gumbel4j").contains("--help").hasLineCount(1);
  }

  @Test
  void everyCommandHasHelpWithAnExample() {
    CommandLine root = new CommandLine(new Gumbel4jCommand());
    assertThat(root.getSubcommands()).isNotEmpty();
    for (String name : root.getSubcommands().keySet()) {
      Cli cli = Cli.run(name, "--help");
      assertThat(cli.exitCode()).as(name).isZero();
      assertThat(cli.out()).as(name).contains("Example").contains("  gumbel4j " + name);
      assertThat(cli.err()).as(name).isEmpty();
      assertThat(Cli.run().err()).contains(name);
    }
  }

  @Test
  void versionIsThatOfTheBuild() {
    Cli cli = Cli.run("--version");
    assertThat(cli.exitCode()).isZero();
    assertThat(cli.out()).matches("(?s)gumbel4j \\d+\\.\\d+\\.\\d+.*").contains("Java");
  }

  @Test
  void backendsListsTheCpu() {
    Cli cli = Cli.run("backends");
    assertThat(cli.exitCode()).isZero();
    assertThat(cli.out()).containsPattern("(?m)^cpu +available +.*Java");
  }

  @Test
  void unforeseenErrorsSayThatTheyAre() {
    assertThat(CommandLines.explain(new NullPointerException("x")))
        .startsWith("unexpected java.lang.NullPointerException")
        .contains("--verbose");
    assertThat(CommandLines.explain(new IOException("disk is full"))).isEqualTo("disk is full");
    assertThat(CommandLines.explain(new NoSuchFileException("f"))).contains("f: no such file");
    assertThat(CommandLines.explain(new AccessDeniedException("f"))).contains("permission denied");
    assertThat(CommandLines.explain(new IllegalStateException("a\n  b"))).isEqualTo("a b");
  }
}
