package org.gumbel4j.cpu.estimators;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.gumbel4j.autodiff.Autodiff;
import org.gumbel4j.distributions.GumbelTopK;
import org.gumbel4j.estimators.Exact;
import org.gumbel4j.estimators.ExactSubset;
import org.gumbel4j.estimators.GradientEstimator;
import org.gumbel4j.estimators.ImplicitMle;
import org.gumbel4j.estimators.ObjectiveFunction;
import org.gumbel4j.estimators.Perturbation;
import org.gumbel4j.estimators.PerturbedMaximiser;
import org.gumbel4j.estimators.StochasticSoftmaxTopK;
import org.gumbel4j.estimators.Target;
import org.gumbel4j.random.Key;
import org.gumbel4j.tensor.Backends;
import org.gumbel4j.tensor.DType;
import org.gumbel4j.tensor.Device;
import org.gumbel4j.tensor.Shape;
import org.gumbel4j.tensor.Tensor;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Subsets and perturbed maximisers. Means of samples lie within 4.9 standard errors: each of some
 * thirty comparisons is failed by one in 10⁶ of correct programs.
 */
class SubsetEstimatorsTest {
  private static final double DEVIATIONS = 4.9;
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

  private static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }

  // ---- enumeration

  @Test
  void subsetsOfOneAreOneHotVectors() {
    Tensor logits = device.tensor(new double[] {0.2, -1, 0.4, MASK, 2, 1}, 2, 3);
    ObjectiveFunction f = new Objectives(logits).wavy();
    double[] exact = Autodiff.gradient(x -> Exact.of().expectation(x, f), logits).toDoubles();
    double[] subset =
        Autodiff.gradient(x -> ExactSubset.of(1).expectation(x, f), logits).toDoubles();
    assertThat(subset).containsExactly(exact, within(1e-12));
  }

  /** Two of four, in both orders, for two variables: the sum by hand. */
  @Test
  void subsetsAreThoseOfDrawingWithoutReplacement() {
    double[] theta = {0.2, -1, 0.4, 1.3, MASK, 2, 1, 0.5};
    Tensor logits = device.tensor(theta, 2, 4);
    ObjectiveFunction f = new Objectives(logits).wavy();
    assertThat(ExactSubset.of(2).expectation(logits, f).item())
        .isCloseTo(byHand(theta, f), within(1e-12));
    double[] gradient =
        Autodiff.gradient(x -> ExactSubset.of(2).expectation(x, f), logits).toDoubles();
    for (int i = 0; i < theta.length; i++) {
      if (theta[i] == MASK) {
        assertThat(gradient[i]).isZero();
        continue;
      }
      double[] up = theta.clone();
      double[] down = theta.clone();
      up[i] += 1e-5;
      down[i] -= 1e-5;
      assertThat(gradient[i]).isCloseTo((byHand(up, f) - byHand(down, f)) / 2e-5, within(1e-8));
    }
  }

  private static double byHand(double[] theta, ObjectiveFunction f) {
    double total = 0;
    for (int a = 0; a < 16; a++) {
      for (int b = 0; b < 16; b++) {
        double p = ordered(theta, 0, a) * ordered(theta, 4, b);
        if (p > 0) {
          double[] z = new double[8];
          z[a / 4] = z[a % 4] = z[4 + b / 4] = z[4 + b % 4] = 1;
          total += p * f.at(device.tensor(z, 2, 4)).item();
        }
      }
    }
    return total;
  }

  /** The probability of drawing pair/4 and then pair%4. */
  private static double ordered(double[] theta, int from, int pair) {
    double sum = 0;
    for (int i = 0; i < 4; i++) {
      sum += Math.exp(theta[from + i]);
    }
    double first = Math.exp(theta[from + pair / 4]);
    return pair / 4 == pair % 4
        ? 0
        : first / sum * Math.exp(theta[from + pair % 4]) / (sum - first);
  }

  @Test
  void enumerationRefusesWhatItCannotDo() {
    Tensor logits = device.tensor(new double[40], 4, 10);
    assertThatThrownBy(() -> ExactSubset.of(3).expectation(logits, z -> z.sum(-1, -2)))
        .hasMessageContaining("4 variables of 120.0 subsets")
        .hasMessageContaining("2.074e+08");
    assertThatThrownBy(() -> ExactSubset.of(11).expectation(logits, z -> z.sum(-1, -2)))
        .hasMessageContaining("11");
    Tensor bits = device.tensor(new double[4], 4, 1);
    assertThatThrownBy(() -> ExactSubset.of(1).expectation(bits, z -> z.sum(-1, -2)))
        .hasMessageContaining("Bernoulli");
  }

  // ---- the stochastic softmax trick

  @Test
  void relaxedSubsetsHaveSizeKAndHardOnesAreThoseOfGumbelTopK() {
    Tensor logits = device.tensor(new float[] {0.2f, -1, 0.4f, 1.3f, 2, 0, 1, 0.5f}, 2, 4);
    Key key = Key.of(51);
    Shape many = Shape.of(300);
    Tensor soft = StochasticSoftmaxTopK.of(2, 0.7).sample(logits, key, many);
    assertThat(soft.sum(-1).sub(2).abs().max().item()).isLessThan(1e-5);
    Tensor hard = StochasticSoftmaxTopK.straightThrough(2, 0.7).sample(logits, key, many);
    assertThat(hard.eq(0).or(hard.eq(1)).all()).isTrue();
    GumbelTopK choice = GumbelTopK.of(logits, 2);
    assertThat(hard.toFloats()).isEqualTo(choice.kHot(choice.sample(key, many)).toFloats());
  }

  /** One of two: σ(d/(2τ)) of the difference d = θ₁ − θ₀ + L, by quadrature over the logistic. */
  @Test
  void oneOfTwoHasTheExpectationsOfQuadrature() {
    double theta = 0.6;
    double tau = 0.4;
    for (boolean hard : new boolean[] {false, true}) {
      int n = 50_000;
      Tensor logits = device.tensor(new double[] {-1, theta - 1}, 1, 2);
      ObjectiveFunction f =
          z -> {
            Tensor b = z.slice(-1, 1, 2);
            return b.square().mul(1.3).sub(1).mul(b).sum(-1, -2);
          };
      double first = 0;
      double second = 0;
      double h = 1e-3;
      for (double x = -40; x < 40; x += h) {
        double y = sigmoid(x / (2 * tau));
        double b = hard ? (x > 0 ? 1 : 0) : y;
        double value = (3.9 * b * b - 1) * y * (1 - y) / (2 * tau);
        double p = sigmoid(x - theta) * sigmoid(theta - x) * h;
        first += p * value;
        second += p * value * value;
      }
      GradientEstimator estimator = new StochasticSoftmaxTopK(1, tau, hard, n);
      double[] gradient =
          Autodiff.gradient(x -> estimator.surrogate(x, f, Key.of(52)), logits).toDoubles();
      double error = Math.sqrt((second - first * first) / n);
      assertThat(gradient[1]).isCloseTo(first, within(DEVIATIONS * error));
      assertThat(gradient[0]).isCloseTo(-first, within(DEVIATIONS * error));
    }
  }

  /** As the temperature falls, the soft gradient becomes that of the discrete expectation. */
  @Test
  void theSoftGradientTendsToTheExactOne() {
    int rows = 30_000;
    Tensor logits = device.tensor(new double[] {0.2, -1, 0.4, 1.3}, 1, 4);
    ObjectiveFunction f = new Objectives(logits).linear();
    double[] exact =
        Autodiff.gradient(x -> ExactSubset.of(2).expectation(x, f), logits).toDoubles();
    double[][] cold = rows(StochasticSoftmaxTopK.of(2, 0.05), logits, f, rows);
    double[][] warm = rows(StochasticSoftmaxTopK.of(2, 2), logits, f, rows);
    for (int i = 0; i < 4; i++) {
      assertThat(cold[0][i]).isCloseTo(exact[i], within(DEVIATIONS * cold[1][i] + 0.01));
    }
    assertThat(warm[0][3]).isNotCloseTo(exact[3], within(0.05));
  }

  /** Means and standard errors of the gradients of as many rows of equal logits. */
  private static double[][] rows(
      GradientEstimator estimator, Tensor logits, ObjectiveFunction f, int rows) {
    Tensor wide = logits.broadcastTo(Shape.of(rows).concat(logits.shape()));
    double[] all =
        Autodiff.gradient(x -> estimator.surrogate(x, f, Key.of(53)).sum(), wide).toDoubles();
    int size = (int) logits.size();
    double[][] result = new double[2][size];
    for (int i = 0; i < size; i++) {
      double first = 0;
      double second = 0;
      for (int row = 0; row < rows; row++) {
        double value = all[row * size + i];
        first += value / rows;
        second += value * value / rows;
      }
      result[0][i] = first;
      result[1][i] = Math.sqrt((second - first * first) / rows);
    }
    return result;
  }

  // ---- implicit maximum likelihood

  /** For linear f the expectation is the difference quotient of the probabilities. */
  @Test
  void implicitMleIsADifferenceQuotient() {
    double[] theta = {0.2, -1, 0.4, 1.3};
    Tensor logits = device.tensor(theta, 1, 4);
    double[] c = {1, -0.5, 0.3, 2};
    Tensor weight = device.tensor(c, 1, 4);
    ObjectiveFunction f = z -> z.mul(weight).sum(-1, -2);
    double lambda = 0.7;
    for (int k = 1; k <= 2; k++) {
      double[] here = inclusion(theta, k);
      double[] moved = theta.clone();
      for (int i = 0; i < 4; i++) {
        moved[i] -= lambda * c[i];
      }
      double[] there = inclusion(moved, k);
      double[][] estimate = rows(ImplicitMle.of(k, lambda), logits, f, 60_000);
      for (int i = 0; i < 4; i++) {
        double expected = (here[i] - there[i]) / lambda;
        assertThat(estimate[0][i]).isCloseTo(expected, within(DEVIATIONS * estimate[1][i]));
      }
      assertThat(ImplicitMle.of(k, lambda).traits().target())
          .isEqualTo(k == 1 ? Target.EXPECTATION : Target.SUBSET_EXPECTATION);
    }
  }

  /** The probability of each class to be among k. */
  private static double[] inclusion(double[] theta, int k) {
    Tensor logits = device.tensor(theta, 1, theta.length);
    Tensor weight = device.zeros(Shape.of(1, theta.length), DType.FLOAT64);
    return Autodiff.gradient(
            w -> ExactSubset.of(k).expectation(logits, z -> z.mul(w).sum(-1, -2)), weight)
        .toDoubles();
  }

  /** Bernoulli, f not linear: both ways of flipping have their own step. */
  @Test
  void implicitMleFlipsAsOftenAsTheLogisticSays() {
    double theta = 0.3;
    double lambda = 0.8;
    Tensor one = device.tensor(new double[] {theta}, 1, 1);
    ObjectiveFunction f = z -> z.square().mul(1.3).sub(1).mul(z).sum(-1, -2);
    double down = Math.max(0, sigmoid(theta) - sigmoid(theta - lambda * 2.9));
    double up = Math.max(0, sigmoid(theta + lambda) - sigmoid(theta));
    double expected = (down - up) / lambda;
    double[][] estimate = rows(ImplicitMle.of(1, lambda), one, f, 60_000);
    assertThat(estimate[0][0]).isCloseTo(expected, within(DEVIATIONS * estimate[1][0]));
    // the mean over the samples of a surrogate does not change the step
    double[] many =
        Autodiff.gradient(
                x ->
                    new ImplicitMle(1, lambda, Perturbation.GUMBEL, 1, 60_000)
                        .surrogate(x, f, Key.of(54)),
                one)
            .toDoubles();
    assertThat(many[0]).isCloseTo(expected, within(DEVIATIONS * estimate[1][0]));
  }

  // ---- perturbed optimisers

  @Test
  void perturbedMaximisersHaveTheExpectationAndTheJacobianOfTheirNoise() {
    double[] theta = {0.2, -1, 0.4, 1.3};
    Tensor logits = device.tensor(theta, 1, 4);
    ObjectiveFunction f = new Objectives(logits).linear();
    for (int k = 1; k <= 2; k++) {
      int size = k;
      double[] exact =
          Autodiff.gradient(x -> ExactSubset.of(size).expectation(x, f), logits).toDoubles();
      PerturbedMaximiser gumbel = new PerturbedMaximiser(k, 1, Perturbation.GUMBEL, 10, 1);
      double[][] estimate = rows(gumbel, logits, f, 30_000);
      for (int i = 0; i < 4; i++) {
        assertThat(estimate[0][i]).isCloseTo(exact[i], within(DEVIATIONS * estimate[1][i]));
      }
      double[] mean = gumbel.sample(logits, Key.of(55), Shape.of(20_000)).mean(0).toDoubles();
      assertThat(mean).containsExactly(inclusion(theta, k), within(DEVIATIONS * 0.5 / 447));
    }
  }

  /** E y = Φ(θ/ε) where K = 1; with two classes the noise of both counts, Φ(d/(ε√2)). */
  @Test
  void normalNoiseHasTheNormalDensityAsDerivative() {
    double epsilon = 0.8;
    double theta = 0.5;
    PerturbedMaximiser normal = PerturbedMaximiser.of(1, epsilon, 10);
    double density = Math.exp(-theta * theta / (2 * epsilon * epsilon)) / Math.sqrt(2 * Math.PI);
    Tensor one = device.tensor(new double[] {theta}, 1, 1);
    double[][] single = rows(normal, one, z -> z.mul(3).sum(-1, -2), 30_000);
    assertThat(single[0][0]).isCloseTo(3 * density / epsilon, within(DEVIATIONS * single[1][0]));
    Tensor two = device.tensor(new double[] {0.1, 0.1 + Math.sqrt(2) * theta}, 1, 2);
    double[][] pair = rows(normal, two, z -> z.slice(-1, 1, 2).mul(3).sum(-1, -2), 30_000);
    double expected = 3 * density / (epsilon * Math.sqrt(2));
    assertThat(pair[0][1]).isCloseTo(expected, within(DEVIATIONS * pair[1][1]));
    assertThat(pair[0][0]).isCloseTo(-expected, within(DEVIATIONS * pair[1][0]));
  }

  /** f of the mean, so that with many draws it is the derivative of f(E y). */
  @Test
  void theObjectiveMeetsTheMeanMaximiser() {
    Tensor one = device.tensor(new double[] {0.5}, 1, 1);
    PerturbedMaximiser logistic = new PerturbedMaximiser(1, 1, Perturbation.GUMBEL, 400_000, 1);
    double p = sigmoid(0.5);
    double[] gradient =
        Autodiff.gradient(x -> logistic.surrogate(x, z -> z.square().sum(-1, -2), Key.of(56)), one)
            .toDoubles();
    // the deviation of one draw's ⟨y, g⟩ν′(Z) is below that of g = 2p alone
    assertThat(gradient[0]).isCloseTo(2 * p * p * (1 - p), within(DEVIATIONS * 2 * p / 632));
  }

  @Test
  void namesWhatIsOutOfRange() {
    assertThatThrownBy(() -> StochasticSoftmaxTopK.of(0, 1)).hasMessageContaining("k = 0");
    assertThatThrownBy(() -> ImplicitMle.of(1, 0)).hasMessageContaining("step = 0.0");
    assertThatThrownBy(() -> PerturbedMaximiser.of(1, 1, 1)).hasMessageContaining("draws = 1");
    Tensor masked = device.tensor(new double[] {0, MASK, MASK}, 1, 3);
    for (GradientEstimator e :
        new GradientEstimator[] {
          StochasticSoftmaxTopK.of(2, 1), ImplicitMle.of(2, 1), PerturbedMaximiser.of(2, 1, 5)
        }) {
      assertThatThrownBy(() -> e.surrogate(masked, z -> z.sum(-1, -2), Key.of(1)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("2");
    }
  }
}
