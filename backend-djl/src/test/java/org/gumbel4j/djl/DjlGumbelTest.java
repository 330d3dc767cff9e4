package org.gumbel4j.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import java.util.function.Function;
import org.gumbel4j.autodiff.Autodiff;
import org.gumbel4j.distributions.Categorical;
import org.gumbel4j.distributions.ExpRelaxedOneHotCategorical;
import org.gumbel4j.random.Key;
import org.gumbel4j.random.Noise;
import org.gumbel4j.relaxation.GumbelMax;
import org.gumbel4j.relaxation.GumbelSoftmax;
import org.gumbel4j.tensor.Backends;
import org.gumbel4j.tensor.Device;
import org.gumbel4j.tensor.Tensor;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The functions of arrays give what core gives on the CPU backend, and so do their gradients. */
@ExtendWith(WhereMxNetIs.class)
class DjlGumbelTest {
  private static final Key KEY = Key.of(12);
  private static final double[] LOGITS = Key.of(1).doubles(Noise.NORMAL, 12);
  private static final Shape SHAPE = new Shape(3, 4);

  private static Device cpu;

  @BeforeAll
  static void open() {
    cpu = Backends.named("cpu");
  }

  @AfterAll
  static void close() {
    cpu.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"PyTorch", "MXNet"})
  void samplesAreThoseOfCore(String engine) {
    agrees(
        engine,
        logits -> DjlGumbel.gumbelSoftmax(logits, 0.4, KEY),
        logits -> GumbelSoftmax.of(0.4).sample(logits, KEY));
    agrees(
        engine,
        logits -> DjlGumbel.gumbelSoftmax(logits, 0.4, true, KEY),
        logits -> GumbelSoftmax.of(0.4).hard().sample(logits, KEY));
    agrees(
        engine,
        logits -> DjlGumbel.logGumbelSoftmax(logits, 0.4, KEY),
        logits ->
            ExpRelaxedOneHotCategorical.of(0.4, logits)
                .rsample(KEY, org.gumbel4j.tensor.Shape.SCALAR));
    try (NDManager manager = Engine.getEngine(engine).newBaseManager()) {
      long[] drawn = DjlGumbel.gumbelMax(manager.create(LOGITS, SHAPE), KEY).toLongArray();
      assertThat(drawn).isEqualTo(GumbelMax.indices(cpu.tensor(LOGITS, 3, 4), KEY).toLongs());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"PyTorch", "MXNet"})
  void densitiesAreThoseOfCore(String engine) {
    agrees(
        engine,
        logits -> DjlGumbel.logProb(logits, 0.4, DjlGumbel.logGumbelSoftmax(logits, 0.4, KEY)),
        logits -> {
          ExpRelaxedOneHotCategorical relaxed = ExpRelaxedOneHotCategorical.of(0.4, logits);
          return relaxed.logProb(relaxed.rsample(KEY, org.gumbel4j.tensor.Shape.SCALAR));
        });
  }

  @ParameterizedTest
  @ValueSource(strings = {"PyTorch", "MXNet"})
  void logProbabilitiesOfClassesAreThoseOfCore(String engine) {
    agrees(
        engine,
        logits -> DjlGumbel.logProb(logits, DjlGumbel.gumbelMax(logits, KEY)),
        logits -> Categorical.of(logits).logProb(GumbelMax.indices(logits.stopGradient(), KEY)));
  }

  private static void agrees(
      String engineName, Function<NDArray, NDArray> djl, Function<Tensor, Tensor> core) {
    Engine engine = Engine.getEngine(engineName);
    Tensor logits = cpu.tensor(LOGITS, 3, 4);
    Tensor expected = core.apply(logits);
    int count = Math.toIntExact(expected.size());
    double[] weights = Key.of(2).doubles(Noise.NORMAL, count);
    Tensor w = cpu.tensor(weights, expected.shape().toArray());
    double[] gradient = Autodiff.gradient(x -> core.apply(x).mul(w).sum(), logits).toDoubles();
    try (NDManager manager = engine.newBaseManager()) {
      NDArray x = manager.create(LOGITS, SHAPE);
      x.setRequiresGradient(true);
      NDArray weight = manager.create(weights, new Shape(expected.shape().toArray()));
      try (GradientCollector collector = engine.newGradientCollector()) {
        NDArray y = djl.apply(x);
        collector.backward(y.mul(weight).sum());
        assertThat(y.toDoubleArray()).containsExactly(expected.toDoubles(), within(1e-12));
      }
      assertThat(x.getGradient().toDoubleArray()).containsExactly(gradient, within(1e-12));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"PyTorch", "MXNet"})
  void nothingButTheResultStaysBehind(String engine) {
    try (NDManager manager = Engine.getEngine(engine).newBaseManager()) {
      NDArray logits = manager.create(LOGITS, SHAPE);
      NDArray sample = DjlGumbel.gumbelSoftmax(logits, 1, true, KEY);
      assertThat(manager.getManagedArrays()).containsExactlyInAnyOrder(logits, sample);
    }
  }

  @Test
  void wrongInputIsNamed() {
    try (NDManager manager = Engine.getEngine("PyTorch").newBaseManager()) {
      NDArray logits = manager.create(LOGITS, SHAPE);
      for (double temperature : new double[] {0, -1, Double.NaN}) {
        assertThatThrownBy(() -> DjlGumbel.gumbelSoftmax(logits, temperature, KEY))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessageContaining("temperature")
            .hasMessageContaining(Double.toString(temperature));
      }
      NDArray classes = manager.create(new long[] {0, 1, 2});
      assertThatThrownBy(() -> DjlGumbel.gumbelMax(classes, KEY))
          .hasMessageContaining("FLOAT32 or FLOAT64");
      assertThatThrownBy(() -> DjlGumbel.gumbelMax(manager.create(1f), KEY))
          .hasMessageContaining("scalar");
      logits.close();
      assertThatThrownBy(() -> DjlGumbel.gumbelMax(logits, KEY))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("closed");
    }
  }
}
