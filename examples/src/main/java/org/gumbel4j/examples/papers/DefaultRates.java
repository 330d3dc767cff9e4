package org.gumbel4j.examples.papers;

/** The learning rate of each cell when none is asked for. */
final class DefaultRates {
  private static final double ADAM = 1e-3;
  private static final double SGD = 1e-3;

  private DefaultRates() {}

  static double of(Cell cell, OptimizerChoice optimizer) {
    return optimizer == OptimizerChoice.ADAM ? ADAM : SGD;
  }
}
