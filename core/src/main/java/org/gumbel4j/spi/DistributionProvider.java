package org.gumbel4j.spi;

import java.util.Set;
import org.gumbel4j.distributions.Distribution;

/**
 * Where distributions come from. Found by {@link java.util.ServiceLoader}, as a {@link
 * BackendProvider} is: a distribution of your own is then found by name like those of this library.
 *
 * <p>Name the implementing class in {@code META-INF/services/org.gumbel4j.spi.DistributionProvider}
 * and, in a named module, in a {@code provides} clause. It needs a public constructor without
 * arguments that does nothing. {@code docs/distributions.md} builds one.
 *
 * @since 0.1
 */
public interface DistributionProvider {
  /**
   * The version of this interface. A provider built for another is passed over and reported; it is
   * raised when providers must change.
   */
  int SPI_VERSION = 1;

  /** The {@link #SPI_VERSION} that this provider was compiled for; return the constant's value. */
  int spiVersion();

  /** The names of its distributions: lower case, words joined by hyphens; never changing. */
  Set<String> names();

  /**
   * Makes a distribution.
   *
   * @param name one of {@link #names}
   * @param parameters what the user gave; use {@link DistributionParameters#requireOnly}
   * @throws IllegalArgumentException if a parameter is missing, unknown or out of range; the
   *     message names it and says what is allowed
   */
  Distribution create(String name, DistributionParameters parameters);
}
