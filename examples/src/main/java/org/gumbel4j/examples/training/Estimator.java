package org.gumbel4j.examples.training;

import java.util.Arrays;

/** How the gradient passes through a discrete code. */
public enum Estimator {
  /** Soft samples in training; biased only by being soft. */
  GUMBEL_SOFTMAX("gumbel-softmax"),
  /** One-hot samples forward, the soft sample's gradient backward. */
  ST_GUMBEL_SOFTMAX("st-gumbel-softmax");

  private final String label;

  Estimator(String label) {
    this.label = label;
  }

  /**
   * Returns the one with a label.
   *
   * @throws IllegalArgumentException if there is none; the message lists what there is
   */
  public static Estimator of(String label) {
    for (Estimator candidate : values()) {
      if (candidate.label.equals(label)) {
        return candidate;
      }
    }
    throw new IllegalArgumentException(
        "'" + label + "' is no estimator; expected one of " + Arrays.toString(values()));
  }

  @Override
  public String toString() {
    return label;
  }
}
