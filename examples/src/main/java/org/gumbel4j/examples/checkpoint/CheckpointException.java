package org.gumbel4j.examples.checkpoint;

import java.io.IOException;
import java.nio.file.Path;

/**
 * Thrown when a checkpoint cannot be used; the message names the file and what is wrong with it.
 */
public final class CheckpointException extends IOException {
  private static final long serialVersionUID = 1L;

  /**
   * Makes the exception.
   *
   * @param file the checkpoint
   * @param fault what is wrong with it
   */
  public CheckpointException(Path file, String fault) {
    super(file + ": " + fault);
  }
}
