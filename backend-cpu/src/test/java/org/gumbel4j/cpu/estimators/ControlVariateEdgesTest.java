package org.gumbel4j.cpu.estimators;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.gumbel4j.autodiff.Autodiff;
import org.gumbel4j.autodiff.ValueAndGradient;
import org.gumbel4j.estimators.AdaptiveEstimator;
import org.gumbel4j.estimators.Arm;
import org.gumbel4j.estimators.Coupling;
import org.gumbel4j.estimators.DisArm;
import org.gumbel4j.estimators.EstimatorStep;
import org.gumbel4j.estimators.Estimators;
import org.gumbel4j.estimators.GradientEstimator;
import org.gumbel4j.estimators.Lax;
import org.gumbel4j.estimators.LeaveOneOutBaseline;
import org.gumbel4j.estimators.LocalDisArm;
import org.gumbel4j.estimators.MuProp;
import org.gumbel4j.estimators.NetworkBaseline;
import org.gumbel4j.estimators.ObjectiveFunction;
import org.gumbel4j.estimators.Rebar;
import org.gumbel4j.estimators.Relax;
import org.gumbel4j.estimators.Requirement;
import org.gumbel4j.estimators.UnbiasedUniformGradient;
import org.gumbel4j.random.Key;
import org.gumbel4j.spi.EstimatorOptions;
import org.gumbel4j.tensor.Backends;
import org.gumbel4j.tensor.DType;
import org.gumbel4j.tensor.Device;
import org.gumbel4j.tensor.Shape;
import org.gumbel4j.tensor.Tensor;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The control variates and antithetic pairs where shapes, types, masks and numbers are awkward. */
class ControlVariateEdgesTest {
  private static final double MASK = Double.NEGATIVE_INFINITY;
  private static final Map<String, GradientEstimator> ALL =
      new TreeMap<>(
          Map.of(
              "muprop", MuProp.of().withSamples(2),
              "muprop with a network", MuProp.of(NetworkBaseline.of(1e-2)),
              "muprop leaving one out", MuProp.of(new LeaveOneOutBaseline()),
              "rebar", Rebar.of().withSamples(3),
              "rebar, independent", Rebar.of().withSamples(3).withCoupling(Coupling.INDEPENDENT),
              "relax", Relax.of().withHidden(4),
              "lax", Lax.of().withHidden(4),
              "arm", new Arm(2),
              "disarm", new DisArm(2),
              "u2g", new UnbiasedUniformGradient(2)));

  private static Device device;

  @BeforeAll
  static void open() {
    device = Backends.named("cpu");
  }

  @AfterAll
  static void close() {
    device.close();
  }

  static List<String> names() {
    return List.copyOf(ALL.keySet());
  }

  private static List<Integer> classes(GradientEstimator estimator) {
    boolean binary = estimator.traits().requirements().contains(Requirement.BINARY_VARIABLES);
    return binary ? List.of(1, 2) : List.of(1, 2, 5);
  }

  // ---- shapes, types, and what f depends on -----------------------------------------------------

  /**
   * f is linear in a weight, so ⟨weight, its gradient⟩ is f: the gradient comes once, from the
   * values that make the surrogate's value, and not from the control variate.
   */
  @ParameterizedTest
  @MethodSource("names")
  void whatTheObjectiveDependsOnGetsTheGradientOfTheValueOnce(String name) {
    GradientEstimator estimator = ALL.get(name);
    for (DType dtype : List.of(DType.FLOAT32, DType.FLOAT64)) {
      for (int k : classes(estimator)) {
        for (long[] batch : new long[][] {{}, {3}, {2, 3}}) {
          Shape shape = Shape.of(batch).concat(Shape.of(4, k));
          Tensor logits = wave(shape, dtype, 0.3);
          Tensor weight = wave(shape, dtype, 1.1);
          ValueAndGradient both =
              Autodiff.valueAndGradient(
                  p -> {
                    Tensor w = p.get(1);
                    Tensor surrogate =
                        estimator.surrogate(
                            p.get(0),
                            z -> z.mul(w).sum(-1, -2).add(z.square().mul(w).sum(-1, -2)),
                            Key.of(3));
                    assertThat(surrogate.shape()).isEqualTo(Shape.of(batch));
                    assertThat(surrogate.dtype()).isEqualTo(dtype);
                    return surrogate.sum();
                  },
                  List.of(logits, weight));
          double tolerance = dtype == DType.FLOAT32 ? 1e-4 : 1e-12;
          assertThat(weight.mul(both.gradients().get(1)).sum().cast(DType.FLOAT64).item())
              .as("%s %s K = %d", dtype, shape, k)
              .isCloseTo(both.value().cast(DType.FLOAT64).item(), within(tolerance));
          assertThat(both.gradients().get(0).isFinite().all()).isTrue();
        }
      }
    }
  }

