package org.gumbel4j.examples.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A directory of idx files, recognised by the names in it: MNIST and Fashion-MNIST ({@code
 * train-images-idx3-ubyte}, {@code t10k-…}) or the fixed binarised MNIST ({@code
 * binarized-train-images-idx3-ubyte}, …, with {@code binarized-valid-…} if it is there), each plain
 * or with {@code .gz}.
 */
public final class DatasetDirectory {
  private static final String IMAGES = "images-idx3-ubyte";
  private static final String LABELS = "labels-idx1-ubyte";

  private DatasetDirectory() {}

  /**
   * Reads the set a directory holds.
   *
   * @param directory where the files are
   * @return the set
   * @throws IdxFormatException if a file is missing or wrong, or two files contradict each other
   * @throws IOException if something cannot be read
   */
  public static ImageDataset read(Path directory) throws IOException {
    if (!Files.exists(directory)) {
      throw new IdxFormatException(directory, "no such directory");
    }
    if (!Files.isDirectory(directory)) {
      throw new IdxFormatException(directory, "not a directory; expected one with idx files");
    }
    if (find(directory, "binarized-train-" + IMAGES) != null) {
      Images train = IdxReader.readImages(require(directory, "binarized-train-" + IMAGES), 1);
      Images test = IdxReader.readImages(require(directory, "binarized-test-" + IMAGES), 1);
      checkSameSize(directory, train, "test", test);
      Path held = find(directory, "binarized-valid-" + IMAGES);
      Images validation = held == null ? null : IdxReader.readImages(held, 1);
      if (validation != null) {
        checkSameSize(directory, train, "validation", validation);
      }
      return new ImageDataset("binarized MNIST", train, test, null, null, validation);
    }
    if (find(directory, "train-" + IMAGES) == null && find(directory, "t10k-" + IMAGES) == null) {
      boolean empty;
      try (Stream<Path> entries = Files.list(directory)) {
        empty = entries.findAny().isEmpty();
      }
      throw new IdxFormatException(
          directory,
          (empty ? "the directory is empty" : "no idx files in this directory")
              + "; expected train-images-idx3-ubyte and t10k-images-idx3-ubyte, or"
              + " binarized-train-… and binarized-test-images-idx3-ubyte, plain or .gz");
    }
    Images train = IdxReader.readImages(require(directory, "train-" + IMAGES), 255);
    Images test = IdxReader.readImages(require(directory, "t10k-" + IMAGES), 255);
    checkSameSize(directory, train, "test", test);
    byte[] trainLabels = labels(directory, "train-", train);
    byte[] testLabels = labels(directory, "t10k-", test);
    return new ImageDataset(nameOf(directory), train, test, trainLabels, testLabels);
  }

  /** The two sets share their file names, so the directory's own name is the best witness. */
  private static String nameOf(Path directory) {
    Path last = directory.toAbsolutePath().normalize().getFileName();
    String name = last == null ? "" : last.toString();
    String lower = name.toLowerCase(Locale.ROOT);
    if (lower.contains("fashion")) {
      return "Fashion-MNIST";
    }
    return lower.contains("mnist") ? "MNIST" : name + " (MNIST format)";
  }

  private static byte @Nullable [] labels(Path directory, String part, Images images)
      throws IOException {
    Path file = find(directory, part + LABELS);
    if (file == null) {
      return null;
    }
    byte[] labels = IdxReader.readLabels(file);
    if (labels.length != images.count()) {
      throw new IdxFormatException(
          file,
          labels.length
              + " labels, but "
              + images.count()
              + " images in "
              + require(directory, part + IMAGES).getFileName());
    }
    return labels;
  }

  private static void checkSameSize(Path directory, Images train, String part, Images others)
      throws IdxFormatException {
    if (train.rows() != others.rows() || train.columns() != others.columns()) {
      throw new IdxFormatException(
          directory,
          String.format(
              "training images of %d x %d pixels, but %s images of %d x %d",
              train.rows(), train.columns(), part, others.rows(), others.columns()));
    }
  }

  private static Path require(Path directory, String name) throws IdxFormatException {
    Path file = find(directory, name);
    if (file == null) {
      throw new IdxFormatException(directory, "missing file " + name + " (or " + name + ".gz)");
    }
    return file;
  }

  private static @Nullable Path find(Path directory, String name) {
    Path plain = directory.resolve(name);
    if (Files.exists(plain)) {
      return plain;
    }
    Path zipped = directory.resolve(name + ".gz");
    return Files.exists(zipped) ? zipped : null;
  }
}
