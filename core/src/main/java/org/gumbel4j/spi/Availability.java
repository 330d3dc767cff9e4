package org.gumbel4j.spi;

/**
 * Whether a backend can be opened here, and if not, why and what to do about it.
 *
 * @since 0.1
 */
public sealed interface Availability {
  /** It can be opened. */
  static Availability available() {
    return new Available();
  }

  /**
   * It cannot.
   *
   * @param reason what is wrong, as a sentence without a full stop
   * @param remedy what the user can do, as an imperative sentence without a full stop
   */
  static Availability unavailable(String reason, String remedy) {
    return new Unavailable(reason, remedy);
  }

  /** The backend can be opened. */
  record Available() implements Availability {}

  /**
   * The backend cannot be opened.
   *
   * @param reason what is wrong
   * @param remedy what the user can do
   */
  record Unavailable(String reason, String remedy) implements Availability {}
}
