package org.gumbel4j.cpu.kernels;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Rows of more than one register, up to four, each without a loop of its own: to enter and to leave
 * a loop, of which the JIT makes one for the first turns and one for the last, takes longer than
 * such a row. Where the last registers overlap the others, they bring nothing new.
 */
final class ShortRows {
  private static final VectorSpecies<Float> FLOATS = VectorShapes.FLOATS;
  private static final VectorSpecies<Integer> INTS = VectorShapes.INTS;
  private static final int L = FLOATS.length();

  /** The most entries of a row. */
  static final int MOST = 4 * L;

  /** From place c on, the last c lanes of a register are all ones and the others 0. */
  private static final int[] LAST = new int[2 * L];

  static {
    for (int i = L; i < 2 * L; i++) {
      LAST[i] = -1;
    }
  }

  private ShortRows() {}

  /** Adds up the registers of every row into one, as a tree that depends on k alone. */
  static void fold(float[] x, int rows, int k, float[] lanes) {
    if (k <= 2 * L) {
      foldTwo(x, rows, k, lanes);
    } else {
      foldFour(x, rows, k, lanes);
    }
  }

  private static void foldTwo(float[] x, int rows, int k, float[] lanes) {
    IntVector mask = IntVector.fromArray(INTS, LAST, k - L);
    for (int r = 0; r < rows; r++) {
      int i = r * k;
      FloatVector last =
          FloatVector.fromArray(FLOATS, x, i + k - L)
              .reinterpretAsInts()
              .and(mask)
              .reinterpretAsFloats();
      FloatVector.fromArray(FLOATS, x, i).add(last).intoArray(lanes, r * L);
    }
  }

  private static void foldFour(float[] x, int rows, int k, float[] lanes) {
    // Up to three registers, there is no fourth, and the third is the last.
    int third = Math.min(2 * L, k - L);
    IntVector maskOfThird = IntVector.fromArray(INTS, LAST, Math.min(L, k - 2 * L));
    IntVector maskOfLast = IntVector.fromArray(INTS, LAST, Math.max(0, k - 3 * L));
    for (int r = 0; r < rows; r++) {
      int i = r * k;
      FloatVector c =
          FloatVector.fromArray(FLOATS, x, i + third)
              .reinterpretAsInts()
              .and(maskOfThird)
              .reinterpretAsFloats();
      FloatVector d =
          FloatVector.fromArray(FLOATS, x, i + k - L)
              .reinterpretAsInts()
              .and(maskOfLast)
              .reinterpretAsFloats();
      FloatVector.fromArray(FLOATS, x, i)
          .add(FloatVector.fromArray(FLOATS, x, i + L))
          .add(c.add(d))
          .intoArray(lanes, r * L);
    }
  }

  /** Row r of y = row r of x times {@code factors[r]}; x and y are different arrays. */
  static void scale(float[] x, float[] factors, float[] y, int yo, int rows, int k) {
    if (k <= 2 * L) {
      scaleTwo(x, factors, y, yo, rows, k);
    } else {
      scaleFour(x, factors, y, yo, rows, k);
    }
  }

  private static void scaleTwo(float[] x, float[] factors, float[] y, int yo, int rows, int k) {
    for (int r = 0; r < rows; r++) {
      FloatVector factor = FloatVector.broadcast(FLOATS, factors[r]);
      int i = r * k;
      int j = i + k - L;
      FloatVector.fromArray(FLOATS, x, i).mul(factor).intoArray(y, yo + i);
      FloatVector.fromArray(FLOATS, x, j).mul(factor).intoArray(y, yo + j);
    }
  }

  private static void scaleFour(float[] x, float[] factors, float[] y, int yo, int rows, int k) {
    for (int r = 0; r < rows; r++) {
      FloatVector factor = FloatVector.broadcast(FLOATS, factors[r]);
      int i = r * k;
      int j = i + k - 2 * L;
      FloatVector.fromArray(FLOATS, x, i).mul(factor).intoArray(y, yo + i);
      FloatVector.fromArray(FLOATS, x, i + L).mul(factor).intoArray(y, yo + i + L);
      FloatVector.fromArray(FLOATS, x, j).mul(factor).intoArray(y, yo + j);
      FloatVector.fromArray(FLOATS, x, j + L).mul(factor).intoArray(y, yo + j + L);
    }
  }
}
