package org.gumbel4j.estimators;

import java.util.List;
import org.gumbel4j.internal.ops.Checks;
import org.gumbel4j.random.Key;
import org.gumbel4j.tensor.Shape;
import org.gumbel4j.tensor.Tensor;

/**
 * REBAR (Tucker, Mnih, Maddison, Lawson and Sohl-Dickstein, NeurIPS 2017, arXiv 1703.07370; for
 * categorical variables as in arXiv 1711.00123, appendix): the score function with the relaxed
 * objective as its control variate, whose own gradient is put back by reparameterisation:
 *
 * <pre>
 * ĝ = (f(D) − c(z̃)) ∇log P(D) + ∇c(z) − ∇c(z̃),  c(z) = η f(softmax(z/λ))
 * </pre>
 *
 * <p>z are perturbed logits, D what they decide on, and z̃ perturbed logits given D; see {@link
 * Coupling}. Unbiased for every η and λ, if f is smooth inside the simplex, where it is asked for
 * values and gradients. What lies there need not mean anything.
 *
 * <p>{@link #step} adapts η and λ by Adam to lessen E‖ĝ‖², each sample's ĝ at the logits counting
 * alike (the paper takes the gradients of the model's parameters). That takes second derivatives of
 * f; a learning rate of 0 spares them. State: η, log λ, and Adam's moments. The surrogate's value
 * is f(D) alone; what f depends on gets its gradient from f(D) alone.
 *
 * @param eta η at the start; 0 is the plain score function
 * @param temperature λ at the start, positive
 * @param learningRate of η and log λ, not negative
 * @param samples how many are averaged
 * @param coupling of z and z̃
 * @since 0.1
 */
public record Rebar(
    double eta, double temperature, double learningRate, int samples, Coupling coupling)
    implements AdaptiveEstimator {
  private static final String NAME = "Rebar";
  private static final List<Shape> SHAPES = List.of(Shape.SCALAR, Shape.SCALAR);

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException if η is not finite, the temperature not positive and finite,
   *     the learning rate negative or not finite, or there is no sample
   */
  public Rebar {
    LearntParameters.requireFinite(NAME, "eta", eta);
    Checks.positive(NAME, "temperature", temperature);
    LearntParameters.requireRate(NAME, learningRate);
    SampleCount.require(NAME, samples, 1);
  }

  /** One sample; η = 1, λ = ½, learning rate 0.01. */
  public static Rebar of() {
    return new Rebar(1, 0.5, 0.01, 1, Coupling.TIED);
  }

  /** The same with another η at the start. */
  public Rebar withEta(double strength) {
    return new Rebar(strength, temperature, learningRate, samples, coupling);
  }

  /** The same with another λ at the start. */
  public Rebar withTemperature(double initial) {
    return new Rebar(eta, initial, learningRate, samples, coupling);
  }

  /** The same with another learning rate; 0 keeps η and λ. */
  public Rebar withLearningRate(double rate) {
    return new Rebar(eta, temperature, rate, samples, coupling);
  }

  /** The same with another number of samples. */
  public Rebar withSamples(int count) {
    return new Rebar(eta, temperature, learningRate, count, coupling);
  }

  /** The same with z and z̃ coupled otherwise. */
  public Rebar withCoupling(Coupling other) {
    return new Rebar(eta, temperature, learningRate, samples, other);
  }

  @Override
  public EstimatorTraits traits() {
    return EstimatorTraits.of(
        "rebar",
        "Tucker, Mnih, Maddison, Lawson, Sohl-Dickstein 2017 (1703.07370)",
        Bias.UNBIASED,
        "Unbiased for every strength and temperature, f being smooth inside the simplex.",
        RelaxedObjective.cost(samples, coupling),
        Requirement.RELAXED_OBJECTIVE,
        Requirement.DIFFERENTIABLE_OBJECTIVE);
  }

  @Override
  public List<Tensor> start(Tensor logits, Key key) {
    FactorisedLatents latents = FactorisedLatents.of(NAME, logits);
    return LearntParameters.start(RelaxedObjective.start(latents, eta, temperature));
  }

  @Override
  public EstimatorStep step(List<Tensor> state, Tensor logits, ObjectiveFunction f, Key key) {
    List<Tensor> parameters = LearntParameters.of(NAME, state, logits.dtype(), SHAPES);
    FactorisedLatents latents = FactorisedLatents.of(NAME, logits);
    return estimate(latents, f, key).step(state, parameters, learningRate);
  }

  @Override
  public Tensor surrogate(Tensor logits, ObjectiveFunction f, Key key) {
    FactorisedLatents latents = FactorisedLatents.of(NAME, logits);
    return estimate(latents, f, key).surrogate(RelaxedObjective.start(latents, eta, temperature));
  }

  private ControlledScore estimate(FactorisedLatents latents, ObjectiveFunction f, Key key) {
    PerturbedLatents draw = PerturbedLatents.draw(latents, key, samples);
    Tensor values = latents.evaluate(f, draw.discrete());
    ControlVariate c = (p, z) -> RelaxedObjective.at(p, latents, f, z);
    return ControlledScore.conditional(draw, values, c, coupling, key.child(0));
  }
}
