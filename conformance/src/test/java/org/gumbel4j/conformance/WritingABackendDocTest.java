package org.gumbel4j.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The document shows the very sources that the build compiles and runs. */
class WritingABackendDocTest {
  private static final Path DOCUMENT = Path.of("..", "docs", "writing-a-backend.md");
  private static final Path SOURCES =
      Path.of("src", "test", "java", "org", "gumbel4j", "conformance", "tiny");

  @Test
  void codeOfTheDocumentIsTheSourceThatIsCompiledAndTested() throws IOException {
    Map<String, StringBuilder> shown = new LinkedHashMap<>();
    String file = "";
    for (String line : Files.readAllLines(DOCUMENT)) {
      if (line.startsWith("```java ")) {
        file = line.substring("```java ".length());
      } else if (line.startsWith("```")) {
        file = "";
      } else if (!file.isEmpty()) {
        append(shown, file, line);
      }
    }
    assertThat(shown.keySet())
        .containsExactlyInAnyOrder(
            "TinyArray.java",
            "Positions.java",
            "TinyBackend.java",
            "TinyBackendProvider.java",
            "TinyBackendConformanceTest.java");
    for (var entry : shown.entrySet()) {
      Map<String, StringBuilder> source = new LinkedHashMap<>();
      List<String> lines = Files.readAllLines(SOURCES.resolve(entry.getKey()));
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
