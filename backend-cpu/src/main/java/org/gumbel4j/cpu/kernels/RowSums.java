package org.gumbel4j.cpu.kernels;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;
import org.gumbel4j.cpu.kernels.Scratch.Slot;

/**
 * Sums of FLOAT32 rows, and their division by them. A row's sum is a tree that depends on k alone.
 */
final class RowSums {
  private static final VectorSpecies<Float> S = VectorShapes.FLOATS;
  private static final int L = S.length();

  /** Exponentials of rows over their sums. */
  static final Pass[] NORMALISE = {
    c -> sums(c.e, c.rows, c.k, c.sums),
    c -> reciprocals(c.sums, c.rows),
    c -> scale(c.e, c.sums, c.out, c.outAt, c.rows, c.k)
  };

  /** The gradient of a softmax of rows of more than two entries. */
  static final Pass[] SOFTMAX_GRADIENT = {
    RowSums::products, c -> sums(c.e, c.rows, c.k, c.sums), RowSums::softmaxGradients
  };

  /** The same where somebody else adds up the products. */
  static final Pass[] PRODUCTS = {RowSums::products};

  static final Pass[] SOFTMAX_GRADIENT_OF_PRODUCTS = {RowSums::softmaxGradients};

  /** The gradient of a softmax of pairs. */
  static final Pass[] PAIR_GRADIENT = {
    RowSums::products,
    c -> addPartners(c.e, c.rows * 2),
    c -> FloatLoops.subtractAndMultiply(c.y, c.g, c.at, c.e, c.scale, c.out, c.outAt, c.rows * 2)
  };

  private RowSums() {}

  /** e = y·g. */
  private static void products(Chunk chunk) {
    int n = chunk.rows * chunk.k;
    int whole = n / L * L;
    FloatLoops.mul(chunk.y, chunk.at, chunk.g, chunk.at, chunk.e, 0, whole);
    for (int i = whole; i < n; i++) {
      chunk.e[i] = chunk.y[chunk.at + i] * chunk.g[chunk.at + i];
    }
  }

  private static void softmaxGradients(Chunk c) {
    softmaxGradients(c.y, c.g, c.at, c.sums, c.scale, c.out, c.outAt, c.rows, c.k);
  }

  /**
   * {@code sums[r]} = the sum of row r of a block of rows of k entries; x has room for a register
   * behind them.
   */
  static void sums(float[] x, int rows, int k, float[] sums) {
    if (k <= L) {
      few(x, rows, k, sums);
      return;
    }
    float[] lanes = Scratch.floats(Slot.LANES, rows * L);
    if (k <= ShortRows.MOST) {
      ShortRows.fold(x, rows, k, lanes);
    } else {
      fold(x, rows, k, lanes);
    }
    few(lanes, rows, L, sums);
  }

  /** Rows of up to sixteen entries, by halves: no inner loop, branches that always go one way. */
  private static void few(float[] x, int rows, int k, float[] sums) {
    if (k == 16) {
      sixteen(x, rows, sums);
      return;
    }
    boolean eight = (k & 8) != 0;
    boolean four = (k & 4) != 0;
    boolean two = (k & 2) != 0;
    boolean one = (k & 1) != 0;
    for (int r = 0; r < rows; r++) {
      int i = r * k;
      float sum = 0;
      if (eight) {
        sum +=
            ((x[i] + x[i + 1]) + (x[i + 2] + x[i + 3]))
                + ((x[i + 4] + x[i + 5]) + (x[i + 6] + x[i + 7]));
        i += 8;
      }
      if (four) {
        sum += (x[i] + x[i + 1]) + (x[i + 2] + x[i + 3]);
        i += 4;
      }
      if (two) {
        sum += x[i] + x[i + 1];
        i += 2;
      }
      if (one) {
        sum += x[i];
      }
      sums[r] = sum;
    }
  }

  /**
   * Most rows of other lengths end here, folded. The JIT leaves branches out that it has not seen
   * taken: in a loop with those of other lengths this took twice the time.
   */
  private static void sixteen(float[] x, int rows, float[] sums) {
    for (int r = 0; r < rows; r++) {
      int i = 16 * r;
      sums[r] =
          (((x[i] + x[i + 1]) + (x[i + 2] + x[i + 3]))
                  + ((x[i + 4] + x[i + 5]) + (x[i + 6] + x[i + 7])))
              + (((x[i + 8] + x[i + 9]) + (x[i + 10] + x[i + 11]))
                  + ((x[i + 12] + x[i + 13]) + (x[i + 14] + x[i + 15])));
    }
  }

  /** Adds up the registers of every row into one. */
  private static void fold(float[] x, int rows, int k, float[] lanes) {
    FloatVector zero = FloatVector.zero(S);
    FloatVector index = zero.addIndex(1);
    int rest = k % L;
    for (int r = 0; r < rows; r++) {
      int from = r * k;
      FloatVector s0 = zero;
      FloatVector s1 = zero;
      FloatVector s2 = zero;
      FloatVector s3 = zero;
      int j = 0;
      for (; j <= k - 4 * L; j += 4 * L) {
        s0 = s0.add(FloatVector.fromArray(S, x, from + j));
        s1 = s1.add(FloatVector.fromArray(S, x, from + j + L));
        s2 = s2.add(FloatVector.fromArray(S, x, from + j + 2 * L));
        s3 = s3.add(FloatVector.fromArray(S, x, from + j + 3 * L));
      }
      for (; j <= k - L; j += L) {
        s0 = s0.add(FloatVector.fromArray(S, x, from + j));
      }
      // What stands behind the row may be anything.
      FloatVector tail = FloatVector.fromArray(S, x, from + j);
      s2 = s2.add(zero.blend(tail, index.compare(VectorOperators.LT, (float) rest)));
      s0.add(s1).add(s2.add(s3)).intoArray(lanes, r * L);
    }
  }