  /**
   * The value is differentiable by what f depends on, so central differences say what it must be.
   */
  @Test
  void theBoundHasTheGradientOfItsValueInEveryShape() {
    for (int k : List.of(1, 2)) {
      for (long[] batch : new long[][] {{}, {3}, {2, 3}}) {
        Tensor logits = wave(Shape.of(batch).concat(Shape.of(4, k)), DType.FLOAT64, 0.3);
        Function<Tensor, Tensor> bound =
            w -> {
              Tensor surrogate =
                  LocalDisArm.of(3).surrogate(logits, z -> z.mul(w).sum(-1, -2), Key.of(3));
              assertThat(surrogate.shape()).isEqualTo(Shape.of(batch));
              return surrogate.sum();
            };
        Tensor weight = device.scalar(0.7, DType.FLOAT64);
        double up = bound.apply(weight.add(1e-6)).item();
        double down = bound.apply(weight.sub(1e-6)).item();
        assertThat(Autodiff.gradient(bound, weight).item())
            .isCloseTo((up - down) / 2e-6, within(1e-8));
        assertThat(
                Autodiff.gradient(
                        x -> LocalDisArm.of(3).surrogate(x, z -> z.sum(-1, -2), Key.of(3)).sum(),
                        logits)
                    .isFinite()
                    .all())
            .isTrue();
      }
    }
  }

  @ParameterizedTest
  @MethodSource("names")
  void anEmptyBatchIsNoTrouble(String name) {
    GradientEstimator estimator = ALL.get(name);
    Tensor logits = device.zeros(Shape.of(0, 3, 2), DType.FLOAT64);
    Tensor gradient =
        Autodiff.gradient(x -> estimator.surrogate(x, z -> z.sum(-1, -2), Key.of(1)).sum(), logits);
    assertThat(gradient.shape()).isEqualTo(logits.shape());
    if (estimator instanceof AdaptiveEstimator adaptive) {
      List<Tensor> state = adaptive.start(logits, Key.of(2));
      EstimatorStep step = adaptive.step(state, logits, z -> z.sum(-1, -2), Key.of(1));
      assertThat(step.state()).allMatch(x -> !x.dtype().isFloating() || x.isFinite().all());
    }
  }

  // ---- masks and extremes -----------------------------------------------------------------------

