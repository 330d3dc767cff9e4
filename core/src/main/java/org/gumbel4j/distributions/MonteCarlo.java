package org.gumbel4j.distributions;

import org.gumbel4j.random.Key;
import org.gumbel4j.tensor.Shape;
import org.gumbel4j.tensor.Tensor;

/**
 * Means, entropies and divergences by sampling, with their standard errors: for what has no closed
 * form, first of all the relaxed distributions.
 *
 * <p>Where a distribution is {@link Reparameterized} its {@code rsample} is used, so that gradients
 * flow through the samples; a {@link Relaxed} one is evaluated in log space, as equation 20 of
 * Maddison, Mnih and Teh (arXiv 1611.00712) asks for, and stays finite at any temperature. Samples
 * that are not reparameterized are constants: the gradient of the value is then not an estimate of
 * the gradient.
 *
 * <p>All samples are in memory at once.
 *
 * @since 0.1
 */
public final class MonteCarlo {
  private MonteCarlo() {}

  /**
   * E[X], of batchShape + eventShape.
   *
   * @param samples how many, at least 2
   * @throws IllegalArgumentException if there are fewer, or samples are not floating
   */
  public static Estimate mean(Distribution p, Key key, int samples) {
    Tensor drawn = draw(p, key, count("mean", samples));
    if (!drawn.dtype().isFloating()) {
      throw new IllegalArgumentException(
          "MonteCarlo.mean: samples of " + p + " are " + drawn.dtype() + ", which have no mean");
    }
    return Estimate.ofSamples(drawn);
  }

  /**
   * The entropy −E[log p(X)], of batchShape.
   *
   * @param samples how many, at least 2
   * @throws IllegalArgumentException if there are fewer
   */
  public static Estimate entropy(Distribution p, Key key, int samples) {
    Shape shape = count("entropy", samples);
    Tensor logProb =
        p instanceof Relaxed relaxed
            ? relaxed.logProb(relaxed.relaxedSample(key, shape))
            : p.logProb(draw(p, key, shape));
    return Estimate.ofSamples(logProb.neg());
  }

  /**
   * The divergence KL(p‖q) = E[log p(X) − log q(X)], X from p, of the broadcast of both batches; ∞
   * where a sample of p is impossible under q.
   *
   * @param samples how many, at least 2
   * @throws IllegalArgumentException if there are fewer, or event shapes differ
   */
  public static Estimate kl(Distribution p, Distribution q, Key key, int samples) {
    KullbackLeibler.requireAlike("MonteCarlo.kl", p, q);
    Shape shape = count("kl", samples);
    Shape batch = p.batchShape().broadcast(q.batchShape(), "MonteCarlo.kl");
    Distribution wide = p.batchShape().equals(batch) ? p : p.expand(batch);
    if (wide instanceof Relaxed from && q instanceof Relaxed to) {
      Tensor x = from.relaxedSample(key, shape).preimage();
      return Estimate.ofSamples(from.base().logProb(x).sub(to.base().logProb(x)));
    }
    Tensor x = draw(wide, key, shape);
    return Estimate.ofSamples(wide.logProb(x).sub(q.logProb(x)));
  }

  private static Tensor draw(Distribution p, Key key, Shape shape) {
    return p instanceof Reparameterized r ? r.rsample(key, shape) : p.sample(key, shape);
  }

  private static Shape count(String operation, int samples) {
    if (samples < 2) {
      throw new IllegalArgumentException(
          "MonteCarlo."
              + operation
              + ": samples = "
              + samples
              + "; a standard error needs at least 2");
    }
    return Shape.of(samples);
  }
}
