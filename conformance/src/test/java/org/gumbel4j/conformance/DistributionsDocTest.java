package org.gumbel4j.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The document shows the very sources that the build compiles and runs. */
class DistributionsDocTest {
  private static final Path DOCUMENT = Path.of("..", "docs", "distributions.md");
  private static final Path SOURCES =
      Path.of("src", "test", "java", "org", "gumbel4j", "conformance", "stranger");
  private static final Pattern BLOCK =
      Pattern.compile("```java (\\S+\\.java)\n(.*?)```", Pattern.DOTALL);

  @Test
  void codeOfTheDocumentIsTheSourceThatIsCompiledAndTested() throws IOException {
    List<String> shown = new ArrayList<>();
    for (MatchResult block : BLOCK.matcher(Files.readString(DOCUMENT)).results().toList()) {
      String file = block.group(1);
      shown.add(file);
      assertThat(block.group(2)).as(file).isEqualTo(Files.readString(SOURCES.resolve(file)));
    }
    assertThat(shown)
        .containsExactly(
            "Exponential.java", "ExponentialProvider.java", "ExponentialConformanceTest.java");
  }
}
