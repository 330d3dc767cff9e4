package org.gumbel4j.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.training.GradientCollector;
import java.util.List;
import java.util.stream.Stream;
import org.gumbel4j.autodiff.Autodiff;
import org.gumbel4j.estimators.Estimators;
import org.gumbel4j.estimators.PathwiseEstimator;
import org.gumbel4j.estimators.Requirement;
import org.gumbel4j.random.Key;
import org.gumbel4j.tensor.Backends;
import org.gumbel4j.tensor.Device;
import org.gumbel4j.tensor.Shape;
import org.gumbel4j.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Estimators as layers of a model that the engine differentiates. */
class EstimatorsOnEngineTapeTest {
  private static final float[] LOGITS = {0.3f, -1.2f, 2f, 0.1f, 0.5f, -0.4f};
  private static final float[] WEIGHTS = {1, -2, 3, 0.5f, 4, -1};

  /** What it passes back is not linear in what comes in. */
  private static final List<String> REFUSED = List.of("imle");

  static Stream<String> names() {
    return Estimators.names().stream()
        .filter(n -> Estimators.named(n) instanceof PathwiseEstimator && !REFUSED.contains(n));
  }

  private static PathwiseEstimator named(String name) {
    return (PathwiseEstimator) Estimators.named(name);
  }

  private static List<long[]> forms(String name) {
    var needs = named(name).traits().requirements();
    return Stream.of(new long[] {6, 1}, new long[] {3, 2}, new long[] {2, 3})
        .filter(d -> d[1] > 1 || !needs.contains(Requirement.CATEGORICAL_VARIABLES))
        .filter(d -> d[1] < 3 || !needs.contains(Requirement.BINARY_VARIABLES))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("names")
  void gradientsAreThoseOfCore(String name) {
    for (long[] dims : forms(name)) {
      float[] found = onTape(name, dims);
      try (Device device = Backends.named("cpu")) {
        Tensor weights = device.tensor(WEIGHTS, dims);
        float[] expected =
            Autodiff.gradient(x -> loss(name, x, weights), device.tensor(LOGITS, dims)).toFloats();
        for (int i = 0; i < expected.length; i++) {
          assertThat(found[i]).isCloseTo(expected[i], within(1e-4f));
        }
      }
    }
  }

  private static float[] onTape(String name, long[] dims) {
    Engine engine = Engine.getEngine("PyTorch");
    try (NDManager manager = engine.newBaseManager();
        NDManager inner = manager.newSubManager()) {
      NDArray logits = manager.create(LOGITS, new ai.djl.ndarray.types.Shape(dims));
      logits.setRequiresGradient(true);
      try (GradientCollector collector = engine.newGradientCollector()) {
        Device tape = DjlBackend.onEngineTape(inner);
        Tensor x = DjlBackend.wrap(tape, logits);
        collector.backward(DjlBackend.unwrap(loss(name, x, tape.tensor(WEIGHTS, dims))));
      }
      return logits.getGradient().toFloatArray();
    }
  }

  private static Tensor loss(String name, Tensor logits, Tensor weights) {
    Tensor z = named(name).sample(logits, Key.of(7), Shape.of(5));
    return z.mul(weights).sum(-1, -2).square().sum();
  }

  @Test
  void whatTheEngineCannotDifferentiateIsRefused() {
    try (NDManager manager = Engine.getEngine("PyTorch").newBaseManager()) {
      Tensor x = DjlBackend.onEngineTape(manager).tensor(LOGITS, 2, 3);
      for (String name : REFUSED) {
        assertThatThrownBy(() -> named(name).sample(x, Key.of(1), Shape.SCALAR))
            .isInstanceOf(IllegalStateException.class)
            .hasMessageContaining("engine's own tape");
      }
    }
  }
}
