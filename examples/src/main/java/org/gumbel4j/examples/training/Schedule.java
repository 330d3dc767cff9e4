package org.gumbel4j.examples.training;

import java.util.Arrays;

/** How the temperature falls during a run. */
public enum Schedule {
  /** It does not. */
  CONSTANT("constant"),
  /** By the same factor every step. */
  EXPONENTIAL("exponential"),
  /** By the same factor, brought up to date every few hundred steps. */
  STEPWISE("stepwise"),
  /** In a straight line. */
  LINEAR("linear"),
  /** Slowly, then fast, then slowly. */
  COSINE("cosine"),
  /** As the guide's code has it: see {@link GuideTemperature}. */
  GUIDE("guide");

  private final String label;

  Schedule(String label) {
    this.label = label;
  }

  /**
   * Returns the one with a label.
   *
   * @throws IllegalArgumentException if there is none; the message lists what there is
   */
  public static Schedule of(String label) {
    for (Schedule candidate : values()) {
      if (candidate.label.equals(label)) {
        return candidate;
      }
    }
    throw new IllegalArgumentException(
        "'" + label + "' is no schedule; expected one of " + Arrays.toString(values()));
  }

  @Override
  public String toString() {
    return label;
  }
}
