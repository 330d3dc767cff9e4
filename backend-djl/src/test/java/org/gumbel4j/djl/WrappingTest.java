package org.gumbel4j.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.training.GradientCollector;
import org.gumbel4j.tensor.Backends;
import org.gumbel4j.tensor.DType;
import org.gumbel4j.tensor.Device;
import org.gumbel4j.tensor.Scope;
import org.gumbel4j.tensor.Shape;
import org.gumbel4j.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Arrays that come from DJL's users and go to them. */
@ExtendWith(WhereMxNetIs.class)
class WrappingTest {
  @ParameterizedTest
  @CsvSource({"PyTorch, djl-pytorch", "MXNet, djl-mxnet"})
  void aWrappedArraySharesItsMemoryAndStaysItsOwners(String engine, String backend) {
    try (Device device = Backends.named(backend);
        NDManager manager = Engine.getEngine(engine).newBaseManager()) {
      NDArray array = manager.create(new float[] {1, 2, 3});
      Tensor x = DjlBackend.wrap(device, array);
      array.addi(3);
      assertThat(x.toFloats()).containsExactly(4, 5, 6);
      assertThat(x.dtype()).isEqualTo(DType.FLOAT32);
      x.close();
      assertThat(array.toFloatArray()).containsExactly(4, 5, 6);
      assertThat(device.backend().liveArrays()).hasValue(0);
    }
  }

  @ParameterizedTest
  @CsvSource({"PyTorch, djl-pytorch", "MXNet, djl-mxnet"})
  void aWrappedArrayBelongsToTheInnermostScope(String engine, String backend) {
    try (Device device = Backends.named(backend);
        NDManager manager = Engine.getEngine(engine).newBaseManager()) {
      NDArray array = manager.create(new long[] {1, 2});
      Tensor x;
      try (Scope scope = device.openScope()) {
        x = DjlBackend.wrap(device, array);
        assertThat(scope.keep(x.add(x)).toLongs()).containsExactly(2, 4);
      }
      assertThat(x.isReleased()).isTrue();
      assertThat(array.toLongArray()).containsExactly(1, 2);
      assertThat(device.backend().liveArrays()).hasValue(1);
    }
  }

  @SuppressWarnings("try") // the scope is there to be closed
  @ParameterizedTest
  @CsvSource({"PyTorch, djl-pytorch", "MXNet, djl-mxnet"})
  void anUnwrappedTensorIsAConstantOnTheEnginesTapeAndItsOwners(String engineName, String backend) {
    Engine engine = Engine.getEngine(engineName);
    try (Device device = Backends.named(backend);
        NDManager manager = engine.newBaseManager()) {
      NDArray constant;
      try (Scope scope = device.openScope()) {
        constant = DjlBackend.unwrap(device.tensor(new float[] {2, 3}, 2).mul(2), manager);
      }
      NDArray parameter = manager.create(new float[] {1, 1});
      parameter.setRequiresGradient(true);
      try (GradientCollector collector = engine.newGradientCollector()) {
        collector.backward(parameter.mul(constant).sum());
      }
      assertThat(parameter.getGradient().toFloatArray()).containsExactly(4, 6);
      assertThat(constant.getManager()).isSameAs(manager);
    }
  }

  @ParameterizedTest
  @CsvSource({"PyTorch, djl-pytorch", "MXNet, djl-mxnet"})
  void emptyArraysAndMasksPassBothWays(String engine, String backend) {
    try (Device device = Backends.named(backend);
        NDManager manager = Engine.getEngine(engine).newBaseManager()) {
      NDArray empty = manager.create(new ai.djl.ndarray.types.Shape(0, 3), DataType.FLOAT32);
      Tensor none = DjlBackend.wrap(device, empty);
      assertThat(none.shape()).isEqualTo(Shape.of(0, 3));
      assertThat(DjlBackend.unwrap(none, manager).getShape().getShape()).containsExactly(0, 3);
      NDArray mask = manager.create(new boolean[] {true, false});
      Tensor wrapped = DjlBackend.wrap(device, mask);
      assertThat(wrapped.not().toBooleans()).containsExactly(false, true);
      try (NDArray back = DjlBackend.unwrap(wrapped)) {
        assertThat(back.toBooleanArray()).containsExactly(true, false);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"PyTorch, djl-pytorch, MXNet", "MXNet, djl-mxnet, PyTorch"})
  void whatDoesNotFitIsRefusedWithItsRemedy(String engine, String backend, String other) {
    try (Device device = Backends.named(backend);
        NDManager manager = Engine.getEngine(engine).newBaseManager();
        NDManager others = Engine.getEngine(other).newBaseManager()) {
      assertThatThrownBy(() -> DjlBackend.wrap(device, others.create(1f)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining(other)
          .hasMessageContaining(engine)
          .hasMessageContaining("manager.create");
      assertThatThrownBy(() -> DjlBackend.wrap(device, manager.create(1)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("int32")
          .hasMessageContaining("toType");
      NDArray closed = manager.create(1f);
      closed.close();
      assertThatThrownBy(() -> DjlBackend.wrap(device, closed))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("closed");
      assertThat(device.backend().liveArrays()).hasValue(0);
    }
  }

  @Test
  void aTensorOfAnotherBackendOrAClosedManagerIsRefused() {
    try (Device cpu = Backends.named("cpu")) {
      Tensor x = cpu.tensor(new float[] {1}, 1);
      assertThatThrownBy(() -> DjlBackend.unwrap(x))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("'cpu' is not DJL's");
      NDManager manager = Engine.getEngine("PyTorch").newBaseManager();
      manager.close();
      assertThatThrownBy(() -> DjlBackend.onEngineTape(manager))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("closed");
    }
  }

  @Test
  void tensorsOfTwoEnginesDoNotMix() {
    WhereMxNetIs.assumeMxNet();
    try (Device torch = Backends.named("djl-pytorch");
        Device mxnet = Backends.named("djl-mxnet")) {
      Tensor a = torch.scalar(1, DType.FLOAT32);
      Tensor b = mxnet.scalar(1, DType.FLOAT32);
      assertThatThrownBy(() -> a.add(b))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("'djl-pytorch' and 'djl-mxnet'");
    }
  }
}
