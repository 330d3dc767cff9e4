package org.gumbel4j.cpu.estimators;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.gumbel4j.autodiff.Autodiff;
import org.gumbel4j.autodiff.ValueAndGradient;
import org.gumbel4j.estimators.DiscretePathEstimator;
import org.gumbel4j.estimators.Estimators;
import org.gumbel4j.estimators.GradientEstimator;
import org.gumbel4j.estimators.PathwiseEstimator;
import org.gumbel4j.estimators.Requirement;
import org.gumbel4j.estimators.Target;
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
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every pathwise estimator, found by its name. */
class PathwiseEstimatorsTest {
  private static final double MASK = Double.NEGATIVE_INFINITY;
  private static Device device;

  @BeforeAll
  static void open() {
    device = Backends.named("cpu");
  }

  @AfterAll
  static void close() {
    device.close();
  }

  static Stream<String> names() {
    return Estimators.names().stream()
        .filter(n -> Estimators.named(n) instanceof PathwiseEstimator);
  }

  static Stream<String> discrete() {
    return names()
        .filter(
            n ->
                Estimators.named(n) instanceof DiscretePathEstimator
                    || n.equals("st-gumbel-softmax"));
  }

  private static PathwiseEstimator named(String name) {
    return (PathwiseEstimator) Estimators.named(name);
  }

  private static boolean allows(String name, long classes) {
    Set<Requirement> needs = named(name).traits().requirements();
    return classes == 2
        || !needs.contains(
            classes == 1 ? Requirement.CATEGORICAL_VARIABLES : Requirement.BINARY_VARIABLES);
  }

  @Test
  void thereAreThese() {
    assertThat(names())
        .contains(
            "darn",
            "decoupled-st-gumbel-softmax",
            "gapped-st",
            "gst-p",
            "gumbel-rao",
            "gumbel-softmax",
            "half-darn",
            "imle",
            "perturbed",
            "reinmax",
            "slope-annealed-st",
            "sst-top-k",
            "st-gumbel-softmax",
            "straight-through",
            "zgr");
  }

  @ParameterizedTest
  @MethodSource("names")
  void keepsShapesAndTypes(String name) {
    PathwiseEstimator estimator = named(name);
    assertThat(estimator.traits().name()).isEqualTo(name);
    for (DType dtype : List.of(DType.FLOAT32, DType.FLOAT64)) {
      for (Shape batch : List.of(Shape.SCALAR, Shape.of(4), Shape.of(4, 1))) {
        for (long classes : new long[] {1, 2, 5}) {
          if (allows(name, classes)) {
            Tensor logits = logits(batch.concat(Shape.of(3, classes)), dtype);
            Tensor sample = estimator.sample(logits, Key.of(1), Shape.of(2, 6));
            assertThat(sample.shape()).isEqualTo(Shape.of(2, 6).concat(logits.shape()));
            assertThat(sample.dtype()).isEqualTo(dtype);
            ValueAndGradient result =
                Autodiff.valueAndGradient(
                    x -> {
                      Tensor value = estimator.surrogate(x, new Objectives(x).wavy(), Key.of(2));
                      assertThat(value.shape()).isEqualTo(batch);
                      return value.sum();
                    },
                    logits);
            assertThat(result.value().isFinite().all()).isTrue();
            assertThat(result.gradient().isFinite().all()).isTrue();
            if (!name.equals("imle")) { // finite differences of steps are 0 now and then
              assertThat(result.gradient().ne(0).any()).isTrue();
            }
          }
        }
      }
    }
  }

  private static Tensor logits(Shape shape, DType dtype) {
    double[] values = new double[(int) shape.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = Math.cos(2.1 * i);
    }
    return device.tensor(values, dtype, shape.toArray());
  }

  @ParameterizedTest
  @MethodSource("discrete")
  void showsTheObjectiveOnlyVertices(String name) {
    for (long classes : new long[] {1, 2, 5}) {
      if (allows(name, classes)) {
        Tensor logits = logits(Shape.of(20, classes), DType.FLOAT32);
        Tensor z = named(name).sample(logits, Key.of(3), Shape.of(50));
        assertThat(z.eq(0).or(z.eq(1)).all()).isTrue();
        if (classes > 1) {
          assertThat(z.sum(-1).eq(1).all()).isTrue();
        }
      }
    }
  }

  /** Masked classes: entry 0, gradient exactly 0; the others as if they were not there. */
  @ParameterizedTest
  @MethodSource("names")
  void neverDrawsNorMovesWhatIsMasked(String name) {
    for (DType dtype : List.of(DType.FLOAT32, DType.FLOAT64)) {
      double[] values =
          allows(name, 4)
              ? new double[] {0.2, MASK, 1, -1, MASK, MASK, 3, 0, 0.5, 2, 1, MASK}
              : new double[] {0.2, MASK, MASK, 1, 3, 0};
      long classes = values.length / 3;
      Tensor logits = device.tensor(values, dtype, 3, classes);
      Tensor z = named(name).sample(logits, Key.of(4), Shape.of(200));
      assertThat(Tensor.where(logits.eq(MASK), z, z.zerosLike()).eq(0).all()).isTrue();
      Tensor gradient =
          Autodiff.gradient(
              x ->
                  new Objectives(x)
                      .wavy()
                      .at(named(name).sample(x, Key.of(4), Shape.of(200)))
                      .sum(),
              logits);
      assertThat(gradient.isFinite().all()).isTrue();
      double[] g = gradient.cast(DType.FLOAT64).toDoubles();
      for (int i = 0; i < values.length; i++) {
        boolean none = alone(values, i) || (name.equals("imle") && g[i] == 0);
        assertThat(g[i] == 0).as("gradient of class %d is %s", i, g[i]).isEqualTo(none);
      }
    }
  }

