package org.gumbel4j.estimators;

import org.gumbel4j.internal.ops.GumbelOps;
import org.gumbel4j.random.Key;
import org.gumbel4j.tensor.Shape;
import org.gumbel4j.tensor.Tensor;

/** Logits and their noise, for samples that are soft at one temperature or another, or hard. */
final class GumbelDraw {
  private final FactorisedLatents latents;
  private final Tensor logits;
  private final Tensor noise;

  private GumbelDraw(FactorisedLatents latents, Tensor logits, Tensor noise) {
    this.latents = latents;
    this.logits = logits;
    this.noise = noise;
  }

  static GumbelDraw of(FactorisedLatents latents, Key key, Shape samples) {
    return new GumbelDraw(latents, stretched(latents, samples), latents.noise(key, samples));
  }

  /** {@link #soft} of a draw that nobody else looks at: the noise is made where it is used. */
  static Tensor soft(FactorisedLatents latents, Key key, Shape samples, double temperature) {
    if (latents.isBernoulli()) {
      return of(latents, key, samples).soft(temperature);
    }
    latents.requirePositive("temperature", temperature);
    Tensor logits = stretched(latents, samples);
    return GumbelOps.gumbelSoftmax(logits, key, 1, temperature, logits.rank() - 1);
  }

  private static Tensor stretched(FactorisedLatents latents, Shape samples) {
    return latents.logits().broadcastTo(samples.concat(latents.logits().shape()));
  }

  /** softmax((θ + G)/τ) or σ((θ + L)/τ), differentiable. */
  Tensor soft(double temperature) {
    latents.requirePositive("temperature", temperature);
    return latents.isBernoulli()
        ? latents.soften(logits.add(noise), temperature)
        : GumbelOps.gumbelSoftmax(logits, noise, temperature, logits.rank() - 1);
  }

  /**
   * The limit τ → 0, a constant. Of the perturbed logits, not of a soft sample: rounding makes ties
   * of those that a temperature brings close.
   */
  Tensor hard() {
    return latents.harden(logits.stopGradient().add(noise));
  }
}
