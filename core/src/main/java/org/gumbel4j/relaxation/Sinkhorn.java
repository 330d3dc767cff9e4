package org.gumbel4j.relaxation;

import org.gumbel4j.internal.ops.Checks;
import org.gumbel4j.tensor.Tensor;

/**
 * Sinkhorn normalisation in log space: rows and columns of a positive matrix divided by their sums
 * in turn, which converges to a doubly stochastic matrix (Sinkhorn, 1964; as the relaxation of a
 * matching, Mena et al., arXiv 1802.08665).
 *
 * <pre>S(X/τ) → argmax ⟨P, X⟩ + τ H(P) over doubly stochastic P</pre>
 *
 * <p>A stated number of times: each divides the rows, then the columns, so that columns sum to 1
 * exactly and rows nearly; how nearly depends on the temperature, since a cold matrix converges
 * slowly. The gradient is that of the iterations. Nothing overflows or underflows at any scale.
 *
 * <p>An entry of −∞ is a pair that is not allowed; its entry is 0 and no gradient reaches it. If
 * what is allowed holds no complete matching, there is nothing to converge to. Immutable.
 *
 * @since 0.1
 */
public final class Sinkhorn {
  /** The number of iterations in the paper's experiments. */
  public static final int DEFAULT_ITERATIONS = 20;

  private static final String NAME = "Sinkhorn";

  private final int iterations;

  private Sinkhorn(int iterations) {
    this.iterations = iterations;
  }

  /** With {@value #DEFAULT_ITERATIONS} iterations. */
  public static Sinkhorn standard() {
    return new Sinkhorn(DEFAULT_ITERATIONS);
  }

  /**
   * With a number of iterations, each of rows and columns.
   *
   * @throws IllegalArgumentException if it is less than 1
   */
  public static Sinkhorn of(int iterations) {
    if (iterations < 1) {
      throw new IllegalArgumentException(
          NAME + ": iterations = " + iterations + " must be at least 1");
    }
    return new Sinkhorn(iterations);
  }

  /** How many times rows and columns are divided. */
  public int iterations() {
    return iterations;
  }

  /**
   * The normalised matrix.
   *
   * @param logMatrix its logarithm [..., n, n], floating
   * @return of the same shape, columns summing to 1
   * @throws IllegalArgumentException if matrices are not square, an entry is NaN or +∞, or a row or
   *     a column has only −∞
   */
  public Tensor normalize(Tensor logMatrix) {
    return logNormalize(logMatrix).exp();
  }

  /** The logarithm of {@link #normalize}. */
  public Tensor logNormalize(Tensor logMatrix) {
    check(NAME, logMatrix);
    return iterate(logMatrix);
  }

  Tensor iterate(Tensor logMatrix) {
    Tensor log = logMatrix;
    for (int i = 0; i < iterations; i++) {
      log = log.logSoftmax(-1).logSoftmax(-2);
    }
    return log;
  }

  static void check(String operation, Tensor logMatrix) {
    int rank = logMatrix.rank();
    if (rank < 2 || logMatrix.shape().dim(-1) != logMatrix.shape().dim(-2)) {
      throw new IllegalArgumentException(
          operation + ": " + logMatrix.shape() + " must end with two axes of one extent");
    }
    Checks.logits(operation, logMatrix, -1);
    Checks.logits(operation, logMatrix, -2);
  }
}
