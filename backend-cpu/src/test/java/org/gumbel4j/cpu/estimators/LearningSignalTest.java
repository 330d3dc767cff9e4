package org.gumbel4j.cpu.estimators;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.assertj.core.data.Offset;
import org.gumbel4j.autodiff.Autodiff;
import org.gumbel4j.autodiff.Objective;
import org.gumbel4j.autodiff.ValueAndGradient;
import org.gumbel4j.estimators.Bias;
import org.gumbel4j.estimators.EstimatorStep;
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
import org.gumbel4j.tensor.Backends;
import org.gumbel4j.tensor.DType;
import org.gumbel4j.tensor.Device;
import org.gumbel4j.tensor.Shape;
import org.gumbel4j.tensor.Tensor;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the parts of a learning signal do and learn, by hand. */
class LearningSignalTest {
  private static final Key KEY = Key.of(23);
  private static final Offset<Double> EPS = within(1e-12);
  private static Device device;
  private static Tensor input;

  @BeforeAll
  static void open() {
    device = Backends.named("cpu");
    input = device.tensor(new double[] {0.5, -1}, 2, 1);
  }

  @AfterAll
  static void close() {
    device.close();
  }

  /** Weights ½ for the last step, ¼ for the one before: (¼·2 + ½·6) / ¾. */
  @Test
  void theRunningMeanIsAWeightedMeanOfEarlierStepsAlone() {
    LearningSignal signal = RunningMeanBaseline.of(0.5);
    List<Tensor> state = signal.start(input, KEY);
    Tensor first = values(1, 3);
    assertThat(signal.at(state, input, first).toDoubles()).containsExactly(1, 3);
    state = signal.next(state, input, first);
    assertThat(signal.at(state, input, values(6, 6)).toDoubles()).containsExactly(4, 4);
    state = signal.next(state, input, values(6, 6));
    double mean = (0.25 * 2 + 0.5 * 6) / 0.75;
    assertThat(signal.at(state, input, values(0, 1)).toDoubles())
        .containsExactly(new double[] {-mean, 1 - mean}, EPS);
  }

  @Test
  void normalisationDividesByTheWeightedDeviationButNeverByLessThanOne() {
    LearningSignal signal = SignalNormalisation.of(0.5);
    List<Tensor> state = signal.start(input, KEY);
    assertThat(signal.at(state, input, values(7, -9)).toDoubles()).containsExactly(7, -9);
    state = signal.next(state, input, values(0.1, 0.2));
    assertThat(signal.at(state, input, values(7, -9)).toDoubles()).containsExactly(7, -9);

    state = signal.next(signal.start(input, KEY), input, values(10, 20));
    state = signal.next(state, input, values(-5, 1));
    double mean = (0.25 * 15 + 0.5 * -2) / 0.75;
    double variance =
        (0.125 * (sq(10 - mean) + sq(20 - mean)) + 0.25 * (sq(-5 - mean) + sq(1 - mean))) / 0.75;
    assertThat(signal.at(state, input, values(1, 2)).toDoubles())
        .containsExactly(new double[] {1 / Math.sqrt(variance), 2 / Math.sqrt(variance)}, EPS);
  }

  @Test
  void leavingOneOutSubtractsTheMeanOfTheOthers() {
    Tensor three = device.tensor(new double[] {1, 10, 2, 10, 6, 40}, 3, 2);
    assertThat(new LeaveOneOutBaseline().at(List.of(), input, three).toDoubles())
        .containsExactly(new double[] {-3, -15, -1.5, -15, 4.5, 30}, EPS);
  }

  @Test
  void aChainTeachesTheSecondWhatTheFirstLeaves() {
    LearningSignal chain = RunningMeanBaseline.of(0.5).then(RunningMeanBaseline.of(0.5));
    List<Tensor> state = chain.start(input, KEY);
    assertThat(state).hasSize(chain.size()).hasSize(6);
    state = chain.next(state, input, values(4, 6)); // means 5, and 5 of what 0 leaves
    assertThat(state.get(1).item()).isEqualTo(5);
    assertThat(state.get(4).item()).isEqualTo(5);
    assertThat(chain.at(state, input, values(4, 6)).toDoubles()).containsExactly(-6, -4);
    state = chain.next(state, input, values(8, 8)); // second learns 8 - 5 with weight 2/3
    assertThat(state.get(1).item()).isCloseTo(7, EPS);
    assertThat(state.get(4).item()).isCloseTo(5 + (3 - 5) * 2 / 3.0, EPS);
  }

  @Test
  void theNetworkBeginsAsZeroAndItsFirstStepIsAdams() {
    LearningSignal network = NetworkBaseline.of(0.01).withHidden(3);
    List<Tensor> state = network.start(input, KEY);
    assertThat(state).hasSize(network.size());
    assertThat(network.at(state, input, values(4, 6)).toDoubles()).containsExactly(4, 6);
    List<Tensor> next = network.next(state, input, values(4, 6));
    // the bias of the output moves by the learning rate, toward the values
    assertThat(next.get(3).item()).isCloseTo(0.01, within(1e-9));
    // hidden weights see no gradient while the output's are 0
    assertThat(next.get(0).toDoubles()).containsExactly(state.get(0).toDoubles());
    double[] units = input.matMul(state.get(0)).tanh().toDoubles();
    for (int i = 0; i < 3; i++) {
      double slope = 4 * units[i] + 6 * units[3 + i];
      assertThat(next.get(2).toDoubles()[i]).isCloseTo(0.01 * Math.signum(slope), within(1e-9));
    }
  }

