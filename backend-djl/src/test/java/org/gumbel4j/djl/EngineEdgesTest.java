package org.gumbel4j.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.DataType;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.gumbel4j.optim.Adam;
import org.gumbel4j.optim.AdamState;
import org.gumbel4j.random.Key;
import org.gumbel4j.random.Noise;
import org.gumbel4j.relaxation.GumbelSoftmax;
import org.gumbel4j.spi.BackendOptions;
import org.gumbel4j.tensor.Backends;
import org.gumbel4j.tensor.DType;
import org.gumbel4j.tensor.Device;
import org.gumbel4j.tensor.Shape;
import org.gumbel4j.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The ends of what a device is asked for: the largest, the smallest, what others close. */
@ExtendWith(WhereMxNetIs.class)
class EngineEdgesTest {
  private static Device open(String name, String option, String value) {
    return Backends.named(name, new BackendOptions(Optional.empty(), 0, Map.of(option, value)));
  }

  // ---- values -----------------------------------------------------------------------------------

  @ParameterizedTest
  @ValueSource(strings = {"djl-pytorch", "djl-mxnet"})
  void theSmallestIntegerIsNegative(String name) {
    try (Device device = Backends.named(name)) {
      Tensor x = device.tensor(new long[] {Long.MIN_VALUE, -3, 0, 3, Long.MAX_VALUE}, 5);
      assertThat(x.sign().toLongs()).containsExactly(-1, -1, 0, 1, 1);
    }
  }

  /** MXNet counts places in FLOAT32. */
  @ParameterizedTest
  @ValueSource(strings = {"djl-pytorch", "djl-mxnet"})
  void theLargestIsFoundBeyondTheIntegersOfAFloat(String name) {
    int n = (1 << 24) + 4;
    try (Device device = Backends.named(name)) {
      float[] late = new float[n];
      late[n - 3] = 1;
      late[n - 1] = 1;
      Tensor x = device.tensor(late, 1, n);
      assertThat(x.argMax(1).toLongs()).containsExactly(n - 3);
      assertThat(x.argMax(1).shape()).isEqualTo(Shape.of(1));
      assertThat(x.neg().argMax(1).toLongs()).containsExactly(0);
      assertThat(device.backend().liveArrays()).hasValue(5);
      assertThat(((EngineBackend) device.backend()).manager().getManagedArrays()).hasSize(5);
    }
  }

  /** Keys whose draws were found to hold an exact 0 on PyTorch, an exact 1 on MXNet. */
  @ParameterizedTest
  @CsvSource({"djl-pytorch, 3", "djl-mxnet, 12"})
  void engineNoiseIsOpenAtBothEndsInSinglePrecision(String name, long key) {
    try (Device device = open(name, "noise", "engine")) {
      Shape shape = Shape.of(1 << 20);
      float[] uniform = device.noise(Noise.UNIFORM, Key.of(key), shape, DType.FLOAT32).toFloats();
      for (float u : uniform) {
        if (!(u > 0 && u < 1)) {
          throw new AssertionError(name + ": uniform " + u);
        }
      }
      for (Noise kind : List.of(Noise.EXPONENTIAL, Noise.GUMBEL, Noise.LOGISTIC)) {
        Tensor drawn = device.noise(kind, Key.of(key), shape, DType.FLOAT32);
        assertThat(drawn.isFinite().cast(DType.FLOAT32).sum().item())
            .as("%s", kind)
            .isEqualTo(1 << 20);
      }
    }
  }

  @Test
  void reluSendsNoGradientThroughNaN() {
    try (Device device = Backends.named("djl-pytorch")) {
      EngineBackend backend = (EngineBackend) device.backend();
      DjlArray x = backend.create(new float[] {Float.NaN, -1, 0, 2}, Shape.of(4));
      DjlArray g =
          backend.create(new float[] {5, Float.POSITIVE_INFINITY, 5, Float.NaN}, Shape.of(4));
      assertThat(backend.toFloats(backend.fused().reluBackward(x, g)))
          .containsExactly(0, 0, 0, Float.NaN);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"djl-mxnet", "djl-pytorch"})
  void whatIsTooLargeToBeWrittenIsRefusedWithTheLimit(String name) {
    try (Device device = Backends.named(name)) {
      assertThatThrownBy(
              () -> device.noise(Noise.UNIFORM, Key.of(1), Shape.of(1 << 28, 2), DType.FLOAT64))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("[268435456, 2]")
          .hasMessageContaining("4294967296 bytes")
          .hasMessageContaining("2^31 - 1");
      assertThat(((EngineBackend) device.backend()).manager().getManagedArrays()).isEmpty();
    }
  }

  // ---- lifetimes --------------------------------------------------------------------------------

