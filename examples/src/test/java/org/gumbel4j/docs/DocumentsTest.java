package org.gumbel4j.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.Writer;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.gumbel4j.examples.cli.CommandLines;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the documents say is so. */
class DocumentsTest {
  private static final Path ROOT = Path.of("").toAbsolutePath().getParent();
  private static final Pattern JAVA = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)#\\s]+)(?:#[^)]*)?\\)");

  private static final Pattern COMMAND = Pattern.compile("\\./gumbel4j ([a-z][a-z-]*)");

  @TempDir Path classes;

  @Test
  void theExampleOfTheReadmeFindsTheArmThatPaysMost() throws Exception {
    Matcher block = JAVA.matcher(Files.readString(ROOT.resolve("README.md")));
    assertThat(block.find()).isTrue();

    String printed = run("FirstChoice", block.group(1));

    List<Double> probabilities =
        Stream.of(printed.strip().replaceAll("[\\[\\]]", "").split(", ", -1))
            .map(Double::valueOf)
            .toList();
    assertThat(probabilities).hasSize(3);
    assertThat(probabilities.get(1)).isGreaterThan(0.9);
    assertThat(run("FirstChoice", block.group(1))).isEqualTo(printed);
  }

  @Test
  void everyCommandThatTheReadmeNamesIsOne() throws IOException {
    List<String> named =
        COMMAND
            .matcher(Files.readString(ROOT.resolve("README.md")))
            .results()
            .map(found -> found.group(1))
            .distinct()
            .toList();
    assertThat(named).contains("vae", "sample");
    PrintWriter nowhere = new PrintWriter(Writer.nullWriter());
    assertThat(named)
        .allMatch(name -> CommandLines.run(nowhere, nowhere, name, "--help") == CommandLines.OK);
  }

  @ParameterizedTest
  @MethodSource("documents")
  void linksLeadSomewhere(Path document) throws IOException {
    List<String> dead = new ArrayList<>();
    for (MatchResult link :
        LINK.matcher(Files.readString(ROOT.resolve(document))).results().toList()) {
      String target = link.group(1);
      Path directory = ROOT.resolve(document).getParent();
      if (!target.contains("://") && !Files.exists(directory.resolve(target))) {
        dead.add(target);
      }
    }
    assertThat(dead).isEmpty();
  }

  static List<Path> documents() throws IOException {
    List<Path> documents = new ArrayList<>();
    for (Path directory : List.of(ROOT, ROOT.resolve("docs"))) {
      try (Stream<Path> files = Files.list(directory)) {
        files
            .filter(file -> file.toString().endsWith(".md"))
            .map(ROOT::relativize)
            .sorted()
            .forEach(documents::add);
      }
    }
    return documents;
  }

  private String run(String name, String source) throws Exception {
    Path file = Files.writeString(classes.resolve(name + ".java"), source);
    int status =
        ToolProvider.getSystemJavaCompiler()
            .run(
                null,
                null,
                null,
                "-cp",
                System.getProperty("java.class.path"),
                "-d",
                classes.toString(),
                file.toString());
    assertThat(status).isZero();
    PrintStream out = System.out;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    try (URLClassLoader loader = new URLClassLoader(new URL[] {classes.toUri().toURL()});
        PrintStream capture = new PrintStream(printed, true, StandardCharsets.UTF_8)) {
      System.setOut(capture);
      loader.loadClass(name).getMethod("main", String[].class).invoke(null, (Object) new String[0]);
    } finally {
      System.setOut(out);
    }
    return printed.toString(StandardCharsets.UTF_8);
  }
}
