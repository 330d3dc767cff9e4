package org.gumbel4j.cpu.estimators;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.gumbel4j.autodiff.Autodiff;
import org.gumbel4j.cpu.estimators.ReferenceRules.Rule;
import org.gumbel4j.estimators.Darn;
import org.gumbel4j.estimators.DiscretePathEstimator;
import org.gumbel4j.estimators.Exact;
import org.gumbel4j.estimators.FactorisedLatents;
import org.gumbel4j.estimators.GappedStraightThrough;
import org.gumbel4j.estimators.HalfDarn;
import org.gumbel4j.estimators.ObjectiveFunction;
import org.gumbel4j.estimators.ReinMax;
import org.gumbel4j.estimators.SlopeAnnealedStraightThrough;
import org.gumbel4j.estimators.StraightThrough;
import org.gumbel4j.estimators.Zgr;
import org.gumbel4j.random.Key;
import org.gumbel4j.tensor.Backends;
import org.gumbel4j.tensor.Device;
import org.gumbel4j.tensor.Shape;
import org.gumbel4j.tensor.Tensor;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Expectations of the straight-through family by enumeration, without an error of sampling. */
class StraightThroughFamilyTest {
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

  static Stream<Arguments> rules() {
    return Stream.of(
        rule(StraightThrough.of(), ReferenceRules::straightThrough),
        rule(SlopeAnnealedStraightThrough.of(1), ReferenceRules::straightThrough),
        rule(SlopeAnnealedStraightThrough.of(3), ReferenceRules.slope(3)),
        rule(Darn.of(), ReferenceRules::darn),
        rule(new Darn(Darn.Centre.UNIFORM, 1), ReferenceRules::uniformDarn),
        rule(Zgr.of(), ReferenceRules::zgr),
        rule(ReinMax.of(), ReferenceRules.reinMax(1)),
        rule(new ReinMax(1.7, 1), ReferenceRules.reinMax(1.7)),
        rule(GappedStraightThrough.of(1), ReferenceRules.gapped(1, 1)),
        rule(GappedStraightThrough.of(0), ReferenceRules.gapped(0, 1)),
        rule(
            new GappedStraightThrough(OptionalDouble.of(0.8), 0.6, 1),
            ReferenceRules.gapped(0.8, 0.6)),
        rule(GappedStraightThrough.byProbability(), ReferenceRules::gapByProbability));
  }

  private static Arguments rule(DiscretePathEstimator estimator, Rule rule) {
    return Arguments.of(estimator, rule);
  }

  @ParameterizedTest
  @MethodSource("rules")
  void followsItsFormulaAtEveryValue(DiscretePathEstimator estimator, Rule rule) {
    double[][] rows = {{0.3, -1.1, 0.8, 0.1}, {MASK, 2, -0.5, 1}, {0, 0, 0, 0}};
    Tensor logits = device.tensor(Stream.of(rows).flatMapToDouble(Arrays::stream).toArray(), 3, 4);
    ObjectiveFunction f = new Objectives(logits).wavy();
    FactorisedLatents latents = FactorisedLatents.of("test", logits);
    Tensor z = latents.states(0, 64);
    double[] slopes = Autodiff.gradient(x -> f.at(x).sum(), z).toDoubles();
    double[] values = z.toDoubles();
    double[] perState = perState(estimator, logits, z, f);
    for (int row = 0; row < 64 * 3; row++) {
      int from = 4 * row;
      int d = 0;
      while (values[from + d] == 0) {
        d++;
      }
      if (rows[row % 3][d] > MASK) {
        double[] g = Arrays.copyOfRange(slopes, from, from + 4);
        assertThat(Arrays.copyOfRange(perState, from, from + 4))
            .containsExactly(rule.apply(rows[row % 3], d, g), within(1e-14));
        assertThat(row % 3 == 1 ? perState[from] : 0).as("masked").isZero();
      }
    }
  }

  /** One row of logits for each value, so that gradients are not summed. */
  private static double[] perState(
      DiscretePathEstimator estimator, Tensor logits, Tensor z, ObjectiveFunction f) {
    Tensor copies = logits.broadcastTo(z.shape());
    return Autodiff.gradient(
            x -> f.at(estimator.through(FactorisedLatents.of("test", x), z, Key.of(0))).sum(),
            copies)
        .toDoubles();
  }

