package org.gumbel4j.relaxation;

import org.gumbel4j.tensor.Tensor;

/**
 * Sorting relaxed to a unimodal matrix (NeuralSort; Grover, Wang, Zweig and Ermon, arXiv
 * 1903.08850):
 *
 * <pre>Pᵢ = softmax(((n + 1 − 2i)s − A 1)/τ),  Aⱼₗ = |sⱼ − sₗ|,  i = 1, …, n</pre>
 *
 * <p>Each row is on the simplex, and the largest entries of the rows make the permutation that
 * sorts s, the largest first, at any temperature if no two scores are equal. Takes n² memory for
 * each list. Immutable.
 *
 * @since 0.1
 */
public final class NeuralSort implements RelaxedSort {
  private static final String NAME = "NeuralSort";

  private final RowTemperature temperature;
  private final boolean hard;

  private NeuralSort(RowTemperature temperature, boolean hard) {
    this.temperature = temperature;
    this.hard = hard;
  }

  /**
   * With one temperature.
   *
   * @param temperature τ, positive and finite
   * @throws IllegalArgumentException if it is not
   */
  public static NeuralSort of(double temperature) {
    return new NeuralSort(RowTemperature.of(NAME, temperature), false);
  }

  /**
   * With a temperature that may differ over the batch and be learnt.
   *
   * @param temperature τ, of the scores' type, of a shape that broadcasts to the scores' shape
   *     without the last axis
   * @throws IllegalArgumentException if an entry is not positive and finite
   */
  public static NeuralSort of(Tensor temperature) {
    return new NeuralSort(RowTemperature.of(NAME, temperature), false);
  }

  @Override
  public NeuralSort hard() {
    return new NeuralSort(temperature, true);
  }

  @Override
  public Tensor matrix(Tensor scores) {
    SortingRows.check(NAME, scores, temperature);
    int n = Math.toIntExact(scores.shape().dim(-1));
    double[] factors = new double[n];
    for (int i = 0; i < n; i++) {
      factors[i] = n - 1.0 - 2 * i;
    }
    Tensor column = scores.device().tensor(factors, scores.dtype(), n, 1);
    Tensor row = scores.expandDims(-2);
    Tensor distances = scores.expandDims(-1).sub(row).abs().sum(new int[] {-2}, true);
    Tensor raw = column.mul(row).sub(distances);
    Tensor largest = raw.stopGradient().max(new int[] {-1}, true);
    return SortingRows.rows(scores, temperature.cool(raw.sub(largest), scores), hard);
  }
}
