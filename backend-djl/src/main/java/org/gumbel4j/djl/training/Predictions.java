package org.gumbel4j.djl.training;

import ai.djl.ndarray.NDList;

/** What a loss finds among a model's outputs. */
final class Predictions {
  private Predictions() {}

  /**
   * Requires a number of outputs.
   *
   * @throws IllegalArgumentException if there are fewer
   */
  static void requireSize(String loss, NDList predictions, int size, String what) {
    if (predictions.size() < size) {
      throw new IllegalArgumentException(
          loss
              + ": needs "
              + what
              + " among the predictions, but there "
              + (predictions.size() == 1 ? "is 1" : "are " + predictions.size())
              + "; build the block with optOutputLogits(true), and wrap what comes behind it in"
              + " HeadOnlyBlock");
    }
  }
}
