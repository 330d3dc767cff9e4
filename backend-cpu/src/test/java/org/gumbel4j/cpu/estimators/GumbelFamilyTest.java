package org.gumbel4j.cpu.estimators;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.function.DoubleUnaryOperator;
import org.gumbel4j.autodiff.Autodiff;
import org.gumbel4j.estimators.DecoupledGumbelSoftmax;
import org.gumbel4j.estimators.GradientEstimator;
import org.gumbel4j.estimators.GumbelRao;
import org.gumbel4j.estimators.GumbelSoftmaxEstimator;
import org.gumbel4j.estimators.ObjectiveFunction;
import org.gumbel4j.estimators.Zgr;
import org.gumbel4j.random.Key;
import org.gumbel4j.relaxation.GumbelSoftmax;
import org.gumbel4j.tensor.Backends;
import org.gumbel4j.tensor.Device;
import org.gumbel4j.tensor.Shape;
import org.gumbel4j.tensor.Tensor;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Estimators of Gumbel noise against quadrature over the logistic distribution, which the
 * difference of two Gumbel variables has. Means of samples lie within 4.9 standard errors, the
 * quadrature's: each of some thirty comparisons is failed by one in 10⁶ of correct programs.
 */
class GumbelFamilyTest {
  private static final double DEVIATIONS = 4.9;
  private static final int SAMPLES = 200_000;
  private static final double THETA = 0.6;
  private static Device device;

  @BeforeAll
  static void open() {
    device = Backends.named("cpu");
  }

  @AfterAll
  static void close() {
    device.close();
  }

  /** 1.3 b³ − b. */
  private static final ObjectiveFunction CUBIC = z -> z.square().mul(1.3).sub(1).mul(z).sum(-1, -2);

  private static double slope(double b) {
    return 3.9 * b * b - 1;
  }

