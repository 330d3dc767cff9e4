package org.gumbel4j.examples.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.gumbel4j.examples.data.IdxFiles.gzip;
import static org.gumbel4j.examples.data.IdxFiles.idx;
import static org.gumbel4j.examples.data.IdxFiles.images;
import static org.gumbel4j.examples.data.IdxFiles.labels;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class IdxReaderTest {
  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void readsImagesPlainAndCompressed(boolean compressed) throws IOException {
    Path file = write(compressed ? "x.gz" : "x", compressed ? gzip(images(3)) : images(3));
    Images read = IdxReader.readImages(file, 255);
    assertThat(read.count()).isEqualTo(3);
    assertThat(read.rows()).isEqualTo(4);
    assertThat(read.range(2, 1)[5]).isEqualTo(37 / 255f);
  }

  @Test
  void readsAllOfAFileLargerThanOneChunk() throws IOException {
    byte[] body = new byte[3_000_000];
    Arrays.fill(body, (byte) 9);
    body[body.length - 1] = 77;
    Path file = write("big.gz", gzip(idx(new int[] {0x803, 3000, 20, 50}, body)));
    assertThat(IdxReader.readImages(file, 255).range(2999, 1)[999]).isEqualTo(77 / 255f);
  }

  @Test
  void readsLabels() throws IOException {
    assertThat(IdxReader.readLabels(write("y", labels(4)))).containsExactly(0, 1, 2, 3);
  }

  @Test
  void missingFileIsNamed() {
    fails(directory.resolve("nowhere"), "nowhere", "no such file");
  }

  @Test
  void wrongMagicIsShownBesideTheRightOne() throws IOException {
    fails(write("x", labels(40)), "0x00000801", "0x00000803", "images");
    assertThatThrownBy(() -> IdxReader.readLabels(write("y", images(1))))
        .hasMessageContaining("0x00000803")
        .hasMessageContaining("0x00000801");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 3, 11, 15})
  void headerCutShortIsTruncated(int length) throws IOException {
    fails(write("x", Arrays.copyOf(images(2), length)), "truncated", "header");
  }

  @Test
  void bodyCutShortIsTruncatedAndTellsBothSizes() throws IOException {
    fails(write("x", Arrays.copyOf(images(2), 40)), "truncated", "40", "48");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 5, 20, 60, -8, -1})
  void compressedDataCutShortNeverPass(int length) throws IOException {
    byte[] whole = gzip(images(200));
    int kept = length < 0 ? whole.length + length : length;
    assertThatThrownBy(() -> IdxReader.readImages(write("x.gz", Arrays.copyOf(whole, kept)), 255))
        .isInstanceOf(IdxFormatException.class)
        .hasMessageContaining("x.gz")
        .hasMessageMatching("(?s).*(truncated|cut short).*");
  }

  @Test
  void flippedBitsInCompressedDataAreDamage() throws IOException {
    byte[] whole = gzip(images(200));
    whole[whole.length - 6] ^= 1; // within the checksum
    fails(write("x.gz", whole), "damaged gzip data");
  }

  @Test
  void trailingBytesAreReported() throws IOException {
    fails(write("x", Arrays.copyOf(images(2), 49)), "trailing bytes", "48");
  }

  @Test
  void nameThatPromisesGzipIsHeldToIt() throws IOException {
    fails(write("x.gz", images(2)), "not gzip");
  }

  @ParameterizedTest
  @CsvSource({"0,4,4", "-1,4,4", "1,0,4", "1,4,5000", "2147483647,4096,4096", "1,-1,-1"})
  void nonsenseDimensionsAreRefused(int count, int rows, int columns) throws IOException {
    fails(write("x", idx(new int[] {0x803, count, rows, columns})), "its header promises");
  }

  @Test
  void headerThatLiesAboutTwoGigabytesCostsNoMemory() throws IOException {
    // With -Xmx2g an array of the promised size cannot be made, so trusting the header would end in
    // an OutOfMemoryError instead of this message.
    fails(write("x", idx(new int[] {0x803, 127, 4096, 4096}, new byte[100])), "truncated", "116");
  }

  @Test
  void binarisedSetHasNoGrey() throws IOException {
    assertThatThrownBy(() -> IdxReader.readImages(write("x", images(1)), 1))
        .hasMessageContaining("pixel 2 is 2");
  }

  private Path write(String name, byte[] content) throws IOException {
    return Files.write(directory.resolve(name), content);
  }

  private static void fails(Path file, String... parts) {
    assertThatThrownBy(() -> IdxReader.readImages(file, 255))
        .isInstanceOf(IdxFormatException.class)
        .message()
        .startsWith(file.toString())
        .contains(parts)
        .doesNotContain("\n");
  }
}
