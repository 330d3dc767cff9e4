package org.gumbel4j.cpu.kernels;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;
import org.gumbel4j.cpu.kernels.Scratch.Slot;

/**
 * The softmax family for FLOAT32 rows of few entries. A chunk of rows is turned, so that a register
 * holds one entry of each of several rows and every lane is a row: no register is left half empty,
 * a row's bits depend on nothing but the row, and nothing is written but its results. What lies
 * between is double, in which there is no rounding to make up for.
 */
final class NarrowRows {
  private static final VectorSpecies<Double> S = VectorShapes.DOUBLES;
  private static final int L = S.length();

  /** Rows of this many entries are as fast one by one; registers of 64 bits hold but one number. */
  static final int LIMIT = L == 1 ? 0 : 3 * FloatLoops.L / 2;

  private static final Pass[] SOFTMAX = {
    NarrowRows::turn,
    NarrowRows::maxima,
    NarrowRows::exponentials,
    NarrowRows::sums,
    NarrowRows::reciprocals,
    NarrowRows::shares,
    NarrowRows::turnBack
  };

  private static final Pass[] LOG_SOFTMAX = {
    NarrowRows::turn,
    NarrowRows::maxima,
    NarrowRows::exponentials,
    NarrowRows::sums,
    NarrowRows::logarithms,
    NarrowRows::logShares,
    NarrowRows::turnBack
  };

  private static final Pass[] LOG_SUM_EXP = {
    NarrowRows::turn,
    NarrowRows::maxima,
    NarrowRows::exponentials,
    NarrowRows::sums,
    NarrowRows::logarithms,
    NarrowRows::logTotals
  };

  private NarrowRows() {}

  /** y = softmax(scale · x) in each row. */
  static void softmax(float[] x, int xo, float[] y, int yo, int rows, int k, double scale) {
    through(SOFTMAX, x, xo, y, yo, k, rows, k, scale);
  }

  /** y = x − log Σ e^x in each row. */
  static void logSoftmax(float[] x, int xo, float[] y, int yo, int rows, int k) {
    through(LOG_SOFTMAX, x, xo, y, yo, k, rows, k, 1);
  }

  /** y[r] = log Σ e^x of row r. */
  static void logSumExp(float[] x, int xo, float[] y, int yo, int rows, int k) {
    through(LOG_SUM_EXP, x, xo, y, yo, 1, rows, k, 1);
  }

  /**
   * Takes rows to results.
   *
   * @param width how many results a row has
   */
  private static void through(
      Pass[] passes,
      float[] x,
      int xo,
      float[] y,
      int yo,
      int width,
      int rows,
      int k,
      double factor) {
    int step = Math.max(1, Chunk.SIZE / k / L) * L;
    Chunk chunk = Chunk.ofThread();
    chunk.x = x;
    chunk.out = y;
    chunk.k = k;
    chunk.factor = factor;
    chunk.turned = Scratch.doubles(Slot.ROWS, step * k);
    chunk.powers = Scratch.doubles(Slot.POWERS, step * k);
    chunk.maxima = Scratch.doubles(Slot.MAXIMA, step);
    chunk.totals = Scratch.doubles(Slot.TOTALS, step);
    for (int r = 0; r < rows; r += step) {
      chunk.rows = Math.min(step, rows - r);
      chunk.stride = (chunk.rows + L - 1) / L * L;
      chunk.xAt = xo + r * k;
      chunk.outAt = yo + r * width;
      chunk.through(passes);
    }
    chunk.release();
  }

  private static void turn(Chunk c) {
    float[] x = c.x;
    double[] turned = c.turned;
    for (int j = 0; j < c.k; j++) {
      int at = j * c.stride;
      int i = c.xAt + j;
      for (int r = 0; r < c.rows; r++) {
        turned[at + r] = x[i];
        i += c.k;
      }
    }
  }

  /** NaN if an entry is. */
  private static void maxima(Chunk c) {
    System.arraycopy(c.turned, 0, c.maxima, 0, c.stride);
    for (int j = 1; j < c.k; j++) {
      int at = j * c.stride;
      for (int r = 0; r < c.stride; r += L) {
        DoubleVector.fromArray(S, c.maxima, r)
            .max(DoubleVector.fromArray(S, c.turned, at + r))
            .intoArray(c.maxima, r);
      }
    }
  }

  /**
   * e^((x − maximum)·factor), as {@link DoubleFunctions#exp} but that no result is infinite, and
   * that e^−708 is the smallest: beside e^0 it is nothing.
   */
  private static void exponentials(Chunk c) {
    DoubleVector factor = DoubleVector.broadcast(S, c.factor);
    DoubleVector log2e = DoubleVector.broadcast(S, DoubleFunctions.LOG2_E);
    DoubleVector magic = DoubleVector.broadcast(S, DoubleFunctions.MAGIC);
    DoubleVector high = DoubleVector.broadcast(S, -DoubleFunctions.LN2_HIGH);
    DoubleVector low = DoubleVector.broadcast(S, -DoubleFunctions.LN2_LOW);
    DoubleVector bottom = DoubleVector.broadcast(S, -708);
    DoubleVector e10 = DoubleVector.broadcast(S, DoubleFunctions.E10);
    for (int j = 0; j < c.k; j++) {
      int at = j * c.stride;
      for (int r = 0; r < c.stride; r += L) {
        DoubleVector v = DoubleVector.fromArray(S, c.turned, at + r);
        v = v.sub(DoubleVector.fromArray(S, c.maxima, r)).mul(factor);
        v = v.blend(bottom, v.compare(VectorOperators.LT, bottom));
        DoubleVector z = v.fma(log2e, magic);
        DoubleVector whole = z.sub(magic);
        v = whole.fma(low, whole.fma(high, v));
        DoubleVector p = e10.fma(v, v.broadcast(DoubleFunctions.E9));
        p = p.fma(v, v.broadcast(DoubleFunctions.E8)).fma(v, v.broadcast(DoubleFunctions.E7));
        p = p.fma(v, v.broadcast(DoubleFunctions.E6)).fma(v, v.broadcast(DoubleFunctions.E5));
        p = p.fma(v, v.broadcast(DoubleFunctions.E4)).fma(v, v.broadcast(DoubleFunctions.E3));
        p = p.fma(v, v.broadcast(DoubleFunctions.E2)).fma(v, v.broadcast(DoubleFunctions.E1));
        p = p.fma(v, v.broadcast(DoubleFunctions.E0));
        p = p.fma(v.mul(v), v).add(1);
        p.reinterpretAsLongs()
            .add(z.reinterpretAsLongs().lanewise(VectorOperators.LSHL, 52))
            .reinterpretAsDoubles()
            .intoArray(c.powers, at + r);
      }
    }
  }

