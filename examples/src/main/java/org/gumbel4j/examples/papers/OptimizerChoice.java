package org.gumbel4j.examples.papers;

import java.util.Arrays;
import java.util.List;

/** By which rule parameters move. */
public enum OptimizerChoice {
  /** Descent with momentum 0.9, as the paper has it. */
  SGD("sgd"),
  /** Adam, as later papers have it. */
  ADAM("adam");

  private final String label;

  OptimizerChoice(String label) {
    this.label = label;
  }

  /**
   * Returns the one with a label.
   *
   * @throws IllegalArgumentException if there is none; the message lists what there is
   */
  public static OptimizerChoice of(String label) {
    return Arrays.stream(values())
        .filter(choice -> choice.label.equals(label))
        .findAny()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "'"
                        + label
                        + "' is no optimizer; expected one of "
                        + Arrays.toString(values())));
  }

  /** What its numbers are called in a checkpoint. */
  List<String> slots() {
    return this == SGD ? List.of("sgd.v.") : List.of("adam.m.", "adam.v.");
  }

  @Override
  public String toString() {
    return label;
  }
}
