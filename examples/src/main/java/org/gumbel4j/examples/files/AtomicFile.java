package org.gumbel4j.examples.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * Replaces a file all at once: the bytes go to a temporary neighbour, are forced to the disk, and
 * the neighbour takes the file's name. A power cut leaves the old file or the new one.
 */
public final class AtomicFile {
  private AtomicFile() {}

  /**
   * Writes a file, replacing what was there.
   *
   * @param file where to; its directory must exist
   * @param content all of its bytes
   * @throws IOException if it cannot be written, naming the file; the old one is then untouched
   */
  public static void write(Path file, byte[] content) throws IOException {
    Path target = file.toAbsolutePath();
    Path directory = target.getParent();
    if (directory == null) {
      throw new IOException(file + ": is a root directory, not a file");
    }
    // Not Files.createTempFile: the file would keep its private permissions under its final name.
    Path temporary =
        directory.resolve(
            "." + target.getFileName() + "." + ProcessHandle.current().pid() + ".part");
    try {
      try (FileChannel channel =
          FileChannel.open(
              temporary,
              StandardOpenOption.CREATE,
              StandardOpenOption.TRUNCATE_EXISTING,
              StandardOpenOption.WRITE)) {
        ByteBuffer bytes = ByteBuffer.wrap(content);
        while (bytes.hasRemaining()) {
          channel.write(bytes);
        }
        channel.force(true);
      }
      move(temporary, target);
    } catch (FileSystemException e) {
      throw e; // names its file
    } catch (IOException e) {
      String reason = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
      throw new IOException(
          file + ": could not be written (" + reason + "); what was there before is untouched", e);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  /**
   * Writes a text file in UTF-8, replacing what was there.
   *
   * @param file where to; its directory must exist
   * @param content the text
   * @throws IOException if it cannot be written, naming the file; the old one is then untouched
   */
  public static void write(Path file, String content) throws IOException {
    write(file, content.getBytes(StandardCharsets.UTF_8));
  }

  private static void move(Path from, Path to) throws IOException {
    try {
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (AtomicMoveNotSupportedException e) {
      // Some network file systems cannot; a plain replace is the best they have.
      Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
    }
  }
}
