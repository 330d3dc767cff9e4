package org.gumbel4j.cpu;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.gumbel4j.conformance.BackendConformance;
import org.gumbel4j.tensor.Backends;
import org.gumbel4j.tensor.Device;

class CpuVectorConformanceTest extends BackendConformance {
  @Override
  protected Device openDevice() {
    assumeTrue(
        ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent(),
        "the tests run without --add-modules jdk.incubator.vector");
    return Backends.named("cpu@vector");
  }
}
