package org.gumbel4j.djl;

import org.gumbel4j.conformance.BackendConformance;
import org.gumbel4j.tensor.Backends;
import org.gumbel4j.tensor.Device;

class DjlMxNetConformanceTest extends BackendConformance {
  @Override
  protected Device openDevice() {
    WhereMxNetIs.assumeMxNet();
    return Backends.named("djl-mxnet");
  }
}
