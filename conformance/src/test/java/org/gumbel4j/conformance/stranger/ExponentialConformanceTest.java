package org.gumbel4j.conformance.stranger;

import org.gumbel4j.conformance.DistributionConformance;
import org.gumbel4j.distributions.Distribution;
import org.gumbel4j.distributions.Distributions;
import org.gumbel4j.spi.DistributionParameters;
import org.gumbel4j.tensor.Backends;
import org.gumbel4j.tensor.DType;
import org.gumbel4j.tensor.Device;
import org.gumbel4j.tensor.Tensor;

class ExponentialConformanceTest extends DistributionConformance {
  @Override
  protected Device openDevice() {
    return Backends.best();
  }

  @Override
  protected Distribution distribution(Device device, DType dtype) {
    Tensor rate = device.tensor(new double[] {0.5, 1, 4}, dtype, 3);
    return Distributions.named("exponential", DistributionParameters.of("rate", rate));
  }
}
