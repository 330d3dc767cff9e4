package org.gumbel4j.conformance.check;

import java.util.Locale;

/** Mistakes that must be answered by an error whose message helps. */
public final class Throws {
  private Throws() {}

  /** Something that must fail. */
  @FunctionalInterface
  public interface Mistake {
    /** Makes it. */
    Object make();
  }

  /**
   * The mistake throws the type, and the message holds each of the words.
   *
   * @return the error, to look at more closely
   */
  public static <T extends Throwable> T check(Class<T> type, Mistake mistake, String... words) {
    Object result;
    try {
      result = mistake.make();
    } catch (Throwable thrown) {
      if (!type.isInstance(thrown)) {
        throw new AssertionError("expected " + type.getSimpleName() + ", got " + thrown, thrown);
      }
      String message = String.valueOf(thrown.getMessage());
      for (String word : words) {
        if (!message.toLowerCase(Locale.ROOT).contains(word.toLowerCase(Locale.ROOT))) {
          throw new AssertionError("the message should mention '" + word + "': " + message, thrown);
        }
      }
      return type.cast(thrown);
    }
    throw new AssertionError(
        "expected "
            + type.getSimpleName()
            + " about "
            + String.join(", ", words)
            + ", got "
            + result);
  }
}
