package org.gumbel4j.estimators;

/** The check that every estimator makes of its number of samples, or of other things. */
final class SampleCount {
  private SampleCount() {}

  static int require(String estimator, int samples, int least) {
    return require(estimator, "samples", samples, least);
  }

  static int require(String estimator, String argument, int count, int least) {
    if (count < least) {
      throw new IllegalArgumentException(
          estimator + ": " + argument + " = " + count + " must be at least " + least);
    }
    return count;
  }
}
