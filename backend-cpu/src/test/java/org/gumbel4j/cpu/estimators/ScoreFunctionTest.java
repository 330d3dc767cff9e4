package org.gumbel4j.cpu.estimators;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.gumbel4j.autodiff.Autodiff;
import org.gumbel4j.autodiff.ValueAndGradient;
import org.gumbel4j.estimators.AdaptiveEstimator;
import org.gumbel4j.estimators.Bias;
import org.gumbel4j.estimators.Estimators;
import org.gumbel4j.estimators.Exact;
import org.gumbel4j.estimators.LearningSignal;
import org.gumbel4j.estimators.LeaveOneOutBaseline;
import org.gumbel4j.estimators.NetworkBaseline;
import org.gumbel4j.estimators.ObjectiveFunction;
import org.gumbel4j.estimators.RunningMeanBaseline;
import org.gumbel4j.estimators.ScoreFunction;
import org.gumbel4j.estimators.SignalNormalisation;
import org.gumbel4j.random.Key;
import org.gumbel4j.random.Noise;
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
import org.junit.jupiter.params.provider.EnumSource;

/** Unbiasedness is not tested by statistics here: see {@link ExactExpectation}. */
class ScoreFunctionTest {
  private static final int ROWS = 5_000;
  private static final Key KEY = Key.of(7);
  private static Device device;

  @BeforeAll
  static void open() {
    device = Backends.named("cpu");
  }

  @AfterAll
  static void close() {
    device.close();
  }

  @ParameterizedTest
  @EnumSource(names = {"FLOAT32", "FLOAT64"})
  void isUnbiasedForEveryNumberOfSamplesAndClasses(DType dtype) {
    for (double[][] logits : Problem.some()) {
      assertUnbiased(new Problem(device, dtype, logits), ScoreFunction.of());
      assertUnbiased(new Problem(device, dtype, logits), ScoreFunction.of().withSamples(2));
    }
    Problem one = new Problem(device, dtype, Problem.some().get(0));
    assertUnbiased(one, ScoreFunction.of().withSamples(3));
  }

  @ParameterizedTest
  @EnumSource(names = {"FLOAT32", "FLOAT64"})
  void leaveOneOutIsUnbiased(DType dtype) {
    ScoreFunction two = ScoreFunction.of(new LeaveOneOutBaseline());
    for (double[][] logits : Problem.some()) {
      assertUnbiased(new Problem(device, dtype, logits), two);
    }
    assertUnbiased(new Problem(device, dtype, Problem.some().get(0)), two.withSamples(3));
  }

  @ParameterizedTest
  @EnumSource(names = {"FLOAT32", "FLOAT64"})
  void learntBaselinesAreUnbiasedWhateverTheyHaveLearnt(DType dtype) {
    LearningSignal network = NetworkBaseline.of(0.05).withHidden(3);
    for (double[][] logits : Problem.some()) {
      Problem problem = new Problem(device, dtype, logits);
      assertUnbiased(problem, ScoreFunction.of(RunningMeanBaseline.of(0.5)));
      assertUnbiased(problem, ScoreFunction.of(RunningMeanBaseline.of(0.5).then(network)));
      assertUnbiased(
          problem,
          ScoreFunction.of(
              network.then(new LeaveOneOutBaseline()).then(RunningMeanBaseline.of(0.5))));
    }
  }

  /** The tests above can fail: a baseline that meets its own sample is found. */
  @Test
  void aBaselineThatMeetsItsOwnSampleIsBiased() {
    Problem problem = new Problem(device, DType.FLOAT64, Problem.some().get(2));
    ScoreFunction wrong = ScoreFunction.of(new MeanOfAll()).withSamples(2);
    double[] found = expectation(problem, wrong).gradients().get(0);
    double[] exact = problem.exact().gradient().toDoubles();
    assertThat(Math.abs(found[0] - exact[0])).isGreaterThan(0.01);
  }

