package org.gumbel4j.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.training.GradientCollector;
import java.util.function.Function;
import org.gumbel4j.autodiff.Autodiff;
import org.gumbel4j.autodiff.CustomGradient;
import org.gumbel4j.tensor.Backends;
import org.gumbel4j.tensor.DType;
import org.gumbel4j.tensor.Device;
import org.gumbel4j.tensor.Tensor;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Where core has a rule of its own, at ties, at bounds and where numbers overflow, an engine's tape
 * takes the same gradient, in FLOAT32.
 */
class EngineTapeRulesTest {
  private static final float INFINITY = Float.POSITIVE_INFINITY;
  private static final float[] EXTREMES = {
    -1000, -100, -89, -60, -1, -0f, 0, 1, 60, 100, 1000, -INFINITY, INFINITY
  };
  private static final float[] BOUNDS = {-1, 0, 0.5f, 1, 2, -1000, 1000, -INFINITY, INFINITY};

  @ParameterizedTest
  @ValueSource(strings = {"PyTorch", "MXNet"})
  void activationsAtExtremesAndAtZero(String engine) {
    // Not at 60, where y is rounded to 1: a tape's y(1 − y) is 0, core's gradient σ(−60) = 9e-27.
    agrees(engine, Tensor::sigmoid, -1000, -100, -89, -60, -1, -0f, 0, 1, 100, 1000);
    agrees(engine, Tensor::sigmoid, -INFINITY, INFINITY);
    agrees(engine, Tensor::softplus, EXTREMES);
    agrees(engine, Tensor::relu, EXTREMES);
    agrees(engine, Tensor::abs, EXTREMES);
    agrees(engine, Tensor::tanh, EXTREMES);
  }

  @ParameterizedTest
  @ValueSource(strings = {"PyTorch", "MXNet"})
  void crossEntropyAtExtremesAndAtZero(String engine) {
    float[] logits = {-1000, -100, -1, 0, 1, 100, 1000};
    for (double target : new double[] {0, 0.25, 1}) {
      agrees(
          engine,
          x -> x.binaryCrossEntropyWithLogits(x.device().full(x.shape(), DType.FLOAT32, target)),
          logits);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"PyTorch", "MXNet"})
  void clampPassesTheGradientWithinItsBounds(String engine) {
    agrees(engine, x -> x.clamp(0, 1), BOUNDS);
    agrees(engine, x -> x.maximum(0).minimum(1), BOUNDS);
  }

  @ParameterizedTest
  @ValueSource(strings = {"PyTorch", "MXNet"})
  void tiesShareTheGradient(String engine) {
    agrees(engine, x -> x.maximum(x.mul(2)), -1, 0, 1);
    agrees(engine, x -> x.minimum(x.slice(0, 0, 1)), 3, 3, 1, 3, 7);
    agrees(engine, x -> x.max(0), 3, 3, 1, 3);
    agrees(engine, x -> x.reshape(2, 3).min(new int[] {1}, true), 3, 3, 4, -1, -1, -1);
    agrees(engine, x -> x.reshape(2, 3).max(), 3, 3, 4, -1, 4, -1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"PyTorch", "MXNet"})
  void maskedRowsAndZerosHaveNoGradient(String engine) {
    agrees(engine, x -> x.reshape(2, 2).logSumExp(-1), -INFINITY, -INFINITY, 1, -INFINITY);
    agrees(engine, x -> x.pow(0), 0, 2);
    agrees(engine, x -> x.onesLike().mul(0).pow(x), 1, 2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"PyTorch", "MXNet"})
  void straightThroughKeepsTheValueWhereTheSurrogateIsInfinite(String engine) {
    try (NDManager manager = Engine.getEngine(engine).newBaseManager()) {
      Device tape = DjlBackend.onEngineTape(manager);
      Tensor value = tape.tensor(new float[] {1, 2, 3}, 3);
      Tensor surrogate = tape.tensor(new float[] {INFINITY, -INFINITY, Float.NaN}, 3);
      assertThat(CustomGradient.straightThrough(value, surrogate).toFloats())
          .containsExactly(1, 2, Float.NaN);
      Tensor integers = tape.tensor(new long[] {1, 2}, 2);
      assertThat(CustomGradient.straightThrough(integers, integers.mul(2)).toLongs())
          .containsExactly(1, 2);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"PyTorch", "MXNet"})
  void anIndexOutsideIsAnErrorOnTheTapeToo(String engine) {
    try (NDManager manager = Engine.getEngine(engine).newBaseManager()) {
      Device tape = DjlBackend.onEngineTape(manager);
      Tensor x = tape.tensor(new float[] {1, 2, 3, 4}, 2, 2);
      for (long outside : new long[] {-1, 2}) {
        Tensor index = tape.tensor(new long[] {0, outside}, 2, 1);
        refused(() -> x.gather(index, 1), "gather: index " + outside);
        refused(() -> x.scatterAdd(index, x.slice(1, 0, 1), 1), "scatterAdd: index " + outside);
        refused(() -> index.oneHot(2, DType.FLOAT32), "oneHot: index " + outside);
      }
      NDArray logits = manager.ones(new ai.djl.ndarray.types.Shape(2, 3));
      NDArray classes = manager.create(new long[] {3, 0});
      refused(() -> DjlGumbel.logProb(logits, classes), "index 3 is outside 0 … 2");
    }
  }

  private static void refused(Runnable action, String message) {
    assertThatThrownBy(action::run)
        .isInstanceOf(IndexOutOfBoundsException.class)
        .hasMessageContaining(message);
  }

  /** Values and gradients of Σ c ⊙ f(x), c = 1, 2, …, on the tape and by core on the CPU. */
  private static void agrees(String engineName, Function<Tensor, Tensor> f, float... values) {
    Engine engine = Engine.getEngine(engineName);
    float[] y;
    float[] gradient;
    try (NDManager manager = engine.newBaseManager()) {
      NDArray x = manager.create(values);
      x.setRequiresGradient(true);
      try (GradientCollector collector = engine.newGradientCollector()) {
        Tensor found = f.apply(DjlBackend.wrap(DjlBackend.onEngineTape(manager), x));
        y = found.toFloats();
        collector.backward(DjlBackend.unwrap(weighted(found)));
      }
      gradient = x.getGradient().toFloatArray();
    }
    try (Device cpu = Backends.named("cpu")) {
      Tensor x = cpu.tensor(values, values.length);
      assertClose(y, f.apply(x).toFloats());
      assertClose(gradient, Autodiff.gradient(p -> weighted(f.apply(p)), x).toFloats());
    }
  }

  /** A few units in the last place; engines may take for 0 what is too small to be normal. */
  private static void assertClose(float[] found, float[] expected) {
    assertThat(found).hasSameSizeAs(expected);
    for (int i = 0; i < expected.length; i++) {
      if (!Float.isFinite(expected[i])) {
        assertThat(found[i]).as("entry %d", i).isEqualTo(expected[i]);
      } else {
        assertThat(found[i])
            .as("entry %d", i)
            .isCloseTo(
                expected[i], within(Math.max(Math.abs(expected[i]) * 1e-6f, Float.MIN_NORMAL)));
      }
    }
  }

  private static Tensor weighted(Tensor y) {
    Tensor flat = y.reshape(-1);
    // an infinite value has a gradient too, but no sum
    Tensor finite = flat.isFinite();
    Tensor weight = y.device().range(flat.size()).add(1).cast(DType.FLOAT32);
    Tensor none = y.device().scalar(0, DType.FLOAT32);
    return Tensor.where(finite, flat.mul(weight), none).sum();
  }
}
