package org.gumbel4j.estimators;

import java.util.List;
import org.gumbel4j.random.Key;
import org.gumbel4j.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * The score function, or REINFORCE, or likelihood ratio: 1/S Σₛ (f(zₛ) − b)∇log P(zₛ) (Glynn 1990;
 * Williams, Machine Learning 8, 1992). It asks nothing of f but values at vertices, is unbiased,
 * and is as noisy as its baseline b leaves it: see {@link LearningSignal} for those.
 *
 * <pre>{@code
 * ScoreFunction.of()                                        // no baseline
 * ScoreFunction.of(RunningMeanBaseline.of(0.9))             // a running mean
 * ScoreFunction.of(new LeaveOneOutBaseline()).withSamples(4)    // RLOO
 * ScoreFunction.nvil().withInput(x)                         // a network of x, learnt beside
 * }</pre>
 *
 * @param samples S, drawn with replacement
 * @param signal what becomes of the values
 * @param input what baselines depend on, [batch…, features], constant; the batch may be one that
 *     stretches. If null they see the logits, as {@link FactorisedLatents#features} has them. Give
 *     it anew with each batch
 * @since 0.1
 */
public record ScoreFunction(int samples, LearningSignal signal, @Nullable Tensor input)
    implements AdaptiveEstimator {
  static final String NAME = "score-function";
  static final String PAPER = "Glynn 1990; Williams 1992";
  private static final String OPERATION = "ScoreFunction";

  /**
   * Checks the number of samples.
   *
   * @throws IllegalArgumentException if there are fewer than one, or than the signal needs
   */
  public ScoreFunction {
    SampleCount.require(OPERATION, samples, signal.leastSamples());
  }

  /** One sample, and its value as it is. */
  public static ScoreFunction of() {
    return of(new PlainSignal());
  }

  /** As many samples as the signal needs. */
  public static ScoreFunction of(LearningSignal signal) {
    return new ScoreFunction(signal.leastSamples(), signal, null);
  }

  /**
   * NVIL (Mnih and Gregor, arXiv 1402.0030): a running mean, and a network of 100 units that
   * predicts what it leaves. The paper normalises too: {@code of(nvil().signal().then(
   * SignalNormalisation.of(0.8)))}.
   */
  public static ScoreFunction nvil() {
    return of(RunningMeanBaseline.of(0.8).then(NetworkBaseline.of(1e-3)));
  }

  /** The same with another number of samples. */
  public ScoreFunction withSamples(int count) {
    return new ScoreFunction(count, signal, input);
  }

  /** The same with an input for its baselines. */
  public ScoreFunction withInput(Tensor x) {
    return new ScoreFunction(samples, signal, x.stopGradient());
  }

  @Override
  public EstimatorTraits traits() {
    boolean keeps = signal.keepsScale();
    return EstimatorTraits.of(
        signal.name(),
        signal.paper(),
        keeps ? Bias.UNBIASED : Bias.BIASED,
        keeps
            ? "Unbiased for every f."
            : "The gradient divided by a running scale: unbiased but for its length.",
        new Cost(samples, 0, samples));
  }

  @Override
  public List<Tensor> start(Tensor logits, Key key) {
    return signal.start(SignalInput.of(FactorisedLatents.of(OPERATION, logits), input), key);
  }

  @Override
  public EstimatorStep step(List<Tensor> state, Tensor logits, ObjectiveFunction f, Key key) {
    FactorisedLatents latents = FactorisedLatents.of(OPERATION, logits);
    Draw draw = draw(latents, f, key);
    Tensor x = SignalInput.of(latents, input);
    Tensor surrogate = surrogate(latents, draw, state, x);
    return new EstimatorStep(surrogate, signal.next(state, x, draw.values().stopGradient()));
  }

  @Override
  public Tensor surrogate(Tensor logits, ObjectiveFunction f, Key key) {
    FactorisedLatents latents = FactorisedLatents.of(OPERATION, logits);
    Tensor x = SignalInput.of(latents, input);
    return surrogate(latents, draw(latents, f, key), signal.start(x, key.fold(1)), x);
  }

  private record Draw(Tensor z, Tensor values) {}

  private Draw draw(FactorisedLatents latents, ObjectiveFunction f, Key key) {
    Tensor z = latents.sample(key, FactorisedLatents.axis(samples));
    return new Draw(z, latents.evaluate(f, z));
  }

  private Tensor surrogate(FactorisedLatents latents, Draw draw, List<Tensor> state, Tensor x) {
    SignalInput.requireState(OPERATION, signal, state);
    Tensor signals = signal.at(state, x, draw.values().stopGradient());
    Tensor score = latents.score(signals.div(samples), draw.z());
    return Surrogates.withScore(draw.values().mean(0), score);
  }
}
