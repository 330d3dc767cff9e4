package org.gumbel4j.cpu.estimators;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.gumbel4j.autodiff.Autodiff;
import org.gumbel4j.estimators.FactorisedLatents;
import org.gumbel4j.random.Key;
import org.gumbel4j.tensor.Backends;
import org.gumbel4j.tensor.DType;
import org.gumbel4j.tensor.Device;
import org.gumbel4j.tensor.Shape;
import org.gumbel4j.tensor.Tensor;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Perturbed logits given the value that they decide on. */
class ConditionalPerturbationTest {
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

  /** However unlikely the value, however far the tails, whatever is lost in rounding. */
  @ParameterizedTest
  @EnumSource(
      value = DType.class,
      names = {"FLOAT32", "FLOAT64"})
  void alwaysDecideOnTheGivenValue(DType dtype) {
    double[] rows = {0, 80, -3, MASK, 0.1, 0.1, 0.1, 0.1, 5e4, 0, 1, 2, 0, -1e-9, 1e-9, 0};
    Tensor logits = device.tensor(rows, dtype, 4, 4);
    FactorisedLatents latents = FactorisedLatents.of("test", logits);
    for (int k = 0; k < 3; k++) {
      Tensor index = device.full(Shape.of(4), DType.INT64, k);
      Tensor z = index.oneHot(4, dtype);
      Tensor perturbed = latents.perturbedGiven(z, Key.of(k), Shape.of(10_000));
      Tensor decided = latents.harden(perturbed);
      assertThat(decided.eq(z).all()).as("class %d", k).isTrue();
    }
    Tensor bits = device.tensor(new double[] {60, -60, 0, 3}, dtype, 4, 1);
    FactorisedLatents bernoulli = FactorisedLatents.of("test", bits);
    for (int b = 0; b < 2; b++) {
      Tensor z = device.full(Shape.of(4, 1), dtype, b);
      Tensor perturbed = bernoulli.perturbedGiven(z, Key.of(b), Shape.of(10_000));
      assertThat(bernoulli.harden(perturbed).eq(z).all()).isTrue();
    }
  }

  /**
   * With z drawn first, θ + G is Gumbel about θ, and independent between classes. Kolmogorov's
   * distance of each class, and of a difference of two (logistic): seven tests, each failed by one
   * in 10⁴ of correct programs.
   */
  @Test
  void haveTheUnconditionalDistributionOverAll() {
    int n = 100_000;
    double[] theta = {0.3, -1.5, 1.1};
    Tensor logits = device.tensor(theta, 1, 3);
    FactorisedLatents latents = FactorisedLatents.of("test", logits);
    Tensor z = latents.sample(Key.of(71), Shape.of(n));
    double[] x = latents.perturbedGiven(z, Key.of(72), Shape.SCALAR).toDoubles();
    for (int k = 0; k < 3; k++) {
      int other = (k + 1) % 3;
      double[] gumbel = new double[n];
      double[] logistic = new double[n];
      for (int i = 0; i < n; i++) {
        gumbel[i] = Math.exp(-Math.exp(theta[k] - x[3 * i + k]));
        double difference = x[3 * i + k] - x[3 * i + other] - theta[k] + theta[other];
        logistic[i] = 1 / (1 + Math.exp(-difference));
      }
      assertThat(kolmogorov(gumbel)).isLessThan(2.2253);
      assertThat(kolmogorov(logistic)).isLessThan(2.2253);
    }
    Tensor bit = device.tensor(new double[] {0.7}, 1, 1);
    FactorisedLatents bernoulli = FactorisedLatents.of("test", bit);
    Tensor b = bernoulli.sample(Key.of(73), Shape.of(n));
    double[] y = bernoulli.perturbedGiven(b, Key.of(74), Shape.SCALAR).toDoubles();
    assertThat(kolmogorov(Arrays.stream(y).map(v -> 1 / (1 + Math.exp(0.7 - v))).toArray()))
        .isLessThan(2.2253);
  }

  private static double kolmogorov(double[] cdf) {
    Arrays.sort(cdf);
    double distance = 0;
    for (int i = 0; i < cdf.length; i++) {
      double below = cdf[i] - (double) i / cdf.length;
      distance = Math.max(distance, Math.max(below, 1.0 / cdf.length - below));
    }
    return distance * Math.sqrt(cdf.length);
  }

  @Test
  void areDifferentiableByTheLogits() {
    double[] theta = {0.3, -1.5, 1.1, MASK};
    Tensor z = device.tensor(new double[] {0, 1, 0, 0}, 1, 4);
    Tensor weight = device.tensor(new double[] {1, -2, 0.5, 3}, 1, 4);
    double[] gradient =
        Autodiff.gradient(x -> score(x, z, weight), device.tensor(theta, 1, 4)).toDoubles();
    for (int i = 0; i < 3; i++) {
      double[] up = theta.clone();
      double[] down = theta.clone();
      up[i] += 1e-5;
      down[i] -= 1e-5;
      double measured =
          score(device.tensor(up, 1, 4), z, weight).item()
              - score(device.tensor(down, 1, 4), z, weight).item();
      assertThat(gradient[i]).isCloseTo(measured / 2e-5, within(1e-8));
    }
    assertThat(gradient[3]).isZero();
  }

  private static Tensor score(Tensor logits, Tensor z, Tensor weight) {
    FactorisedLatents latents = FactorisedLatents.of("test", logits);
    Tensor perturbed = latents.perturbedGiven(z, Key.of(3), Shape.SCALAR);
    return latents.soften(perturbed, 0.7).mul(weight).sum();
  }
}