  static Stream<DiscretePathEstimator> exactForQuadratics() {
    return Stream.of(Zgr.of(), ReinMax.of());
  }

  @ParameterizedTest
  @MethodSource("exactForQuadratics")
  void isUnbiasedForQuadraticObjectives(DiscretePathEstimator estimator) {
    Tensor logits = device.tensor(new double[] {0.3, -1.1, 0.8, 2, -0.5, 1}, 2, 3);
    ObjectiveFunction f = new Objectives(logits).quadratic();
    assertThat(Enumerated.gradient(estimator, logits, f))
        .containsExactly(Enumerated.exact(logits, f), within(1e-13));
    assertThat(Enumerated.gradient(StraightThrough.of(), logits, f)[0])
        .isNotCloseTo(Enumerated.exact(logits, f)[0], within(1e-2));
  }

  @Test
  void halfDarnIsUnbiasedForQuadraticObjectivesInBothForms() {
    for (long classes : new long[] {1, 2}) {
      Tensor logits = device.tensor(new double[] {0.3, -1.1, 0.8, 2}, 4 / classes, classes);
      ObjectiveFunction f = new Objectives(logits).quadratic();
      double[] exact = Enumerated.exact(logits, f);
      assertThat(Enumerated.gradient(HalfDarn.of(), logits, f))
          .containsExactly(exact, within(1e-13));
      assertThat(Enumerated.gradient(new Darn(Darn.Centre.UNIFORM, 1), logits, f))
          .containsExactly(exact, within(1e-13));
    }
  }

  static Stream<DiscretePathEstimator> exactForLinear() {
    return Stream.of(
        StraightThrough.of(), Darn.of(), new Darn(Darn.Centre.UNIFORM, 1), Zgr.of(), ReinMax.of());
  }

  @ParameterizedTest
  @MethodSource("exactForLinear")
  void isUnbiasedForLinearObjectives(DiscretePathEstimator estimator) {
    Tensor logits = device.tensor(new double[] {0.3, -1.1, MASK, 2, -0.5, 1}, 2, 3);
    ObjectiveFunction f = new Objectives(logits).linear();
    assertThat(Enumerated.gradient(estimator, logits, f))
        .containsExactly(Enumerated.exact(logits, f), within(1e-13));
  }

  static Stream<DiscretePathEstimator> binary() {
    return Stream.concat(
        rules().map(a -> (DiscretePathEstimator) a.get()[0]), Stream.of(HalfDarn.of()));
  }

  @ParameterizedTest
  @MethodSource("binary")
  void bernoulliVariablesAreCategoricalOnesOfTwoClasses(DiscretePathEstimator estimator) {
    double[] theta = {0.4, -2.1, 31};
    Tensor one = device.tensor(theta, 3, 1);
    Tensor two = device.tensor(new double[] {0, theta[0], 1, 1 + theta[1], -2, theta[2] - 2}, 3, 2);
    ObjectiveFunction f = new Objectives(one).wavy();
    double[] expected = Enumerated.gradient(estimator, one, f);
    double[] actual = Enumerated.gradient(estimator, two, z -> f.at(z.slice(-1, 1, 2)));
    for (int i = 0; i < 3; i++) {
      assertThat(actual[2 * i + 1]).isCloseTo(expected[i], within(1e-13));
      assertThat(actual[2 * i]).isCloseTo(-expected[i], within(1e-13));
    }
  }

  @Test
  void halfDarnRefusesMoreThanTwoClasses() {
    Tensor logits = device.tensor(new double[6], 2, 3);
    assertThatThrownBy(() -> HalfDarn.of().sample(logits, Key.of(1), Shape.SCALAR))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("half-darn: logits [2, 3] have 3 classes")
        .hasMessageContaining("zgr");
  }

  @Test
  void reinMaxRefusesTemperaturesBelowOne() {
    assertThatThrownBy(() -> new ReinMax(0.99, 1)).hasMessageContaining("0.99 must be at least 1");
    assertThatThrownBy(() -> new ReinMax(Double.NaN, 1)).hasMessageContaining("NaN");
  }

