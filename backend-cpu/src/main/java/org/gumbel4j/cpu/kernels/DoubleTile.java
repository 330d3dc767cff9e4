package org.gumbel4j.cpu.kernels;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The heart of the product of FLOAT64 matrices: six rows of a times up to four vectors of columns
 * of b, all sums in registers. Written out by hand, since what a JIT compiler keeps in registers
 * are local variables.
 */
final class DoubleTile {
  /** Rows of a tile. */
  static final int ROWS = 6;

  private static final VectorSpecies<Double> S = DoubleVector.SPECIES_PREFERRED;

  /** Lanes of a vector. */
  static final int L = S.length();

  /** Vectors side by side in the widest tile: as many as leave registers for the rest. */
  static final int MAX_WIDTH = S.vectorBitSize() == 256 ? 2 : 4;

  private DoubleTile() {}

  /** How many vectors (1, 2 or 4) to take for this many columns. */
  static int width(int columns) {
    int vectors = (columns - 1) / L + 1;
    return vectors == 3 ? MAX_WIDTH : Math.min(vectors, MAX_WIDTH);
  }

  /**
   * c[r, j] = Σ over p of a[ao + r·rowStep + p·step] · b[p, j]. To add to what is there is left to
   * the caller: a method of more vector operations is at the edge of what C2 compiles well, and
   * where it stops inlining, a product takes ten times as long.
   *
   * <p>Where a row of a starts is counted on and not kept: six places in a would not leave
   * registers for the arrays, which C2 then fetches back from vector registers in the loop.
   *
   * @param rowStep from one of the six rows of a to the next
   * @param step from one term of a row to the next: 1, or more where a is stored by columns
   * @param b a panel of {@code depth} rows of {@code width} vectors from {@code bo} on
   * @param stride from one row of c to the next
   */
  static void multiply(
      int width,
      double[] a,
      int ao,
      int rowStep,
      int step,
      double[] b,
      int bo,
      int depth,
      double[] c,
      int co,
      int stride) {
    switch (width) {
      case 4 -> timesFour(a, ao, rowStep, step, b, bo, depth, c, co, stride);
      case 2 -> timesTwo(a, ao, rowStep, step, b, bo, depth, c, co, stride);
      default -> timesOne(a, ao, rowStep, step, b, bo, depth, c, co, stride);
    }
  }

