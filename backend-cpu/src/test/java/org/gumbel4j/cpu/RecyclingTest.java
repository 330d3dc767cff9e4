package org.gumbel4j.cpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.gumbel4j.autodiff.Autodiff;
import org.gumbel4j.cpu.kernels.KernelChoice;
import org.gumbel4j.optim.Adam;
import org.gumbel4j.optim.AdamState;
import org.gumbel4j.spi.AdamCoefficients;
import org.gumbel4j.spi.BackendScope;
import org.gumbel4j.tensor.Device;
import org.gumbel4j.tensor.Scope;
import org.gumbel4j.tensor.Shape;
import org.gumbel4j.tensor.Tensor;
import org.junit.jupiter.api.Test;

class RecyclingTest {
  private static final int SIZE = 100;

  private final CpuBackend backend = open(new Recycling(SIZE, 4 * 4 * SIZE, true));
  private final CpuArray x = Cpu.floats(Shape.of(SIZE), 1);

  private static CpuBackend open(Recycling recycling) {
    return new CpuBackend("cpu", KernelChoice.choose(Optional.empty()), 1, recycling);
  }

  @Test
  void anArrayIsUsedAgainWhenItsScopeHasClosed() {
    BackendScope scope = backend.openScope();
    CpuArray first = backend.neg(x);
    CpuArray second = backend.neg(x);
    assertThat(second.data()).isNotSameAs(first.data());
    scope.close();
    assertThat(backend.neg(x).data()).isIn(first.data(), second.data());
  }

  @Test
  void anArrayIsUsedAgainWhenItWasReleased() {
    CpuArray y = backend.neg(x);
    backend.release(y);
    assertThat(backend.abs(x).data()).isSameAs(y.data());
    assertThat(backend.abs(x).data()).isNotSameAs(y.data());
  }

  @Test
  void anArrayWithAnotherHandleIsLeftAlone() {
    CpuArray y = backend.neg(x);
    CpuArray view = backend.reshape(y, Shape.of(10, 10));
    CpuArray whole = backend.slice(view, 0, 0, 10);
    float[] expected = y.floats().clone();
    backend.release(y);
    backend.release(view);
    assertThat(backend.abs(x).data()).isNotSameAs(y.data());
    assertThat(whole.floats()).isEqualTo(expected);
    backend.release(whole);
    assertThat(backend.abs(x).data()).isSameAs(y.data());
  }

  @Test
  void whatIsHandedOutOfAScopeOutlivesIt() {
    BackendScope outer = backend.openScope();
    BackendScope inner = backend.openScope();
    CpuArray kept = backend.neg(x);
    CpuArray free = backend.neg(x);
    float[] expected = kept.floats().clone();
    backend.attach(kept, outer);
    backend.attach(free, null);
    inner.close();
    assertThat(kept.floats()).isEqualTo(expected);
    outer.close();
    assertThat(kept.floats()).containsOnly(Float.NaN);
    assertThat(free.floats()).isEqualTo(expected);
  }

  @Test
  void whatWasReleasedInAScopeDoesNotComeBackTwice() {
    BackendScope scope = backend.openScope();
    CpuArray y = backend.neg(x);
    backend.release(y);
    CpuArray again = backend.neg(x);
    backend.attach(again, null);
    scope.close();
    assertThat(again.data()).isSameAs(y.data());
    assertThat(again.floats()).isEqualTo(backend.neg(x).floats());
  }

  @Test
  void smallArraysAndThoseOfTheUserAreNotTaken() {
    CpuArray small = backend.neg(Cpu.floats(Shape.of(SIZE - 1), 2));
    backend.release(small);
    backend.release(x);
    assertThat(small.floats()).doesNotContain(Float.NaN);
    assertThat(x.floats()).doesNotContain(Float.NaN);
  }

  @Test
  void idleArraysDoNotPileUp() {
    CpuArray[] many = new CpuArray[5];
    for (int i = 0; i < many.length; i++) {
      many[i] = backend.neg(x);
    }
    for (CpuArray y : many) {
      backend.release(y);
    }
    // Four fit; the fifth found no room, and only it is there now.
    assertThat(backend.neg(x).data()).isSameAs(many[4].data());
    for (CpuArray y : many) {
      assertThat(backend.neg(x).data()).isNotSameAs(y.data());
    }
  }

  @Test
  void trainingWithArraysUsedAgainGivesTheSameBits() {
    float[] expected = trained(new Recycling(Integer.MAX_VALUE, 0, false), false);
    assertThat(trained(new Recycling(1, 1 << 20, true), false)).isEqualTo(expected);
    assertThat(trained(new Recycling(1, 1 << 20, true), true)).isEqualTo(expected);
  }

