package org.gumbel4j.estimators;

import java.util.List;
import java.util.function.Function;
import org.gumbel4j.autodiff.Autodiff;
import org.gumbel4j.autodiff.Objective;
import org.gumbel4j.autodiff.ValueAndGradient;
import org.gumbel4j.random.Key;
import org.gumbel4j.tensor.Tensor;

/**
 * One estimate by a score function with a control variate c of the perturbed logits, and what c
 * learns from it. What is learnt lessens E‖ĝ‖², the estimate being unbiased whatever c is: with it
 * falls the variance of each sample's ĝ at the logits.
 *
 * @param latents with the model's logits
 * @param values f(D), [samples, batch…], differentiable by what f depends on
 * @param gradient from c's parameters to ĝ at the logits, [samples, batch…, N, K], constant but for
 *     those parameters
 */
record ControlledScore(
    FactorisedLatents latents, Tensor values, Function<List<Tensor>, Tensor> gradient) {

  /**
   * (f(D) − c(z̃))·∇log P(D) + ∇c(z) − ∇c(z̃) (Tucker et al., arXiv 1703.07370; Grathwohl et al.,
   * arXiv 1711.00123).
   */
  static ControlledScore conditional(
      PerturbedLatents draw, Tensor values, ControlVariate c, Coupling coupling, Key key) {
    Tensor f = values.stopGradient();
    Function<List<Tensor>, Tensor> gradient =
        switch (coupling) {
          case TIED ->
              parameters -> {
                Slope at = Slope.of(c, parameters, draw.continuous());
                return Surrogates.wide(f.sub(at.value()))
                    .mul(draw.score())
                    .add(draw.throughFreedom(at.slope()));
              };
          case INDEPENDENT ->
              parameters -> {
                Tensor other = draw.conditional(key);
                Tensor both = Tensor.stack(List.of(draw.continuous(), other), 0);
                Slope at = Slope.of(c, parameters, both);
                return Surrogates.wide(f.sub(at.value().select(0, 1)))
                    .mul(draw.score())
                    .add(draw.throughNoise(at.slope().select(0, 0)))
                    .sub(draw.throughCondition(other, at.slope().select(0, 1)));
              };
        };
    return new ControlledScore(draw.latents(), values, gradient);
  }

  /** f(D)·∇log P(D) − c(z)·∇log q(z) + ∇c(z), q the density of z. */
  static ControlledScore density(PerturbedLatents draw, Tensor values, ControlVariate c) {
    Tensor f = values.stopGradient();
    return new ControlledScore(
        draw.latents(),
        values,
        parameters -> {
          Slope at = Slope.of(c, parameters, draw.continuous());
          return Surrogates.wide(f)
              .mul(draw.score())
              .sub(Surrogates.wide(at.value()).mul(draw.densityScore()))
              .add(draw.throughNoise(at.slope()));
        });
  }

  /** The surrogate, nothing learnt. */
  Tensor surrogate(List<Tensor> parameters) {
    return surrogate(Autodiff.unrecorded(() -> gradient.apply(parameters)));
  }

  /** The surrogate with the old parameters, and the state after learning. */
  EstimatorStep step(List<Tensor> state, List<Tensor> parameters, double learningRate) {
    if (learningRate == 0 || values.shape().isEmpty()) {
      return new EstimatorStep(surrogate(parameters), state);
    }
    ValueAndGradient learnt =
        Autodiff.unrecorded(
            () ->
                Autodiff.differentiate(
                    p -> {
                      Tensor g = gradient.apply(p);
                      return Objective.of(g.square().sum().div((double) values.size()), g);
                    },
                    parameters));
    return new EstimatorStep(
        surrogate(learnt.auxiliary().get(0)),
        LearntParameters.step(state, learnt.gradients(), learningRate));
  }

  private Tensor surrogate(Tensor estimates) {
    return Surrogates.withGradient(values.mean(0), latents.logits(), estimates.mean(0));
  }

  /** c and its gradient by z, both differentiable by c's parameters. */
  private record Slope(Tensor value, Tensor slope) {
    static Slope of(ControlVariate c, List<Tensor> parameters, Tensor z) {
      ValueAndGradient both =
          Autodiff.differentiate(
              leaf -> {
                Tensor value = c.at(parameters, leaf.get(0));
                return Objective.of(value.sum(), value);
              },
              List.of(z));
      return new Slope(both.auxiliary().get(0), both.gradient());
    }
  }
}