  private static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }

  /** The mean and standard deviation of h(θ + L), L logistic, over the given side of 0. */
  private record Moments(double mean, double deviation) {
    static Moments of(DoubleUnaryOperator h, double from, double to) {
      int n = 400_000;
      double step = (to - from) / n;
      double mass = 0;
      double first = 0;
      double second = 0;
      for (int i = 0; i < n; i++) {
        double x = from + (i + 0.5) * step;
        double p = sigmoid(x - THETA) * sigmoid(THETA - x) * step;
        double value = h.applyAsDouble(x);
        mass += p;
        first += p * value;
        second += p * value * value;
      }
      double mean = first / mass;
      return new Moments(mean, Math.sqrt(second / mass - mean * mean));
    }

    static Moments of(DoubleUnaryOperator h) {
      return of(h, -45, 45);
    }
  }

  /** The derivative of σ(x/τ) by x. */
  private static double bump(double x, double temperature) {
    double y = sigmoid(x / temperature);
    return y * (1 - y) / temperature;
  }

  private static void check(GradientEstimator estimator, Moments expected) {
    double error = DEVIATIONS * expected.deviation() / Math.sqrt(SAMPLES);
    Tensor one = device.tensor(new double[] {THETA}, 1, 1);
    double[] single =
        Autodiff.gradient(x -> estimator.surrogate(x, CUBIC, Key.of(31)), one).toDoubles();
    assertThat(single[0]).isCloseTo(expected.mean(), within(error));
    Tensor two = device.tensor(new double[] {-1, THETA - 1}, 1, 2);
    ObjectiveFunction second = z -> CUBIC.at(z.slice(-1, 1, 2));
    double[] pair =
        Autodiff.gradient(x -> estimator.surrogate(x, second, Key.of(32)), two).toDoubles();
    assertThat(pair[1]).isCloseTo(expected.mean(), within(error));
    assertThat(pair[0]).isCloseTo(-expected.mean(), within(error));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.4, 1, 2})
  void gumbelSoftmaxHasTheExpectationOfTheRelaxedObjective(double tau) {
    check(
        GumbelSoftmaxEstimator.of(tau).withSamples(SAMPLES),
        Moments.of(x -> slope(sigmoid(x / tau)) * bump(x, tau)));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.4, 1, 2})
  void straightThroughHasTheExpectationOfItsRule(double tau) {
    check(GumbelSoftmaxEstimator.straightThrough(tau).withSamples(SAMPLES), straight(tau));
  }

  private static Moments straight(double tau) {
    return Moments.of(x -> slope(x > 0 ? 1 : 0) * bump(x, tau));
  }

  @Test
  void decoupledTemperaturesAreEachWhereTheyBelong() {
    check(
        new DecoupledGumbelSoftmax(0.3, 1.4, SAMPLES),
        Moments.of(x -> slope(sigmoid(x / 0.3)) * bump(x, 1.4)));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.4, 1, 2})
  void gumbelRaoHasTheExpectationOfStraightThrough(double tau) {
    check(new GumbelRao(tau, 2, SAMPLES), straight(tau)); // its deviation is no larger
    // given z, so that nothing is left but the error of the draws
    Moments low = Moments.of(x -> bump(x, tau), -45, 0);
    Moments high = Moments.of(x -> bump(x, tau), 0, 45);
    double p = sigmoid(THETA);
    double error =
        Math.hypot((1 - p) * slope(0) * low.deviation(), p * slope(1) * high.deviation());
    double[] gradient =
        Enumerated.gradient(
            GumbelRao.of(tau, SAMPLES),
            device.tensor(new double[] {THETA}, 1, 1),
            CUBIC,
            Key.of(33));
    assertThat(gradient[0])
        .isCloseTo(straight(tau).mean(), within(DEVIATIONS * error / Math.sqrt(SAMPLES)));
  }

  /** Three classes: the same expectation from twenty thousand rows each, and less spread. */
  @Test
  void gumbelRaoHasLessVarianceThanStraightThrough() {
    int rows = 20_000;
    double[] theta = {0.5, -0.4, 1.2};
    Tensor logits = device.tensor(theta, 1, 3).broadcastTo(Shape.of(rows, 1, 3));
    ObjectiveFunction f = new Objectives(device.tensor(theta, 1, 3)).wavy();
    double tau = 0.5;
    double[] plain = gradients(GumbelSoftmaxEstimator.straightThrough(tau), logits, f);
    double[] few = gradients(GumbelRao.of(tau, 1), logits, f);
    double[] many = gradients(GumbelRao.of(tau, 50), logits, f);
    for (int k = 0; k < 3; k++) {
      double[] a = moments(plain, k);
      double[] b = moments(few, k);
      double[] c = moments(many, k);
      assertThat(b[0]).isCloseTo(a[0], within(DEVIATIONS * Math.sqrt((a[1] + b[1]) / rows)));
      assertThat(c[0]).isCloseTo(a[0], within(DEVIATIONS * Math.sqrt((a[1] + c[1]) / rows)));
      assertThat(b[1]).isCloseTo(a[1], within(0.1 * a[1])); // one draw changes nothing
      assertThat(c[1]).isLessThan(0.7 * a[1]);
    }
  }

  private static double[] gradients(GradientEstimator e, Tensor logits, ObjectiveFunction f) {
    return Autodiff.gradient(x -> e.surrogate(x, f, Key.of(34)).sum(), logits).toDoubles();
  }

  private static double[] moments(double[] rows, int k) {
    int n = rows.length / 3;
    double first = 0;
    double second = 0;
    for (int i = 0; i < n; i++) {
      first += rows[3 * i + k] / n;
      second += rows[3 * i + k] * rows[3 * i + k] / n;
    }
    return new double[] {first, second - first * first};
  }

  /** A cold Jacobian is 1/τ in size, and there but for a part τ of the draws. */
  @Test
  void gumbelRaoTendsToZgrAsItCools() {
    Tensor logits = device.tensor(new double[] {0.5, -0.4, 1.2}, 1, 3);
    ObjectiveFunction f = new Objectives(logits).wavy();
    double[] zgr = Enumerated.gradient(Zgr.of(), logits, f);
    double[] cold = Enumerated.gradient(GumbelRao.of(0.02, SAMPLES), logits, f, Key.of(35));
    assertThat(cold).containsExactly(zgr, within(0.02));
    double[] warm = Enumerated.gradient(GumbelRao.of(2, SAMPLES), logits, f, Key.of(35));
    assertThat(warm[2]).isNotCloseTo(zgr[2], within(0.02));
  }

  @Test
  void theNoiseIsThatOfGumbelSoftmax() {
    Tensor logits = device.tensor(new float[] {0.5f, -0.4f, 1.2f, 0, 1, 2}, 2, 3);
    Tensor wide = logits.broadcastTo(Shape.of(7, 2, 3));
    Key key = Key.of(36);
    Shape seven = Shape.of(7);
    float[] soft = GumbelSoftmax.of(0.7).sample(wide, key).toFloats();
    float[] hard = GumbelSoftmax.of(0.7).hard().sample(wide, key).toFloats();
    assertThat(GumbelSoftmaxEstimator.of(0.7).sample(logits, key, seven).toFloats())
        .isEqualTo(soft);
    assertThat(GumbelSoftmaxEstimator.straightThrough(0.7).sample(logits, key, seven).toFloats())
        .isEqualTo(hard);
    assertThat(DecoupledGumbelSoftmax.of(0, 0.7).sample(logits, key, seven).toFloats())
        .isEqualTo(hard);
    assertThat(DecoupledGumbelSoftmax.of(0.7, 3).sample(logits, key, seven).toFloats())
        .isEqualTo(soft);
  }

  @Test
  void namesWhatIsOutOfRange() {
    assertThatThrownBy(() -> GumbelRao.of(0, 1)).hasMessageContaining("temperature = 0.0");
    assertThatThrownBy(() -> GumbelRao.of(1, 0)).hasMessageContaining("draws = 0");
    assertThatThrownBy(() -> DecoupledGumbelSoftmax.of(-1, 1)).hasMessageContaining("-1.0");
    assertThatThrownBy(() -> DecoupledGumbelSoftmax.of(0, 0))
        .hasMessageContaining("backwardTemperature");
    Tensor logits = device.tensor(new float[3], 1, 3);
    assertThatThrownBy(
            () -> GumbelSoftmaxEstimator.of(1e-60).sample(logits, Key.of(1), Shape.SCALAR))
        .hasMessageContaining("temperature, rounded to FLOAT32");
  }
}
