package org.gumbel4j.estimators;

import org.gumbel4j.random.Key;
import org.gumbel4j.random.Noise;
import org.gumbel4j.relaxation.ConditionalGumbels;
import org.gumbel4j.tensor.Shape;
import org.gumbel4j.tensor.Tensor;

/**
 * θ + noise, given the z that they decide on.
 *
 * <p>The largest of θ + G is independent of where it is, and distributed as log Z + G, Z = Σe^θ; a
 * loser j lies below it by softplus(G − G′ − log pⱼ), G that of the winner, G′ its own. Where K = 1
 * the distance from 0 is softplus(L − log P(the other value)), L logistic.
 */
final class ConditionalPerturbation {
  private final FactorisedLatents latents;
  private final Tensor logits;
  private final Tensor z;

  ConditionalPerturbation(FactorisedLatents latents, Tensor z) {
    this.latents = latents;
    this.logits = latents.logits();
    this.z = z;
  }

  /** See {@link FactorisedLatents#perturbedGiven}. */
  Tensor perturbed(Key key, Shape draws) {
    if (latents.isBernoulli()) {
      return bernoulli(key, draws);
    }
    Shape shape = draws.concat(z.shape());
    Tensor winner = z.broadcastTo(shape).argMax(-1);
    return ConditionalGumbels.givenArgMax(logits.broadcastTo(shape), winner, key);
  }

  /**
   * The same up to what all classes of a variable have in common: 0 for the winner, and the losers
   * below, with all digits of their distance however small. Where K = 1, as {@link #perturbed}.
   */
  Tensor belowWinner(Key key, Shape draws) {
    if (latents.isBernoulli()) {
      return bernoulli(key, draws);
    }
    Tensor noise = noise(Noise.GUMBEL, key, draws);
    Tensor ofWinner = noise.mul(z).sum(new int[] {-1}, true);
    Tensor distance = ofWinner.sub(noise).sub(logits.logSoftmax(-1)).softplus();
    return Tensor.where(z.gt(0.5), noise.zerosLike(), distance.neg());
  }

  private Tensor bernoulli(Key key, Shape draws) {
    Tensor sign = z.mul(2).sub(1);
    Tensor other = sign.mul(logits).softplus();
    return sign.mul(noise(Noise.LOGISTIC, key, draws).add(other).softplus());
  }

  private Tensor noise(Noise kind, Key key, Shape draws) {
    return logits.device().noise(kind, key, draws.concat(z.shape()), logits.dtype());
  }
}