  private static void sums(Chunk c) {
    System.arraycopy(c.powers, 0, c.totals, 0, c.stride);
    for (int j = 1; j < c.k; j++) {
      int at = j * c.stride;
      for (int r = 0; r < c.stride; r += L) {
        DoubleVector.fromArray(S, c.totals, r)
            .add(DoubleVector.fromArray(S, c.powers, at + r))
            .intoArray(c.totals, r);
      }
    }
  }

  private static void reciprocals(Chunk c) {
    DoubleVector one = DoubleVector.broadcast(S, 1);
    for (int r = 0; r < c.stride; r += L) {
      one.div(DoubleVector.fromArray(S, c.totals, r)).intoArray(c.totals, r);
    }
  }

  /**
   * Of sums, as {@link DoubleFunctions#log}, but that they are at least 1. If one is NaN, then so
   * is the maximum, or it is infinite, and says all that there is to say: here it gives a finite
   * number.
   */
  private static void logarithms(Chunk c) {
    DoubleVector magic = DoubleVector.broadcast(S, DoubleFunctions.MAGIC);
    DoubleVector high = DoubleVector.broadcast(S, DoubleFunctions.LN2_HIGH);
    DoubleVector low = DoubleVector.broadcast(S, DoubleFunctions.LN2_LOW);
    DoubleVector h7 = DoubleVector.broadcast(S, DoubleFunctions.H7);
    for (int r = 0; r < c.stride; r += L) {
      LongVector bits = DoubleVector.fromArray(S, c.totals, r).reinterpretAsLongs();
      LongVector k = bits.sub(DoubleFunctions.TWO_THIRDS).lanewise(VectorOperators.ASHR, 52);
      DoubleVector t = bits.sub(k.lanewise(VectorOperators.LSHL, 52)).reinterpretAsDoubles().sub(1);
      DoubleVector e = k.add(DoubleFunctions.MAGIC_BITS).reinterpretAsDoubles().sub(magic);
      DoubleVector s = t.div(t.add(2));
      DoubleVector w = s.mul(s);
      DoubleVector p = h7.fma(w, w.broadcast(DoubleFunctions.H6));
      p = p.fma(w, w.broadcast(DoubleFunctions.H5)).fma(w, w.broadcast(DoubleFunctions.H4));
      p = p.fma(w, w.broadcast(DoubleFunctions.H3)).fma(w, w.broadcast(DoubleFunctions.H2));
      p = p.fma(w, w.broadcast(DoubleFunctions.H1)).fma(w, w.broadcast(DoubleFunctions.H0));
      DoubleVector square = t.mul(t).mul(0.5);
      e.fma(high, t.sub(square.sub(p.fma(w, square).fma(s, e.mul(low))))).intoArray(c.totals, r);
    }
  }

  private static void shares(Chunk c) {
    for (int j = 0; j < c.k; j++) {
      int at = j * c.stride;
      for (int r = 0; r < c.stride; r += L) {
        DoubleVector v = DoubleVector.fromArray(S, c.powers, at + r);
        v = v.mul(DoubleVector.fromArray(S, c.totals, r));
        v.intoArray(c.powers, at + r);
      }
    }
  }

  /** Two differences rather than one keep the digits of entries near the maximum. */
  private static void logShares(Chunk c) {
    for (int j = 0; j < c.k; j++) {
      int at = j * c.stride;
      for (int r = 0; r < c.stride; r += L) {
        DoubleVector v = DoubleVector.fromArray(S, c.turned, at + r);
        v = v.sub(DoubleVector.fromArray(S, c.maxima, r));
        v = v.sub(DoubleVector.fromArray(S, c.totals, r));
        v.intoArray(c.powers, at + r);
      }
    }
  }

  /**
   * Rounds one by one: converted registers would be of half the shape, and {@link Pass} forbids it.
   */
  private static void turnBack(Chunk c) {
    double[] turned = c.powers;
    float[] y = c.out;
    for (int j = 0; j < c.k; j++) {
      int at = j * c.stride;
      int i = c.outAt + j;
      for (int r = 0; r < c.rows; r++) {
        y[i] = (float) turned[at + r];
        i += c.k;
      }
    }
  }

  private static void logTotals(Chunk c) {
    for (int r = 0; r < c.rows; r++) {
      c.out[c.outAt + r] = (float) (c.maxima[r] + c.totals[r]);
    }
  }
}
