package org.gumbel4j.conformance.chapters;

import org.gumbel4j.conformance.check.Close;
import org.gumbel4j.conformance.check.Reference;
import org.gumbel4j.conformance.check.Samples;
import org.gumbel4j.conformance.check.Tolerance;
import org.gumbel4j.spi.Capability;
import org.gumbel4j.tensor.DType;
import org.gumbel4j.tensor.Shape;

/** Primitives: matrix products. */
abstract class ProductRules extends Section {
  private static final int[][] SIZES = {
    {1, 1, 1},
    {2, 3, 4},
    {1, 7, 1},
    {5, 1, 5},
    {17, 33, 9},
    {16, 16, 16},
    {31, 65, 66},
    {3, 1025, 2},
    {67, 5, 70}
  };

  @Rule("P60")
  void matMulInEveryTransposition() {
    for (DType dtype : floatingTypes()) {
      for (int[] size : SIZES) {
        for (boolean transposeA : new boolean[] {false, true}) {
          for (boolean transposeB : new boolean[] {false, true}) {
            checkMatMul(dtype, size, Shape.SCALAR, Shape.SCALAR, transposeA, transposeB);
          }
        }
      }
    }
  }

  @Rule(value = "P61", needs = Capability.BATCHED_MAT_MUL)
  void matMulBroadcastsTheAxesBeforeTheLastTwo() {
    Shape[][] batches = {
      {Shape.of(3), Shape.of(3)},
      {Shape.of(3), Shape.SCALAR},
      {Shape.SCALAR, Shape.of(2, 3)},
      {Shape.of(2, 1), Shape.of(1, 3)},
      {Shape.of(2, 3), Shape.of(3)},
      {Shape.of(1), Shape.of(4)}
    };
    int[] size = {4, 5, 3};
    for (DType dtype : floatingTypes()) {
      for (Shape[] batch : batches) {
        for (boolean transposeA : new boolean[] {false, true}) {
          for (boolean transposeB : new boolean[] {false, true}) {
            checkMatMul(dtype, size, batch[0], batch[1], transposeA, transposeB);
          }
        }
      }
    }
  }

  private void checkMatMul(
      DType dtype, int[] size, Shape batchA, Shape batchB, boolean transposeA, boolean transposeB) {
    int n = size[0];
    int k = size[1];
    int m = size[2];
    Shape a = batchA.concat(transposeA ? Shape.of(k, n) : Shape.of(n, k));
    Shape b = batchB.concat(transposeB ? Shape.of(m, k) : Shape.of(k, m));
    double[] x = Samples.uniform(61, Close.size(a), -2, 2);
    double[] y = Samples.uniform(62, Close.size(b), -2, 2);
    Shape batch = batchA.broadcast(batchB, "matMul");
    double[] expected = new double[Close.size(batch) * n * m];
    for (int p = 0; p < expected.length; p++) {
      int row = p / m % n;
      int column = p % m;
      int startA = Reference.stretched(batch, p / (n * m), batchA) * n * k;
      int startB = Reference.stretched(batch, p / (n * m), batchB) * k * m;
      for (int i = 0; i < k; i++) {
        expected[p] +=
            x[startA + (transposeA ? i * n + row : row * k + i)]
                * y[startB + (transposeB ? column * k + i : i * m + column)];
      }
    }
    checkHandle(
        () ->
            "matMul of "
                + dtype
                + a
                + (transposeA ? " transposed" : "")
                + " and "
                + b
                + (transposeB ? " transposed" : ""),
        backend().matMul(handle(x, a, dtype), handle(y, b, dtype), transposeA, transposeB),
        batch.concat(Shape.of(n, m)),
        dtype,
        expected,
        Tolerance.ulps(1, dtype).orAbsolute(k * 4 * Tolerance.ulps(1, dtype).relative()));
  }

  @Rule("P62")
  void matMulFollowsIeeeArithmeticAtZeros() {
    double inf = Double.POSITIVE_INFINITY;
    for (DType dtype : floatingTypes()) {
      Object a = handle(new double[] {0, 1, 2, 0, 0, 0}, Shape.of(3, 2), dtype);
      Object b = handle(new double[] {inf, 1, 1, Double.NaN}, Shape.of(2, 2), dtype);
      checkHandle(
          () -> "matMul of zeros with an infinity and a NaN, " + dtype,
          backend().matMul(a, b, false, false),
          Shape.of(3, 2),
          dtype,
          new double[] {Double.NaN, Double.NaN, inf, Double.NaN, Double.NaN, Double.NaN},
          Tolerance.EXACT);
    }
  }
}