  /** Masked, or without a rival. */
  private static boolean alone(double[] values, int i) {
    int classes = values.length / 3;
    int open = 0;
    for (int k = 0; k < classes; k++) {
      open += values[i / classes * classes + k] > MASK ? 1 : 0;
    }
    return values[i] == MASK || open == 1;
  }

  @ParameterizedTest
  @MethodSource("names")
  void staysFiniteAtExtremeLogitsAndTemperatures(String name) {
    for (DType dtype : List.of(DType.FLOAT32, DType.FLOAT64)) {
      Tensor many =
          device.tensor(new double[] {1e4, -1e4, 1e30, 3, 88, -104, 0, 1e-30}, dtype, 4, 2);
      Tensor bits = device.tensor(new double[] {1e4, -1e30, 88, 1e-30}, dtype, 4, 1);
      for (Tensor logits : allows(name, 1) ? List.of(many, bits) : List.of(many)) {
        for (double temperature : new double[] {1e-30, 0.01, 1, 1e30}) {
          PathwiseEstimator estimator = at(name, temperature);
          Tensor gradient =
              Autodiff.gradient(
                  x ->
                      new Objectives(x)
                          .wavy()
                          .at(estimator.sample(x, Key.of(5), Shape.of(300)))
                          .sum(),
                  logits);
          assertThat(gradient.isFinite().all()).as("%s, τ = %s", dtype, temperature).isTrue();
        }
      }
    }
  }

  private static PathwiseEstimator at(String name, double temperature) {
    EstimatorOptions options = EstimatorOptions.DEFAULT.with("temperature", temperature);
    boolean takes = takesTemperature(name) && (!name.equals("reinmax") || temperature >= 1);
    return (PathwiseEstimator) Estimators.named(name, takes ? options : EstimatorOptions.DEFAULT);
  }

  private static boolean takesTemperature(String name) {
    try {
      Estimators.named(name, EstimatorOptions.DEFAULT.with("temperature", 2.0));
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /** ∂E[⟨w, z⟩]/∂w is the mean of z. */
  @ParameterizedTest
  @MethodSource("names")
  void passesTheGradientOnToWhatTheObjectiveDependsOn(String name) {
    Tensor logits = logits(Shape.of(3, 2), DType.FLOAT64);
    Tensor weight = device.tensor(new double[] {1, 2, 3, 5, 7, 11}, 3, 2);
    double[] gradient =
        Autodiff.gradient(
                w -> named(name).surrogate(logits, z -> z.mul(w).sum(-1, -2), Key.of(6)), weight)
            .toDoubles();
    double[] value =
        named(name)
            .surrogate(logits, z -> z.mul(weight).sum(-1, -2), Key.of(6))
            .expandDims(-1)
            .toDoubles();
    double sum = 0;
    for (int i = 0; i < 6; i++) {
      sum += gradient[i] * weight.toDoubles()[i];
    }
    assertThat(sum).isCloseTo(value[0], org.assertj.core.api.Assertions.within(1e-12));
  }

  @ParameterizedTest
  @MethodSource("names")
  void averagesSamples(String name) {
    EstimatorOptions options = EstimatorOptions.DEFAULT.with("samples", 64L);
    GradientEstimator estimator = Estimators.named(name, options);
    assertThat(estimator.traits().cost().evaluations()).isEqualTo(64);
    Tensor logits = logits(Shape.of(2, 3, 2), DType.FLOAT64);
    long[] rows = new long[1];
    Tensor value =
        estimator.surrogate(
            logits,
            z -> {
              rows[0] += z.shape().axes(0, z.rank() - 3).size();
              return z.sum(-1, -2);
            },
            Key.of(7));
    assertThat(value.shape()).isEqualTo(Shape.of(2));
    assertThat(rows[0]).isEqualTo(64);
    assertThatThrownBy(() -> Estimators.named(name, EstimatorOptions.DEFAULT.with("samples", 0L)))
        .hasMessageContaining("samples = 0");
  }

  @ParameterizedTest
  @MethodSource("names")
  void namesBadLogits(String name) {
    if (named(name).traits().target() == Target.EXPECTATION) {
      Tensor flat = device.tensor(new float[3], 3);
      assertThatThrownBy(() -> named(name).sample(flat, Key.of(1), Shape.SCALAR))
          .hasMessageContaining("[batch…, variables, classes]");
    }
    Tensor bad = device.tensor(new float[] {0, Float.NaN}, 1, 2);
    assertThatThrownBy(() -> named(name).sample(bad, Key.of(1), Shape.SCALAR))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("NaN");
  }

  /** The objective of a layer is the surrogate of the next. */
  @ParameterizedTest
  @MethodSource("names")
  void nestsInItself(String name) {
    Tensor logits = logits(Shape.of(4, 3, 2), DType.FLOAT64);
    Tensor gradient =
        Autodiff.gradient(
            x ->
                named(name)
                    .surrogate(
                        x,
                        z ->
                            named(name)
                                .surrogate(z.mul(2).sub(1), y -> y.square().sum(-1, -2), Key.of(8)),
                        Key.of(9))
                    .sum(),
            logits);
    assertThat(gradient.shape()).isEqualTo(logits.shape());
    assertThat(gradient.isFinite().all()).isTrue();
  }
}
