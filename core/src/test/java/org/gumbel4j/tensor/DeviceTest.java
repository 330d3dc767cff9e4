package org.gumbel4j.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.ref.WeakReference;
import java.lang.reflect.Proxy;
import java.util.EnumSet;
import java.util.concurrent.atomic.AtomicInteger;
import org.gumbel4j.random.Key;
import org.gumbel4j.random.Noise;
import org.gumbel4j.spi.Backend;
import org.gumbel4j.spi.BackendScope;
import org.gumbel4j.spi.Capability;
import org.gumbel4j.spi.FusedOps;
import org.junit.jupiter.api.Test;

class DeviceTest {
  private final AtomicInteger synchronisations = new AtomicInteger();
  private boolean deviceHasFailed;
  private Object lastMade = this;

  /** A device that runs behind: what goes wrong is told when somebody waits for it. */
  @SuppressWarnings("unchecked") // a proxy of the interface is the interface
  private Backend<Object> behind() {
    return (Backend<Object>)
        Proxy.newProxyInstance(
            DeviceTest.class.getClassLoader(),
            new Class<?>[] {Backend.class},
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "name" -> "behind";
                  case "capabilities" -> EnumSet.complementOf(EnumSet.of(Capability.NATIVE_MEMORY));
                  case "openScope" -> BackendScope.NONE;
                  case "synchronize" -> waitFor();
                  case "isOnEngineTape" -> false;
                  default -> make();
                });
  }

  private Object make() {
    lastMade = new Object();
    return lastMade;
  }

  private Object waitFor() {
    synchronisations.incrementAndGet();
    if (deviceHasFailed) {
      throw new IllegalStateException("the device says no");
    }
    return this;
  }

  private Device openWith(String debug) {
    String before = System.getProperty("gumbel4j.debug");
    System.setProperty("gumbel4j.debug", debug);
    try {
      return Device.of(behind());
    } finally {
      if (before == null) {
        System.clearProperty("gumbel4j.debug");
      } else {
        System.setProperty("gumbel4j.debug", before);
      }
    }
  }

  @Test
  void debugSyncWaitsAfterEveryOperation() {
    Device device = openWith("sync");
    Tensor x = device.zeros(Shape.of(2), DType.FLOAT32);
    int made = synchronisations.get();
    assertThat(made).isPositive();
    x.exp();
    assertThat(synchronisations).hasValue(made + 1);
  }

  @Test
  void debugSyncLetsTheFailingOperationThrow() {
    Tensor x = openWith("sync").zeros(Shape.of(2), DType.FLOAT32);
    deviceHasFailed = true;
    assertThatThrownBy(x::log).hasMessage("the device says no");
  }

  @Test
  void withoutDebugSyncNobodyWaits() {
    Tensor x = openWith("").zeros(Shape.of(2), DType.FLOAT32);
    deviceHasFailed = true;
    x.exp();
    assertThat(synchronisations).hasValue(0);
  }

  @Test
  void aClosedTensorLetsGoOfItsArray() throws InterruptedException {
    Device device = openWith("");
    Tensor x = device.zeros(Shape.of(2), DType.FLOAT32);
    WeakReference<Object> array = new WeakReference<>(lastMade);
    lastMade = this;
    x.close();
    for (int i = 0; array.get() != null && i < 50; i++) {
      System.gc();
      Thread.sleep(10);
    }
    assertThat(array.get()).isNull();
    assertThat(x.isReleased()).isTrue();
  }

  @Test
  void noiseTooLargeForAnArrayIsNamedByItsShape() {
    FusedOps<Object> defaults = new FusedOps<>(behind());
    Shape shape = Shape.of(1L << 16, 1L << 16);
    assertThatThrownBy(() -> defaults.noise(Noise.GUMBEL, Key.of(1), shape, DType.FLOAT32))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("noise")
        .hasMessageContaining("[65536, 65536]");
  }
}
