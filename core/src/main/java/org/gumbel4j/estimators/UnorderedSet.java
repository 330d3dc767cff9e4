package org.gumbel4j.estimators;

import org.gumbel4j.random.Key;
import org.gumbel4j.tensor.Shape;
import org.gumbel4j.tensor.Tensor;

/**
 * The score function on a set S of k different values of z, drawn without replacement (Kool, van
 * Hoof and Welling, arXiv 2002.06043):
 *
 * <pre>Σ_{s∈S} ∇P(s) R(S, s) (f(s) − Σ_{t∈S} P(t) R^s(S, t) f(t))</pre>
 *
 * <p>R(S, s) = P(S∖s | s is gone)/P(S) is the leave-one-out ratio, so that P(s)R(S, s) is the
 * probability that s was drawn first; R^s is that of the draws after s, and makes a baseline out of
 * the same values (1 for t = s). It is one sample with baseline, averaged over all orders in which
 * S can be drawn; no value is asked for twice, and with as many samples as there are values it is
 * the gradient itself.
 *
 * <p>z stands for all N variables together; a stochastic beam search draws from the Kᴺ values
 * without listing them, in N rounds. Where masks leave a row fewer values than samples, f is asked
 * for impossible ones too, and its answers do not count. The ratios are sums over subsets of S, so
 * that k is at most 12; needs a backend that sorts and gathers.
 *
 * @param samples k, from 2 to 12
 * @since 0.1
 */
public record UnorderedSet(int samples) implements GradientEstimator {
  private static final String NAME = "UnorderedSet";

  /** So much less likely than all that is possible is the impossible, in nats. */
  private static final double IMPOSSIBLE = 40;

  /**
   * Checks the number of samples.
   *
   * @throws IllegalArgumentException if it is below 2 or above 12
   */
  public UnorderedSet {
    SampleCount.require(NAME, samples, 2);
    if (samples > DrawOrders.LARGEST) {
      throw new IllegalArgumentException(
          NAME
              + ": samples = "
              + samples
              + " must be at most "
              + DrawOrders.LARGEST
              + ", since the cost is 2^samples; ScoreFunction with a LeaveOneOutBaseline has no"
              + " such limit");
    }
  }

  /** Sets of so many. */
  public static UnorderedSet of(int samples) {
    return new UnorderedSet(samples);
  }

  @Override
  public EstimatorTraits traits() {
    return EstimatorTraits.of(
        "unordered-set",
        "Kool, van Hoof, Welling 2020 (2002.06043)",
        Bias.UNBIASED,
        "Unbiased for every f; exact if there are no more values than samples.",
        new Cost(samples, 0, samples));
  }

  @Override
  public Tensor surrogate(Tensor logits, ObjectiveFunction f, Key key) {
    FactorisedLatents latents = FactorisedLatents.of(NAME, logits);
    double states = latents.stateCount();
    int size = (int) Math.min(samples, states);
    Tensor z = new JointStates(latents).withoutReplacement(size, key);
    Tensor logProb = latents.logProb(z).stopGradient();
    Tensor possible = logProb.gt(Double.NEGATIVE_INFINITY);
    Tensor zero = logits.device().scalar(0, logits.dtype());
    Tensor values = Tensor.where(possible, latents.evaluate(f, z), zero);

    Shape flat = Shape.of(size, latents.batchShape().size());
    Members members =
        members(logProb.reshape(flat), possible.reshape(flat), values.reshape(flat), size < states);
    Tensor weights = members.weights().reshape(values.shape());
    Tensor signals = members.signals().reshape(values.shape());
    Tensor score = latents.score(weights.mul(signals), z);
    return Surrogates.withScore(weights.mul(values).sum(0), score);
  }

  /**
   * What a set is worth.
   *
   * @param weights P(s)R(S, s), [k, rows]
   * @param signals f(s) minus its baseline, [k, rows]
   */
  private record Members(Tensor weights, Tensor signals) {}

  private static Members members(Tensor logProb, Tensor possible, Tensor values, boolean areMore) {
    Tensor zero = logProb.device().scalar(0, logProb.dtype());
    Tensor least = Tensor.where(possible, logProb, zero).min(new int[] {0}, true);
    Tensor finite = Tensor.where(possible, logProb, least.sub(IMPOSSIBLE));
    DrawOrders orders = DrawOrders.of(finite, rest(logProb, areMore));
    Tensor first = finite.add(orders.one()).sub(orders.all()).exp();
    Tensor known = values.stopGradient();
    return new Members(
        Tensor.where(possible, first, zero), known.sub(baseline(finite, orders, known)));
  }

  /** log of the probability of all that is not in the set: [rows]. */
  private static Tensor rest(Tensor logProb, boolean areMore) {
    Tensor none = logProb.device().scalar(Double.NEGATIVE_INFINITY, logProb.dtype());
    Tensor total = logProb.logSumExp(0).minimum(0);
    // what is impossible is drawn last: then all else is in the set
    Tensor allDrawn = logProb.min(0).eq(none);
    Tensor rest = Tensor.where(allDrawn, none, total.expm1().neg().log());
    return areMore ? rest : none.broadcastTo(rest.shape());
  }

  /** For each s: P(s)f(s), and the others' estimate of what all else adds to the mean. */
  private static Tensor baseline(Tensor logProb, DrawOrders orders, Tensor values) {
    int k = Math.toIntExact(values.shape().dim(0));
    boolean[] diagonal = new boolean[k * k];
    for (int s = 0; s < k; s++) {
      diagonal[s * k + s] = true;
    }
    Tensor same = values.device().tensor(diagonal, k, k, 1);
    Tensor next = logProb.add(orders.two()).sub(orders.one().expandDims(1));
    Tensor weights = Tensor.where(same, logProb, next).exp();
    return weights.mul(values).sum(1);
  }
}
