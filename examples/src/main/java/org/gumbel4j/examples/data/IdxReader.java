package org.gumbel4j.examples.data;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * Reads the idx files of MNIST and all who copied them: a big-endian header, then unsigned bytes;
 * plain, or compressed with gzip when the name ends in {@code .gz}.
 *
 * <p>A header is a claim, not a fact. Memory is given out as bytes arrive, so a header that
 * promises a billion pictures above an empty file costs nothing but an error message.
 */
public final class IdxReader {
  private static final int IMAGES_MAGIC = 0x00000803;
  private static final int LABELS_MAGIC = 0x00000801;
  private static final int MAX_SIDE = 4096;
  private static final int MAX_BYTES = Integer.MAX_VALUE - 64;
  private static final int FIRST_CHUNK = 1 << 20;

  private IdxReader() {}

  /**
   * Reads pictures ({@code idx3-ubyte}).
   *
   * @param file the file, plain or {@code .gz}
   * @param white the byte that stands for 1.0
   * @return the pictures
   * @throws IdxFormatException if the file is damaged, cut short, too long or of another kind
   * @throws IOException if it cannot be read
   */
  public static Images readImages(Path file, int white) throws IOException {
    try (InputStream in = open(file)) {
      checkMagic(file, in, IMAGES_MAGIC, "images (idx3-ubyte)");
      int count = readInt(file, in, "the number of images");
      int rows = readInt(file, in, "the number of rows");
      int columns = readInt(file, in, "the number of columns");
      if (count < 1
          || rows < 1
          || columns < 1
          || rows > MAX_SIDE
          || columns > MAX_SIDE
          || (long) count * rows * columns > MAX_BYTES) {
        throw new IdxFormatException(
            file,
            String.format(
                "its header promises %s images of %s x %s pixels; expected at least"
                    + " one image, sides of 1 to %d and less than 2 GiB in all",
                Integer.toUnsignedString(count),
                Integer.toUnsignedString(rows),
                Integer.toUnsignedString(columns),
                MAX_SIDE));
      }
      byte[] pixels = readBody(file, in, count * rows * columns, 16);
      for (int i = 0; i < pixels.length; i++) {
        if ((pixels[i] & 0xff) > white) {
          throw new IdxFormatException(
              file,
              "pixel "
                  + i
                  + " is "
                  + (pixels[i] & 0xff)
                  + "; a binarised set has pixels of 0 or "
                  + white);
        }
      }
      return Images.of(count, rows, columns, pixels, white);
    }
  }

  /**
   * Reads labels ({@code idx1-ubyte}).
   *
   * @param file the file, plain or {@code .gz}
   * @return one class a picture
   * @throws IdxFormatException if the file is damaged, cut short, too long or of another kind
   * @throws IOException if it cannot be read
   */
  public static byte[] readLabels(Path file) throws IOException {
    try (InputStream in = open(file)) {
      checkMagic(file, in, LABELS_MAGIC, "labels (idx1-ubyte)");
      int count = readInt(file, in, "the number of labels");
      if (count < 1 || count > MAX_BYTES) {
        throw new IdxFormatException(
            file,
            "its header promises "
                + Integer.toUnsignedString(count)
                + " labels; expected 1 to "
                + MAX_BYTES);
      }
      return readBody(file, in, count, 8);
    }
  }

  private static InputStream open(Path file) throws IOException {
    if (!Files.exists(file)) {
      throw new IdxFormatException(file, "no such file");
    }
    if (!Files.isRegularFile(file)) {
      throw new IdxFormatException(file, "not a file");
    }
    InputStream raw = Files.newInputStream(file);
    if (!file.getFileName().toString().endsWith(".gz")) {
      return new BufferedInputStream(raw, 1 << 16);
    }
    try {
      return new BufferedInputStream(new GZIPInputStream(raw, 1 << 16), 1 << 16);
    } catch (EOFException e) {
      raw.close();
      throw new IdxFormatException(file, "the file is empty or cut short, not even a gzip header");
    } catch (ZipException e) {
      raw.close();
      throw new IdxFormatException(file, "its name ends in .gz, but it is not gzip data");
    }
  }

  private static void checkMagic(Path file, InputStream in, int expected, String what)
      throws IOException {
    int magic = readInt(file, in, "the magic number");
    if (magic != expected) {
      throw new IdxFormatException(
          file,
          String.format(
              "magic number 0x%08x; an idx file of %s begins with 0x%08x", magic, what, expected));
    }
  }

  private static int readInt(Path file, InputStream in, String what) throws IOException {
    byte[] b = new byte[4];
    if (fill(file, in, b, 0, 4) < 4) {
      throw new IdxFormatException(file, "truncated: it ends within its header, at " + what);
    }
    return (b[0] & 0xff) << 24 | (b[1] & 0xff) << 16 | (b[2] & 0xff) << 8 | (b[3] & 0xff);
  }

  private static byte[] readBody(Path file, InputStream in, int size, int header)
      throws IOException {
    byte[] body = new byte[Math.min(size, FIRST_CHUNK)];
    int have = 0;
    while (true) {
      have += fill(file, in, body, have, body.length - have);
      if (have < body.length) {
        throw new IdxFormatException(
            file,
            "truncated: "
                + (have + (long) header)
                + " bytes, but its header promises "
                + (size + (long) header));
      }
      if (have == size) {
        break;
      }
      body = Arrays.copyOf(body, (int) Math.min(size, 2L * body.length));
    }
    if (fill(file, in, new byte[1], 0, 1) > 0) {
      throw new IdxFormatException(
          file,
          "trailing bytes: it goes on after the "
              + (size + (long) header)
              + " bytes that its header promises");
    }
    return body;
  }

  /** Reads until the buffer is full or the data end; gzip's own complaints become ours. */
  private static int fill(Path file, InputStream in, byte[] into, int from, int length)
      throws IOException {
    int have = 0;
    try {
      while (have < length) {
        int n = in.read(into, from + have, length - have);
        if (n < 0) {
          break;
        }
        have += n;
      }
    } catch (EOFException e) {
      throw new IdxFormatException(file, "truncated: the gzip data stop before their end");
    } catch (ZipException e) {
      throw new IdxFormatException(file, "damaged gzip data (" + e.getMessage() + ")");
    }
    return have;
  }
}
