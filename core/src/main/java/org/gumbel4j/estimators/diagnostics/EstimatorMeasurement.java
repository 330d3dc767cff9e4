package org.gumbel4j.estimators.diagnostics;

import java.util.stream.IntStream;
import org.gumbel4j.estimators.EstimatorTraits;
import org.gumbel4j.tensor.DType;

/**
 * What {@link EstimatorDiagnostics#measure} found out about an estimator ĝ of a gradient g. Norms
 * are Euclidean, over all logits; ratios are NaN or infinite where g = 0.
 *
 * @since 0.1
 */
public final class EstimatorMeasurement {
  private final EstimatorTraits traits;
  private final ExactReference exact;
  private final boolean[] comparable;
  private final DType dtype;
  private final double confidence;
  private final Moments all;
  private final Jackknife jackknife;
  private final double secondsPerEstimate;
  private final double evaluationsPerEstimate;

  EstimatorMeasurement(
      EstimatorTraits traits,
      ExactReference exact,
      boolean[] comparable,
      DType dtype,
      double confidence,
      Draws draws,
      double secondsPerEstimate,
      double evaluationsPerEstimate) {
    this.traits = traits;
    this.exact = exact;
    this.comparable = comparable;
    this.dtype = dtype;
    this.confidence = confidence;
    this.all = draws.all();
    this.jackknife = new Jackknife(draws.groups(), all, draws.length(), confidence);
    this.secondsPerEstimate = secondsPerEstimate;
    this.evaluationsPerEstimate = evaluationsPerEstimate;
  }

  /** What the estimator says of itself. */
  public EstimatorTraits traits() {
    return traits;
  }

  /** How many independent estimates were made. */
  public long draws() {
    return all.count();
  }

  /** What they are compared with. */
  public ExactReference exact() {
    return exact;
  }

  /** The mean of the estimates, in row-major order. */
  public double[] meanGradient() {
    return IntStream.range(0, exact.size()).mapToDouble(all::mean).toArray();
  }

  /** The variances of the entries of ĝ: the diagonal of its covariance. */
  public double[] variance() {
    return IntStream.range(0, exact.size()).mapToDouble(all::variance).toArray();
  }

  /**
   * ‖E ĝ − g‖, by an unbiased estimate of its square: ‖mean − g‖² less its expected excess
   * tr(Cov)/n; 0 where that is negative.
   */
  public ConfidenceInterval biasNorm() {
    return jackknife.interval(this::squaredBias).sqrt();
  }

  /** {@link #biasNorm} in units of ‖g‖. */
  public ConfidenceInterval biasRatio() {
    return biasNorm().per(exact.norm());
  }

  /** √tr(Cov ĝ), the root of the summed variances of one estimate. */
  public ConfidenceInterval standardDeviation() {
    return jackknife.interval(this::totalVariance).sqrt();
  }

  /** {@link #standardDeviation} in units of ‖g‖. */
  public ConfidenceInterval relativeStandardDeviation() {
    return standardDeviation().per(exact.norm());
  }

  /** The standard deviation of ⟨ĝ, g⟩/‖g‖: the noise in the direction of the gradient alone. */
  public double projectionStandardDeviation() {
    return Math.sqrt(all.variance(exact.size() + Draws.PROJECTION));
  }

  /** E‖ĝ − g‖²: squared bias and variance together. */
  public ConfidenceInterval meanSquaredError() {
    return mean(Draws.SQUARED_ERROR);
  }

  /** The expected cosine of the angle between one estimate and g; an estimate of zero counts 0. */
  public ConfidenceInterval cosine() {
    return mean(Draws.COSINE);
  }

  /** The cosine of the angle between E ĝ and g: 1 where the bias is one of length alone. */
  public ConfidenceInterval cosineOfMean() {
    return jackknife.interval(this::cosineOfMean);
  }

  /** The mean of the surrogate's value, summed over the batch. */
  public ConfidenceInterval value() {
    return mean(Draws.VALUE);
  }

  /** The wall time of one estimate, forward and backward, as one of many rows computed at once. */
  public double secondsPerEstimate() {
    return secondsPerEstimate;
  }

  /** How many rows f was asked for in one estimate, for each member of the batch. */
  public double evaluationsPerEstimate() {
    return evaluationsPerEstimate;
  }

