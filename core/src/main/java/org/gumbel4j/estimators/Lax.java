package org.gumbel4j.estimators;

import java.util.List;
import org.gumbel4j.random.Key;
import org.gumbel4j.tensor.Shape;
import org.gumbel4j.tensor.Tensor;

/**
 * LAX for discrete variables (Grathwohl, Choi, Wu, Roeder and Duvenaud, ICLR 2018, arXiv
 * 1711.00123, where it is the step before {@link Relax}): the score function with a network c of
 * the perturbed logits z as its control variate,
 *
 * <pre>
 * ĝ = f(D) ∇log P(D) − c(z) ∇log q(z) + ∇c(z),  q the density of z
 * </pre>
 *
 * <p>Unbiased for every c. f is asked for vertices only and may be a black box: nothing relaxes it,
 * nothing differentiates it. c has one hidden layer and sees softmax(z) and the probabilities; it
 * begins as 0, the plain score function, and is learnt by Adam to lessen E‖ĝ‖², each sample's ĝ at
 * the logits counting alike. The learning rate is in units of f: where f is in the hundreds, take
 * its mean away first, or a larger rate. State: the weights of c, and Adam's moments.
 *
 * @param learningRate of c's weights, not negative
 * @param hidden the number of hidden units of c
 * @param samples how many are averaged
 * @since 0.1
 */
public record Lax(double learningRate, int hidden, int samples) implements AdaptiveEstimator {
  private static final String NAME = "Lax";

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException if the learning rate is negative or not finite, or there is no
   *     hidden unit or no sample
   */
  public Lax {
    LearntParameters.requireRate(NAME, learningRate);
    SampleCount.require(NAME, "hidden", hidden, 1);
    SampleCount.require(NAME, samples, 1);
  }

  /** One sample; learning rate 0.01, 32 hidden units. */
  public static Lax of() {
    return new Lax(0.01, 32, 1);
  }

  /** The same with another learning rate; 0 learns nothing. */
  public Lax withLearningRate(double rate) {
    return new Lax(rate, hidden, samples);
  }

  /** The same with another number of hidden units. */
  public Lax withHidden(int units) {
    return new Lax(learningRate, units, samples);
  }

  /** The same with another number of samples. */
  public Lax withSamples(int count) {
    return new Lax(learningRate, hidden, count);
  }

  @Override
  public EstimatorTraits traits() {
    return EstimatorTraits.of(
        "lax",
        "Grathwohl, Choi, Wu, Roeder, Duvenaud 2017 (1711.00123)",
        Bias.UNBIASED,
        "Unbiased for every control variate.",
        new Cost(samples, 0, samples));
  }

  @Override
  public List<Tensor> start(Tensor logits, Key key) {
    FactorisedLatents.of(NAME, logits);
    return LearntParameters.start(new ControlNetwork(hidden).start(logits, key));
  }

  @Override
  public EstimatorStep step(List<Tensor> state, Tensor logits, ObjectiveFunction f, Key key) {
    FactorisedLatents latents = FactorisedLatents.of(NAME, logits);
    List<Shape> shapes = new ControlNetwork(hidden).shapes(logits);
    List<Tensor> parameters = LearntParameters.of(NAME, state, logits.dtype(), shapes);
    return estimate(latents, f, key).step(state, parameters, learningRate);
  }

  @Override
  public Tensor surrogate(Tensor logits, ObjectiveFunction f, Key key) {
    return estimate(FactorisedLatents.of(NAME, logits), f, key)
        .surrogate(new ControlNetwork(hidden).start(logits, key.fold(1)));
  }

  private ControlledScore estimate(FactorisedLatents latents, ObjectiveFunction f, Key key) {
    PerturbedLatents draw = PerturbedLatents.draw(latents, key, samples);
    Tensor values = latents.evaluate(f, draw.discrete());
    ControlNetwork network = new ControlNetwork(hidden);
    return ControlledScore.density(draw, values, (p, z) -> network.at(p, draw, z));
  }
}
