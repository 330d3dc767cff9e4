package org.gumbel4j.conformance.stranger;

import java.util.Set;
import org.gumbel4j.distributions.Distribution;
import org.gumbel4j.spi.DistributionParameters;
import org.gumbel4j.spi.DistributionProvider;

/** Offers the exponential distribution by name. */
public final class ExponentialProvider implements DistributionProvider {
  @Override
  public int spiVersion() {
    return SPI_VERSION;
  }

  @Override
  public Set<String> names() {
    return Set.of("exponential");
  }

  @Override
  public Distribution create(String name, DistributionParameters parameters) {
    parameters.requireOnly(name, "rate");
    return Exponential.of(parameters.tensor("rate"), parameters.validation());
  }
}
