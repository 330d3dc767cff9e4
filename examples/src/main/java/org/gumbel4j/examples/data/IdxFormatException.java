package org.gumbel4j.examples.data;

import java.io.IOException;
import java.nio.file.Path;

/** Thrown when a data file is not what its name promises; the message names the file first. */
public final class IdxFormatException extends IOException {
  private static final long serialVersionUID = 1L;

  /**
   * Makes the exception.
   *
   * @param file the file at fault
   * @param fault what is wrong with it, and what would have been right
   */
  public IdxFormatException(Path file, String fault) {
    super(file + ": " + fault);
  }
}
