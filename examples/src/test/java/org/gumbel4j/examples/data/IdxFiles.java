package org.gumbel4j.examples.data;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;

/** Writes small idx files, right ones and wrong ones. */
public final class IdxFiles {
  private IdxFiles() {}

  /** An idx file from its header and body. */
  public static byte[] idx(int[] header, byte... body) {
    ByteBuffer file = ByteBuffer.allocate(4 * header.length + body.length);
    for (int word : header) {
      file.putInt(word);
    }
    return file.put(body).array();
  }

  /** Pictures of 4 by 4 pixels whose pixels count up. */
  public static byte[] images(int count) {
    byte[] body = new byte[count * 16];
    for (int i = 0; i < body.length; i++) {
      body[i] = (byte) (i % 251);
    }
    return idx(new int[] {0x803, count, 4, 4}, body);
  }

  /** Labels 0, 1, 2, …. */
  public static byte[] labels(int count) {
    byte[] body = new byte[count];
    for (int i = 0; i < count; i++) {
      body[i] = (byte) (i % 10);
    }
    return idx(new int[] {0x801, count}, body);
  }

  /** The same, compressed. */
  public static byte[] gzip(byte[] plain) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      out.write(plain);
    }
    return bytes.toByteArray();
  }

  /** A directory like MNIST's, with tiny pictures. */
  public static void writeSet(Path directory, int train, int test) throws IOException {
    Files.write(directory.resolve("train-images-idx3-ubyte"), images(train));
    Files.write(directory.resolve("train-labels-idx1-ubyte"), labels(train));
    Files.write(directory.resolve("t10k-images-idx3-ubyte.gz"), gzip(images(test)));
    Files.write(directory.resolve("t10k-labels-idx1-ubyte.gz"), gzip(labels(test)));
  }

  /** Pictures of 4 by 4 pixels, each 0 or 1. */
  public static byte[] bits(int count) {
    byte[] body = new byte[count * 16];
    for (int i = 0; i < body.length; i++) {
      body[i] = (byte) (i * i / 7 % 2);
    }
    return idx(new int[] {0x803, count, 4, 4}, body);
  }

  /** A directory like that of the fixed binarised MNIST, with tiny pictures. */
  public static void writeBinarizedSet(Path directory, int train, int valid, int test)
      throws IOException {
    Files.write(directory.resolve("binarized-train-images-idx3-ubyte"), bits(train));
    Files.write(directory.resolve("binarized-valid-images-idx3-ubyte.gz"), gzip(bits(valid)));
    Files.write(directory.resolve("binarized-test-images-idx3-ubyte"), bits(test));
  }
}
