package org.gumbel4j.cpu;

import org.gumbel4j.conformance.BackendConformance;
import org.gumbel4j.tensor.Backends;
import org.gumbel4j.tensor.Device;

class CpuLoopsConformanceTest extends BackendConformance {
  @Override
  protected Device openDevice() {
    return Backends.named("cpu@loops");
  }
}
