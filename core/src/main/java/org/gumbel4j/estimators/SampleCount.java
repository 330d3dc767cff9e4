package org.gumbel4j.estimators;

/** The check that every estimator makes of its number of samples. */
final class SampleCount {
  private SampleCount() {}

  static int require(String estimator, int samples, int least) {
    if (samples < least) {
      throw new IllegalArgumentException(
          estimator + ": samples = " + samples + " must be at least " + least);
    }
    return samples;
  }
}
