package org.gumbel4j.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.gumbel4j.random.Key;
import org.gumbel4j.random.Noise;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RandomCommandTest {
  @Test
  void rawWordsAreTheKeysLowestByteFirst() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    // More than one chunk, neither end at the edge of a block.
    new RandomStream(Key.of(42), null).raw(5, 70_001, bytes);
    ByteBuffer buffer = ByteBuffer.wrap(bytes.toByteArray()).order(ByteOrder.LITTLE_ENDIAN);
    int[] expected = Key.of(42).ints(70_006);
    assertThat(buffer.remaining()).isEqualTo(4 * 70_001);
    for (int i = 5; i < expected.length; i++) {
      assertThat(buffer.getInt()).isEqualTo(expected[i]);
    }
  }

  @ParameterizedTest
  @EnumSource(Noise.class)
  void rawSamplesAreTheBitsOfTheKeysSamples(Noise kind) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    new RandomStream(Key.of(7), kind).raw(0, 300, bytes);
    ByteBuffer buffer = ByteBuffer.wrap(bytes.toByteArray()).order(ByteOrder.LITTLE_ENDIAN);
    for (float expected : Key.of(7).floats(kind, 300)) {
      assertThat(buffer.getFloat()).isEqualTo(expected);
    }
    assertThat(buffer.remaining()).isZero();
  }

  @Test
  void textIsALineANumber() {
    Cli words = Cli.run("random", "--key", "42", "--from", "60");
    assertThat(words.exitCode()).isZero();
    List<String> expected = new ArrayList<>();
    int[] ints = Key.of(42).ints(70);
    for (int i = 60; i < 70; i++) {
      expected.add(String.format("%08x", ints[i]));
    }
    assertThat(words.out().lines()).isEqualTo(expected);
    Cli gumbel = Cli.run("random", "--key", "3", "--kind", "gumbel", "--count", "3");
    float[] samples = Key.of(3).floats(Noise.GUMBEL, 3);
    assertThat(gumbel.out().lines().map(Float::valueOf))
        .containsExactly(samples[0], samples[1], samples[2]);
  }

  @Test
  void readerWhoLeavesEndsItQuietly() throws IOException {
    int[] writes = {0};
    new RandomStream(Key.of(1), null)
        .raw(
            0,
            Long.MAX_VALUE,
            new OutputStream() {
              @Override
              public void write(int b) throws IOException {
                throw new IOException("Broken pipe");
              }

              @Override
              public void write(byte[] b, int offset, int length) throws IOException {
                if (++writes[0] == 3) {
                  throw new IOException("Broken pipe");
                }
              }
            });
    assertThat(writes[0]).isEqualTo(3);
  }

  @Test
  void fullDiskIsNoQuietEnd() {
    OutputStream full =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw new IOException("No space left on device");
          }
        };
    assertThatThrownBy(() -> new RandomStream(Key.of(1), null).raw(0, 10, full))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("No space");
  }

  @Test
  @Timeout(60)
  void processWritesTheStreamAndNothingElse() throws Exception {
    Process process = start("random", "--key", "42", "--format", "raw");
    byte[] read = process.getInputStream().readNBytes(1 << 20);
    process.getInputStream().close();
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isZero();
    assertThat(new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8).lines())
        .allMatch(line -> line.startsWith("WARNING: Using incubator modules"));
    int[] expected = Key.of(42).ints(1 << 18);
    int[] words = new int[1 << 18];
    ByteBuffer.wrap(read).order(ByteOrder.LITTLE_ENDIAN).asIntBuffer().get(words);
    assertThat(words).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--count -1",
        "--from -1",
        "--count 9223372036854775807 --from 1",
        "--kind poisson",
        "--format xml",
        "--key x"
      })
  void senselessRequestsAreUsageErrorsOfOneLine(String options) {
    Cli cli = Cli.run((Object[]) ("random " + options).split(" ", -1));
    assertThat(cli.exitCode()).isEqualTo(2);
    assertThat(cli.out()).isEmpty();
    assertThat(cli.err()).startsWith("gumbel4j random: ").hasLineCount(1);
  }

  private static Process start(String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    if (ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent()) {
      command.addAll(List.of("--add-modules", "jdk.incubator.vector"));
    }
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add("org.gumbel4j.examples.Main");
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command).start();
  }
}
