package org.gumbel4j.djl.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.training.loss.Loss;
import org.gumbel4j.distributions.Categorical;
import org.gumbel4j.distributions.Validation;
import org.gumbel4j.djl.DjlBackend;
import org.gumbel4j.djl.internal.OnTape;
import org.gumbel4j.tensor.Tensor;

/**
 * The negative evidence lower bound of an autoencoder with categorical codes, in nats per example:
 *
 * <pre>−log p(x | z) + w · KL(q(z | x) ‖ uniform)</pre>
 *
 * <p>The first term is the cross-entropy of the pixels, summed, the second the divergence of the
 * codes, Σ (log K − H(q)); both are averaged over the batch. With w = 1 and one-hot samples its
 * expectation bounds −log p(x) from above; with relaxed samples it does not (Maddison, Mnih and
 * Teh, arXiv 1611.00712).
 *
 * <p>Labels: x [batch, …], values in [0, 1]. Predictions: the logits of the pixels, of x's shape,
 * and the logits of the codes [batch, K], or [batch, …, N, K] with N codes, as {@link
 * org.gumbel4j.djl.nn.GumbelSoftmaxBlock} and {@link org.gumbel4j.djl.nn.HeadOnlyBlock} leave them.
 *
 * @since 0.1
 */
public final class CategoricalElboLoss extends Loss {
  private static final String NAME = "CategoricalElboLoss";

  private final double klWeight;

  /** The bound itself, w = 1. */
  public CategoricalElboLoss() {
    this(1);
  }

  /**
   * The bound with another weight of the divergence, w: below 1 for a start that finds its codes
   * (Bowman et al., arXiv 1511.06349), above for codes that are fewer (β-VAE).
   *
   * @throws IllegalArgumentException if the weight is negative, infinite or NaN
   */
  public CategoricalElboLoss(double klWeight) {
    super(NAME);
    if (!(klWeight >= 0 && klWeight < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          NAME + ": klWeight = " + klWeight + " must be finite and not negative");
    }
    this.klWeight = klWeight;
  }

  @Override
  public NDArray evaluate(NDList labels, NDList predictions) {
    Predictions.requireSize(NAME, predictions, 2, "the pixels' logits and the codes'");
    NDArray pixels = predictions.get(0);
    return OnTape.call(
        NAME,
        pixels,
        tape -> {
          Tensor x = DjlBackend.wrap(tape, labels.head());
          Tensor logits = DjlBackend.wrap(tape, pixels);
          Tensor codes = DjlBackend.wrap(tape, predictions.get(1));
          if (!x.shape().equals(logits.shape())) {
            throw new IllegalArgumentException(
                NAME
                    + ": the labels "
                    + x.shape()
                    + " must be the pictures, of the shape of the pixels' logits "
                    + logits.shape());
          }
          if (codes.rank() < 2 || codes.shape().dim(0) != x.shape().dim(0)) {
            throw new IllegalArgumentException(
                NAME
                    + ": the codes' logits "
                    + codes.shape()
                    + " must be [batch, …, K], of the batch of the pixels' logits "
                    + logits.shape());
          }
          Tensor reconstruction = logits.binaryCrossEntropyWithLogits(x).sum();
          Tensor total =
              klWeight == 0 ? reconstruction : reconstruction.add(divergence(codes).mul(klWeight));
          return total.div((double) x.shape().dim(0));
        });
  }

  private static Tensor divergence(Tensor codes) {
    Tensor entropy = Categorical.of(codes, Validation.OFF).entropy();
    return entropy.neg().add(Math.log((double) codes.shape().dim(-1))).sum();
  }
}
