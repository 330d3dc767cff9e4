package org.gumbel4j.djl;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BiFunction;
import org.gumbel4j.spi.AdamCoefficients;
import org.gumbel4j.spi.AdamStep;
import org.gumbel4j.spi.BackendOptions;
import org.gumbel4j.tensor.DType;
import org.gumbel4j.tensor.Shape;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a step of Adam in place may write over, and what it must leave. */
@ExtendWith(WhereMxNetIs.class)
class AdamInPlaceTest {
  private static final Shape SHAPE = Shape.of(2, 3);

  private static EngineBackend backend(String engine) {
    EngineProvider provider =
        engine.equals("PyTorch") ? new DjlPyTorchProvider() : new DjlMxNetProvider();
    BackendOptions options = new BackendOptions(Optional.empty(), 0, Map.of());
    return (EngineBackend) provider.create(options);
  }

  private static AdamStep<DjlArray> advance(
      EngineBackend backend, AdamStep<DjlArray> state, int step) {
    DjlArray gradient = backend.create(new float[] {1, -1, 2, -2, 0, 3}, SHAPE);
    return backend
        .fused()
        .adamStepInPlace(
            state.parameter(),
            gradient,
            state.firstMoment(),
            state.secondMoment(),
            new AdamCoefficients(0.1, 0.9, 0.999, 1e-8, step));
  }

  /** Copies made by a first step, which nobody else has seen. */
  private static AdamStep<DjlArray> begun(EngineBackend backend) {
    DjlArray start = backend.create(new float[] {1, 2, 3, 4, 5, 6}, SHAPE);
    DjlArray m = backend.full(SHAPE, DType.FLOAT32, 0);
    DjlArray v = backend.full(SHAPE, DType.FLOAT32, 0);
    return advance(backend, new AdamStep<>(start, m, v), 1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"PyTorch", "MXNet"})
  void whatNobodyElseSeesIsWrittenOver(String engine) {
    try (EngineBackend backend = backend(engine)) {
      AdamStep<DjlArray> first = begun(backend);
      List<DjlArray> before = List.of(first.parameter(), first.firstMoment(), first.secondMoment());
      List<NDArray> memory = before.stream().map(DjlArray::array).toList();
      OptionalLong live = backend.liveArrays();
      AdamStep<DjlArray> second = advance(backend, first, 2);
      List<DjlArray> after =
          List.of(second.parameter(), second.firstMoment(), second.secondMoment());
      for (int i = 0; i < before.size(); i++) {
        float[] values = backend.toFloats(after.get(i));
        assertThat(memory.get(i).toFloatArray()).containsExactly(values);
        backend.release(before.get(i));
        assertThat(backend.toFloats(after.get(i))).containsExactly(values);
      }
      // the gradient alone is new
      assertThat(backend.liveArrays().getAsLong()).isEqualTo(live.getAsLong() + 1);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"PyTorch", "MXNet"})
  void theFirstStepLeavesWhatItWasGiven(String engine) {
    try (EngineBackend backend = backend(engine)) {
      DjlArray start = backend.create(new float[] {1, 2, 3, 4, 5, 6}, SHAPE);
      DjlArray m = backend.full(SHAPE, DType.FLOAT32, 0);
      DjlArray v = backend.full(SHAPE, DType.FLOAT32, 0);
      advance(backend, new AdamStep<>(start, m, v), 1);
      assertThat(backend.toFloats(start)).containsExactly(1, 2, 3, 4, 5, 6);
      assertThat(backend.toFloats(m)).containsOnly(0);
      assertThat(backend.toFloats(v)).containsOnly(0);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"PyTorch", "MXNet"})
  void anArrayOfAUsersIsLeft(String engine) {
    try (EngineBackend backend = backend(engine)) {
      AdamStep<DjlArray> state = begun(backend);
      NDArray theirs = state.parameter().array().duplicate();
      float[] before = theirs.toFloatArray();
      DjlArray wrapped = backend.wrap(theirs, DType.FLOAT32);
      advance(backend, new AdamStep<>(wrapped, state.firstMoment(), state.secondMoment()), 2);
      assertThat(theirs.toFloatArray()).containsExactly(before);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"PyTorch", "MXNet"})
  void whatLooksAtTheMemoryKeepsItsNumbers(String engine) {
    Map<String, BiFunction<EngineBackend, DjlArray, DjlArray>> views = new LinkedHashMap<>();
    views.put("reshape", (b, x) -> b.reshape(x, Shape.of(6)));
    views.put("permute", (b, x) -> b.permute(x, new int[] {1, 0}));
    views.put("broadcastTo", (b, x) -> b.broadcastTo(x, SHAPE));
    views.put("slice", (b, x) -> b.slice(x, 0, 1, 2));
    views.put("cast", (b, x) -> b.cast(x, DType.FLOAT32));
    views.put("stopGradient", EngineBackend::stopGradient);
    views.put("a view of a view", (b, x) -> b.slice(b.reshape(x, Shape.of(6)), 0, 2, 4));
    views.put("unwrap", (b, x) -> b.wrap(b.unwrap(x, b.manager()), DType.FLOAT32));
    try (EngineBackend backend = backend(engine)) {
      views.forEach(
          (name, view) -> {
            for (int i = 0; i < 3; i++) {
              AdamStep<DjlArray> state = begun(backend);
              DjlArray seen =
                  List.of(state.parameter(), state.firstMoment(), state.secondMoment()).get(i);
              DjlArray looking = view.apply(backend, seen);
              float[] before = backend.toFloats(looking);
              advance(backend, state, 2);
              assertThat(backend.toFloats(looking)).as(name + " " + i).containsExactly(before);
            }
          });
    }
  }
}
