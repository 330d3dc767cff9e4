package org.gumbel4j.examples.training;

import java.util.Arrays;

/** What the encoder's last layer gives. */
public enum LogitsForm {
  /** Any number: what logits are. */
  LINEAR("linear"),
  /** Nothing below zero: a fault of the guide's code, which leaves most codes dead. */
  RELU("relu");

  private final String label;

  LogitsForm(String label) {
    this.label = label;
  }

  /**
   * Returns the one with a label.
   *
   * @throws IllegalArgumentException if there is none; the message lists what there is
   */
  public static LogitsForm of(String label) {
    for (LogitsForm candidate : values()) {
      if (candidate.label.equals(label)) {
        return candidate;
      }
    }
    throw new IllegalArgumentException(
        "'" + label + "' is no form of logits; expected one of " + Arrays.toString(values()));
  }

  @Override
  public String toString() {
    return label;
  }
}
