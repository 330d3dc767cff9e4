package org.gumbel4j.conformance.localexpectation;

import java.util.Set;
import org.gumbel4j.estimators.GradientEstimator;
import org.gumbel4j.spi.EstimatorOptions;
import org.gumbel4j.spi.EstimatorProvider;

/** Lets {@code Estimators.named("local-expectation")} find the estimator. */
public final class LocalExpectationProvider implements EstimatorProvider {
  @Override
  public int spiVersion() {
    return SPI_VERSION;
  }

  @Override
  public Set<String> names() {
    return Set.of(LocalExpectation.NAME);
  }

  @Override
  public GradientEstimator create(String name, EstimatorOptions options) {
    options.requireOnly(name, "samples");
    return new LocalExpectation(options.count("samples", 1));
  }
}
