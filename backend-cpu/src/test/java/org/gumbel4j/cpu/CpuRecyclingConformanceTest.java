package org.gumbel4j.cpu;

import java.util.Optional;
import org.gumbel4j.conformance.BackendConformance;
import org.gumbel4j.cpu.kernels.KernelChoice;
import org.gumbel4j.tensor.Device;

/**
 * Every FLOAT32 array, however small, is used again, and one that comes back is spoilt: a handle
 * that is read after its release, or an entry that an operation forgets to write, shows.
 */
class CpuRecyclingConformanceTest extends BackendConformance {
  @Override
  protected Device openDevice() {
    return Device.of(
        new CpuBackend(
            "cpu",
            KernelChoice.choose(Optional.empty()),
            2,
            new Recycling(1, Long.MAX_VALUE / 2, true)));
  }
}
