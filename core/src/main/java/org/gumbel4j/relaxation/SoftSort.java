package org.gumbel4j.relaxation;

import org.gumbel4j.tensor.Tensor;

/**
 * Sorting relaxed by the distance of each score from the i-th largest (SoftSort; Prillo and
 * Eisenschlos, arXiv 2006.16038):
 *
 * <pre>Pᵢ = softmax(−|s₍ᵢ₎ − s|ᵈ/τ),  s₍ᵢ₎ the i-th largest score</pre>
 *
 * <p>Each row is on the simplex, and its largest entry is at the i-th largest score, at any
 * temperature. d is 1, or {@link #power another power}. Takes n² memory for each list. Immutable.
 *
 * @since 0.1
 */
public final class SoftSort implements RelaxedSort {
  private static final String NAME = "SoftSort";

  private final RowTemperature temperature;
  private final double power;
  private final boolean hard;

  private SoftSort(RowTemperature temperature, double power, boolean hard) {
    this.temperature = temperature;
    this.power = power;
    this.hard = hard;
  }

  /**
   * With one temperature.
   *
   * @param temperature τ, positive and finite
   * @throws IllegalArgumentException if it is not
   */
  public static SoftSort of(double temperature) {
    return new SoftSort(RowTemperature.of(NAME, temperature), 1, false);
  }

  /**
   * With a temperature that may differ over the batch and be learnt.
   *
   * @param temperature τ, of the scores' type, of a shape that broadcasts to the scores' shape
   *     without the last axis
   * @throws IllegalArgumentException if an entry is not positive and finite
   */
  public static SoftSort of(Tensor temperature) {
    return new SoftSort(RowTemperature.of(NAME, temperature), 1, false);
  }

  /**
   * With another power of the distance.
   *
   * @param d at least 1, as smaller ones have no gradient at a distance of 0, and finite; the paper
   *     has 1 and 2
   * @throws IllegalArgumentException if it is not
   */
  public SoftSort power(double d) {
    if (!(d >= 1 && d < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          NAME + ": power = " + d + " must be finite and at least 1");
    }
    return new SoftSort(temperature, d, hard);
  }

  @Override
  public SoftSort hard() {
    return new SoftSort(temperature, power, true);
  }

  @Override
  public Tensor matrix(Tensor scores) {
    SortingRows.check(NAME, scores, temperature);
    Tensor sorted = scores.sort(-1, true);
    Tensor distance = sorted.expandDims(-1).sub(scores.expandDims(-2)).abs();
    Tensor cost = power == 1 ? distance : distance.pow(power);
    return SortingRows.rows(scores, temperature.cool(cost.neg(), scores), hard);
  }
}