  /** A tile four vectors wide. */
  private static void timesFour(
      double[] a,
      int ao,
      int rowStep,
      int step,
      double[] b,
      int bo,
      int depth,
      double[] c,
      int co,
      int stride) {
    DoubleVector zero = DoubleVector.zero(S);
    DoubleVector c00 = zero;
    DoubleVector c01 = zero;
    DoubleVector c02 = zero;
    DoubleVector c03 = zero;
    DoubleVector c10 = zero;
    DoubleVector c11 = zero;
    DoubleVector c12 = zero;
    DoubleVector c13 = zero;
    DoubleVector c20 = zero;
    DoubleVector c21 = zero;
    DoubleVector c22 = zero;
    DoubleVector c23 = zero;
    DoubleVector c30 = zero;
    DoubleVector c31 = zero;
    DoubleVector c32 = zero;
    DoubleVector c33 = zero;
    DoubleVector c40 = zero;
    DoubleVector c41 = zero;
    DoubleVector c42 = zero;
    DoubleVector c43 = zero;
    DoubleVector c50 = zero;
    DoubleVector c51 = zero;
    DoubleVector c52 = zero;
    DoubleVector c53 = zero;
    for (int p = 0, s = ao; p < depth; p++, s += step) {
      int i = s;
      DoubleVector b0 = DoubleVector.fromArray(S, b, bo + p * 4 * L);
      DoubleVector b1 = DoubleVector.fromArray(S, b, bo + p * 4 * L + L);
      DoubleVector b2 = DoubleVector.fromArray(S, b, bo + p * 4 * L + 2 * L);
      DoubleVector b3 = DoubleVector.fromArray(S, b, bo + p * 4 * L + 3 * L);
      DoubleVector x0 = DoubleVector.broadcast(S, a[i]);
      c00 = x0.fma(b0, c00);
      c01 = x0.fma(b1, c01);
      c02 = x0.fma(b2, c02);
      c03 = x0.fma(b3, c03);
      i += rowStep;
      DoubleVector x1 = DoubleVector.broadcast(S, a[i]);
      c10 = x1.fma(b0, c10);
      c11 = x1.fma(b1, c11);
      c12 = x1.fma(b2, c12);
      c13 = x1.fma(b3, c13);
      i += rowStep;
      DoubleVector x2 = DoubleVector.broadcast(S, a[i]);
      c20 = x2.fma(b0, c20);
      c21 = x2.fma(b1, c21);
      c22 = x2.fma(b2, c22);
      c23 = x2.fma(b3, c23);
      i += rowStep;
      DoubleVector x3 = DoubleVector.broadcast(S, a[i]);
      c30 = x3.fma(b0, c30);
      c31 = x3.fma(b1, c31);
      c32 = x3.fma(b2, c32);
      c33 = x3.fma(b3, c33);
      i += rowStep;
      DoubleVector x4 = DoubleVector.broadcast(S, a[i]);
      c40 = x4.fma(b0, c40);
      c41 = x4.fma(b1, c41);
      c42 = x4.fma(b2, c42);
      c43 = x4.fma(b3, c43);
      i += rowStep;
      DoubleVector x5 = DoubleVector.broadcast(S, a[i]);
      c50 = x5.fma(b0, c50);
      c51 = x5.fma(b1, c51);
      c52 = x5.fma(b2, c52);
      c53 = x5.fma(b3, c53);
    }
    c00.intoArray(c, co);
    c01.intoArray(c, co + L);
    c02.intoArray(c, co + 2 * L);
    c03.intoArray(c, co + 3 * L);
    c10.intoArray(c, co + stride);
    c11.intoArray(c, co + stride + L);
    c12.intoArray(c, co + stride + 2 * L);
    c13.intoArray(c, co + stride + 3 * L);
    c20.intoArray(c, co + 2 * stride);
    c21.intoArray(c, co + 2 * stride + L);
    c22.intoArray(c, co + 2 * stride + 2 * L);
    c23.intoArray(c, co + 2 * stride + 3 * L);
    c30.intoArray(c, co + 3 * stride);
    c31.intoArray(c, co + 3 * stride + L);
    c32.intoArray(c, co + 3 * stride + 2 * L);
    c33.intoArray(c, co + 3 * stride + 3 * L);
    c40.intoArray(c, co + 4 * stride);
    c41.intoArray(c, co + 4 * stride + L);
    c42.intoArray(c, co + 4 * stride + 2 * L);
    c43.intoArray(c, co + 4 * stride + 3 * L);
    c50.intoArray(c, co + 5 * stride);
    c51.intoArray(c, co + 5 * stride + L);
    c52.intoArray(c, co + 5 * stride + 2 * L);
    c53.intoArray(c, co + 5 * stride + 3 * L);
  }

