package org.gumbel4j.estimators;

import java.util.List;
import java.util.stream.Stream;
import org.gumbel4j.internal.ops.Checks;
import org.gumbel4j.random.Key;
import org.gumbel4j.tensor.Shape;
import org.gumbel4j.tensor.Tensor;

/**
 * RELAX (Grathwohl, Choi, Wu, Roeder and Duvenaud, ICLR 2018, arXiv 1711.00123): REBAR whose
 * control variate has a network r added to it, learnt with the rest:
 *
 * <pre>
 * ĝ = (f(D) − c(z̃)) ∇log P(D) + ∇c(z) − ∇c(z̃),  c(z) = η f(softmax(z/λ)) + r(z)
 * </pre>
 *
 * <p>Unbiased for every η, λ and r, f being smooth inside the simplex. r has one hidden layer and
 * sees softmax(z) and the probabilities; it begins as 0, so that RELAX begins as {@link Rebar}. All
 * are learnt by Adam to lessen E‖ĝ‖², each sample's ĝ at the logits counting alike; f is then
 * differentiated twice. State: η, log λ, the weights of r, and Adam's moments.
 *
 * @param eta η at the start; with 0, and a learning rate of 0, the plain score function
 * @param temperature λ at the start, positive
 * @param learningRate of all that is learnt, not negative
 * @param hidden the number of hidden units of r
 * @param samples how many are averaged
 * @param coupling of z and z̃
 * @since 0.1
 */
public record Relax(
    double eta, double temperature, double learningRate, int hidden, int samples, Coupling coupling)
    implements AdaptiveEstimator {
  private static final String NAME = "Relax";

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException if η is not finite, the temperature not positive and finite,
   *     the learning rate negative or not finite, or there is no hidden unit or no sample
   */
  public Relax {
    LearntParameters.requireFinite(NAME, "eta", eta);
    Checks.positive(NAME, "temperature", temperature);
    LearntParameters.requireRate(NAME, learningRate);
    SampleCount.require(NAME, "hidden", hidden, 1);
    SampleCount.require(NAME, samples, 1);
  }

  /** One sample; η = 1, λ = ½, learning rate 0.01, 32 hidden units. */
  public static Relax of() {
    return new Relax(1, 0.5, 0.01, 32, 1, Coupling.TIED);
  }

  /** The same with another η at the start. */
  public Relax withEta(double strength) {
    return new Relax(strength, temperature, learningRate, hidden, samples, coupling);
  }

  /** The same with another λ at the start. */
  public Relax withTemperature(double initial) {
    return new Relax(eta, initial, learningRate, hidden, samples, coupling);
  }

  /** The same with another learning rate; 0 learns nothing. */
  public Relax withLearningRate(double rate) {
    return new Relax(eta, temperature, rate, hidden, samples, coupling);
  }

  /** The same with another number of hidden units. */
  public Relax withHidden(int units) {
    return new Relax(eta, temperature, learningRate, units, samples, coupling);
  }

  /** The same with another number of samples. */
  public Relax withSamples(int count) {
    return new Relax(eta, temperature, learningRate, hidden, count, coupling);
  }

  /** The same with z and z̃ coupled otherwise. */
  public Relax withCoupling(Coupling other) {
    return new Relax(eta, temperature, learningRate, hidden, samples, other);
  }

  @Override
  public EstimatorTraits traits() {
    return EstimatorTraits.of(
        "relax",
        "Grathwohl, Choi, Wu, Roeder, Duvenaud 2017 (1711.00123)",
        Bias.UNBIASED,
        "Unbiased for every control variate, f being smooth inside the simplex.",
        RelaxedObjective.cost(samples, coupling),
        Requirement.RELAXED_OBJECTIVE,
        Requirement.DIFFERENTIABLE_OBJECTIVE);
  }

  @Override
  public List<Tensor> start(Tensor logits, Key key) {
    return LearntParameters.start(parameters(FactorisedLatents.of(NAME, logits), key));
  }

  @Override
  public EstimatorStep step(List<Tensor> state, Tensor logits, ObjectiveFunction f, Key key) {
    FactorisedLatents latents = FactorisedLatents.of(NAME, logits);
    List<Shape> shapes =
        join(List.of(Shape.SCALAR, Shape.SCALAR), new ControlNetwork(hidden).shapes(logits));
    List<Tensor> parameters = LearntParameters.of(NAME, state, logits.dtype(), shapes);
    return estimate(latents, f, key).step(state, parameters, learningRate);
  }

  @Override
  public Tensor surrogate(Tensor logits, ObjectiveFunction f, Key key) {
    FactorisedLatents latents = FactorisedLatents.of(NAME, logits);
    return estimate(latents, f, key).surrogate(parameters(latents, key.fold(1)));
  }

  private List<Tensor> parameters(FactorisedLatents latents, Key key) {
    return join(
        RelaxedObjective.start(latents, eta, temperature),
        new ControlNetwork(hidden).start(latents.logits(), key));
  }

  private ControlledScore estimate(FactorisedLatents latents, ObjectiveFunction f, Key key) {
    PerturbedLatents draw = PerturbedLatents.draw(latents, key, samples);
    Tensor values = latents.evaluate(f, draw.discrete());
    ControlNetwork network = new ControlNetwork(hidden);
    ControlVariate c =
        (p, z) ->
            RelaxedObjective.at(p, latents, f, z).add(network.at(p.subList(2, p.size()), draw, z));
    return ControlledScore.conditional(draw, values, c, coupling, key.child(0));
  }

  private static <T> List<T> join(List<T> a, List<T> b) {
    return Stream.concat(a.stream(), b.stream()).toList();
  }
}