  /**
   * How far the mean is from g, in standard errors: the largest over the {@link
   * #comparableEntries}, and over the projection on g. To a standard error belongs what rounding in
   * the tensors' type may do, a few units in the last place of the gradient's norm.
   */
  public double largestDeviation() {
    double rounding = roundingUnit() * Math.sqrt(all.mean(exact.size() + Draws.SQUARED_NORM));
    double[] direction = exact.direction(comparable);
    double length = 0;
    for (int i = 0; i < exact.size(); i++) {
      length += direction[i] * exact.gradient(i);
    }
    double largest = deviation(exact.size() + Draws.PROJECTION, length, rounding);
    for (int i = 0; i < exact.size(); i++) {
      if (comparable[i]) {
        largest = Math.max(largest, deviation(i, exact.gradient(i), rounding)); // NaN stays
      }
    }
    return largest;
  }

  /**
   * How many entries are looked at one by one: those whose class is expected to be drawn, and not
   * to be drawn, 400 times or more. A rarer event may not have come at all, and then neither mean
   * nor standard error know of it.
   */
  public int comparableEntries() {
    int count = 0;
    for (boolean entry : comparable) {
      count += entry ? 1 : 0;
    }
    return count;
  }

  /** How far the mean value is from the exact one, in standard errors; NaN if that is not known. */
  public double valueDeviation() {
    int i = exact.size() + Draws.VALUE;
    double scale = Math.abs(all.mean(i)) + Math.sqrt(all.variance(i));
    return deviation(i, exact.value(), roundingUnit() * scale);
  }

  /**
   * The {@link #largestDeviation} that an unbiased estimator exceeds with at most this probability:
   * Bonferroni over the entries and the projection, normal means.
   *
   * @param falseAlarmRate in (0, 1); divide it by the number of measurements that are looked at
   *     together
   */
  public double allowedDeviation(double falseAlarmRate) {
    if (!(falseAlarmRate > 0 && falseAlarmRate < 1)) {
      throw new IllegalArgumentException(
          "allowedDeviation: falseAlarmRate = " + falseAlarmRate + " must be between 0 and 1");
    }
    return Quantiles.normal(falseAlarmRate / (comparableEntries() + 1));
  }

  /**
   * Whether the simultaneous confidence intervals of the {@link #comparableEntries} of E ĝ, and of
   * its projection on g, hold g; false if anything is NaN.
   *
   * @param falseAlarmRate how often this may be false for an unbiased estimator
   */
  public boolean coversExact(double falseAlarmRate) {
    return largestDeviation() <= allowedDeviation(falseAlarmRate);
  }

  /**
   * The smallest bias that is surely seen, as a part of ‖g‖: how many draws are enough. A bias of
   * that size in any direction is four standard errors of the whole gradient.
   */
  public double resolution() {
    return 4 * Math.sqrt(totalVariance(all) / draws()) / exact.norm();
  }

  private double deviation(int i, double expected, double rounding) {
    double apart = Math.abs(all.mean(i) - expected);
    double error = Math.sqrt(all.variance(i) / draws() + rounding * rounding);
    return apart == 0 ? 0 : apart / error;
  }

  private double roundingUnit() {
    return dtype == DType.FLOAT64 ? 0x1p-46 : 0x1p-20;
  }

  private ConfidenceInterval mean(int extra) {
    int i = exact.size() + extra;
    double error = Math.sqrt(all.variance(i) / draws());
    return ConfidenceInterval.around(all.mean(i), Quantiles.normal(1 - confidence) * error);
  }

  private double totalVariance(Moments moments) {
    double sum = 0;
    for (int i = 0; i < exact.size(); i++) {
      sum += moments.variance(i);
    }
    return sum;
  }

  private double squaredBias(Moments moments) {
    double sum = 0;
    for (int i = 0; i < exact.size(); i++) {
      double apart = moments.mean(i) - exact.gradient(i);
      sum += apart * apart;
    }
    return sum - totalVariance(moments) / moments.count();
  }

  private double cosineOfMean(Moments moments) {
    double inner = 0;
    double own = 0;
    for (int i = 0; i < exact.size(); i++) {
      inner += moments.mean(i) * exact.gradient(i);
      own += moments.mean(i) * moments.mean(i);
    }
    return inner == 0 ? 0 : inner / (Math.sqrt(own) * exact.norm());
  }
}