  /** f grows on masked classes too, and the state is learnt from: nothing may leak or be NaN. */
  @ParameterizedTest
  @MethodSource("names")
  void aMaskedClassHasGradientZeroAndSpoilsNothing(String name) {
    GradientEstimator estimator = ALL.get(name);
    boolean five = classes(estimator).contains(5);
    double[] values =
        five
            ? new double[] {0.5, MASK, 1, MASK, -0.3, MASK, MASK, 2, MASK, MASK}
            : new double[] {0.5, MASK, 0.1, -0.4};
    int k = five ? 5 : 2;
    for (DType dtype : List.of(DType.FLOAT32, DType.FLOAT64)) {
      Tensor logits = device.tensor(values, dtype, 2, k).broadcastTo(Shape.of(50, 2, k));
      double[] gradient = new double[values.length];
      for (Tensor g : gradients(estimator, logits, steep(k))) {
        double[] all = g.cast(DType.FLOAT64).toDoubles();
        for (int i = 0; i < all.length; i++) {
          assertThat(all[i]).isFinite();
          gradient[i % values.length] += Math.abs(all[i]);
        }
      }
      for (int i = 0; i < values.length; i++) {
        boolean alone = five ? i >= 5 : i < 2;
        if (values[i] == MASK) {
          assertThat(gradient[i]).as("masked entry %d", i).isZero();
        } else if (alone) {
          assertThat(gradient[i]).as("entry %d, without a choice", i).isLessThan(1e-4);
        } else {
          assertThat(gradient[i]).as("entry %d", i).isPositive();
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("names")
  void extremeLogitsGiveFiniteGradients(String name) {
    GradientEstimator estimator = ALL.get(name);
    for (DType dtype : List.of(DType.FLOAT32, DType.FLOAT64)) {
      for (int k : classes(estimator)) {
        double[] values = new double[6 * k];
        for (int i = 0; i < values.length; i++) {
          values[i] = new double[] {50, -50, 0, 50, 20, -20, -50}[i % 7];
        }
        Tensor logits = device.tensor(values, dtype, 6, k);
        for (Tensor g : gradients(estimator, logits, steep(k))) {
          assertThat(g.isFinite().all()).as("%s K = %d", dtype, k).isTrue();
        }
      }
    }
  }

  /** The gradients of 20 steps, the state being carried and finite. */
  private static List<Tensor> gradients(
      GradientEstimator estimator, Tensor logits, ObjectiveFunction f) {
    List<Tensor> gradients = new ArrayList<>();
    List<Tensor> state =
        estimator instanceof AdaptiveEstimator adaptive
            ? adaptive.start(logits, Key.of(1))
            : List.of();
    for (int i = 0; i < 20; i++) {
      Key key = Key.of(i);
      if (estimator instanceof AdaptiveEstimator adaptive) {
        List<Tensor> before = state;
        gradients.add(
            Autodiff.gradient(x -> adaptive.step(before, x, f, key).surrogate().sum(), logits));
        state = adaptive.step(before, logits, f, key).state();
        assertThat(state)
            .as("state after step %d", i)
            .allMatch(x -> !x.dtype().isFloating() || x.isFinite().all());
      } else {
        gradients.add(Autodiff.gradient(x -> estimator.surrogate(x, f, key).sum(), logits));
      }
    }
    return gradients;
  }

  private static ObjectiveFunction steep(int k) {
    return z -> {
      Tensor w = device.range(k).add(1).cast(z.dtype()).mul(0.5);
      return z.mul(w).sum(-1, -2).exp();
    };
  }

  // ---- z̃ given D -------------------------------------------------------------------------------

  /**
   * At a temperature next to nothing the relaxed values that f sees are the decisions of z and z̃:
   * both must be D, of every draw, also where D is nearly impossible and where rounding makes ties.
   */
  @ParameterizedTest
  @CsvSource({"1,FLOAT32", "2,FLOAT32", "5,FLOAT32", "1,FLOAT64", "2,FLOAT64", "5,FLOAT64"})
  void conditionalPerturbationsAlwaysDecideOnTheSameValue(int k, DType dtype) {
    double[] scales = {0, 1, 5, 15, 50};
    double[] values = new double[scales.length * 3 * k];
    for (int i = 0; i < values.length; i++) {
      values[i] = scales[i / (3 * k)] * Math.sin(1 + 2.1 * i);
    }
    Tensor logits = device.tensor(values, dtype, scales.length, 3, k);
    List<float[]> asked = new ArrayList<>();
    Rebar.of()
        .withTemperature(1e-20)
        .withLearningRate(0)
        .withSamples(4_000)
        .withCoupling(Coupling.INDEPENDENT)
        .surrogate(
            logits,
            z -> {
              asked.add(z.cast(DType.FLOAT32).toFloats());
              return z.sum(-1, -2);
            },
            Key.of(9));
    assertThat(asked).hasSize(2);
    float[] d = asked.get(0);
    float[] both = asked.get(1);
    assertThat(both).hasSize(2 * d.length);
    assertThat(Arrays.equals(Arrays.copyOfRange(both, d.length, 2 * d.length), d)).isTrue();
    // z itself may tie by rounding, where θ + G of two classes is one number
    int different = 0;
    for (int i = 0; i < d.length; i++) {
      different += both[i] == d[i] ? 0 : 1;
    }
    assertThat(different).isLessThanOrEqualTo(dtype == DType.FLOAT32 ? d.length / 100_000 : 0);
  }

  // ---- wrong input ------------------------------------------------------------------------------

  @Test
  void pairsAreForBinaryVariablesAndSaySo() {
    Tensor three = device.zeros(Shape.of(4, 3), DType.FLOAT64);
    for (GradientEstimator estimator :
        List.of(Arm.of(), DisArm.of(), UnbiasedUniformGradient.of(), LocalDisArm.of(2))) {
      assertThatThrownBy(() -> estimator.surrogate(three, z -> z.sum(-1, -2), Key.of(1)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("[4, 3]")
          .hasMessageContaining("binary")
          .hasMessageContaining("rebar");
    }
  }

  @Test
  void numbersOutOfRangeAreNamed() {
    assertThatThrownBy(() -> new DisArm(0)).hasMessageContaining("pairs = 0");
    assertThatThrownBy(() -> MuProp.of().withSamples(0)).hasMessageContaining("samples = 0");
    assertThatThrownBy(() -> MuProp.of(new LeaveOneOutBaseline()).withSamples(1))
        .hasMessageContaining("samples = 1")
        .hasMessageContaining("2");
    assertThatThrownBy(() -> Rebar.of().withTemperature(0)).hasMessageContaining("temperature");
    Tensor single = device.zeros(Shape.of(2, 3), DType.FLOAT32);
    assertThatThrownBy(() -> Rebar.of().withTemperature(1e-50).start(single, Key.of(1)))
        .hasMessageContaining("Rebar")
        .hasMessageContaining("FLOAT32");
    assertThatThrownBy(() -> Rebar.of().withEta(Double.NaN)).hasMessageContaining("eta = NaN");
    assertThatThrownBy(() -> Relax.of().withLearningRate(-1))
        .hasMessageContaining("learningRate = -1.0");
    assertThatThrownBy(() -> Lax.of().withHidden(0)).hasMessageContaining("hidden = 0");
  }

  @Test
  void aStateOfAnotherEstimatorIsRefused() {
    Tensor logits = device.zeros(Shape.of(2, 3), DType.FLOAT64);
    List<Tensor> other = Rebar.of().start(logits, Key.of(1));
    List<Tensor> single = Lax.of().start(logits.cast(DType.FLOAT32), Key.of(1));
    ObjectiveFunction f = z -> z.sum(-1, -2);
    assertThatThrownBy(() -> Lax.of().step(other, logits, f, Key.of(2)))
        .hasMessageContaining("Lax")
        .hasMessageContaining("start(logits, key)");
    assertThatThrownBy(() -> Lax.of().step(single, logits, f, Key.of(2)))
        .hasMessageContaining("FLOAT32")
        .hasMessageContaining("FLOAT64");
    assertThatThrownBy(() -> MuProp.of().step(other, logits, f, Key.of(2)))
        .hasMessageContaining("MuProp");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"muprop", "rebar", "relax", "lax", "arm", "disarm", "u2g", "local-disarm"})
  void isFoundByItsName(String name) {
    assertThat(Estimators.names()).contains(name);
    assertThat(Estimators.named(name).traits().name()).isEqualTo(name);
  }

  @Test
  void optionsReachTheEstimator() {
    EstimatorOptions options =
        EstimatorOptions.DEFAULT
            .with("eta", 0.25)
            .with("temperature", 2.0)
            .with("learning-rate", 0.125)
            .with("samples", 3);
    assertThat(Estimators.named("rebar", options))
        .isEqualTo(new Rebar(0.25, 2, 0.125, 3, Coupling.TIED));
    assertThat(Estimators.named("relax", options.with("hidden", 7)))
        .isEqualTo(new Relax(0.25, 2, 0.125, 7, 3, Coupling.TIED));
    assertThat(
            Estimators.named("muprop", EstimatorOptions.DEFAULT.with("baseline", "leave-one-out")))
        .isEqualTo(MuProp.of(new LeaveOneOutBaseline()));
    assertThatThrownBy(
            () -> Estimators.named("muprop", EstimatorOptions.DEFAULT.with("baseline", "best")))
        .hasMessageContaining("running-mean");
  }

  private static Tensor wave(Shape shape, DType dtype, double phase) {
    double[] values = new double[(int) shape.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = Math.sin(phase + 1.9 * i);
    }
    return device.tensor(values, dtype, shape.toArray());
  }
}
