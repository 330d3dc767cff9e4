package org.gumbel4j.cpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Optional;
import org.gumbel4j.spi.BackendOptions;
import org.gumbel4j.tensor.DType;
import org.gumbel4j.tensor.Shape;
import org.junit.jupiter.api.Test;

class CpuBackendProviderTest {
  private final CpuBackendProvider provider = new CpuBackendProvider();

  @Test
  void theDevicePartNamesTheKernels() {
    CpuBackend scalar =
        (CpuBackend) provider.create(BackendOptions.DEFAULT.withDevice("scalar").withThreads(3));
    assertThat(scalar.name()).isEqualTo("cpu@scalar");
    assertThat(scalar.description()).contains("scalar kernels").contains("3 threads");
    assertThat(provider.create(BackendOptions.DEFAULT).name()).isEqualTo("cpu");
    BackendOptions cpu = BackendOptions.DEFAULT.withDevice("cpu").withThreads(1);
    assertThat(provider.create(cpu).description())
        .isEqualTo(provider.create(BackendOptions.DEFAULT.withThreads(1)).description());
  }

  @Test
  void unknownKernelsAndOptionsAreNamed() {
    assertThatThrownBy(() -> provider.create(BackendOptions.DEFAULT.withDevice("gpu")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("cpu@gpu")
        .hasMessageContaining("djl-pytorch@gpu")
        .hasMessageContaining("use auto, scalar, loops or vector");
    assertThatThrownBy(() -> provider.create(BackendOptions.DEFAULT.withDevice("abacus")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("cpu@abacus")
        .hasMessageContaining("use auto, scalar, loops or vector");
    BackendOptions odd = new BackendOptions(Optional.empty(), 0, Map.of("speed", "9"));
    assertThatThrownBy(() -> provider.create(odd))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("[speed]");
  }

  @Test
  void aTensorThatNoArrayCanHoldIsRefusedByName() {
    CpuBackend backend = Cpu.open("scalar", 1);
    Shape shape = Shape.of(65_536, 65_536);
    assertThatThrownBy(() -> backend.full(shape, DType.BOOL, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("full")
        .hasMessageContaining("[65536, 65536]")
        .hasMessageContaining("4294967296")
        .hasMessageContaining("2147483639");
    CpuArray column = backend.full(Shape.of(65_536, 1), DType.BOOL, 0);
    CpuArray row = backend.full(Shape.of(65_536), DType.BOOL, 0);
    assertThatThrownBy(() -> backend.and(column, row)).hasMessageContaining("and: shape");
    assertThatThrownBy(() -> backend.broadcastTo(row, shape)).hasMessageContaining("broadcastTo");
    assertThatThrownBy(() -> backend.where(column, row, row)).hasMessageContaining("where");
    CpuArray tall = backend.full(Shape.of(65_536, 1), DType.FLOAT32, 1);
    assertThatThrownBy(() -> backend.matMul(tall, tall, false, true))
        .hasMessageContaining("matMul");
  }
}
