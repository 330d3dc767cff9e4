package org.gumbel4j.examples.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CheckpointFileTest {
  private static final Checkpoint RUN =
      new Checkpoint(
          2,
          1200,
          Map.of("--seed", "7", "--batch", "100"),
          Map.of("JDK", "17.0.1", "backend", "cpu@scalar"),
          List.of(
              new SavedTensor("w", new int[] {2, 2}, new float[] {1, -0f, Float.MIN_VALUE, 1e30f}),
              new SavedTensor("none", new int[] {0, 3}, new float[0]),
              new SavedTensor("scalar", new int[0], new float[] {3})),
          List.of(List.of(1.0, 150.25, 140.0, 1.0 / 3, 0.9, 7.0), List.of()));

  @TempDir Path directory;

  @Test
  void whatIsWrittenIsReadBackToTheBit() throws IOException {
    Path file = write();
    assertThat(CheckpointFile.read(file)).isEqualTo(RUN);
    assertThat(Float.floatToRawIntBits(CheckpointFile.read(file).tensors().get(0).values()[1]))
        .isEqualTo(Float.floatToRawIntBits(-0f));
  }

  @Test
  void writingLeavesNothingElseBehind() throws IOException {
    write();
    write();
    try (Stream<Path> files = Files.list(directory)) {
      assertThat(files).hasSize(1);
    }
  }

  @Test
  void everyCutIsNoticed() throws IOException {
    byte[] whole = Files.readAllBytes(write());
    for (int length = 0; length < whole.length; length++) {
      Path cut = Files.write(directory.resolve("cut"), Arrays.copyOf(whole, length));
      assertThatThrownBy(() -> CheckpointFile.read(cut))
          .isInstanceOf(CheckpointException.class)
          .message()
          .startsWith(cut.toString())
          .contains("damaged")
          .doesNotContain("\n");
    }
  }

  @Test
  void everyChangedByteIsNoticed() throws IOException {
    byte[] whole = Files.readAllBytes(write());
    for (int at = 0; at < whole.length; at++) {
      byte[] changed = whole.clone();
      changed[at] ^= 0x10;
      Path file = Files.write(directory.resolve("changed"), changed);
      assertThatThrownBy(() -> CheckpointFile.read(file)).isInstanceOf(CheckpointException.class);
    }
  }

  @Test
  void otherFilesAndOtherVersionsAreToldApart() throws IOException {
    Path text = Files.writeString(directory.resolve("text"), "this is no checkpoint at all");
    assertThatThrownBy(() -> CheckpointFile.read(text)).hasMessageContaining("not a checkpoint");
    byte[] newer = Files.readAllBytes(write());
    newer[7] = 3;
    Path file = Files.write(directory.resolve("newer"), newer);
    assertThatThrownBy(() -> CheckpointFile.read(file))
        .hasMessageContaining("format 3")
        .hasMessageContaining("reads format 2");
    assertThatThrownBy(() -> CheckpointFile.read(directory.resolve("nowhere")))
        .hasMessageContaining("nothing to resume");
  }

  @Test
  void differencesNameTheSettingAndBothValues() {
    assertThat(RUN.settingsThatDiffer(Map.of("--seed", "8", "--batch", "100")))
        .containsExactly("--seed: 8 here, 7 in the checkpoint");
    assertThat(RUN.settingsThatDiffer(Map.of("--batch", "100")))
        .containsExactly("--seed: nothing here, 7 in the checkpoint");
    assertThat(RUN.environmentThatDiffers(RUN.environment())).isEmpty();
  }

  private Path write() throws IOException {
    Path file = directory.resolve("run.checkpoint");
    CheckpointFile.write(file, RUN);
    return file;
  }
}