  /**
   * The sum of one row of at least a register.
   *
   * @param lanes room for a register
   */
  static float sum(float[] x, int from, int k, float[] lanes) {
    FloatVector s0 = FloatVector.zero(S);
    FloatVector s1 = s0;
    FloatVector s2 = s0;
    FloatVector s3 = s0;
    int j = 0;
    for (; j <= k - 4 * L; j += 4 * L) {
      s0 = s0.add(FloatVector.fromArray(S, x, from + j));
      s1 = s1.add(FloatVector.fromArray(S, x, from + j + L));
      s2 = s2.add(FloatVector.fromArray(S, x, from + j + 2 * L));
      s3 = s3.add(FloatVector.fromArray(S, x, from + j + 3 * L));
    }
    for (; j <= k - L; j += L) {
      s0 = s0.add(FloatVector.fromArray(S, x, from + j));
    }
    s0.add(s1).add(s2.add(s3)).intoArray(lanes, 0);
    float sum = 0;
    for (; j < k; j++) {
      sum += x[from + j];
    }
    if (L == 2) {
      return sum + (lanes[0] + lanes[1]);
    }
    for (int i = 0; i < L; i += 4) {
      sum += (lanes[i] + lanes[i + 1]) + (lanes[i + 2] + lanes[i + 3]);
    }
    return sum;
  }

  /** {@code x[i]} becomes 1/{@code x[i]}, for n rounded up to a register. */
  private static void reciprocals(float[] x, int n) {
    FloatVector one = FloatVector.broadcast(S, 1f);
    for (int i = 0; i < n; i += L) {
      one.div(FloatVector.fromArray(S, x, i)).intoArray(x, i);
    }
  }

  /** Row r of y = row r of x times {@code factors[r]}. */
  private static void scale(float[] x, float[] factors, float[] y, int yo, int rows, int k) {
    if (k <= L) {
      scaleFew(x, factors, y, yo, rows, k);
      return;
    }
    if (k <= ShortRows.MOST) {
      ShortRows.scale(x, factors, y, yo, rows, k);
      return;
    }
    for (int r = 0; r < rows; r++) {
      scale(x, r * k, factors[r], y, yo + r * k, k);
    }
  }

  /** Each row is a register, whose end the next row overwrites; the last are done singly. */
  private static void scaleFew(float[] x, float[] factors, float[] y, int yo, int rows, int k) {
    int whole = rows * k < L ? 0 : (rows * k - L) / k + 1;
    for (int r = 0; r < whole; r++) {
      FloatVector.fromArray(S, x, r * k).mul(factors[r]).intoArray(y, yo + r * k);
    }
    for (int i = whole * k; i < rows * k; i++) {
      y[yo + i] = x[i] * factors[i / k];
    }
  }

  /** y = x·factor for a row of at least a register; x and y are different arrays. */
  private static void scale(float[] x, int xo, float factor, float[] y, int yo, int k) {
    FloatVector f = FloatVector.broadcast(S, factor);
    int j = 0;
    for (; j <= k - 4 * L; j += 4 * L) {
      FloatVector.fromArray(S, x, xo + j).mul(f).intoArray(y, yo + j);
      FloatVector.fromArray(S, x, xo + j + L).mul(f).intoArray(y, yo + j + L);
      FloatVector.fromArray(S, x, xo + j + 2 * L).mul(f).intoArray(y, yo + j + 2 * L);
      FloatVector.fromArray(S, x, xo + j + 3 * L).mul(f).intoArray(y, yo + j + 3 * L);
    }
    if (j == k) {
      return;
    }
    for (; j < k - L; j += L) {
      FloatVector.fromArray(S, x, xo + j).mul(f).intoArray(y, yo + j);
    }
    FloatVector.fromArray(S, x, xo + k - L).mul(f).intoArray(y, yo + k - L);
  }

  /** Both of a pair become their sum, for n rounded up to a register. */
  static void addPartners(float[] x, int n) {
    for (int i = 0; i < n; i += L) {
      FloatVector v = FloatVector.fromArray(S, x, i);
      FloatVector swapped =
          v.reinterpretAsLongs().lanewise(VectorOperators.ROL, 32).reinterpretAsFloats();
      v.add(swapped).intoArray(x, i);
    }
  }

  /** d = y·(g − inner)·scale, {@code inner[r]} the same for a row; y and g begin at o. */
  private static void softmaxGradients(
      float[] y, float[] g, int o, float[] inner, float scale, float[] d, int dO, int rows, int k) {
    if (k >= L) {
      for (int r = 0; r < rows; r++) {
        int i = r * k;
        RowLoops.softmaxGradient(y, g, o + i, inner[r], scale, d, dO + i, k, (rows - r) * k);
      }
      return;
    }
    FloatVector s = FloatVector.broadcast(S, scale);
    int whole = rows * k < L ? 0 : (rows * k - L) / k + 1;
    for (int r = 0; r < whole; r++) {
      FloatVector u = FloatVector.fromArray(S, g, o + r * k).sub(inner[r]);
      FloatVector.fromArray(S, y, o + r * k).mul(u).mul(s).intoArray(d, dO + r * k);
    }
    for (int i = whole * k; i < rows * k; i++) {
      d[dO + i] = y[o + i] * (g[o + i] - inner[i / k]) * scale;
    }
  }
}
