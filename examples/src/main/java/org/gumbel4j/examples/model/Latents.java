package org.gumbel4j.examples.model;

import org.gumbel4j.tensor.Shape;
import org.gumbel4j.tensor.Tensor;

/**
 * A layer of discrete variables, as wide as a layer of a network is.
 *
 * @param variables N
 * @param classes K; 1 for Bernoulli variables
 */
public record Latents(int variables, int classes) {
  /** How many numbers a value has: N·K. */
  public int width() {
    return variables * classes;
  }

  /** log of the number of values of one variable. */
  double logAlphabet() {
    return Math.log(Math.max(2, classes));
  }

  /** [… N·K] as [… N, K]. */
  Tensor unflatten(Tensor x) {
    return x.reshape(x.shape().axes(0, x.rank() - 1).concat(Shape.of(variables, classes)));
  }

  /** [… N, K] as [… N·K]. */
  Tensor flatten(Tensor z) {
    return z.reshape(z.shape().axes(0, z.rank() - 2).concat(Shape.of(width())));
  }

  /**
   * The KL divergence of each variable from the uniform one, Σ q (log q + log K) ≥ 0.
   *
   * @param logits [… N, K]
   * @return nats, [… N]
   */
  Tensor divergence(Tensor logits) {
    if (classes > 1) {
      Tensor logRatio = logits.logSoftmax(-1).add(logAlphabet());
      return logits.softmax(-1).mul(logRatio).sum(-1);
    }
    Tensor theta = logits.squeeze(-1);
    Tensor ones = theta.sigmoid().mul(theta.logSigmoid());
    Tensor zeros = theta.neg().sigmoid().mul(theta.neg().logSigmoid());
    return ones.add(zeros).add(logAlphabet());
  }
}
