package org.gumbel4j.examples.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DatasetDirectoryTest {
  @TempDir Path directory;

  @Test
  void plainAndCompressedFilesMayBeMixed() throws IOException {
    IdxFiles.writeSet(directory, 5, 3);
    ImageDataset set = DatasetDirectory.read(directory);
    assertThat(set.train().count()).isEqualTo(5);
    assertThat(set.test().count()).isEqualTo(3);
    assertThat(set.testLabels()).containsExactly(0, 1, 2);
  }

  @Test
  void labelsAreOptional() throws IOException {
    IdxFiles.writeSet(directory, 5, 3);
    Files.delete(directory.resolve("train-labels-idx1-ubyte"));
    assertThat(DatasetDirectory.read(directory).trainLabels()).isNull();
  }

  @Test
  void labelsThatDoNotMatchTheirImagesAreRefused() throws IOException {
    IdxFiles.writeSet(directory, 5, 3);
    Files.write(directory.resolve("train-labels-idx1-ubyte"), IdxFiles.labels(4));
    fails("train-labels-idx1-ubyte: 4 labels, but 5 images in train-images-idx3-ubyte");
  }

  @Test
  void emptyDirectorySaysWhatItExpected() {
    fails("the directory is empty; expected train-images-idx3-ubyte");
  }

  @Test
  void directoryOfOtherThingsSaysWhatItExpected() throws IOException {
    Files.writeString(directory.resolve("notes.txt"), "none");
    fails("no idx files in this directory; expected train-images-idx3-ubyte");
  }

  @Test
  void missingTestImagesAreNamed() throws IOException {
    IdxFiles.writeSet(directory, 5, 3);
    Files.delete(directory.resolve("t10k-images-idx3-ubyte.gz"));
    fails("missing file t10k-images-idx3-ubyte (or t10k-images-idx3-ubyte.gz)");
  }

  @Test
  void fileInPlaceOfADirectoryIsRefused() throws IOException {
    Path file = Files.writeString(directory.resolve("f"), "");
    assertThatThrownBy(() -> DatasetDirectory.read(file)).hasMessageContaining("not a directory");
    assertThatThrownBy(() -> DatasetDirectory.read(directory.resolve("nowhere")))
        .hasMessageContaining("no such directory");
  }

  @Test
  void imagesOfTwoSizesAreRefused() throws IOException {
    IdxFiles.writeSet(directory, 5, 3);
    Files.delete(directory.resolve("t10k-images-idx3-ubyte.gz"));
    Files.write(
        directory.resolve("t10k-images-idx3-ubyte"),
        IdxFiles.idx(new int[] {0x803, 3, 2, 8}, new byte[48]));
    fails("training images of 4 x 4 pixels, but test images of 2 x 8");
  }

  @Test
  void binarisedSetIsRecognised() throws IOException {
    byte[] body = {0, 1, 1, 0};
    for (String part : new String[] {"train", "valid", "test"}) {
      Files.write(
          directory.resolve("binarized-" + part + "-images-idx3-ubyte"),
          IdxFiles.idx(new int[] {0x803, 1, 2, 2}, body));
    }
    ImageDataset set = DatasetDirectory.read(directory);
    assertThat(set.name()).isEqualTo("binarized MNIST");
    assertThat(set.train().range(0, 1)).containsExactly(0, 1, 1, 0);
  }

  @Test
  void theRealSetsHaveTheirPublishedSizesAndLabels() throws IOException {
    Path shared = Path.of("../../shared/data");
    assumeThat(shared).isDirectory();
    ImageDataset mnist = DatasetDirectory.read(shared.resolve("mnist"));
    assertThat(mnist.name()).isEqualTo("MNIST");
    assertThat(mnist.train().count()).isEqualTo(60_000);
    assertThat(mnist.test().count()).isEqualTo(10_000);
    assertThat(mnist.trainLabels()).startsWith(5, 0, 4, 1, 9);
    ImageDataset fashion = DatasetDirectory.read(shared.resolve("fashion-mnist"));
    assertThat(fashion.name()).isEqualTo("Fashion-MNIST");
    assertThat(fashion.trainLabels()).startsWith(9, 0, 0, 3, 0);
    ImageDataset binarised = DatasetDirectory.read(shared.resolve("binarized-mnist"));
    assertThat(binarised.train().count()).isEqualTo(50_000);
    assertThat(binarised.train().white()).isEqualTo(1);
  }

  private void fails(String part) {
    assertThatThrownBy(() -> DatasetDirectory.read(directory))
        .isInstanceOf(IdxFormatException.class)
        .message()
        .startsWith(directory.toString())
        .contains(part)
        .doesNotContain("\n");
  }
}
