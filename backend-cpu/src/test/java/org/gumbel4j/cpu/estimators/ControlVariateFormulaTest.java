package org.gumbel4j.cpu.estimators;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.BinaryOperator;
import java.util.function.ToDoubleFunction;
import org.gumbel4j.autodiff.Autodiff;
import org.gumbel4j.estimators.AdaptiveEstimator;
import org.gumbel4j.estimators.Arm;
import org.gumbel4j.estimators.Coupling;
import org.gumbel4j.estimators.DisArm;
import org.gumbel4j.estimators.FactorisedLatents;
import org.gumbel4j.estimators.GradientEstimator;
import org.gumbel4j.estimators.Lax;
import org.gumbel4j.estimators.LocalDisArm;
import org.gumbel4j.estimators.MuProp;
import org.gumbel4j.estimators.ObjectiveFunction;
import org.gumbel4j.estimators.Rebar;
import org.gumbel4j.estimators.Relax;
import org.gumbel4j.estimators.ScoreFunction;
import org.gumbel4j.estimators.UnbiasedUniformGradient;
import org.gumbel4j.random.Key;
import org.gumbel4j.random.Noise;
import org.gumbel4j.tensor.Backends;
import org.gumbel4j.tensor.Device;
import org.gumbel4j.tensor.Shape;
import org.gumbel4j.tensor.Tensor;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Estimates draw by draw against {@link Textbook}, which shares no line with them, and the
 * textbook's expectation by quadrature against the exact gradient. Central differences with a step
 * of 1e-5 are good to some 1e-9; the tolerance of 1e-7 leaves room for uniforms near 0 and 1.
 */
class ControlVariateFormulaTest {
  private static final int SAMPLES = 40;
  private static final int N = 2;
  private static final double ETA = 0.8;
  private static final double LAMBDA = 0.6;
  private static final int HIDDEN = 3;
  private static final Key KEY = Key.of(17);

  private static Device device;

  @BeforeAll
  static void open() {
    device = Backends.named("cpu");
  }

  @AfterAll
  static void close() {
    device.close();
  }

  // ---- REBAR and its kin ------------------------------------------------------------------------

