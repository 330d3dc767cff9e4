package org.gumbel4j.estimators.diagnostics;

/**
 * Means and sums of squared deviations of vectors that pass by once, in double (Welford,
 * Technometrics 4, 1962); two of them merge (Chan, Golub and LeVeque, 1979).
 */
final class Moments {
  private final double[] mean;
  private final double[] squares;
  private long count;

  Moments(int length) {
    mean = new double[length];
    squares = new double[length];
  }

  long count() {
    return count;
  }

  double mean(int i) {
    return mean[i];
  }

  /** Σ(x − mean)² of an entry. */
  double squares(int i) {
    return squares[i];
  }

  /** The variance of an entry, by n − 1. */
  double variance(int i) {
    return squares[i] / (count - 1);
  }

  void add(double[] x) {
    count++;
    double share = 1.0 / count;
    for (int i = 0; i < mean.length; i++) {
      double before = x[i] - mean[i];
      mean[i] += before * share;
      squares[i] += before * (x[i] - mean[i]);
    }
  }

  void merge(Moments other) {
    if (other.count == 0) {
      return;
    }
    double n = (double) count + other.count;
    double share = other.count / n;
    double weight = count * share;
    for (int i = 0; i < mean.length; i++) {
      double apart = other.mean[i] - mean[i];
      mean[i] += apart * share;
      squares[i] += other.squares[i] + apart * apart * weight;
    }
    count += other.count;
  }

  /** What was merged from the parts, in their order. */
  static Moments merged(Moments[] parts, int length) {
    Moments all = new Moments(length);
    for (Moments part : parts) {
      all.merge(part);
    }
    return all;
  }
}