  @Test
  void theNetworkLearnsAFunctionOfItsInput() {
    Tensor x = device.noise(Noise.NORMAL, KEY, Shape.of(32, 2), DType.FLOAT64);
    Tensor y = x.select(-1, 0).mul(x.select(-1, 1)).mul(3).add(x.select(-1, 0)).expandDims(0);
    LearningSignal network = NetworkBaseline.of(0.02);
    List<Tensor> state = network.start(x, KEY);
    for (int i = 0; i < 300; i++) {
      state = network.next(state, x, y);
    }
    double left = network.at(state, x, y).square().mean().item();
    assertThat(left).isLessThan(0.01 * y.square().mean().item());
  }

  /** The estimate of a step is that of a plain score function with what was learnt before. */
  @Test
  void aStepUsesTheStateAsItWasBeforeTheSample() {
    ScoreFunction estimator = ScoreFunction.of(RunningMeanBaseline.of(0.5));
    Tensor logits = device.tensor(new double[] {0.2, -0.4, 0.3, 0.9}, 2, 1, 2);
    ObjectiveFunction f = z -> z.select(-1, 0).select(-1, 0).mul(3).add(2);
    List<Tensor> state = estimator.start(logits, KEY);
    double baseline = 0;
    for (int i = 0; i < 3; i++) {
      Key key = KEY.child(i);
      List<Tensor> before = state;
      double subtracted = baseline;
      ValueAndGradient step =
          Autodiff.differentiate(
              p -> {
                EstimatorStep made = estimator.step(before, p.get(0), f, key);
                return new Objective(made.surrogate().sum(), made.state());
              },
              List.of(logits));
      Tensor plain =
          Autodiff.gradient(
              p -> ScoreFunction.of().surrogate(p, z -> f.at(z).sub(subtracted), key).sum(),
              logits);
      assertThat(step.gradient().toDoubles()).containsExactly(plain.toDoubles(), EPS);
      state = step.auxiliary();
      baseline = state.get(1).item();
      assertThat(baseline).isNotZero();
    }
  }

  /** The objective is mostly a function of x, which no constant and no logits tell. */
  @Test
  void anInputMakesTheEstimateLessNoisy() {
    Tensor x = device.noise(Noise.NORMAL, KEY, Shape.of(64, 1), DType.FLOAT64);
    Tensor logits = device.zeros(Shape.of(64, 2, 3), DType.FLOAT64);
    Tensor offset = x.select(-1, 0).mul(10);
    ObjectiveFunction f = z -> z.select(-1, 0).sum(-1).add(offset);
    ScoreFunction base =
        ScoreFunction.of(RunningMeanBaseline.of(0.8).then(NetworkBaseline.of(0.02)));
    ScoreFunction nvil = base.withInput(x);
    List<Tensor> state = nvil.start(logits, KEY);
    List<Tensor> blind = base.start(logits, KEY);
    for (int i = 0; i < 300; i++) {
      state = nvil.step(state, logits, f, KEY.child(i)).state();
      blind = base.step(blind, logits, f, KEY.child(i)).state();
    }
    Tensor exact = Autodiff.gradient(p -> Exact.of().expectation(p, f).sum(), logits);
    double seeing = error(nvil, state, logits, f, exact);
    assertThat(seeing).isLessThan(error(base, blind, logits, f, exact) / 10);
  }

  private static double error(
      ScoreFunction estimator,
      List<Tensor> state,
      Tensor logits,
      ObjectiveFunction f,
      Tensor exact) {
    Tensor gradient =
        Autodiff.gradient(p -> estimator.step(state, p, f, Key.of(99)).surrogate().sum(), logits);
    return gradient.sub(exact).square().mean().item();
  }

  @Test
  void aChainIsNamedAfterItsLastPartThatHasAName() {
    ScoreFunction nvil = ScoreFunction.nvil();
    ScoreFunction normalised = ScoreFunction.of(nvil.signal().then(SignalNormalisation.of(0.8)));
    assertThat(normalised.traits().name()).isEqualTo("nvil");
    assertThat(normalised.traits().paper()).contains("1402.0030");
    assertThat(normalised.traits().bias()).isEqualTo(Bias.BIASED);
    assertThat(nvil.traits().bias()).isEqualTo(Bias.UNBIASED);
  }

  @Test
  void refusesDecaysAndStatesThatDoNotFit() {
    for (double decay : new double[] {1, -0.1, Double.NaN}) {
      assertThatThrownBy(() -> RunningMeanBaseline.of(decay)).hasMessageContaining("in [0, 1)");
      assertThatThrownBy(() -> SignalNormalisation.of(decay)).hasMessageContaining("in [0, 1)");
    }
    assertThatThrownBy(() -> NetworkBaseline.of(0)).hasMessageContaining("learningRate");
    assertThatThrownBy(() -> NetworkBaseline.of(1).withHidden(0)).hasMessageContaining("hidden");
    LearningSignal network = NetworkBaseline.of(0.01);
    List<Tensor> state = new ArrayList<>(network.start(input, KEY));
    Tensor wider = device.zeros(Shape.of(2, 5), DType.FLOAT64);
    assertThatThrownBy(() -> network.at(state, wider, values(1, 2)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("[5, 100]");
  }

  private static Tensor values(double... ofOneSample) {
    return device.tensor(ofOneSample, 1, ofOneSample.length);
  }

  private static double sq(double x) {
    return x * x;
  }
}
