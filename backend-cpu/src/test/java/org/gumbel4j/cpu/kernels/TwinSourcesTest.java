package org.gumbel4j.cpu.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The kernels of products for FLOAT64 are those for FLOAT32 with other types: the latter are
 * written by hand, the former made of them, since Java has no one class for both that is as fast.
 */
class TwinSourcesTest {
  private static final Path SOURCES = Path.of("src/main/java/org/gumbel4j/cpu/kernels");

  /** Asks for the files to be written instead of compared. */
  private static final String WRITE = "gumbel4j.twins";

  @ParameterizedTest
  @ValueSource(strings = {"Tile", "MatMul"})
  void theDoubleKernelIsTheFloatKernelWithOtherTypes(String name) throws IOException {
    assumeTrue(Files.isDirectory(SOURCES), "the tests run where the sources are not");
    String made = twin(Files.readString(SOURCES.resolve("Float" + name + ".java")));
    Path file = SOURCES.resolve("Double" + name + ".java");
    if ("write".equals(System.getProperty(WRITE))) {
      Files.writeString(file, made);
    }
    assertThat(words(Files.readString(file)))
        .as(
            "%s must be made of its twin: mvn verify -pl backend-cpu -am"
                + " -Dtest=TwinSourcesTest -Dsurefire.failIfNoSpecifiedTests=false"
                + " -D%s=write -Dspotless.check.skip, then mvn spotless:apply",
            file, WRITE)
        .isEqualTo(words(made));
  }

  /** Casts that tell float from double are nothing in a file that knows double alone. */
  static String twin(String source) {
    return source
        .replace("(float) ", "")
        .replace("(double) ", "")
        .replace("FLOAT32", "FLOAT64")
        .replace("float", "double")
        .replace("Float", "Double");
  }

  /** The text, however its lines are broken. */
  private static String words(String source) {
    return source.replaceAll("\\R\\s*\\* ", " ").replaceAll("\\s+", "");
  }
}
