package org.gumbel4j.estimators.diagnostics;

import java.util.Arrays;

/**
 * What estimates are compared with.
 *
 * @since 0.1
 */
public final class ExactReference {
  private final double[] gradient;
  private final double value;
  private final double norm;

  private ExactReference(double[] gradient, double value) {
    this.gradient = gradient.clone();
    this.value = value;
    this.norm = Math.sqrt(Arrays.stream(gradient).map(g -> g * g).sum());
  }

  /**
   * A gradient and a value that are known.
   *
   * @param gradient with respect to the logits, in row-major order
   * @param value the sum over the batch of what the gradient is of; NaN if it is not known
   * @throws IllegalArgumentException if an entry of the gradient is not finite
   */
  public static ExactReference of(double[] gradient, double value) {
    for (int i = 0; i < gradient.length; i++) {
      if (!Double.isFinite(gradient[i])) {
        throw new IllegalArgumentException(
            "ExactReference: entry " + i + " of the gradient is " + gradient[i]);
      }
    }
    return new ExactReference(gradient, value);
  }

  /** The gradient with respect to the logits, in row-major order; a copy. */
  public double[] gradient() {
    return gradient.clone();
  }

  /** The sum over the batch of what the gradient is of; NaN if it is not known. */
  public double value() {
    return value;
  }

  /** The Euclidean norm of the gradient. */
  public double norm() {
    return norm;
  }

  /**
   * The gradient with length 1, entries left out taken as 0; 0 if nothing is left.
   *
   * @param kept the entries that stay
   */
  double[] direction(boolean[] kept) {
    double[] direction = new double[gradient.length];
    double squares = 0;
    for (int i = 0; i < gradient.length; i++) {
      direction[i] = kept[i] ? gradient[i] : 0;
      squares += direction[i] * direction[i];
    }
    double length = squares == 0 ? 1 : Math.sqrt(squares);
    return Arrays.stream(direction).map(x -> x / length).toArray();
  }

  int size() {
    return gradient.length;
  }

  double gradient(int i) {
    return gradient[i];
  }
}