  @Test
  void adamWritesOverWhatNothingElseShares() {
    AdamCoefficients numbers = new AdamCoefficients(1e-3, 0.9, 0.999, 1e-8, 1);
    CpuArray p = backend.neg(x);
    CpuArray m = backend.abs(x);
    CpuArray v = backend.abs(x);
    CpuArray view = backend.reshape(m, Shape.of(10, 10));
    float[] before = m.floats().clone();
    var expected = backend.fused().adamStep(p, x, m, v, numbers);
    var step = backend.fused().adamStepInPlace(p, x, m, v, numbers);
    assertThat(step.parameter().data()).isSameAs(p.data());
    assertThat(step.secondMoment().data()).isSameAs(v.data());
    assertThat(step.firstMoment().data()).isNotSameAs(m.data());
    assertThat(view.floats()).isEqualTo(before);
    assertThat(step.parameter().floats()).isEqualTo(expected.parameter().floats());
    assertThat(step.firstMoment().floats()).isEqualTo(expected.firstMoment().floats());
    backend.release(p);
    backend.neg(x);
    assertThat(step.parameter().floats()).isEqualTo(expected.parameter().floats());
  }

  @Test
  void aGradientThatIsAParameterIsNotWrittenOver() {
    try (Device device = Device.of(open(new Recycling(1, 1 << 20, true)));
        Scope scope = device.openScope()) {
      Tensor a = device.tensor(new float[] {1, 2, 3}, 3).neg();
      Tensor b = device.tensor(new float[] {4, 5, 6}, 3).neg();
      Adam adam = Adam.of(0.1);
      AdamState state = adam.advance(adam.start(List.of(a, b)), List.of(b.abs(), b.abs()), scope);
      List<Tensor> crossed = List.of(state.parameters().get(1), state.parameters().get(0));
      float[] expected = adam.step(state, crossed).parameters().get(1).toFloats();
      AdamState next = adam.advance(state, crossed, scope);
      assertThat(next.parameters().get(1).toFloats()).isEqualTo(expected);
    }
  }

  @Test
  void anAdvanceThatIsRefusedLeavesTheStateAsItWas() {
    try (Device device = Device.of(open(new Recycling(1, 1 << 20, true)));
        Scope scope = device.openScope()) {
      Tensor a = device.tensor(new float[] {1, 2, 3}, 3).neg();
      Tensor b = device.tensor(new float[] {4, 5, 6}, 3).neg();
      Adam adam = Adam.of(0.1);
      AdamState state = adam.advance(adam.start(List.of(a, b)), List.of(b.abs(), b.abs()), scope);
      float[] before = state.parameters().get(0).toFloats();
      Tensor gradient = device.tensor(new float[] {1, 1, 1}, 3);
      Tensor wrong = device.tensor(new float[] {1, 1}, 2);
      assertThatThrownBy(() -> adam.advance(state, List.of(gradient, wrong), scope))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("must have one shape");
      assertThat(state.parameters().get(0).toFloats()).isEqualTo(before);
    }
  }

  private static float[] trained(Recycling recycling, boolean inPlace) {
    try (Device device = Device.of(open(recycling))) {
      Tensor inputs = device.tensor(Cpu.floats(Cpu.normals(20 * 7, 1)), 20, 7);
      Tensor targets =
          device.tensor(Cpu.floats(Cpu.normals(20 * 3, 2)), 20, 3).gt(0).cast(inputs.dtype());
      Tensor weight = device.tensor(Cpu.floats(Cpu.normals(7 * 3, 3)), 7, 3);
      Tensor bias = device.tensor(Cpu.floats(Cpu.normals(3, 4)), 3);
      Adam adam = Adam.of(0.1);
      AdamState state = adam.start(List.of(weight, bias));
      for (int step = 0; step < 10; step++) {
        try (Scope scope = device.openScope()) {
          var result =
              Autodiff.valueAndGradient(
                  p ->
                      inputs
                          .matMul(p.get(0))
                          .add(p.get(1))
                          .relu()
                          .binaryCrossEntropyWithLogits(targets)
                          .sum(),
                  state.parameters());
          state =
              inPlace
                  ? adam.advance(state, result.gradients(), scope)
                  : state.replacedBy(adam.step(state, result.gradients()), scope);
        }
      }
      return state.parameters().get(0).toFloats();
    }
  }
}
