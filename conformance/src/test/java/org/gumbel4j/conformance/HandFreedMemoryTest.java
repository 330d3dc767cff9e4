package org.gumbel4j.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.gumbel4j.autodiff.Autodiff;
import org.gumbel4j.optim.Adam;
import org.gumbel4j.optim.AdamState;
import org.gumbel4j.random.Key;
import org.gumbel4j.random.Noise;
import org.gumbel4j.relaxation.GumbelSoftmax;
import org.gumbel4j.tensor.DType;
import org.gumbel4j.tensor.Device;
import org.gumbel4j.tensor.Scope;
import org.gumbel4j.tensor.Shape;
import org.gumbel4j.tensor.Tensor;
import org.junit.jupiter.api.Test;

/** Core on memory that nobody else frees. */
class HandFreedMemoryTest {
  private final NativeMemoryBackend memory = new NativeMemoryBackend();
  private final Device device = memory.open();

  private Tensor normal(long seed, long... dims) {
    return device.tensor(Key.of(seed).floats(Noise.NORMAL, (int) Shape.of(dims).size()), dims);
  }

  private AdamState trained(AdamState state, Adam adam, int step) {
    try (Scope scope = device.openScope()) {
      Tensor x = normal(100 + step, 8, 4);
      var loss =
          Autodiff.valueAndGradient(
              p -> {
                Tensor logits = x.linear(p.get(0), p.get(1));
                Tensor code = GumbelSoftmax.of(0.7).hard().sample(logits, Key.of(step));
                Tensor entropy = logits.softmax(-1).mul(logits.logSoftmax(-1)).sum(-1).mean();
                return code.matMul(p.get(2)).sub(x).square().mean().add(entropy.mul(0.01));
              },
              state.parameters());
      return state.replacedBy(adam.step(state, loss.gradients()), scope);
    }
  }

  @Test
  void arraysAfterAThousandStepsAreThoseAfterTen() {
    Adam adam = Adam.of(0.01);
    AdamState state =
        adam.start(
            List.of(normal(1, 4, 3), device.zeros(Shape.of(3), DType.FLOAT32), normal(2, 3, 4)));
    long afterTen = 0;
    for (int step = 0; step < 1000; step++) {
      state = trained(state, adam, step);
      if (step == 9) {
        afterTen = memory.liveArrays();
      }
    }
    assertThat(memory.liveArrays()).isEqualTo(afterTen);
    state.close();
    assertThat(memory.liveArrays()).isEqualTo(afterTen - 9);
  }

  @Test
  void aGradientAloneLeavesNoValueBehind() {
    Tensor x = normal(3, 5);
    device.scalar(2, DType.FLOAT32);
    long before = memory.liveArrays();
    Autodiff.gradient(p -> p.exp().sum(), x).close();
    Autodiff.vectorJacobianProduct(p -> p.mul(2), x, x).close();
    Autodiff.hessianVectorProduct(p -> p.exp().sum(), x, x).close();
    assertThat(memory.liveArrays()).isEqualTo(before);
  }

  @Test
  void whatThrowsInsideAGradientLeavesNothingBehind() {
    Tensor x = normal(4, 5);
    long before = memory.liveArrays();
    assertThatThrownBy(
            () ->
                Autodiff.gradient(
                    p -> {
                      p.exp().tanh();
                      throw new IllegalStateException("of the user");
                    },
                    x))
        .hasMessage("of the user");
    assertThat(memory.liveArrays()).isEqualTo(before);
    Autodiff.gradient(p -> p.exp().sum(), x).close();
    assertThat(memory.liveArrays()).isEqualTo(before);
  }

  @Test
  void aNumberThatManyThreadsAskForAtOnceIsMadeOnce() throws Exception {
    int threads = 4;
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      for (int round = 0; round < 200; round++) {
        double value = round;
        CyclicBarrier start = new CyclicBarrier(threads);
        List<Future<Tensor>> asked = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
          asked.add(
              pool.submit(
                  () -> {
                    start.await();
                    return device.scalar(value, DType.FLOAT32);
                  }));
        }
        for (Future<Tensor> one : asked) {
          assertThat(one.get()).isSameAs(asked.get(0).get());
        }
      }
      assertThat(memory.liveArrays()).isEqualTo(200);
    } finally {
      pool.shutdownNow();
    }
  }

  @Test
  void aParameterThatIsNotTrainedSurvivesTheStep() {
    Tensor frozen = normal(5, 2);
    AdamState state = Adam.of(0.1).start(List.of(frozen));
    try (Scope scope = device.openScope()) {
      AdamState next =
          new AdamState(1, List.of(frozen), state.firstMoments(), List.of(normal(6, 2)));
      state = state.replacedBy(next, scope);
    }
    assertThat(state.parameters().get(0).isReleased()).isFalse();
    assertThat(state.firstMoments().get(0).isReleased()).isFalse();
    assertThat(state.secondMoments().get(0).isReleased()).isFalse();
    assertThat(memory.liveArrays()).isEqualTo(3);
  }

  @Test
  void aCheckLookedAtWhenItsValuesAreGoneStillNamesTheOperation() {
    try (Scope scope = device.openScope()) {
      Tensor nan = device.full(Shape.of(2, 3), DType.FLOAT32, Double.NaN);
      scope.keep(GumbelSoftmax.of(1).sample(nan, Key.of(1)));
      nan.close();
      assertThatThrownBy(device::synchronize)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("GumbelSoftmax")
          .hasMessageContaining("[2, 3]")
          .hasMessageContaining("gumbel4j.debug=sync");
      device.synchronize();
    }
  }

  @Test
  void anIndexOutsideNeverReachesABackendThatLooksLate() {
    Tensor x = normal(7, 3);
    Tensor index = device.tensor(new long[] {0, 3}, 2);
    assertThatThrownBy(() -> x.gather(index, 0))
        .isInstanceOf(IndexOutOfBoundsException.class)
        .hasMessageContaining("index 3 is outside 0 … 2");
  }
}
