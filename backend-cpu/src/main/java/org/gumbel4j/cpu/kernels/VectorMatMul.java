package org.gumbel4j.cpu.kernels;

/** Matrix products by tiles of SIMD registers. */
final class VectorMatMul extends ScalarMatMul {
  @Override
  public void multiply(
      Product p,
      float[] a,
      int ao,
      float[] b,
      int bo,
      float[] c,
      int co,
      int i0,
      int i1,
      int j0,
      int j1) {
    FloatMatMul.multiply(p, a, ao, b, bo, c, co, i0, i1, j0, j1);
  }

  @Override
  public void multiply(
      Product p,
      double[] a,
      int ao,
      double[] b,
      int bo,
      double[] c,
      int co,
      int i0,
      int i1,
      int j0,
      int j1) {
    DoubleMatMul.multiply(p, a, ao, b, bo, c, co, i0, i1, j0, j1);
  }
}
