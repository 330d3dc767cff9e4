package org.gumbel4j.distributions;

import org.gumbel4j.tensor.Tensor;

/**
 * A number found by averaging, and how far to trust it: the truth is within two standard errors in
 * about 95 of 100 cases.
 *
 * @param value the mean over the samples; differentiable as the samples are
 * @param standardError of the mean, of the value's shape, a constant; NaN where a sample is
 *     infinite
 * @since 0.1
 */
public record Estimate(Tensor value, Tensor standardError) {
  /** The mean over the first axis. */
  static Estimate ofSamples(Tensor samples) {
    long n = samples.shape().dim(0);
    Tensor mean = samples.mean(0);
    Tensor deviation = samples.sub(mean).stopGradient();
    double scale = 1 / ((double) n * (n - 1));
    return new Estimate(mean, deviation.square().sum(0).mul(scale).sqrt());
  }
}
