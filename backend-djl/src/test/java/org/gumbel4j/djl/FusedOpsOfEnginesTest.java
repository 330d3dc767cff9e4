package org.gumbel4j.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.gumbel4j.random.Key;
import org.gumbel4j.random.Noise;
import org.gumbel4j.spi.BackendOptions;
import org.gumbel4j.spi.FusedOps;
import org.gumbel4j.tensor.DType;
import org.gumbel4j.tensor.Shape;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where the engines' own operators would part from what the primitives make. */
@ExtendWith(WhereMxNetIs.class)
class FusedOpsOfEnginesTest {
  private static final float NAN = Float.NaN;
  private static final float INFINITY = Float.POSITIVE_INFINITY;

  private static EngineBackend backend(String engine) {
    EngineProvider provider =
        engine.equals("PyTorch") ? new DjlPyTorchProvider() : new DjlMxNetProvider();
    return (EngineBackend) provider.create(new BackendOptions(Optional.empty(), 0, Map.of()));
  }

  /** More axes than MXNet's operators that broadcast have; along few entries, and along many. */
  @ParameterizedTest
  @CsvSource({"PyTorch, 3", "PyTorch, 20", "MXNet, 3", "MXNet, 20"})
  void overSixAxesEachIsWhatThePrimitivesMakeOfIt(String engine, long classes) {
    Shape shape = Shape.of(2, 2, 1, 2, 2, classes);
    try (EngineBackend backend = backend(engine)) {
      DjlArray x = normal(backend, shape, 1);
      DjlArray g = normal(backend, shape, 2);
      Map<String, Function<FusedOps<DjlArray>, DjlArray>> operations = new LinkedHashMap<>();
      operations.put("relu", f -> f.relu(x));
      operations.put("reluBackward", f -> f.reluBackward(x, g));
      operations.put("sigmoid", f -> f.sigmoid(x));
      operations.put("softplus", f -> f.softplus(x));
      for (int axis : new int[] {0, 3, 5}) {
        FusedOps<DjlArray> plain = new FusedOps<>(backend);
        DjlArray y = plain.softmax(x, axis);
        DjlArray logs = plain.logSoftmax(x, axis);
        operations.put("softmax " + axis, f -> f.softmax(x, axis));
        operations.put("softmaxBackward " + axis, f -> f.softmaxBackward(y, g, axis));
        operations.put("logSoftmax " + axis, f -> f.logSoftmax(x, axis));
        operations.put("logSoftmaxBackward " + axis, f -> f.logSoftmaxBackward(logs, g, axis));
        operations.put("gumbelSoftmax " + axis, f -> f.gumbelSoftmax(x, g, 0.3, axis));
        operations.put(
            "gumbelSoftmaxBackward " + axis, f -> f.gumbelSoftmaxBackward(y, g, 0.3, axis));
      }
      operations.put("cross entropy", f -> f.binaryCrossEntropyWithLogits(x, g));
      operations.put(
          "its gradient", f -> f.binaryCrossEntropyWithLogitsBackward(x, g, backend.exp(g)));
      operations.forEach(
          (name, operation) -> {
            float[] expected = backend.toFloats(operation.apply(new FusedOps<>(backend)));
            float[] actual = backend.toFloats(operation.apply(backend.fused()));
            assertThat(actual).as(name).containsExactly(expected, within(2e-5f));
          });
    }
  }

  /** A kernel that drops a NaN where it looks for the maximum leaves zeros beside it. */
  @ParameterizedTest
  @ValueSource(strings = {"PyTorch", "MXNet"})
  void aNanMakesItsWholeSliceNan(String engine) {
    float[][] rows = {{1, NAN, 3}, {1, INFINITY, 3}};
    try (EngineBackend backend = backend(engine)) {
      for (float[] row : rows) {
        DjlArray x = backend.create(row, Shape.of(1, 3));
        DjlArray none = backend.full(Shape.of(1, 3), DType.FLOAT32, 0);
        assertThat(backend.toFloats(backend.fused().softmax(x, 1))).containsOnly(NAN);
        assertThat(backend.toFloats(backend.fused().gumbelSoftmax(x, none, 0.5, 1)))
            .containsOnly(NAN);
        assertThat(backend.toFloats(backend.fused().logSoftmax(x, 1))).contains(NAN);
        assertThat(backend.toBooleans(backend.fused().areLogits(x, 1))).containsExactly(false);
      }
    }
  }

  /** Sums of what are logits may be infinite, and of what are none finite. */
  @ParameterizedTest
  @ValueSource(strings = {"PyTorch", "MXNet"})
  void logitsAreToldFromWhatAreNone(String engine) {
    float most = Float.MAX_VALUE;
    try (EngineBackend backend = backend(engine)) {
      assertThat(areLogits(backend, most, most, -most, 1)).isTrue();
      assertThat(areLogits(backend, most, most, most, most)).isTrue();
      assertThat(areLogits(backend, -INFINITY, 1, 2, -INFINITY)).isTrue();
      assertThat(areLogits(backend, 1, 2, -INFINITY, -INFINITY)).isFalse();
      assertThat(areLogits(backend, 1, 2, INFINITY, -INFINITY)).isFalse();
      assertThat(areLogits(backend, 1, NAN, 1, 2)).isFalse();
    }
  }

  private static boolean areLogits(EngineBackend backend, float... twoRows) {
    DjlArray x = backend.create(twoRows, Shape.of(2, 2));
    return backend.toBooleans(backend.fused().areLogits(x, 1))[0];
  }

  /** Among inputs of a rectifier NaN has no gradient, whatever the engine's own would let pass. */
  @ParameterizedTest
  @ValueSource(strings = {"PyTorch", "MXNet"})
  void aRectifiersGradientIsThatOfTheDefaultAtTheEnds(String engine) {
    float[] inputs = {NAN, INFINITY, -INFINITY, 0, -0f, Float.MIN_VALUE, Float.MAX_VALUE, NAN};
    float[] gradients = {1, 2, INFINITY, NAN, 5, 6, INFINITY, NAN};
    try (EngineBackend backend = backend(engine)) {
      DjlArray x = backend.create(inputs, Shape.of(8));
      DjlArray g = backend.create(gradients, Shape.of(8));
      assertThat(backend.toFloats(backend.fused().reluBackward(x, g)))
          .containsExactly(0, 2, 0, 0, 0, 6, INFINITY, 0);
    }
  }

  private static DjlArray normal(EngineBackend backend, Shape shape, int child) {
    int size = Math.toIntExact(shape.size());
    return backend.create(Key.of(78).child(child).floats(Noise.NORMAL, size), shape);
  }
}
