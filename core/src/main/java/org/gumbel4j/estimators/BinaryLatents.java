package org.gumbel4j.estimators;

import java.util.List;
import org.gumbel4j.random.Key;
import org.gumbel4j.random.Noise;
import org.gumbel4j.tensor.Shape;
import org.gumbel4j.tensor.Tensor;

/**
 * Latents of two values each, seen through one logit: θ itself where K = 1, θ₁ − θ₀ where K = 2.
 */
final class BinaryLatents {
  private final FactorisedLatents latents;
  private final Tensor logit;

  private BinaryLatents(FactorisedLatents latents) {
    this.latents = latents;
    Tensor constant = latents.constantLogits();
    this.logit =
        latents.isBernoulli() ? constant : constant.slice(-1, 1, 2).sub(constant.slice(-1, 0, 1));
  }

  /**
   * Checks the logits.
   *
   * @throws IllegalArgumentException as {@link FactorisedLatents#of}, or if there are more than two
   *     classes
   */
  static BinaryLatents of(String estimator, Tensor logits) {
    FactorisedLatents latents = FactorisedLatents.of(estimator, logits);
    latents.requireBinary("for more take rebar, relax, muprop or a score function");
    return new BinaryLatents(latents);
  }

  FactorisedLatents latents() {
    return latents;
  }

  /** The one logit, a constant: [batch…, N, 1]; infinite where a class is masked. */
  Tensor logit() {
    return logit;
  }

  /** Standard logistic noise for the one logit. */
  Tensor noise(Key key, Shape samples) {
    return logit.device().noise(Noise.LOGISTIC, key, samples.concat(logit.shape()), logit.dtype());
  }

  /** 1 where the perturbed logit θ + noise is positive, else 0. */
  Tensor bits(Tensor noise) {
    return logit.add(noise).gt(0).cast(logit.dtype());
  }

  /** Bits [samples…, batch…, N, 1] as values z [samples…, batch…, N, K]. */
  Tensor values(Tensor bits) {
    return latents.isBernoulli() ? bits : Tensor.concat(List.of(bits.neg().add(1), bits), -1);
  }

  /** A gradient at the one logit as one at the logits: g, or (−g, g). */
  Tensor atLogits(Tensor g) {
    return latents.isBernoulli() ? g : Tensor.concat(List.of(g.neg(), g), -1);
  }
}
