package org.gumbel4j.benchmarks;

import java.util.Locale;
import org.gumbel4j.random.Key;
import org.gumbel4j.random.Noise;
import org.gumbel4j.random.NoiseKernel;
import org.gumbel4j.random.NoiseKernels;

/**
 * Whether single-precision Gumbel variates have the distribution that they should: the
 * Kolmogorov-Smirnov distance at the edges of a fine histogram, and counts in the tail. Ends with
 * status 1 if a p-value is below 1e-6.
 *
 * <p>The distance at the edges is at most the whole one, so its p-value is a little too large; at
 * 1/256 the whole distance exceeds it by little.
 *
 * <p>Arguments: how many variates (default: 10¹⁰), the key's seed (default: 42).
 */
public final class NoiseQuality {
  private static final int PER_UNIT = 256;
  private static final float LEAST = -3;
  private static final int BINS = 26 * PER_UNIT;
  private static final int CHUNK = 1 << 14;
  private static final int[] TAILS = {10, 12, 15, 18, 20, 22};

  private final long[] counts = new long[BINS];
  private final long n;
  private double smallest = 1;

  private NoiseQuality(long n) {
    this.n = n;
  }

  /** Counts, and prints what came out. */
  public static void main(String[] arguments) {
    long n = arguments.length > 0 ? Long.parseLong(arguments[0]) : 10_000_000_000L;
    Key key = Key.of(arguments.length > 1 ? Long.parseLong(arguments[1]) : 42);
    NoiseQuality quality = new NoiseQuality(n);
    quality.count(key);
    quality.distance();
    for (int tail : TAILS) {
      quality.tail(tail);
    }
    if (quality.smallest < 1e-6) {
      System.exit(1);
    }
  }

  private void count(Key key) {
    NoiseKernel kernel = NoiseKernels.best();
    System.out.printf("%d variates, %s kernel, %s%n", n, kernel.name(), key);
    float[] variates = new float[CHUNK];
    for (long done = 0; done < n; done += CHUNK) {
      int length = (int) Math.min(CHUNK, n - done);
      kernel.fill(Noise.GUMBEL, key, done, variates, 0, length);
      count(variates, length);
    }
  }

  private void count(float[] variates, int length) {
    for (int i = 0; i < length; i++) {
      counts[(int) ((variates[i] - LEAST) * PER_UNIT)]++;
    }
  }

  private void distance() {
    long below = 0;
    double distance = 0;
    double where = 0;
    for (int bin = 0; bin < BINS; bin++) {
      below += counts[bin];
      double edge = LEAST + (bin + 1.0) / PER_UNIT;
      double d = Math.abs((double) below / n - Math.exp(-Math.exp(-edge)));
      if (d > distance) {
        distance = d;
        where = edge;
      }
    }
    double lambda = distance * Math.sqrt((double) n);
    double p = 0;
    for (int k = 1; k <= 100; k++) {
      p += (k % 2 == 1 ? 2 : -2) * Math.exp(-2 * k * k * lambda * lambda);
    }
    p = Math.min(1, Math.max(p, 0));
    smallest = Math.min(smallest, p);
    System.out.printf(
        Locale.ROOT,
        "Kolmogorov-Smirnov: D = %.3e at %.3f, D·√n = %.3f, p = %.3f%n",
        distance,
        where,
        lambda,
        p);
  }

  private void tail(int least) {
    long count = 0;
    for (int bin = (int) ((least - LEAST) * PER_UNIT); bin < BINS; bin++) {
      count += counts[bin];
    }
    double expected = -Math.expm1(-Math.exp(-least)) * n;
    double p = expected < 500 ? poisson(count, expected) : normal(count, expected);
    smallest = Math.min(smallest, p);
    System.out.printf(
        Locale.ROOT, "G > %d: %d, expected %.1f, p = %.3f%n", least, count, expected, p);
  }

  /** Twice the smaller tail of a Poisson count. */
  private static double poisson(long count, double expected) {
    double term = Math.exp(-expected);
    double below = 0;
    for (long k = 0; k < count; k++) {
      below += term;
      term *= expected / (k + 1);
    }
    return Math.min(1, 2 * Math.min(below + term, 1 - below));
  }

  /** Twice the tail of a count that is as good as normal. */
  private static double normal(long count, double expected) {
    double z = Math.abs(count - expected) / Math.sqrt(expected);
    // Mills's ratio as a continued fraction, from far inside; accurate from z = 1 on, and the
    // integral by Simpson's rule below that.
    if (z < 1) {
      double sum = 0;
      int steps = 100;
      for (int i = 0; i <= steps; i++) {
        double x = z * i / steps;
        sum += Math.exp(-x * x / 2) * (i == 0 || i == steps ? 1 : i % 2 == 1 ? 4 : 2);
      }
      return 1 - 2 * sum * z / steps / 3 / Math.sqrt(2 * Math.PI);
    }
    double fraction = 0;
    for (int k = 200; k > 0; k--) {
      fraction = k / (z + fraction);
    }
    return 2 * Math.exp(-z * z / 2) / Math.sqrt(2 * Math.PI) / (z + fraction);
  }
}
