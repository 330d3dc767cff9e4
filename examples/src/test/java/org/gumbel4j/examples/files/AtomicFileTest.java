package org.gumbel4j.examples.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AtomicFileTest {
  @TempDir Path directory;

  @Test
  void replacesAFileWhole() throws IOException {
    Path file = Files.writeString(directory.resolve("f"), "a much longer text than the new one");
    AtomicFile.write(file, "new");
    assertThat(file).hasContent("new");
  }

  @Test
  void writeThatFailsLeavesWhatWasThereAndNoRemains() throws IOException {
    Path taken = Files.createDirectory(directory.resolve("taken"));
    Files.writeString(taken.resolve("inside"), "precious");
    assertThatThrownBy(() -> AtomicFile.write(taken, "new")).isInstanceOf(IOException.class);
    assertThat(taken.resolve("inside")).hasContent("precious");
    try (Stream<Path> files = Files.list(directory)) {
      assertThat(files).containsExactly(taken);
    }
  }

  @Test
  void outputDirectoryMayNotBeAFile() throws IOException {
    Path file = Files.writeString(directory.resolve("f"), "precious");
    assertThatThrownBy(() -> OutputDirectory.prepare(file)).hasMessageContaining("is a file");
    assertThatThrownBy(() -> OutputDirectory.prepare(file.resolve("under")))
        .hasMessageContaining("cannot write there");
    assertThat(file).hasContent("precious");
  }

  @Test
  void outputDirectoryIsMadeAndLeftEmpty() throws IOException {
    Path made = directory.resolve("a/b/c");
    OutputDirectory.prepare(made);
    assertThat(made).isEmptyDirectory();
  }

  @Test
  void aFailureHalfWayNamesTheFileAndLeavesTheOldOne() throws IOException {
    Path file = directory.resolve("metrics.csv");
    AtomicFile.write(file, "old");

    Thread.currentThread()
        .interrupt(); // a channel that is written to by an interrupted thread fails
    try {
      assertThatThrownBy(() -> AtomicFile.write(file, "new"))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("metrics.csv")
          .hasMessageContaining("could not be written");
    } finally {
      Thread.interrupted();
    }
    assertThat(file).hasContent("old");
    try (Stream<Path> left = Files.list(directory)) {
      assertThat(left).containsExactly(file);
    }
  }
}
