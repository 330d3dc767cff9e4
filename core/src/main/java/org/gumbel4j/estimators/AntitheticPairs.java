package org.gumbel4j.estimators;

import java.util.List;
import org.gumbel4j.random.Key;
import org.gumbel4j.tensor.Shape;
import org.gumbel4j.tensor.Tensor;

/**
 * Pairs of samples of binary latents that are each as they should be and opposed to one another: b
 * = 1[θ + L > 0] and b̃ = 1[θ − L > 0] of one logistic L; in terms of the uniform u = σ(L), b = 1[u
 * > 1 − σ(θ)] and b̃ = 1[u < σ(θ)].
 *
 * @param latents whose samples they are
 * @param noise L [pairs, batch…, N, 1]
 * @param first b, of the noise's shape
 * @param second b̃
 * @param values f(b) and f(b̃), [2, pairs, batch…], differentiable by what f depends on
 */
record AntitheticPairs(
    BinaryLatents latents, Tensor noise, Tensor first, Tensor second, Tensor values) {
  /** Draws pairs and asks f for both members at once. */
  static AntitheticPairs draw(
      String estimator, int pairs, Tensor logits, ObjectiveFunction f, Key key) {
    BinaryLatents latents = BinaryLatents.of(estimator, logits);
    Tensor noise = latents.noise(key, Shape.of(pairs));
    Tensor first = latents.bits(noise);
    Tensor second = latents.bits(noise.neg());
    Tensor z = latents.values(Tensor.stack(List.of(first, second), 0));
    return new AntitheticPairs(latents, noise, first, second, latents.latents().evaluate(f, z));
  }

  /** f(b) − f(b̃), a constant: [pairs, batch…, 1, 1]. */
  Tensor difference() {
    Tensor constant = values.stopGradient();
    return Surrogates.wide(constant.select(0, 0).sub(constant.select(0, 1)));
  }

  /** ½ (b − b̃) σ(|θ|): what DisARM multiplies a difference by; 0 where the pair agrees. */
  Tensor disagreement() {
    return first.sub(second).mul(latents.logit().abs().sigmoid()).mul(0.5);
  }

  /** The surrogate whose value is the mean over both members of all pairs. */
  Tensor surrogate(Tensor gradient) {
    return surrogate(values.mean(0, 1), gradient);
  }

  /**
   * The surrogate with a value and its gradient by what f depends on, and a gradient at the one
   * logit.
   */
  Tensor surrogate(Tensor objective, Tensor gradient) {
    return Surrogates.withGradient(
        objective, latents.latents().logits(), latents.atLogits(gradient));
  }
}
