package org.gumbel4j.spi;

/**
 * Where a backend comes from. Found by {@link java.util.ServiceLoader}: name the implementing class
 * in {@code META-INF/services/org.gumbel4j.spi.BackendProvider} and, in a named module, in a {@code
 * provides} clause. It needs a public constructor without arguments that does nothing.
 *
 * @since 0.1
 */
public interface BackendProvider {
  /**
   * The version of this interface. A provider built for another is passed over and reported; it is
   * raised when providers must change.
   */
  int SPI_VERSION = 1;

  /** What users call it: lower case, no {@code @}, such as {@code cpu} or {@code djl-pytorch}. */
  String name();

  /**
   * Who wins when a user asks for the best: the highest priority among those available. The pure
   * Java backend has 0.
   */
  int priority();

  /** The {@link #SPI_VERSION} that this provider was compiled for; return the constant's value. */
  int spiVersion();

  /**
   * Whether {@link #create} would succeed with default options. Never throws, loads no native
   * library, and is quick: it looks at class path, platform and flags.
   */
  Availability availability();

  /**
   * Opens a backend. Each call gives one that is closed by itself: two that share an engine beneath
   * must not free it while the other is open.
   *
   * @param options what the user asked for
   * @throws IllegalArgumentException if an option is unknown or makes no sense; the message names
   *     it and lists what is allowed
   * @throws IllegalStateException if the backend cannot be opened here; the message says what to do
   */
  Backend<?> create(BackendOptions options);
}
