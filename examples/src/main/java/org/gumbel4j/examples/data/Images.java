package org.gumbel4j.examples.data;

import java.util.Arrays;
import java.util.zip.CRC32;

/**
 * A stack of grey pictures of one size, kept as the bytes they came in: a quarter of the memory of
 * floats, and the floats are made a batch at a time.
 */
public final class Images {
  private final int count;
  private final int rows;
  private final int columns;
  private final byte[] pixels;
  private final int white;

  /** The number that each byte stands for: to look it up is faster than to divide. */
  private final float[] shades;

  private Images(int count, int rows, int columns, byte[] pixels, int white) {
    this.count = count;
    this.rows = rows;
    this.columns = columns;
    this.pixels = pixels;
    this.white = white;
    this.shades = new float[256];
    for (int value = 0; value < shades.length; value++) {
      shades[value] = value / (float) white;
    }
  }

  /**
   * Wraps pixels, row by row, picture after picture; the array is not copied.
   *
   * @param count number of pictures
   * @param rows height in pixels
   * @param columns width in pixels
   * @param pixels {@code count·rows·columns} unsigned bytes
   * @param white the byte that stands for 1.0: 255, or 1 for binarised pictures
   * @return the pictures
   * @throws IllegalArgumentException if the number of pixels is not {@code count·rows·columns}
   */
  public static Images of(int count, int rows, int columns, byte[] pixels, int white) {
    if ((long) count * rows * columns != pixels.length) {
      throw new IllegalArgumentException(
          "images: "
              + pixels.length
              + " pixels given, but "
              + count
              + " x "
              + rows
              + " x "
              + columns
              + " need "
              + (long) count * rows * columns);
    }
    return new Images(count, rows, columns, pixels, white);
  }

  /** Returns how many pictures there are. */
  public int count() {
    return count;
  }

  /** Returns the height of a picture in pixels. */
  public int rows() {
    return rows;
  }

  /** Returns the width of a picture in pixels. */
  public int columns() {
    return columns;
  }

  /** Returns the number of pixels of one picture. */
  public int pixelsPerImage() {
    return rows * columns;
  }

  /** Returns the byte that stands for 1.0: 255, or 1 for binarised pictures. */
  public int white() {
    return white;
  }

  /**
   * Returns some of the pictures as numbers in [0, 1], one after the other.
   *
   * @param order indices of pictures
   * @param from first place in {@code order} to take
   * @param length how many to take
   */
  public float[] batch(int[] order, int from, int length) {
    int size = pixelsPerImage();
    float[] values = new float[length * size];
    for (int i = 0; i < length; i++) {
      int start = order[from + i] * size;
      for (int p = 0; p < size; p++) {
        values[i * size + p] = shades[pixels[start + p] & 0xff];
      }
    }
    return values;
  }

  /**
   * Returns consecutive pictures as numbers in [0, 1].
   *
   * @param from index of the first picture
   * @param length how many to take
   */
  public float[] range(int from, int length) {
    int[] order = new int[length];
    Arrays.setAll(order, i -> from + i);
    return batch(order, 0, length);
  }

  /** Returns the first {@code n} pictures, or all if there are fewer. */
  public Images first(int n) {
    if (n >= count) {
      return this;
    }
    return new Images(n, rows, columns, Arrays.copyOf(pixels, n * pixelsPerImage()), white);
  }

  /** Returns the last {@code n} pictures, or all if there are fewer. */
  public Images last(int n) {
    if (n >= count) {
      return this;
    }
    int from = (count - n) * pixelsPerImage();
    return new Images(n, rows, columns, Arrays.copyOfRange(pixels, from, pixels.length), white);
  }

  /** Returns pictures whose pixels are 1 where these have more than half of white, else 0. */
  public Images binarized() {
    byte[] bits = new byte[pixels.length];
    for (int i = 0; i < bits.length; i++) {
      bits[i] = (byte) (2 * (pixels[i] & 0xff) > white ? 1 : 0);
    }
    return new Images(count, rows, columns, bits, 1);
  }

  /**
   * Returns {@code n} of the pictures, evenly spaced, or all if there are fewer: in files that are
   * sorted by what they show, the first ones would be all alike.
   */
  public Images spread(int n) {
    if (n >= count) {
      return this;
    }
    int size = pixelsPerImage();
    byte[] chosen = new byte[n * size];
    for (int i = 0; i < n; i++) {
      int from = (int) ((long) i * count / n);
      System.arraycopy(pixels, from * size, chosen, i * size, size);
    }
    return new Images(n, rows, columns, chosen, white);
  }

  /** Returns a checksum of the pixels, so that a checkpoint can tell whether it saw these. */
  public long checksum() {
    CRC32 crc = new CRC32();
    crc.update(pixels);
    return crc.getValue();
  }
}
