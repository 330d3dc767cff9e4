package org.gumbel4j.examples.cli;

/** Thrown when a command cannot do what it was rightly asked to; the message is for the user. */
final class CommandFailedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  CommandFailedException(String message) {
    super(message);
  }
}