  @Test
  void normalisationChangesTheLengthOfTheGradientAlone() {
    Problem problem = new Problem(device, DType.FLOAT64, Problem.some().get(1));
    ScoreFunction normalised =
        ScoreFunction.of(RunningMeanBaseline.of(0.5).then(SignalNormalisation.of(0.5)));
    assertThat(normalised.traits().bias()).isEqualTo(Bias.BIASED);

    Tensor zero = device.zeros(Shape.of(), DType.FLOAT64);
    Tensor variance = device.full(Shape.of(), DType.FLOAT64, 9);
    List<Tensor> state = List.of(zero, zero, zero, zero, zero, variance);
    ExactExpectation found =
        problem.expectationOf(
            ROWS, (l, f) -> normalised.step(state, l, withoutOwnGradient(f), KEY).surrogate());
    ExactExpectation plain =
        problem.expectationOf(
            ROWS, (l, f) -> ScoreFunction.of().surrogate(l, withoutOwnGradient(f), KEY));
    for (int i = 0; i < 4; i++) {
      double third = plain.gradients().get(0)[i] / 3;
      assertThat(found.gradients().get(0)[i]).isCloseTo(third, within(1e-12));
    }
  }

  @Test
  void twoStochasticLayersNest() {
    Tensor first = device.tensor(new double[] {0.2, -0.4}, 1, 2);
    Tensor second = device.tensor(new double[] {0.5, -0.3, -0.8, 0.1}, 2, 2);
    ScoreFunction outer = ScoreFunction.of(new LeaveOneOutBaseline());
    ScoreFunction inner = ScoreFunction.of(new LeaveOneOutBaseline());
    ExactExpectation found =
        ExactExpectation.of(
            List.of(first, second),
            ROWS,
            (p, seen) ->
                outer.surrogate(
                    p.get(0),
                    z -> {
                      seen.add(z);
                      return inner.surrogate(
                          z.matMul(p.get(1)),
                          y -> {
                            seen.add(y);
                            return deep(z, y);
                          },
                          KEY.child(1));
                    },
                    KEY.child(0)),
            ScoreFunctionTest::probabilityOfTwoLayers);
    ValueAndGradient exact =
        Autodiff.valueAndGradient(
            p ->
                Exact.of()
                    .expectation(
                        p.get(0), z -> Exact.of().expectation(z.matMul(p.get(1)), y -> deep(z, y))),
            List.of(first, second));
    new Problem(device, DType.FLOAT64, new double[1][2]).assertMean(found, exact);
  }

  /** z [2, 1, 2], then for each of the two y [2, 1, 2]: the second layer's logits are W[z]. */
  private static double probabilityOfTwoLayers(double[] drawn) {
    double[][] weight = {{0.5, -0.3}, {-0.8, 0.1}};
    double p = 1;
    for (int s = 0; s < 2; s++) {
      double[] z = {drawn[2 * s], drawn[2 * s + 1]};
      p *= ExactExpectation.probability(new double[][] {{0.2, -0.4}}, z);
      double[][] logits = {weight[z[0] == 1 ? 0 : 1]};
      for (int t = 0; t < 2; t++) {
        int at = 4 + 4 * t + 2 * s;
        p *= ExactExpectation.probability(logits, new double[] {drawn[at], drawn[at + 1]});
      }
    }
    return p;
  }

  private static Tensor deep(Tensor z, Tensor y) {
    Tensor a = z.select(-1, 1).select(-1, 0);
    Tensor b = y.select(-1, 1).select(-1, 0);
    return a.mul(b).mul(2).add(b).sub(a.mul(0.5)).square().add(a);
  }

  @Test
  void masksHaveAGradientOfExactlyZero() {
    Problem problem = new Problem(device, DType.FLOAT32, Problem.some().get(4));
    for (String name : List.of("score-function", "rloo", "nvil", "score-function-running-mean")) {
      Tensor gradient =
          Autodiff.gradient(
              x ->
                  Estimators.named(name)
                      .surrogate(x, z -> z.mul(problem.weights()).sum(-1, -2), KEY)
                      .sum(),
              problem.theta());
      assertThat(gradient.toFloats()[1]).isZero();
      assertThat(gradient.isFinite().all()).isTrue();
    }
  }

