package org.gumbel4j.examples.files;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A directory that is known to take files, asked before the long work begins rather than after. */
public final class OutputDirectory {
  private OutputDirectory() {}

  /**
   * Makes the directory if it is missing and makes sure that a file can be written there.
   *
   * @param directory where results shall go
   * @throws IOException if it is a file, cannot be made, or takes no files; the message says which
   */
  public static void prepare(Path directory) throws IOException {
    if (Files.exists(directory) && !Files.isDirectory(directory)) {
      throw new IOException("--out " + directory + ": is a file; expected a directory");
    }
    try {
      Files.createDirectories(directory);
      Files.delete(Files.createTempFile(directory, ".writable", ".part"));
    } catch (IOException e) {
      throw new IOException(
          "--out "
              + directory
              + ": cannot write there ("
              + (e instanceof AccessDeniedException ? "permission denied" : e.getMessage())
              + "); choose a directory that you may write to",
          e);
    }
  }
}
