package org.gumbel4j.estimators;

import java.util.List;
import org.gumbel4j.autodiff.Autodiff;
import org.gumbel4j.autodiff.Objective;
import org.gumbel4j.autodiff.ValueAndGradient;
import org.gumbel4j.random.Key;
import org.gumbel4j.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * MuProp (Gu, Levine, Sutskever and Mnih, ICLR 2016, arXiv 1511.05176): the score function with the
 * first-order Taylor expansion of f around the mean as its control variate, the gradient of whose
 * expectation is known:
 *
 * <pre>
 * ĝ = [f(D) − f(p) − f′(p)ᵀ(D − p)] ∇log P(D) + f′(p)ᵀ∇p,  p = E[D]
 * </pre>
 *
 * <p>Unbiased. Without variance for linear f; what is left is the curvature of f between p and the
 * vertices. f is asked for its value and gradient at p, inside the simplex, once for all samples.
 *
 * <p>What is in brackets goes through a {@link LearningSignal} before it multiplies the score: the
 * paper has baselines there, which stay unbiased. One that divides by a running scale leaves the
 * other summand as it is, and so changes the direction of the expected gradient.
 *
 * <p>The surrogate's value is f(D) alone; what f depends on gets its gradient from f(D) alone.
 *
 * @param samples how many are averaged
 * @param signal what becomes of the values in brackets
 * @param input what baselines depend on, see {@link ScoreFunction}
 * @since 0.1
 */
public record MuProp(int samples, LearningSignal signal, @Nullable Tensor input)
    implements AdaptiveEstimator {
  private static final String NAME = "MuProp";

  /**
   * Checks the number of samples.
   *
   * @throws IllegalArgumentException if there are fewer than one, or than the signal needs
   */
  public MuProp {
    SampleCount.require(NAME, samples, signal.leastSamples());
  }

  /** One sample, no baseline. */
  public static MuProp of() {
    return of(new PlainSignal());
  }

  /** As many samples as the signal needs. */
  public static MuProp of(LearningSignal signal) {
    return new MuProp(signal.leastSamples(), signal, null);
  }

  /** The same with another number of samples. */
  public MuProp withSamples(int count) {
    return new MuProp(count, signal, input);
  }

  /** The same with an input for its baselines. */
  public MuProp withInput(Tensor x) {
    return new MuProp(samples, signal, x.stopGradient());
  }

  @Override
  public EstimatorTraits traits() {
    boolean keeps = signal.keepsScale();
    return EstimatorTraits.of(
        "muprop",
        "Gu, Levine, Sutskever, Mnih 2015 (1511.05176)",
        keeps ? Bias.UNBIASED : Bias.BIASED,
        keeps
            ? "Unbiased; without variance for linear f."
            : "Of its two summands one is divided by a running scale; unbiased for linear f.",
        new Cost(samples + 1L, 1, samples),
        Requirement.RELAXED_OBJECTIVE,
        Requirement.DIFFERENTIABLE_OBJECTIVE);
  }

  @Override
  public List<Tensor> start(Tensor logits, Key key) {
    return signal.start(SignalInput.of(FactorisedLatents.of(NAME, logits), input), key);
  }

  @Override
  public EstimatorStep step(List<Tensor> state, Tensor logits, ObjectiveFunction f, Key key) {
    SignalInput.requireState(NAME, signal, state);
    FactorisedLatents latents = FactorisedLatents.of(NAME, logits);
    Draw draw = draw(latents, f, key);
    Tensor x = SignalInput.of(latents, input);
    return new EstimatorStep(
        surrogate(latents, draw, state, x),
        Autodiff.unrecorded(() -> signal.next(state, x, draw.residuals())));
  }

  @Override
  public Tensor surrogate(Tensor logits, ObjectiveFunction f, Key key) {
    FactorisedLatents latents = FactorisedLatents.of(NAME, logits);
    Tensor x = SignalInput.of(latents, input);
    return surrogate(latents, draw(latents, f, key), signal.start(x, key.fold(1)), x);
  }

  /**
   * What was drawn.
   *
   * @param values f(D)
   * @param score D − p
   * @param residuals f(D) less its expansion around p, constant
   * @param path f′(p)ᵀ∇p, at the logits, constant
   */
  private record Draw(Tensor values, Tensor score, Tensor residuals, Tensor path) {}

  private Draw draw(FactorisedLatents latents, ObjectiveFunction f, Key key) {
    Tensor z = latents.sample(key, FactorisedLatents.axis(samples));
    Tensor values = latents.evaluate(f, z);
    Tensor p = latents.constantProbs();
    ValueAndGradient atMean =
        Autodiff.unrecorded(
            () ->
                Autodiff.differentiate(
                    leaf -> {
                      Tensor value = latents.evaluate(f, leaf.get(0));
                      return Objective.of(value.sum(), value);
                    },
                    List.of(p)));
    Tensor slope = atMean.gradient();
    Tensor score = z.sub(p);
    Tensor expansion = atMean.auxiliary().get(0).add(slope.mul(score).sum(-1, -2));
    Tensor residuals = values.stopGradient().sub(expansion);
    return new Draw(values, score, residuals, throughMean(latents, p, slope));
  }

  private Tensor surrogate(FactorisedLatents latents, Draw draw, List<Tensor> state, Tensor x) {
    Tensor signals = signal.at(state, x, draw.residuals());
    Tensor scores = Surrogates.wide(signals).mul(draw.score()).mean(0);
    return Surrogates.withGradient(
        draw.values().mean(0), latents.logits(), scores.add(draw.path()));
  }

  /** σ(1 − σ)f′, or p ⊙ (f′ − ⟨p, f′⟩). */
  private static Tensor throughMean(FactorisedLatents latents, Tensor p, Tensor slope) {
    return latents.isBernoulli()
        ? slope.mul(p).mul(latents.constantLogits().neg().sigmoid())
        : p.mul(slope.sub(p.mul(slope).sum(new int[] {-1}, true)));
  }
}
