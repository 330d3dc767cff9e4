package org.gumbel4j.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.training.GradientCollector;
import java.util.List;
import org.gumbel4j.autodiff.Autodiff;
import org.gumbel4j.autodiff.CustomGradient;
import org.gumbel4j.random.Key;
import org.gumbel4j.relaxation.GumbelSoftmax;
import org.gumbel4j.tensor.Backends;
import org.gumbel4j.tensor.Device;
import org.gumbel4j.tensor.Tensor;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Gradients that the engine takes, through what Gumbel4J computes. */
@ExtendWith(WhereMxNetIs.class)
class EngineTapeTest {
  private static final float[] LOGITS = {0.3f, -1.2f, 2f, 0.1f, 0.5f, -0.4f};
  private static final float[] WEIGHTS = {1, -2, 3, 0.5f, 4, -1};

  @ParameterizedTest
  @CsvSource({"PyTorch, djl-pytorch", "MXNet, djl-mxnet"})
  void gradientsOfGumbelSoftmaxAreThoseOfCore(String engineName, String backend) {
    Engine engine = Engine.getEngine(engineName);
    float[] found;
    try (NDManager manager = engine.newBaseManager();
        NDManager inner = manager.newSubManager()) {
      NDArray logits = manager.create(LOGITS, new ai.djl.ndarray.types.Shape(2, 3));
      logits.setRequiresGradient(true);
      try (GradientCollector collector = engine.newGradientCollector()) {
        Device tape = DjlBackend.onEngineTape(inner);
        Tensor x = DjlBackend.wrap(tape, logits);
        collector.backward(DjlBackend.unwrap(loss(x, tape.tensor(WEIGHTS, 2, 3))));
      }
      found = logits.getGradient().toFloatArray();
    }
    try (Device device = Backends.named("cpu")) {
      Tensor weights = device.tensor(WEIGHTS, 2, 3);
      float[] expected =
          Autodiff.gradient(x -> loss(x, weights), device.tensor(LOGITS, 2, 3)).toFloats();
      for (int i = 0; i < expected.length; i++) {
        assertThat(found[i]).isCloseTo(expected[i], within(1e-5f));
      }
    }
  }

  private static Tensor loss(Tensor logits, Tensor weights) {
    Tensor hard = GumbelSoftmax.of(0.7).hard().sample(logits, Key.of(5));
    Tensor soft = logits.logSoftmax(-1).mul(logits.softmax(-1)).sum();
    return hard.mul(weights).square().sum().add(soft).add(logits.stopGradient().mul(logits).sum());
  }

  @ParameterizedTest
  @CsvSource({"PyTorch", "MXNet"})
  void straightThroughIsExactAndRulesOfOnesOwnAreRefused(String engineName) {
    Engine engine = Engine.getEngine(engineName);
    try (NDManager manager = engine.newBaseManager()) {
      Device tape = DjlBackend.onEngineTape(manager);
      Tensor x = tape.tensor(LOGITS, 2, 3);
      Tensor hard = GumbelSoftmax.of(0.3).hard().sample(x, Key.of(6));
      for (float entry : hard.toFloats()) {
        assertThat(entry == 0 || entry == 1).isTrue();
      }
      assertThatThrownBy(
              () -> CustomGradient.of(List.of(x), a -> a.get(0).square(), (y, g) -> List.of(g)))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("straightThrough");
      assertThatThrownBy(() -> Autodiff.gradient(p -> p.sum(), x))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("engine's own tape");
    }
  }
}
