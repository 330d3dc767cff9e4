package org.gumbel4j.djl;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import org.gumbel4j.spi.AdamCoefficients;
import org.gumbel4j.spi.AdamStep;
import org.gumbel4j.spi.BackendOptions;
import org.gumbel4j.tensor.DType;
import org.gumbel4j.tensor.Shape;
import org.junit.jupiter.api.Test;

/** What a step of Adam in place may write over on PyTorch, and what it must leave. */
class AdamInPlaceTest {
  private static final Shape SHAPE = Shape.of(2, 3);

  private static EngineBackend backend() {
    BackendOptions options = new BackendOptions(Optional.empty(), 0, Map.of());
    return (EngineBackend) new DjlPyTorchProvider().create(options);
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

  @Test
  void whatNobodyElseSeesIsWrittenOver() {
    try (EngineBackend backend = backend()) {
      AdamStep<DjlArray> first = begun(backend);
      List<NDArray> before =
          List.of(
              first.parameter().array(), first.firstMoment().array(), first.secondMoment().array());
      AdamStep<DjlArray> second = advance(backend, first, 2);
      List<DjlArray> after =
          List.of(second.parameter(), second.firstMoment(), second.secondMoment());
      for (int i = 0; i < before.size(); i++) {
        float[] values = backend.toFloats(after.get(i));
        assertThat(before.get(i).toFloatArray()).containsExactly(values);
        before.get(i).close();
        assertThat(backend.toFloats(after.get(i))).containsExactly(values);
      }
    }
  }

  @Test
  void theFirstStepLeavesWhatItWasGiven() {
    try (EngineBackend backend = backend()) {
      DjlArray start = backend.create(new float[] {1, 2, 3, 4, 5, 6}, SHAPE);
      DjlArray m = backend.full(SHAPE, DType.FLOAT32, 0);
      DjlArray v = backend.full(SHAPE, DType.FLOAT32, 0);
      advance(backend, new AdamStep<>(start, m, v), 1);
      assertThat(backend.toFloats(start)).containsExactly(1, 2, 3, 4, 5, 6);
      assertThat(backend.toFloats(m)).containsOnly(0);
      assertThat(backend.toFloats(v)).containsOnly(0);
    }
  }

  @Test
  void anArrayOfAUsersIsLeft() {
    try (EngineBackend backend = backend()) {
      AdamStep<DjlArray> state = begun(backend);
      NDArray theirs = state.parameter().array().duplicate();
      float[] before = theirs.toFloatArray();
      DjlArray wrapped = backend.wrap(theirs, DType.FLOAT32);
      advance(backend, new AdamStep<>(wrapped, state.firstMoment(), state.secondMoment()), 2);
      assertThat(theirs.toFloatArray()).containsExactly(before);
    }
  }

  @Test
  void whatLooksAtTheMemoryKeepsItsNumbers() {
    Map<String, BiFunction<EngineBackend, DjlArray, DjlArray>> views = new LinkedHashMap<>();
    views.put("reshape", (b, x) -> b.reshape(x, Shape.of(6)));
    views.put("permute", (b, x) -> b.permute(x, new int[] {1, 0}));
    views.put("broadcastTo", (b, x) -> b.broadcastTo(x, SHAPE));
    views.put("slice", (b, x) -> b.slice(x, 0, 1, 2));
    views.put("cast", (b, x) -> b.cast(x, DType.FLOAT32));
    views.put("stopGradient", EngineBackend::stopGradient);
    views.put("a view of a view", (b, x) -> b.slice(b.reshape(x, Shape.of(6)), 0, 2, 4));
    views.put("unwrap", (b, x) -> b.wrap(b.unwrap(x, b.manager()), DType.FLOAT32));
    try (EngineBackend backend = backend()) {
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
