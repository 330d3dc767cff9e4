package org.gumbel4j.cpu.kernels;

import org.gumbel4j.random.Key;

/**
 * A program that says what a relaxed sample of many classes, made by vector kernels, adds up to.
 */
final class LongRelaxedRow {
  private LongRelaxedRow() {}

  public static void main(String[] args) {
    float[] y = new float[5_003];
    kernels().relax(new float[y.length], Key.of(1), 1, y, 0, 1, y.length, 1);
    double total = 0;
    for (float share : y) {
      total += share;
    }
    System.out.println(VectorShapes.lanes() + " " + total);
  }

  private static ScalarGumbel kernels() {
    return new VectorGumbel(new VectorSoftmax(), new VectorReductions());
  }
}