  @ParameterizedTest
  @CsvSource({"1,TIED", "2,TIED", "5,TIED", "1,INDEPENDENT", "2,INDEPENDENT", "5,INDEPENDENT"})
  void rebarIsThePapersFormula(int k, Coupling coupling) {
    Textbook book = new Textbook(ControlVariateFormulaTest::f, N, k);
    ToDoubleFunction<double[]> c = x -> ETA * f(book.soft(x, LAMBDA));
    Rebar rebar =
        Rebar.of().withEta(ETA).withTemperature(LAMBDA).withSamples(SAMPLES).withCoupling(coupling);
    assertEqual(
        gradient(rebar, k), mean(k, (g, other) -> book.rebar(c, theta(k), g, coupling, other)));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5})
  void relaxIsThePapersFormulaWithWhateverNetwork(int k) {
    Textbook book = new Textbook(ControlVariateFormulaTest::f, N, k);
    Relax relax =
        Relax.of().withEta(ETA).withTemperature(LAMBDA).withHidden(HIDDEN).withSamples(SAMPLES);
    List<Tensor> state = withWeights(relax, k, 2);
    ToDoubleFunction<double[]> r = network(book, k, state.subList(2, 7));
    ToDoubleFunction<double[]> c = x -> ETA * f(book.soft(x, LAMBDA)) + r.applyAsDouble(x);
    assertEqual(
        gradient(relax, k, state),
        mean(k, (g, other) -> book.rebar(c, theta(k), g, Coupling.TIED, other)));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5})
  void laxIsThePapersFormulaWithWhateverNetwork(int k) {
    Textbook book = new Textbook(ControlVariateFormulaTest::f, N, k);
    Lax lax = Lax.of().withHidden(HIDDEN).withSamples(SAMPLES);
    List<Tensor> state = withWeights(lax, k, 0);
    ToDoubleFunction<double[]> c = network(book, k, state.subList(0, 5));
    assertEqual(gradient(lax, k, state), mean(k, (g, other) -> book.lax(c, theta(k), g)));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5})
  void muPropIsThePapersFormula(int k) {
    Textbook book = new Textbook(ControlVariateFormulaTest::f, N, k);
    assertEqual(
        gradient(MuProp.of().withSamples(SAMPLES), k),
        mean(k, (g, other) -> book.muProp(theta(k), book.hard(book.perturbed(theta(k), g)))));
  }

  /** The textbook's expectation over both uniforms, of which the first decides on D. */
  @ParameterizedTest
  @CsvSource({"0.3,TIED", "-1.2,TIED", "0.3,INDEPENDENT", "-1.2,INDEPENDENT"})
  void thePapersFormulaIntegratesToTheGradient(double logit, Coupling coupling) {
    Textbook book = new Textbook(ControlVariateFormulaTest::f, 1, 1);
    ToDoubleFunction<double[]> c = x -> ETA * f(book.soft(x, LAMBDA));
    double sigma = Textbook.sigmoid(logit);
    double exact = sigma * (1 - sigma) * (f(new double[] {1}) - f(new double[] {0}));
    double[] theta = {logit};
    double sum = 0;
    int steps = coupling == Coupling.TIED ? 20_000 : 300;
    for (int side = 0; side < 2; side++) {
      double from = side == 0 ? 0 : 1 - sigma;
      double width = side == 0 ? 1 - sigma : sigma;
      for (int i = 0; i < steps; i++) {
        double[] noise = {Textbook.logit(from + width * (i + 0.5) / steps)};
        if (coupling == Coupling.TIED) {
          sum += width / steps * book.rebar(c, theta, noise, coupling, noise)[0];
          continue;
        }
        for (int j = 0; j < steps; j++) {
          double[] other = {Textbook.logit((j + 0.5) / steps)};
          sum += width / steps / steps * book.rebar(c, theta, noise, coupling, other)[0];
        }
      }
    }
    // what is left is the midpoint rule's error where a logit goes to infinity
    assertThat(sum).isCloseTo(exact, within(coupling == Coupling.TIED ? 1e-6 : 1e-4));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5})
  void withoutStrengthRebarIsTheScoreFunctionToTheBit(int k) {
    Tensor logits = logits(k);
    Tensor z = FactorisedLatents.of("test", logits).sample(KEY, Shape.of(1));
    Tensor p = FactorisedLatents.of("test", logits).probs();
    Tensor score = z.sub(p).mul(objective().at(z).expandDims(-1).expandDims(-1)).sum(0);
    double[] rebar = gradient(Rebar.of().withEta(0), k);
    assertThat(rebar).isEqualTo(score.toDoubles());
    assertThat(rebar).containsExactly(gradient(ScoreFunction.of(), k), within(1e-14));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5})
  void beforeItHasLearntRelaxIsRebarAndLaxTheScoreFunction(int k) {
    assertThat(gradient(Relax.of(), k)).isEqualTo(gradient(Rebar.of(), k));
    assertThat(gradient(Lax.of(), k))
        .containsExactly(gradient(ScoreFunction.of(), k), within(1e-14));
  }

  // ---- antithetic pairs -------------------------------------------------------------------------

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void armAndDisArmAreThePapersFormulas(int k) {
    double[] difference = differences(k);
    double[] noise =
        device.noise(Noise.LOGISTIC, KEY, Shape.of(SAMPLES, N), logits(k).dtype()).toDoubles();
    double[] arm = new double[N];
    double[] disArm = new double[N];
    for (int s = 0; s < SAMPLES; s++) {
      double[] b = new double[N];
      double[] partner = new double[N];
      for (int i = 0; i < N; i++) {
        double u = Textbook.sigmoid(noise[s * N + i]);
        double sigma = Textbook.sigmoid(difference[i]);
        b[i] = u > 1 - sigma ? 1 : 0;
        partner[i] = u < sigma ? 1 : 0;
      }
      double gain = f(lift(b, k)) - f(lift(partner, k));
      for (int i = 0; i < N; i++) {
        double u = Textbook.sigmoid(noise[s * N + i]);
        arm[i] += gain * (u - 0.5) / SAMPLES;
        disArm[i] +=
            b[i] == partner[i]
                ? 0
                : 0.5
                    * gain
                    * Math.pow(-1, partner[i])
                    * Textbook.sigmoid(Math.abs(difference[i]))
                    / SAMPLES;
      }
    }
    assertThat(gradient(new Arm(SAMPLES), k)).containsExactly(spread(arm, k), within(1e-12));
    assertThat(gradient(new DisArm(SAMPLES), k)).containsExactly(spread(disArm, k), within(1e-12));
    assertThat(gradient(new UnbiasedUniformGradient(SAMPLES), k))
        .isEqualTo(gradient(new DisArm(SAMPLES), k));
  }

  /** ∫ over u of both formulas is the gradient; DisARM is ARM's mean where the pair is the same. */
  @ParameterizedTest
  @ValueSource(doubles = {0.3, -1.2, 4})
  void armAndDisArmIntegrateToTheGradient(double logit) {
    double sigma = Textbook.sigmoid(logit);
    double gain = f(new double[] {1}) - f(new double[] {0});
    double low = Math.min(sigma, 1 - sigma);
    // b ≠ b̃ where u is near 0 (then b = 0) or near 1; between them they agree
    double arm = -gain * integral(0, low) + gain * integral(1 - low, 1);
    double disArm = 2 * low * 0.5 * gain * Textbook.sigmoid(Math.abs(logit));
    double exact = sigma * (1 - sigma) * gain;
    assertThat(arm).isCloseTo(exact, within(1e-15));
    assertThat(disArm).isCloseTo(exact, within(1e-15));
  }

  /** ∫ (u − ½) du. */
  private static double integral(double from, double to) {
    return 0.5 * (to - from) * (to + from - 1);
  }

  @Test
  void theBoundByOneSampleIsTheExpectation() {
    assertThat(gradient(new LocalDisArm(1), 1))
        .containsExactly(gradient(new DisArm(1), 1), within(1e-14));
  }

  @Test
  void localDisArmIsThePapersFormula() {
    int n = 3;
    double[] theta = theta(1);
    double[] noise =
        device.noise(Noise.LOGISTIC, KEY, Shape.of(n, N), logits(1).dtype()).toDoubles();
    double[][] b = new double[n][N];
    double[][] partner = new double[n][N];
    for (int s = 0; s < n; s++) {
      for (int i = 0; i < N; i++) {
        b[s][i] = theta[i] + noise[s * N + i] > 0 ? 1 : 0;
        partner[s][i] = theta[i] - noise[s * N + i] > 0 ? 1 : 0;
      }
    }
    double[] expected = new double[N];
    for (int s = 0; s < n; s++) {
      double gain = bound(b) - bound(swapped(b, partner, s));
      double reverse = bound(partner) - bound(swapped(partner, b, s));
      for (int i = 0; i < N; i++) {
        double apart = (b[s][i] - partner[s][i]) * Textbook.sigmoid(Math.abs(theta[i]));
        expected[i] += 0.5 * (0.5 * gain - 0.5 * reverse) * apart;
      }
    }
    assertThat(gradient(new LocalDisArm(n), 1)).containsExactly(expected, within(1e-12));
    assertThat(new LocalDisArm(n).surrogate(logits(1), objective(), KEY).item())
        .isCloseTo(0.5 * (bound(b) + bound(partner)), within(1e-12));
  }

  private static double bound(double[][] samples) {
    double sum = 0;
    for (double[] sample : samples) {
      sum += Math.exp(f(sample));
    }
    return Math.log(sum / samples.length);
  }

  private static double[][] swapped(double[][] samples, double[][] partners, int s) {
    double[][] copy = samples.clone();
    copy[s] = partners[s];
    return copy;
  }

  // ---- what they are asked about ----------------------------------------------------------------

  /** sin of a weighted sum, plus its square: smooth, no polynomial, all variables coupled. */
  private static double f(double[] z) {
    double u = 0;
    for (int i = 0; i < z.length; i++) {
      u += weight(i) * z[i];
    }
    return Math.sin(2 * u) + u * u;
  }

  private static double weight(int i) {
    return Math.cos(1.7 * i) + 0.2;
  }

  private static ObjectiveFunction objective() {
    return z -> {
      int k = (int) z.shape().dim(-1);
      double[] w = new double[N * k];
      for (int i = 0; i < w.length; i++) {
        w[i] = weight(i);
      }
      Tensor u = z.mul(device.tensor(w, N, k)).sum(-1, -2);
      // sin x = x − x³/6 + …, to the rounding of a double for the |x| < 8 that are met here
      return sine(u.mul(2)).add(u.square());
    };
  }

  private static Tensor sine(Tensor x) {
    Tensor square = x.square().neg();
    Tensor sum = x.onesLike();
    for (int i = 20; i >= 1; i--) {
      sum = sum.mul(square).div(2.0 * i * (2 * i + 1)).add(1);
    }
    return sum.mul(x);
  }

  private static double[] theta(int k) {
    double[] values = new double[N * k];
    for (int i = 0; i < values.length; i++) {
      values[i] = Math.sin(2.3 * i + 0.4);
    }
    return values;
  }

  private static Tensor logits(int k) {
    return device.tensor(theta(k), N, k);
  }

  private static double[] differences(int k) {
    double[] theta = theta(k);
    return k == 1 ? theta : new double[] {theta[1] - theta[0], theta[3] - theta[2]};
  }

  private static double[] lift(double[] bits, int k) {
    return k == 1 ? bits : new double[] {1 - bits[0], bits[0], 1 - bits[1], bits[1]};
  }

  private static double[] spread(double[] g, int k) {
    return k == 1 ? g : new double[] {-g[0], g[0], -g[1], g[1]};
  }

  private static double[] gradient(GradientEstimator estimator, int k) {
    return Autodiff.gradient(x -> estimator.surrogate(x, objective(), KEY), logits(k)).toDoubles();
  }

  private static double[] gradient(AdaptiveEstimator estimator, int k, List<Tensor> state) {
    return Autodiff.gradient(x -> estimator.step(state, x, objective(), KEY).surrogate(), logits(k))
        .toDoubles();
  }

  /** The mean over draws with the noise that the estimators use. */
  private static double[] mean(int k, BinaryOperator<double[]> estimate) {
    Noise kind = k == 1 ? Noise.LOGISTIC : Noise.GUMBEL;
    Shape shape = Shape.of(SAMPLES, (long) N * k);
    double[] noise = device.noise(kind, KEY, shape, logits(k).dtype()).toDoubles();
    double[] other = device.noise(kind, KEY.child(0), shape, logits(k).dtype()).toDoubles();
    double[] mean = new double[N * k];
    for (int s = 0; s < SAMPLES; s++) {
      double[] g =
          estimate.apply(
              Arrays.copyOfRange(noise, s * N * k, (s + 1) * N * k),
              Arrays.copyOfRange(other, s * N * k, (s + 1) * N * k));
      for (int i = 0; i < g.length; i++) {
        mean[i] += g[i] / SAMPLES;
      }
    }
    return mean;
  }

  /** A state whose network has weights that are not 0. */
  private static List<Tensor> withWeights(AdaptiveEstimator estimator, int k, int from) {
    List<Tensor> state = new ArrayList<>(estimator.start(logits(k), KEY));
    Random random = new Random(5);
    for (int i = from; i < from + 5; i++) {
      Shape shape = state.get(i).shape();
      double[] values = random.doubles(shape.size(), -1, 1).toArray();
      state.set(i, device.tensor(values, shape.toArray()));
    }
    return state;
  }

  /** vᵀ tanh(W(2y − 1) + U(2p − 1) + b) + a, y at temperature 1. */
  private static ToDoubleFunction<double[]> network(Textbook book, int k, List<Tensor> weights) {
    double[] w = weights.get(0).toDoubles();
    double[] u = weights.get(1).toDoubles();
    double[] b = weights.get(2).toDoubles();
    double[] v = weights.get(3).toDoubles();
    double a = weights.get(4).toDoubles()[0];
    double[] p = book.probs(theta(k));
    return x -> {
      double[] y = book.soft(x, 1);
      double sum = a;
      for (int h = 0; h < HIDDEN; h++) {
        double unit = b[h];
        for (int i = 0; i < y.length; i++) {
          unit += w[i * HIDDEN + h] * (2 * y[i] - 1) + u[i * HIDDEN + h] * (2 * p[i] - 1);
        }
        sum += v[h] * Math.tanh(unit);
      }
      return sum;
    };
  }

  private static void assertEqual(double[] actual, double[] expected) {
    assertThat(actual).containsExactly(expected, within(1e-7));
  }
}
