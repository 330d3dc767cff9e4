package org.gumbel4j.cpu.kernels;

/** Rows become columns: eight rows at a time, so that what is written lies together. */
public final class Transposition {
  private Transposition() {}

  /**
   * {@code to[column, row] = from[row, column]} for matrices that lie with a stride in larger
   * arrays.
   */
  public static void copy(
      float[] from,
      int fo,
      int fromStride,
      float[] to,
      int at,
      int toStride,
      int rows,
      int columns) {
    int r = 0;
    for (; r <= rows - 8; r += 8) {
      int f0 = fo + r * fromStride;
      int f1 = f0 + fromStride;
      int f2 = f1 + fromStride;
      int f3 = f2 + fromStride;
      int f4 = f3 + fromStride;
      int f5 = f4 + fromStride;
      int f6 = f5 + fromStride;
      int f7 = f6 + fromStride;
      for (int c = 0; c < columns; c++) {
        int t = at + c * toStride + r;
        to[t] = from[f0 + c];
        to[t + 1] = from[f1 + c];
        to[t + 2] = from[f2 + c];
        to[t + 3] = from[f3 + c];
        to[t + 4] = from[f4 + c];
        to[t + 5] = from[f5 + c];
        to[t + 6] = from[f6 + c];
        to[t + 7] = from[f7 + c];
      }
    }
    for (; r < rows; r++) {
      for (int c = 0; c < columns; c++) {
        to[at + c * toStride + r] = from[fo + r * fromStride + c];
      }
    }
  }

  /**
   * {@code to[column, row] = from[row, column]} for matrices that lie with a stride in larger
   * arrays.
   */
  public static void copy(
      double[] from,
      int fo,
      int fromStride,
      double[] to,
      int at,
      int toStride,
      int rows,
      int columns) {
    int r = 0;
    for (; r <= rows - 8; r += 8) {
      int f0 = fo + r * fromStride;
      int f1 = f0 + fromStride;
      int f2 = f1 + fromStride;
      int f3 = f2 + fromStride;
      int f4 = f3 + fromStride;
      int f5 = f4 + fromStride;
      int f6 = f5 + fromStride;
      int f7 = f6 + fromStride;
      for (int c = 0; c < columns; c++) {
        int t = at + c * toStride + r;
        to[t] = from[f0 + c];
        to[t + 1] = from[f1 + c];
        to[t + 2] = from[f2 + c];
        to[t + 3] = from[f3 + c];
        to[t + 4] = from[f4 + c];
        to[t + 5] = from[f5 + c];
        to[t + 6] = from[f6 + c];
        to[t + 7] = from[f7 + c];
      }
    }
    for (; r < rows; r++) {
      for (int c = 0; c < columns; c++) {
        to[at + c * toStride + r] = from[fo + r * fromStride + c];
      }
    }
  }
}
