package org.gumbel4j.benchmarks;

import java.util.Arrays;
import org.gumbel4j.tensor.Shape;

/** What the names of sizes mean, which the peers' scripts read alike. */
final class Size {
  private Size() {}

  /**
   * {@code n/K}: as many rows of K classes as fit into n entries, at least one; {@code AxBxC}: that
   * shape.
   */
  static Shape rows(String size) {
    int slash = size.indexOf('/');
    if (slash < 0) {
      return Shape.of(dims(size));
    }
    long n = Long.parseLong(size.substring(0, slash));
    long k = Long.parseLong(size.substring(slash + 1));
    return Shape.of(Math.max(1, n / k), k);
  }

  /** {@code MxKxN/AB}: [M, K] · [K, N], A and B an N, or a T where that operand lies transposed. */
  static Product product(String size) {
    int slash = size.indexOf('/');
    long[] d = dims(size.substring(0, slash));
    boolean left = size.charAt(slash + 1) == 'T';
    boolean right = size.charAt(slash + 2) == 'T';
    return new Product(d[0], d[1], d[2], left, right);
  }

  private static long[] dims(String size) {
    return Arrays.stream(size.split("x", -1)).mapToLong(Long::parseLong).toArray();
  }

  /** A product of two matrices. */
  record Product(long m, long k, long n, boolean transposeLeft, boolean transposeRight) {
    Shape left() {
      return transposeLeft ? Shape.of(k, m) : Shape.of(m, k);
    }

    Shape right() {
      return transposeRight ? Shape.of(n, k) : Shape.of(k, n);
    }

    /** Multiplications, each with an addition. */
    long multiplications() {
      return m * k * n;
    }
  }
}
