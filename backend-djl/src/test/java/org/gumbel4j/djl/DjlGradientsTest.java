package org.gumbel4j.djl;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.training.GradientCollector;
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
import org.gumbel4j.tensor.Backends;
import org.gumbel4j.tensor.Device;
import org.gumbel4j.tensor.Scope;
import org.gumbel4j.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Gradients that core takes on an engine that has a tape, and only one collector, of its own. */
@ExtendWith(WhereMxNetIs.class)
class DjlGradientsTest {
  private static float[] gradient(Device device, int seed) {
    Tensor x = device.tensor(Key.of(seed).floats(Noise.NORMAL, 60), 6, 10);
    try (Scope scope = device.openScope()) {
      return Autodiff.gradient(
              p -> GumbelSoftmax.of(0.5).sample(p, Key.of(seed)).square().sum().add(p.exp().sum()),
              scope.keep(x))
          .toFloats();
    }
  }

  @ParameterizedTest
  @CsvSource({"PyTorch, djl-pytorch", "MXNet, djl-mxnet"})
  void twoThreadsTakeGradientsAtOnceAndNoneIsAddedToAnother(String engine, String name)
      throws Exception {
    try (Device device = Backends.named(name)) {
      float[] first = gradient(device, 1);
      float[] second = gradient(device, 2);
      assertThat(gradient(device, 1)).isEqualTo(first);
      ExecutorService pool = Executors.newFixedThreadPool(2);
      try {
        CyclicBarrier start = new CyclicBarrier(2);
        List<Future<float[]>> found = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
          int seed = 1 + i % 2;
          found.add(
              pool.submit(
                  () -> {
                    start.await();
                    return gradient(device, seed);
                  }));
        }
        for (int i = 0; i < found.size(); i++) {
          assertThat(found.get(i).get()).isEqualTo(i % 2 == 0 ? first : second);
        }
      } finally {
        pool.shutdownNow();
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"PyTorch, djl-pytorch", "MXNet, djl-mxnet"})
  void aCollectorThatIsOpenDoesNotSeeWhatCoreDoes(String engineName, String name) {
    Engine engine = Engine.getEngine(engineName);
    try (Device device = Backends.named(name);
        NDManager manager = engine.newBaseManager()) {
      float[] alone = gradient(device, 3);
      NDArray parameter = manager.create(new float[] {1, 2});
      parameter.setRequiresGradient(true);
      try (GradientCollector collector = engine.newGradientCollector()) {
        assertThat(gradient(device, 3)).isEqualTo(alone);
        // wrapped, the parameter is a constant
        Tensor constant = DjlBackend.wrap(device, parameter);
        NDArray off = DjlBackend.unwrap(constant.mul(3), manager);
        collector.backward(parameter.mul(off).sum());
      }
      assertThat(parameter.getGradient().toFloatArray()).containsExactly(3, 6);
    }
  }

  /** The guide's autoencoder, 784-512-256-(30×10)-256-512-784. */
  @ParameterizedTest
  @ValueSource(strings = {"djl-pytorch", "djl-mxnet"})
  void aTrainingStepOfTheAutoencoderIsAtMost150CallsAndReadsNothingBack(String backend) {
    int[] widths = {784, 512, 256, 300, 256, 512, 784};
    try (Device device = Backends.named(backend)) {
      List<Tensor> parameters = new ArrayList<>();
      for (int i = 0; i + 1 < widths.length; i++) {
        int size = widths[i] * widths[i + 1];
        float[] weights = Key.of(i).floats(Noise.NORMAL, size);
        for (int j = 0; j < size; j++) {
          weights[j] *= 0.03f;
        }
        parameters.add(device.tensor(weights, widths[i], widths[i + 1]));
        parameters.add(device.tensor(new float[widths[i + 1]], widths[i + 1]));
      }
      Adam adam = Adam.of(1e-3);
      AdamState state = step(device, adam, adam.start(parameters));
      EngineCalls before = DjlBackend.calls(device);
      for (int i = 0; i < 3; i++) {
        state = step(device, adam, state);
      }
      EngineCalls calls = DjlBackend.calls(device).since(before);
      assertThat(calls.calls()).isBetween(1L, 3 * 150L);
      assertThat(calls.readBacks()).isZero();
      state.close();
    }
  }

  private static EngineCalls during(Device device, Runnable work) {
    EngineCalls before = DjlBackend.calls(device);
    work.run();
    return DjlBackend.calls(device).since(before);
  }

  @Test
  void anOperationCountsAsManyCallsAsItIsMadeOf() {
    try (Device device = Backends.named("djl-pytorch")) {
      Tensor x = device.tensor(new float[] {3, 1, 2, 4}, 2, 2);
      assertThat(during(device, x::neg)).isEqualTo(new EngineCalls(1, 0));
      assertThat(during(device, () -> x.add(x))).isEqualTo(new EngineCalls(1, 0));
      assertThat(during(device, () -> x.softmax(1))).isEqualTo(new EngineCalls(1, 0));
      assertThat(during(device, () -> x.linear(x, x.sum(0)))).isEqualTo(new EngineCalls(2, 0));
      assertThat(during(device, () -> x.matMul(x, true, false))).isEqualTo(new EngineCalls(2, 0));
      assertThat(during(device, () -> device.tensor(new float[2], 2)))
          .isEqualTo(new EngineCalls(2, 0));
      assertThat(during(device, x::toFloats)).isEqualTo(new EngineCalls(1, 1));
    }
    WhereMxNetIs.assumeMxNet();
    try (Device device = Backends.named("djl-mxnet")) {
      Tensor x = device.tensor(new float[] {3, 1, 2, 4}, 2, 2);
      assertThat(during(device, x::neg)).isEqualTo(new EngineCalls(1, 0));
      assertThat(during(device, () -> x.matMul(x, true, true))).isEqualTo(new EngineCalls(1, 0));
      Tensor stack = x.reshape(1, 2, 2);
      assertThat(during(device, () -> stack.matMul(stack, true, true)))
          .isEqualTo(new EngineCalls(3, 0));
      assertThat(during(device, () -> x.argSort(1, false)).calls()).isGreaterThan(12);
      assertThat(during(device, x::toFloats)).isEqualTo(new EngineCalls(1, 1));
    }
  }

  private static AdamState step(Device device, Adam adam, AdamState state) {
    try (Scope scope = device.openScope()) {
      Tensor x = device.tensor(Key.of(9).floats(Noise.UNIFORM, 10 * 784), 10, 784);
      var result =
          Autodiff.valueAndGradient(
              p -> {
                Tensor h = x;
                for (int i = 0; i < 3; i++) {
                  h = (i == 0 ? h : h.relu()).linear(p.get(2 * i), p.get(2 * i + 1));
                }
                Tensor logits = h.reshape(10, 30, 10);
                Tensor q = logits.softmax(-1);
                Tensor divergence = q.mul(logits.logSoftmax(-1).add(Math.log(10))).sum();
                h = GumbelSoftmax.of(0.7).sample(logits, Key.of(state.step())).reshape(10, 300);
                for (int i = 3; i < 6; i++) {
                  h = (i == 3 ? h : h.relu()).linear(p.get(2 * i), p.get(2 * i + 1));
                }
                Tensor reconstruction = h.binaryCrossEntropyWithLogits(x).sum();
                return reconstruction.add(divergence).div(10.0);
              },
              state.parameters());
      return adam.advance(state, result.gradients(), scope);
    }
  }
}