  @ParameterizedTest
  @ValueSource(strings = {"djl-pytorch", "djl-mxnet"})
  @SuppressWarnings("try") // the scope is there for what it closes
  void aScopeOfDjlsClosesNothingOfADevice(String name) {
    try (Device device = open(name, "checks", "late")) {
      Tensor x = device.tensor(new float[] {1, 2}, 2);
      Adam adam = Adam.of(0.1);
      AdamState state = adam.start(List.of(x));
      Tensor made;
      try (NDScope scope = new NDScope()) {
        made = x.mul(7);
        state = adam.step(state, List.of(x));
        GumbelSoftmax.of(1).sample(x, Key.of(1));
      }
      assertThat(made.toFloats()).containsExactly(7, 14);
      assertThat(x.mul(7).toFloats()).containsExactly(7, 14);
      Adam again = Adam.of(0.1);
      assertThat(again.step(again.start(List.of(x)), List.of(x)).parameters().get(0).toFloats())
          .isEqualTo(state.parameters().get(0).toFloats());
    }
  }

  @Test
  void stepsOfAdamLeaveNoNumbersBehind() {
    try (Device device = Backends.named("djl-pytorch")) {
      PyTorchOps ops = (PyTorchOps) ((EngineBackend) device.backend()).ops();
      Tensor x = device.tensor(new float[] {1, 2}, 2);
      Adam adam = Adam.of(0.1);
      AdamState state = adam.step(adam.start(List.of(x)), List.of(x));
      int before = ops.scripts().manager().getManagedArrays().size();
      for (int i = 0; i < 20; i++) {
        state = adam.step(state, List.of(x));
      }
      assertThat(ops.scripts().manager().getManagedArrays()).hasSize(before);
    }
  }

  @Test
  void aDrawThatFailsLeavesNoArrayBehind() {
    try (Device device = Backends.named("djl-pytorch")) {
      EngineBackend backend = (EngineBackend) device.backend();
      assertThatThrownBy(
              () ->
                  backend
                      .ops()
                      .draw(backend.manager(), Noise.NORMAL, 1, Shape.of(2), DataType.BOOLEAN))
          .isInstanceOf(RuntimeException.class);
      assertThat(backend.manager().getManagedArrays()).isEmpty();
    }
  }

  // ---- late checks ------------------------------------------------------------------------------

  @ParameterizedTest
  @CsvSource({"PyTorch, djl-pytorch", "MXNet, djl-mxnet"})
  void unwrappingLooksAtLateChecks(String engine, String name) {
    try (Device device = open(name, "checks", "late");
        NDManager manager = Engine.getEngine(engine).newBaseManager()) {
      Tensor bad = device.tensor(new float[] {1, Float.NaN}, 2);
      Tensor sample = GumbelSoftmax.of(1).sample(bad, Key.of(2));
      assertThatThrownBy(() -> DjlBackend.unwrap(sample, manager))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("GumbelSoftmax");
      assertThat(manager.getManagedArrays()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"djl-pytorch", "djl-mxnet"})
  void closingADeviceLooksAtLateChecks(String name) {
    Device device = open(name, "checks", "late");
    GumbelSoftmax.of(1).sample(device.tensor(new float[] {1, Float.NaN}, 2), Key.of(2));
    assertThatThrownBy(device::close)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("GumbelSoftmax");
    assertThat(((EngineBackend) device.backend()).manager().isOpen()).isFalse();
    device.close(); // told once
  }

  // ---- arrays in and out ------------------------------------------------------------------------

  @ParameterizedTest
  @CsvSource({"djl-pytorch, MXNet, PyTorch", "djl-mxnet, PyTorch, MXNet"})
  void anOwnerThatDoesNotFitIsRefusedAndNothingIsLeft(String name, String other, String own) {
    try (Device device = Backends.named(name);
        NDManager others = Engine.getEngine(other).newBaseManager()) {
      NDManager closed = Engine.getEngine(own).newBaseManager();
      closed.close();
      for (Tensor x :
          List.of(
              device.ones(Shape.of(2), DType.FLOAT32), device.zeros(Shape.of(0), DType.FLOAT32))) {
        assertThatThrownBy(() -> DjlBackend.unwrap(x, others))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessageContaining("unwrap")
            .hasMessageContaining(other)
            .hasMessageContaining(own);
        assertThatThrownBy(() -> DjlBackend.unwrap(x, closed))
            .isInstanceOf(IllegalStateException.class)
            .hasMessageContaining("unwrap: the manager is closed");
      }
      assertThat(others.getManagedArrays()).isEmpty();
    }
  }

  @Test
  void aSparseArrayIsRefused() {
    try (Device device = Backends.named("djl-pytorch");
        NDManager manager = Engine.getEngine("PyTorch").newBaseManager()) {
      NDArray sparse =
          manager.createCoo(
              FloatBuffer.wrap(new float[] {1}),
              new long[][] {{0}, {1}},
              new ai.djl.ndarray.types.Shape(2, 2));
      assertThatThrownBy(() -> DjlBackend.wrap(device, sparse))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("sparse")
          .hasMessageContaining("toDense");
      assertThat(DjlBackend.wrap(device, sparse.toDense()).toFloats()).containsExactly(0, 1, 0, 0);
    }
  }
}
