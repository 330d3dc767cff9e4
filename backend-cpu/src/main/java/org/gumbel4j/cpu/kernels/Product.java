package org.gumbel4j.cpu.kernels;

/**
 * The sizes of one matrix product, c [m, n] = op(a) [m, k] · op(b) [k, n], all row-major without
 * gaps.
 *
 * @param m rows of c
 * @param n columns of c
 * @param k the extent that is summed over
 * @param transposeA whether a is stored as [k, m]
 * @param transposeB whether b is stored as [n, k]
 */
public record Product(int m, int n, int k, boolean transposeA, boolean transposeB) {
  /** The distance between stored rows of a. */
  int strideA() {
    return transposeA ? m : k;
  }

  /** The distance between stored rows of b. */
  int strideB() {
    return transposeB ? k : n;
  }

  /** Where op(a)[i, p] is stored. */
  int indexA(int i, int p) {
    return transposeA ? p * m + i : i * k + p;
  }

  /** Where op(b)[p, j] is stored. */
  int indexB(int p, int j) {
    return transposeB ? j * k + p : p * n + j;
  }

  /** The product with both operands' roles exchanged: cᵀ = op(b)ᵀ · op(a)ᵀ. */
  Product transposed() {
    return new Product(n, m, k, !transposeB, !transposeA);
  }
}
