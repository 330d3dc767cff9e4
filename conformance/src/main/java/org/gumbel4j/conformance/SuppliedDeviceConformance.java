package org.gumbel4j.conformance;

import java.util.function.Supplier;
import org.gumbel4j.tensor.Device;
import org.jspecify.annotations.Nullable;

/** The kit on the device of whoever runs it: the launcher works on the thread that calls it. */
final class SuppliedDeviceConformance extends BackendConformance {
  private static final ThreadLocal<@Nullable Supplier<Device>> OPENER = new ThreadLocal<>();

  static void with(Supplier<Device> opener, Runnable run) {
    Supplier<Device> outer = OPENER.get();
    OPENER.set(opener);
    try {
      run.run();
    } finally {
      OPENER.set(outer);
    }
  }

  @Override
  protected Device openDevice() {
    Supplier<Device> opener = OPENER.get();
    if (opener == null) {
      throw new IllegalStateException("this class is run by ConformanceRunner, not by itself");
    }
    return opener.get();
  }
}
