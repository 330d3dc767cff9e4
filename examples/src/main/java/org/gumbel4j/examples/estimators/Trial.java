package org.gumbel4j.examples.estimators;

import java.util.Locale;
import org.gumbel4j.estimators.GradientEstimator;

/**
 * An estimator as it is to be measured.
 *
 * @param name by which it was found
 * @param temperature τ, or NaN if it has none
 * @param estimator made with these
 */
public record Trial(String name, double temperature, GradientEstimator estimator) {
  /** Whether the estimator has a temperature. */
  public boolean hasTemperature() {
    return !Double.isNaN(temperature);
  }

  /** The temperature for people. */
  public String temperatureText() {
    return hasTemperature() ? String.format(Locale.ROOT, "%.4g", temperature) : "-";
  }
}
