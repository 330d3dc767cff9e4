package org.gumbel4j.conformance.check;

import java.util.Locale;
import org.gumbel4j.spi.UnsupportedCapabilityException;
import org.gumbel4j.tensor.Device;

/**
 * Mistakes that must be answered by an error whose message helps: at once, or, since a backend may
 * look at values late, when it is next waited for.
 */
public final class Throws {
  private static final ThreadLocal<Device> DEVICE = new ThreadLocal<>();

  private Throws() {}

  /** Names the device whose backend is waited for after each mistake of this thread. */
  public static void expectFrom(Device device) {
    DEVICE.set(device);
  }

  /** Forgets that device. */
  public static void expectNothing() {
    DEVICE.remove();
  }

  /** Waits for that backend, which throws what it has found. */
  public static void settle() {
    Device device = DEVICE.get();
    if (device != null) {
      device.synchronize();
    }
  }

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
      settle();
    } catch (Throwable thrown) {
      if (thrown instanceof UnsupportedCapabilityException absent && !type.isInstance(thrown)) {
        throw absent; // says of the backend what its declaration says, nothing of the mistake
      }
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
