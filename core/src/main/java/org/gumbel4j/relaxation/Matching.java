package org.gumbel4j.relaxation;

import org.gumbel4j.internal.ops.Assignment;
import org.gumbel4j.internal.ops.Checks;
import org.gumbel4j.tensor.Tensor;

/**
 * The permutation matrix of the largest total: argmax ⟨P, X⟩ over permutations P, exactly, by
 * shortest augmenting paths (Jonker and Volgenant, Computing 38, 1987) in O(n³) for each matrix.
 *
 * <p>The matrices are read and solved on the host. Where several permutations attain the maximum,
 * which of them is found is fixed by the entries. An entry of −∞ is a pair that is not allowed.
 *
 * @since 0.1
 */
public final class Matching {
  private static final String NAME = "Matching";

  private Matching() {}

  /**
   * The column that each row is matched with.
   *
   * @param scores X [..., n, n], floating
   * @return INT64 [..., n]; no gradient
   * @throws IllegalArgumentException if matrices are not square, an entry is NaN or +∞, or no
   *     complete matching is allowed
   */
  public static Tensor columns(Tensor scores) {
    Sinkhorn.check(NAME, scores);
    double[] values = Checks.entries(scores.stopGradient());
    int n = Math.toIntExact(scores.shape().dim(-1));
    long[] columns = new long[values.length / Math.max(1, n)];
    for (int start = 0; start < columns.length; start += n) {
      int[] found = Assignment.maximum(values, start * n, n);
      if (found.length < n) {
        throw new IllegalArgumentException(
            NAME
                + ": matrix "
                + start / n
                + " of scores "
                + scores.shape()
                + " allows no complete matching; too many of its pairs are -Infinity");
      }
      for (int row = 0; row < n; row++) {
        columns[start + row] = found[row];
      }
    }
    return scores.device().tensor(columns, scores.shape().without(-1).toArray());
  }

  /**
   * The permutation matrix, of the scores' shape and type, 1 where row and column are matched; no
   * gradient.
   *
   * @throws IllegalArgumentException as {@link #columns}
   */
  public static Tensor matrix(Tensor scores) {
    return columns(scores).oneHot(scores.shape().dim(-1), scores.dtype());
  }
}