  @Test
  void othersNameWhatIsOutOfRange() {
    assertThatThrownBy(() -> GappedStraightThrough.of(-1)).hasMessageContaining("gap = -1.0");
    assertThatThrownBy(() -> SlopeAnnealedStraightThrough.of(0)).hasMessageContaining("slope");
    assertThatThrownBy(() -> new Zgr(0)).hasMessageContaining("zgr: samples = 0");
    Tensor logits = device.tensor(new float[6], 2, 3);
    assertThatThrownBy(
            () -> SlopeAnnealedStraightThrough.of(1e-60).sample(logits, Key.of(1), Shape.SCALAR))
        .hasMessageContaining("slope, rounded to FLOAT32");
    FactorisedLatents latents = FactorisedLatents.of("mine", logits);
    assertThatThrownBy(() -> Zgr.of().through(latents, device.tensor(new float[3], 3), Key.of(1)))
        .hasMessageContaining("mine: z FLOAT32[3]")
        .hasMessageContaining("FLOAT32[2, 3]");
  }

  /** What of the gap is left when a class is sure, or next to impossible, in single precision. */
  @Test
  void theGapByProbabilityStaysFiniteAtTheEnds() {
    for (double gap : new double[] {0, 20, 200}) {
      Tensor two = device.tensor(new float[] {0, (float) gap}, 1, 2);
      Tensor one = device.tensor(new float[] {(float) gap}, 1, 1);
      for (int bit = 0; bit < 2; bit++) {
        Tensor hot = device.tensor(new float[] {1 - bit, bit}, 1, 2);
        Tensor z = device.tensor(new float[] {bit}, 1, 1);
        float[] pair =
            Autodiff.gradient(x -> through(x, hot).slice(-1, 1, 2).sum(), two).toFloats();
        float single = Autodiff.gradient(x -> through(x, z).sum(), one).toFloats()[0];
        assertThat((double) single).isFinite().isCloseTo(pair[1], within(1e-7));
        assertThat((double) pair[0]).isCloseTo(-pair[1], within(1e-7));
      }
    }
  }

  private static Tensor through(Tensor logits, Tensor z) {
    return GappedStraightThrough.byProbability()
        .through(FactorisedLatents.of("test", logits), z, Key.of(0));
  }

  /** Two layers, the second's logits made of the first's values; f linear in the second. */
  @Test
  void layersNest() {
    Tensor first = device.tensor(new double[] {0.3, -1.1, 0.8, 2, -0.5, 1}, 2, 3);
    Tensor weight =
        device.tensor(new double[] {1, -2, 0.5, 0.3, 0.7, -1, 2, 1, 0, 0.1, -0.4, 1}, 3, 4);
    ObjectiveFunction f = new Objectives(device.tensor(new double[8], 2, 4)).linear();
    for (DiscretePathEstimator outer : List.of(StraightThrough.of(), ReinMax.of(), Zgr.of())) {
      double[] nested =
          Autodiff.gradient(
                  w ->
                      Enumerated.surrogate(
                              outer,
                              first,
                              z -> Enumerated.surrogate(Zgr.of(), layer(z, w), f, Key.of(1)),
                              Key.of(0))
                          .sum(),
                  weight)
              .toDoubles();
      ObjectiveFunction inner = z -> Exact.of().expectation(layer(z, weight), f);
      double[] exact =
          Autodiff.gradient(
                  w ->
                      Exact.of()
                          .expectation(first, z -> Exact.of().expectation(layer(z, w), f))
                          .sum(),
                  weight)
              .toDoubles();
      assertThat(nested).containsExactly(exact, within(1e-13));
      double[] throughBoth =
          Enumerated.gradient(
              outer, first, z -> Enumerated.surrogate(Zgr.of(), layer(z, weight), f, Key.of(1)));
      assertThat(throughBoth)
          .containsExactly(Enumerated.gradient(outer, first, inner), within(1e-13));
    }
  }

  private static Tensor layer(Tensor z, Tensor weight) {
    Shape rows = z.shape().axes(0, z.rank() - 1);
    return z.reshape(-1, 3).matMul(weight).reshape(rows.concat(Shape.of(4)));
  }
}