  @Test
  void batchesOfEveryRankAreTheSameRows() {
    Tensor rows = device.noise(Noise.NORMAL, KEY, Shape.of(6, 2, 3), DType.FLOAT64);
    for (String name : List.of("score-function", "rloo", "nvil")) {
      var estimator = Estimators.named(name, EstimatorOptions.DEFAULT.with("samples", 3));
      double[] flat = estimator.surrogate(rows, ScoreFunctionTest::sum, KEY).toDoubles();
      Tensor square = estimator.surrogate(rows.reshape(2, 3, 2, 3), ScoreFunctionTest::sum, KEY);
      assertThat(square.shape()).isEqualTo(Shape.of(2, 3));
      assertThat(square.toDoubles()).containsExactly(flat);
      Tensor alone = estimator.surrogate(rows.select(0, 0), ScoreFunctionTest::sum, KEY);
      assertThat(alone.shape()).isEqualTo(Shape.SCALAR);
      Tensor none = estimator.surrogate(rows.slice(0, 0, 0), ScoreFunctionTest::sum, KEY);
      assertThat(none.shape()).isEqualTo(Shape.of(0));
    }
  }

  private static Tensor sum(Tensor z) {
    return z.sum(-1, -2);
  }

  @Test
  void areFoundByName() {
    assertThat(Estimators.named("rloo")).isEqualTo(ScoreFunction.of(new LeaveOneOutBaseline()));
    assertThat(Estimators.named("nvil")).isEqualTo(ScoreFunction.nvil());
    EstimatorOptions normalised = EstimatorOptions.DEFAULT.with("normalise", 1L);
    assertThat(Estimators.named("nvil", normalised))
        .isEqualTo(
            ScoreFunction.of(ScoreFunction.nvil().signal().then(SignalNormalisation.of(0.8))));
    for (String name : List.of("score-function", "rloo", "nvil", "score-function-running-mean")) {
      assertThat(Estimators.named(name).traits().name()).isEqualTo(name);
      assertThat(Estimators.named(name).traits().bias()).isEqualTo(Bias.UNBIASED);
    }
  }

  @Test
  void refusesTooFewSamplesAndForeignStates() {
    assertThatThrownBy(() -> ScoreFunction.of(new LeaveOneOutBaseline()).withSamples(1))
        .hasMessageContaining("samples = 1 must be at least 2");
    Tensor logits = device.tensor(new double[] {0, 1}, 1, 2);
    assertThatThrownBy(
            () -> ScoreFunction.nvil().step(List.of(logits), logits, ScoreFunctionTest::sum, KEY))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("the state has 1 tensors");
    assertThatThrownBy(
            () ->
                ScoreFunction.nvil()
                    .withInput(device.tensor(new double[6], 2, 3))
                    .surrogate(logits, ScoreFunctionTest::sum, KEY))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("FLOAT64[2, 3]")
        .hasMessageContaining("FLOAT64[1]");
  }

  private static void assertUnbiased(Problem problem, ScoreFunction estimator) {
    problem.assertMean(expectation(problem, estimator), problem.exact());
  }

  /** With a state that two steps on other samples have left. */
  private static ExactExpectation expectation(Problem problem, AdaptiveEstimator estimator) {
    ObjectiveFunction objective = problem.objective(problem.parameters());
    List<Tensor> state = estimator.start(problem.theta(), KEY.child(0));
    for (int i = 1; i < 3; i++) {
      state = estimator.step(state, problem.theta(), objective, KEY.child(i)).state();
    }
    List<Tensor> learnt = new ArrayList<>(state);
    return problem.expectationOf(ROWS, (l, f) -> estimator.step(learnt, l, f, KEY).surrogate());
  }

  private static ObjectiveFunction withoutOwnGradient(ObjectiveFunction f) {
    return z -> f.at(z).stopGradient();
  }

  /** Subtracts the mean of all samples, the sample itself among them. */
  private record MeanOfAll() implements LearningSignal {
    @Override
    public int size() {
      return 0;
    }

    @Override
    public List<Tensor> start(Tensor input, Key key) {
      return List.of();
    }

    @Override
    public Tensor at(List<Tensor> state, Tensor input, Tensor values) {
      return values.sub(values.mean(0));
    }

    @Override
    public List<Tensor> next(List<Tensor> state, Tensor input, Tensor values) {
      return List.of();
    }
  }
}
