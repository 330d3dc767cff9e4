package org.gumbel4j.conformance.tiny;

import org.gumbel4j.conformance.BackendConformance;
import org.gumbel4j.tensor.Backends;
import org.gumbel4j.tensor.Device;

class TinyBackendConformanceTest extends BackendConformance {
  @Override
  protected Device openDevice() {
    return Backends.named("tiny");
  }
}
