package org.gumbel4j.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Sources that a document shows in blocks that begin with <code>```java File.java</code>. */
final class ShownSources {
  private ShownSources() {}

  /** The document's blocks, joined, are the files of the given package, and all of them. */
  static void check(String document, String inPackage, String... files) throws IOException {
    Path sources = Path.of("src", "test", "java", "org", "gumbel4j", "conformance", inPackage);
    Map<String, StringBuilder> shown = new LinkedHashMap<>();
    String file = "";
    for (String line : Files.readAllLines(Path.of("..", "docs", document))) {
      if (line.startsWith("```java ")) {
        file = line.substring("```java ".length());
      } else if (line.startsWith("```")) {
        file = "";
      } else if (!file.isEmpty()) {
        append(shown, file, line);
      }
    }
    assertThat(shown.keySet()).containsExactlyInAnyOrder(files);
    for (var entry : shown.entrySet()) {
      Map<String, StringBuilder> source = new LinkedHashMap<>();
      List<String> lines = Files.readAllLines(sources.resolve(entry.getKey()));
      lines.forEach(line -> append(source, entry.getKey(), line));
      assertThat(entry.getValue().toString())
          .as("code blocks of " + entry.getKey())
          .isEqualTo(source.get(entry.getKey()).toString());
    }
  }

  /** Blank lines do not count: a block of code does not begin with one. */
  private static void append(Map<String, StringBuilder> files, String file, String line) {
    if (!line.isBlank()) {
      files.computeIfAbsent(file, f -> new StringBuilder()).append(line).append('\n');
    }
  }
}
