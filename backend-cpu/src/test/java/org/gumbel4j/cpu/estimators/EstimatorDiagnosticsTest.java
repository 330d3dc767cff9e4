package org.gumbel4j.cpu.estimators;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.gumbel4j.autodiff.CustomGradient;
import org.gumbel4j.estimators.AdaptiveEstimator;
import org.gumbel4j.estimators.Bias;
import org.gumbel4j.estimators.Cost;
import org.gumbel4j.estimators.EstimatorStep;
import org.gumbel4j.estimators.EstimatorTraits;
import org.gumbel4j.estimators.Estimators;
import org.gumbel4j.estimators.FactorisedLatents;
import org.gumbel4j.estimators.GradientEstimator;
import org.gumbel4j.estimators.ObjectiveFunction;
import org.gumbel4j.estimators.Target;
import org.gumbel4j.estimators.diagnostics.ConfidenceInterval;
import org.gumbel4j.estimators.diagnostics.EstimatorDiagnostics;
import org.gumbel4j.estimators.diagnostics.EstimatorMeasurement;
import org.gumbel4j.estimators.diagnostics.ExactReference;
import org.gumbel4j.random.Key;
import org.gumbel4j.spi.BackendOptions;
import org.gumbel4j.spi.EstimatorOptions;
import org.gumbel4j.tensor.Backends;
import org.gumbel4j.tensor.DType;
import org.gumbel4j.tensor.Device;
import org.gumbel4j.tensor.Shape;
import org.gumbel4j.tensor.Tensor;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class EstimatorDiagnosticsTest {
  private static final double LOGIT = 0.4;
  private static final double SIGMA = 1 / (1 + Math.exp(-LOGIT));

  /** f(1) and f(0); the score function's estimate is f(1)(1 − σ) or −f(0)σ. */
  private static final double ONE = 2;

  private static final double ZERO = 0.5;
  private static final double GRADIENT = (ONE - ZERO) * SIGMA * (1 - SIGMA);

  private static Device device;

  @BeforeAll
  static void open() {
    device = Backends.named("cpu", BackendOptions.DEFAULT.withThreads(1));
  }

  @AfterAll
  static void close() {
    device.close();
  }

  @Test
  void findsTheMomentsOfAnEstimatorWhoseDistributionIsKnown() {
    EstimatorMeasurement score = coin().withDraws(200_000).measure(scaled(1), Key.of(1));
    double secondMoment = SIGMA * sq(ONE * (1 - SIGMA)) + (1 - SIGMA) * sq(ZERO * SIGMA);
    double deviation = Math.sqrt(secondMoment - sq(GRADIENT));

    // Intervals of one in a million, five of them, and a fixed key.
    assertThat(score.draws()).isEqualTo(200_000);
    assertThat(score.exact().gradient()).containsExactly(new double[] {GRADIENT}, within(1e-14));
    assertThat(score.meanGradient()[0]).isCloseTo(GRADIENT, within(5 * deviation / 447));
    assertThat(score.variance()[0]).isCloseTo(sq(deviation), within(0.01 * sq(deviation)));
    assertHolds(score.standardDeviation(), deviation);
    assertHolds(score.relativeStandardDeviation(), deviation / GRADIENT);
    assertHolds(score.meanSquaredError(), sq(deviation));
    assertHolds(score.cosine(), SIGMA - (1 - SIGMA)); // the sign, on a line
    assertHolds(score.value(), SIGMA * ONE + (1 - SIGMA) * ZERO);
    assertThat(score.projectionStandardDeviation()).isCloseTo(deviation, within(0.01 * deviation));
    assertThat(score.biasNorm().low()).isZero();
    assertThat(score.cosineOfMean().value()).isCloseTo(1, within(1e-12));
    assertThat(score.coversExact(1e-6)).isTrue();
    assertThat(score.valueDeviation()).isLessThan(5);
    assertThat(score.secondsPerEstimate()).isPositive();
    assertThat(score.resolution()).isCloseTo(4 * deviation / 447.2 / GRADIENT, within(1e-3));
  }

  @Test
  void findsABiasThatIsKnown() {
    EstimatorMeasurement tenth = coin().withDraws(200_000).measure(scaled(1.1), Key.of(2));
    assertHolds(tenth.biasNorm(), 0.1 * GRADIENT);
    assertHolds(tenth.biasRatio(), 0.1);
    assertThat(tenth.biasRatio().low()).isPositive();
    assertThat(tenth.coversExact(1e-6)).isFalse();
    EstimatorMeasurement wrongWay = coin().measure(scaled(-1), Key.of(2));
    assertThat(wrongWay.cosineOfMean().value()).isCloseTo(-1, within(1e-12));
    assertHolds(wrongWay.biasRatio(), 2);
  }

  /**
   * Of 200 intervals of 90 %, those that hold the truth are binomial: fewer than 160, or more than
   * 196, comes once in ten thousand keys if the intervals are right, and the keys are fixed.
   */
  @Test
  void intervalsHoldTheTruthAsOftenAsTheySay() {
    EstimatorDiagnostics problem = coin().withDraws(640).withConfidence(0.9).withThreads(1);
    double deviation =
        Math.sqrt(SIGMA * sq(ONE * (1 - SIGMA)) + (1 - SIGMA) * sq(ZERO * SIGMA) - sq(GRADIENT));
    int biases = 0;
    int deviations = 0;
    int errors = 0;
    for (int i = 0; i < 200; i++) {
      EstimatorMeasurement half = problem.measure(scaled(1.5), Key.of(3).child(i));
      biases += half.biasNorm().contains(0.5 * GRADIENT) ? 1 : 0;
      deviations += half.standardDeviation().contains(1.5 * deviation) ? 1 : 0;
      errors += half.meanSquaredError().contains(sq(1.5 * deviation) + sq(0.5 * GRADIENT)) ? 1 : 0;
    }
    assertThat(List.of(biases, deviations, errors))
        .allSatisfy(n -> assertThat(n).isBetween(160, 196));
  }

  @Test
  void theSameKeyGivesTheSameBitsWithAnyNumberOfThreads() {
    EstimatorDiagnostics problem =
        EstimatorDiagnostics.of(
                Form.MASKED_BATCH.logits(device, DType.FLOAT32),
                Form.MASKED_BATCH.objective(device, DType.FLOAT32))
            .withDraws(5_001)
            .withRowsAtOnce(300);
    GradientEstimator estimator = Estimators.named("gumbel-softmax");
    EstimatorMeasurement one = problem.withThreads(1).measure(estimator, Key.of(4));
    EstimatorMeasurement five = problem.withThreads(5).measure(estimator, Key.of(4));
    assertThat(five.draws()).isEqualTo(5_001);
    assertThat(five.meanGradient()).containsExactly(one.meanGradient());
    assertThat(five.variance()).containsExactly(one.variance());
    assertThat(five.biasNorm()).isEqualTo(one.biasNorm());
    assertThat(five.cosine()).isEqualTo(one.cosine());
    EstimatorMeasurement other = problem.measure(estimator, Key.of(5));
    assertThat(other.meanGradient()).isNotEqualTo(one.meanGradient());
  }

  @Test
  void countsTheRowsThatTheObjectiveIsAskedFor() {
    GradientEstimator three =
        Estimators.named("gumbel-softmax", EstimatorOptions.DEFAULT.with("samples", 3));
    EstimatorMeasurement measured =
        EstimatorDiagnostics.of(
                Form.MASKED_BATCH.logits(device, DType.FLOAT32),
                Form.MASKED_BATCH.objective(device, DType.FLOAT32))
            .withDraws(1_000)
            .withRowsAtOnce(77)
            .measure(three, Key.of(1));
    assertThat(measured.evaluationsPerEstimate()).isEqualTo(3);
  }

  @Test
  void enumerationMeasuredAgainstItselfIsExact() {
    for (DType dtype : List.of(DType.FLOAT32, DType.FLOAT64)) {
      for (Form form : Form.all()) {
        EstimatorMeasurement exact =
            EstimatorDiagnostics.of(form.logits(device, dtype), form.objective(device, dtype))
                .measure(Estimators.named("exact"), Key.of(1));
        assertThat(exact.coversExact(0.5)).as("%s %s", form, dtype).isTrue();
        assertThat(exact.valueDeviation()).isLessThan(3);
        assertThat(exact.cosine().value()).isCloseTo(1, within(1e-6));
        assertThat(exact.relativeStandardDeviation().value()).isLessThan(1e-6);
      }
    }
  }

  /** log((w₁ + w₂)/2) of two draws of a coin, differentiated by hand. */
  @Test
  void aMultiSampleBoundIsEnumeratedOverAllItsSamples() {
    double mixed = Math.log((Math.exp(ONE) + Math.exp(ZERO)) / 2);
    double byProbability = 2 * SIGMA * ONE + (2 - 4 * SIGMA) * mixed - 2 * (1 - SIGMA) * ZERO;
    GradientEstimator bound =
        estimator(
            EstimatorTraits.ofBound("bound", "none", Bias.UNBIASED, "", new Cost(2, 0, 1), 2),
            (x, f, key) -> f.at(x));
    ExactReference exact = coin().exact(bound);
    assertThat(exact.gradient()[0]).isCloseTo(byProbability * SIGMA * (1 - SIGMA), within(1e-14));
    double value =
        SIGMA * SIGMA * ONE + 2 * SIGMA * (1 - SIGMA) * mixed + (1 - SIGMA) * (1 - SIGMA) * ZERO;
    assertThat(exact.value()).isCloseTo(value, within(1e-14));

    // A batch, and several classes: each member as if it were alone.
    EstimatorDiagnostics both =
        EstimatorDiagnostics.of(
            Form.MASKED_BATCH.logits(device, DType.FLOAT64),
            Form.MASKED_BATCH.objective(device, DType.FLOAT64));
    EstimatorDiagnostics first =
        EstimatorDiagnostics.of(
            Form.CATEGORICAL.logits(device, DType.FLOAT64),
            Form.CATEGORICAL.objective(device, DType.FLOAT64));
    double[] batch = both.exact(bound).gradient();
    assertThat(Arrays.copyOf(batch, 6))
        .containsExactly(first.exact(bound).gradient(), within(1e-12));
  }

  /** The state that an estimator is measured with is the one after the warm-up, and stays. */
  @Test
  void anAdaptiveEstimatorLearnsBeforeItIsMeasuredAndNotWhile() {
    AdaptiveEstimator counting =
        new AdaptiveEstimator() {
          @Override
          public EstimatorTraits traits() {
            return scaled(1).traits();
          }

          @Override
          public List<Tensor> start(Tensor logits, Key key) {
            return List.of(device.scalar(0, logits.dtype()));
          }

          @Override
          public EstimatorStep step(
              List<Tensor> state, Tensor logits, ObjectiveFunction f, Key key) {
            Tensor steps = state.get(0);
            return new EstimatorStep(
                logits.mul(steps).sum(-1, -2),
                List.of(steps.add(device.scalar(1, logits.dtype()))));
          }
        };
    assertThat(coin().withWarmUp(7).measure(counting, Key.of(1)).meanGradient()).containsExactly(7);
    assertThat(coin().measure(counting, Key.of(1)).meanGradient()).containsExactly(0);
  }

  @Test
  void aGradientThatIsKnownTakesThePlaceOfEnumeration() {
    Tensor many = device.zeros(Shape.of(200, 1), DType.FLOAT64);
    EstimatorDiagnostics large = EstimatorDiagnostics.of(many, z -> z.sum(-1, -2));
    assertThatThrownBy(() -> large.measure(scaled(1), Key.of(1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("budget");
    double[] quarter = new double[200];
    Arrays.fill(quarter, 0.25);
    EstimatorMeasurement measured =
        large
            .withExact(Target.EXPECTATION, ExactReference.of(quarter, Double.NaN))
            .withDraws(2_000)
            .measure(scaled(1), Key.of(1));
    assertThat(measured.coversExact(1e-6)).isTrue();
    assertThat(measured.valueDeviation()).isNaN();
  }

  @Test
  void saysWhatIsWrong() {
    assertThatThrownBy(() -> coin().withDraws(63)).hasMessageContaining("draws = 63");
    assertThatThrownBy(() -> coin().withThreads(0)).hasMessageContaining("threads = 0");
    assertThatThrownBy(() -> coin().withRowsAtOnce(0)).hasMessageContaining("rows at once = 0");
    assertThatThrownBy(() -> coin().withWarmUp(-1)).hasMessageContaining("warm-up steps = -1");
    assertThatThrownBy(() -> coin().withConfidence(Double.NaN)).hasMessageContaining("NaN");
    ExactReference two = ExactReference.of(new double[2], 0);
    assertThatThrownBy(() -> coin().withExact(Target.EXPECTATION, two))
        .hasMessageContaining("2 entries")
        .hasMessageContaining("[1, 1]");
    assertThatThrownBy(() -> ExactReference.of(new double[] {1, Double.NaN}, 0))
        .hasMessageContaining("entry 1 of the gradient is NaN");
    GradientEstimator maximiser =
        estimator(
            EstimatorTraits.ofMaximiser("maximiser", "none", Bias.BIASED, "", new Cost(1, 1, 1)),
            (x, f, key) -> f.at(x));
    assertThatThrownBy(() -> coin().measure(maximiser, Key.of(1)))
        .hasMessageContaining("'maximiser'")
        .hasMessageContaining("withExact");
    assertThatThrownBy(() -> coin().measure(scaled(1), Key.of(1)).coversExact(0))
        .hasMessageContaining("falseAlarmRate = 0");
  }

  @Test
  void whatTheObjectiveThrowsArrivesAsItIs() {
    EstimatorDiagnostics broken =
        coin()
            .withExact(Target.EXPECTATION, ExactReference.of(new double[] {1}, 0))
            .withThreads(3)
            .withRowsAtOnce(10);
    GradientEstimator throwing =
        estimator(
            scaled(1).traits(),
            (x, f, key) -> {
              throw new UnsupportedOperationException("no such thing");
            });
    assertThatThrownBy(() -> broken.measure(throwing, Key.of(1)))
        .isInstanceOf(UnsupportedOperationException.class)
        .hasMessage("no such thing");
  }

  @Test
  void anEstimateThatIsNotANumberIsNeverCovered() {
    GradientEstimator broken =
        estimator(scaled(1).traits(), (x, f, key) -> x.mul(Double.NaN).sum(-1, -2));
    EstimatorMeasurement measured = coin().measure(broken, Key.of(1));
    assertThat(measured.largestDeviation()).isNaN();
    assertThat(measured.coversExact(1e-6)).isFalse();
    assertThat(measured.biasRatio().contains(0)).isFalse();
  }

  private static EstimatorDiagnostics coin() {
    return EstimatorDiagnostics.of(
        device.tensor(new double[] {LOGIT}, 1, 1), z -> z.mul(ONE - ZERO).add(ZERO).sum(-1, -2));
  }

  private static void assertHolds(ConfidenceInterval interval, double truth) {
    // The intervals are of 95 %; 2.5 times as wide they miss once in a million.
    double half = 2.5 * (interval.high() - interval.low()) / 2;
    assertThat(interval.value()).isCloseTo(truth, within(half));
  }

  /** The score function, its gradient too long by a factor. */
  private static GradientEstimator scaled(double factor) {
    return estimator(
        EstimatorTraits.of("score", "none", Bias.UNBIASED, "", new Cost(1, 0, 1)),
        (x, f, key) -> {
          FactorisedLatents latents = FactorisedLatents.of("score", x);
          Tensor z = latents.sample(key, Shape.SCALAR);
          Tensor value = f.at(z);
          return CustomGradient.straightThrough(value, value.mul(latents.logProb(z)).mul(factor));
        });
  }

  /** The surrogate alone. */
  @FunctionalInterface
  private interface Rule {
    Tensor surrogate(Tensor logits, ObjectiveFunction f, Key key);
  }

  private static GradientEstimator estimator(EstimatorTraits traits, Rule rule) {
    return new GradientEstimator() {
      @Override
      public EstimatorTraits traits() {
        return traits;
      }

      @Override
      public Tensor surrogate(Tensor logits, ObjectiveFunction f, Key key) {
        return rule.surrogate(logits, f, key);
      }
    };
  }

  private static double sq(double x) {
    return x * x;
  }
}
