package org.gumbel4j.spi;

import java.util.Set;
import org.gumbel4j.estimators.GradientEstimator;

/**
 * Where estimators come from. Found by {@link java.util.ServiceLoader}, as a {@link
 * BackendProvider} is: an estimator of your own is then found by name, compared and tested like
 * those of this library.
 *
 * @since 0.1
 */
public interface EstimatorProvider {
  /**
   * The version of this interface. A provider built for another is passed over and reported; it is
   * raised when providers must change.
   */
  int SPI_VERSION = 1;

  /** The {@link #SPI_VERSION} that this provider was compiled for; return the constant's value. */
  int spiVersion();

  /** The names of its estimators: lower case, words joined by hyphens; never changing. */
  Set<String> names();

  /**
   * Makes an estimator.
   *
   * @param name one of {@link #names}
   * @param options what the user asked for; use {@link EstimatorOptions#requireOnly}
   * @return an estimator whose {@code traits().name()} is the name
   * @throws IllegalArgumentException if an option is unknown or out of range; the message names it
   *     and says what is allowed
   */
  GradientEstimator create(String name, EstimatorOptions options);
}