  /** A tile two vectors wide. */
  private static void timesTwo(
      double[] a,
      int ao,
      int rowStep,
      int step,
      double[] b,
      int bo,
      int depth,
      double[] c,
      int co,
      int stride) {
    DoubleVector zero = DoubleVector.zero(S);
    DoubleVector c00 = zero;
    DoubleVector c01 = zero;
    DoubleVector c10 = zero;
    DoubleVector c11 = zero;
    DoubleVector c20 = zero;
    DoubleVector c21 = zero;
    DoubleVector c30 = zero;
    DoubleVector c31 = zero;
    DoubleVector c40 = zero;
    DoubleVector c41 = zero;
    DoubleVector c50 = zero;
    DoubleVector c51 = zero;
    for (int p = 0, s = ao; p < depth; p++, s += step) {
      int i = s;
      DoubleVector b0 = DoubleVector.fromArray(S, b, bo + p * 2 * L);
      DoubleVector b1 = DoubleVector.fromArray(S, b, bo + p * 2 * L + L);
      DoubleVector x0 = DoubleVector.broadcast(S, a[i]);
      c00 = x0.fma(b0, c00);
      c01 = x0.fma(b1, c01);
      i += rowStep;
      DoubleVector x1 = DoubleVector.broadcast(S, a[i]);
      c10 = x1.fma(b0, c10);
      c11 = x1.fma(b1, c11);
      i += rowStep;
      DoubleVector x2 = DoubleVector.broadcast(S, a[i]);
      c20 = x2.fma(b0, c20);
      c21 = x2.fma(b1, c21);
      i += rowStep;
      DoubleVector x3 = DoubleVector.broadcast(S, a[i]);
      c30 = x3.fma(b0, c30);
      c31 = x3.fma(b1, c31);
      i += rowStep;
      DoubleVector x4 = DoubleVector.broadcast(S, a[i]);
      c40 = x4.fma(b0, c40);
      c41 = x4.fma(b1, c41);
      i += rowStep;
      DoubleVector x5 = DoubleVector.broadcast(S, a[i]);
      c50 = x5.fma(b0, c50);
      c51 = x5.fma(b1, c51);
    }
    c00.intoArray(c, co);
    c01.intoArray(c, co + L);
    c10.intoArray(c, co + stride);
    c11.intoArray(c, co + stride + L);
    c20.intoArray(c, co + 2 * stride);
    c21.intoArray(c, co + 2 * stride + L);
    c30.intoArray(c, co + 3 * stride);
    c31.intoArray(c, co + 3 * stride + L);
    c40.intoArray(c, co + 4 * stride);
    c41.intoArray(c, co + 4 * stride + L);
    c50.intoArray(c, co + 5 * stride);
    c51.intoArray(c, co + 5 * stride + L);
  }

  /** A tile one vector wide. */
  private static void timesOne(
      double[] a,
      int ao,
      int rowStep,
      int step,
      double[] b,
      int bo,
      int depth,
      double[] c,
      int co,
      int stride) {
    DoubleVector zero = DoubleVector.zero(S);
    DoubleVector c00 = zero;
    DoubleVector c10 = zero;
    DoubleVector c20 = zero;
    DoubleVector c30 = zero;
    DoubleVector c40 = zero;
    DoubleVector c50 = zero;
    for (int p = 0, s = ao; p < depth; p++, s += step) {
      int i = s;
      DoubleVector b0 = DoubleVector.fromArray(S, b, bo + p * L);
      DoubleVector x0 = DoubleVector.broadcast(S, a[i]);
      c00 = x0.fma(b0, c00);
      i += rowStep;
      DoubleVector x1 = DoubleVector.broadcast(S, a[i]);
      c10 = x1.fma(b0, c10);
      i += rowStep;
      DoubleVector x2 = DoubleVector.broadcast(S, a[i]);
      c20 = x2.fma(b0, c20);
      i += rowStep;
      DoubleVector x3 = DoubleVector.broadcast(S, a[i]);
      c30 = x3.fma(b0, c30);
      i += rowStep;
      DoubleVector x4 = DoubleVector.broadcast(S, a[i]);
      c40 = x4.fma(b0, c40);
      i += rowStep;
      DoubleVector x5 = DoubleVector.broadcast(S, a[i]);
      c50 = x5.fma(b0, c50);
    }
    c00.intoArray(c, co);
    c10.intoArray(c, co + stride);
    c20.intoArray(c, co + 2 * stride);
    c30.intoArray(c, co + 3 * stride);
    c40.intoArray(c, co + 4 * stride);
    c50.intoArray(c, co + 5 * stride);
  }
}
