package org.gumbel4j.cpu.kernels;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Loops of one or two exact operations on FLOAT32 lanes; {@code n} is a multiple of {@link #L}. An
 * output may be one of the inputs, entry for entry.
 */
final class FloatLoops {
  private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;

  /** Lanes of a vector. */
  static final int L = S.length();

  private FloatLoops() {}

  /** y = a + b. */
  static void add(float[] a, int ao, float[] b, int bo, float[] y, int yo, int n) {
    for (int i = 0; i < n; i += L) {
      FloatVector u = FloatVector.fromArray(S, a, ao + i);
      FloatVector v = FloatVector.fromArray(S, b, bo + i);
      u.add(v).intoArray(y, yo + i);
    }
  }

  /** y = a − b. */
  static void sub(float[] a, int ao, float[] b, int bo, float[] y, int yo, int n) {
    for (int i = 0; i < n; i += L) {
      FloatVector u = FloatVector.fromArray(S, a, ao + i);
      FloatVector v = FloatVector.fromArray(S, b, bo + i);
      u.sub(v).intoArray(y, yo + i);
    }
  }

  /** y = a · b. */
  static void mul(float[] a, int ao, float[] b, int bo, float[] y, int yo, int n) {
    for (int i = 0; i < n; i += L) {
      FloatVector u = FloatVector.fromArray(S, a, ao + i);
      FloatVector v = FloatVector.fromArray(S, b, bo + i);
      u.mul(v).intoArray(y, yo + i);
    }
  }

  /** y = a / b. */
  static void div(float[] a, int ao, float[] b, int bo, float[] y, int yo, int n) {
    for (int i = 0; i < n; i += L) {
      FloatVector u = FloatVector.fromArray(S, a, ao + i);
      FloatVector v = FloatVector.fromArray(S, b, bo + i);
      u.div(v).intoArray(y, yo + i);
    }
  }

  /** y = max(a, b), NaN if either is. */
  static void max(float[] a, int ao, float[] b, int bo, float[] y, int yo, int n) {
    for (int i = 0; i < n; i += L) {
      FloatVector u = FloatVector.fromArray(S, a, ao + i);
      FloatVector v = FloatVector.fromArray(S, b, bo + i);
      u.max(v).intoArray(y, yo + i);
    }
  }

  /** y = min(a, b), NaN if either is. */
  static void min(float[] a, int ao, float[] b, int bo, float[] y, int yo, int n) {
    for (int i = 0; i < n; i += L) {
      FloatVector u = FloatVector.fromArray(S, a, ao + i);
      FloatVector v = FloatVector.fromArray(S, b, bo + i);
      u.min(v).intoArray(y, yo + i);
    }
  }

  /** y = max(x, 0), NaN for NaN, +0 for −0. */
  static void relu(float[] x, int xo, float[] y, int yo, int n) {
    FloatVector zero = FloatVector.zero(S);
    for (int i = 0; i < n; i += L) {
      FloatVector v = FloatVector.fromArray(S, x, xo + i);
      v.blend(zero, v.compare(VectorOperators.LE, zero)).intoArray(y, yo + i);
    }
  }

  /** y = 2y. */
  static void twice(float[] y, int yo, int n) {
    for (int i = 0; i < n; i += L) {
      FloatVector v = FloatVector.fromArray(S, y, yo + i);
      v.add(v).intoArray(y, yo + i);
    }
  }

  /** y = y + max(x, 0). */
  static void addPositivePart(float[] x, int xo, float[] y, int yo, int n) {
    for (int i = 0; i < n; i += L) {
      FloatVector v = FloatVector.fromArray(S, x, xo + i);
      FloatVector positive = v.blend(0f, v.compare(VectorOperators.LT, 0f));
      FloatVector.fromArray(S, y, yo + i).add(positive).intoArray(y, yo + i);
    }
  }

  /** y = y + |l|·(l &lt; 0 ? t : 1 − t): max(l, 0) − l·t without a difference of large numbers. */
  static void addMissedPart(float[] l, int lo, float[] t, int to, float[] y, int yo, int n) {
    FloatVector one = FloatVector.broadcast(S, 1f);
    for (int i = 0; i < n; i += L) {
      FloatVector v = FloatVector.fromArray(S, l, lo + i);
      FloatVector target = FloatVector.fromArray(S, t, to + i);
      FloatVector missed = one.sub(target).blend(target, v.compare(VectorOperators.LT, 0f));
      v.abs().fma(missed, FloatVector.fromArray(S, y, yo + i)).intoArray(y, yo + i);
    }
  }

  /** d = (σ(l) − t)·g, given d = e^−|l|; where l ≥ 0 by σ(l) − t = (1 − t) − σ(−l). */
  static void missedTimes(
      float[] l, int lo, float[] t, int to, float[] g, int go, float[] d, int dO, int n) {
    FloatVector one = FloatVector.broadcast(S, 1f);
    for (int i = 0; i < n; i += L) {
      FloatVector v = FloatVector.fromArray(S, l, lo + i);
      FloatVector target = FloatVector.fromArray(S, t, to + i);
      FloatVector e = FloatVector.fromArray(S, d, dO + i);
      FloatVector s = e.div(e.add(one));
      FloatVector difference =
          one.sub(target).sub(s).blend(s.sub(target), v.compare(VectorOperators.LT, 0f));
      difference.mul(FloatVector.fromArray(S, g, go + i)).intoArray(d, dO + i);
    }
  }

  /** y = −|x|. */
  static void negativeMagnitude(float[] x, int xo, float[] y, int yo, int n) {
    for (int i = 0; i < n; i += L) {
      FloatVector.fromArray(S, x, xo + i).abs().neg().intoArray(y, yo + i);
    }
  }

  /** y = b where a &gt; 0, else 0. */
  static void wherePositive(float[] a, int ao, float[] b, int bo, float[] y, int yo, int n) {
    FloatVector zero = FloatVector.zero(S);
    for (int i = 0; i < n; i += L) {
      FloatVector u = FloatVector.fromArray(S, a, ao + i);
      zero.blend(FloatVector.fromArray(S, b, bo + i), u.compare(VectorOperators.GT, 0f))
          .intoArray(y, yo + i);
    }
  }

  /** z = x + scale·y, each operation rounded. */
  static void addScaled(
      float[] x, int xo, float[] y, int yo, float scale, float[] z, int zo, int n) {
    FloatVector s = FloatVector.broadcast(S, scale);
    for (int i = 0; i < n; i += L) {
      FloatVector v = FloatVector.fromArray(S, y, yo + i).mul(s);
      FloatVector.fromArray(S, x, xo + i).add(v).intoArray(z, zo + i);
    }
  }

  /** d = y·(g − t)·scale, for any n; y and g begin at o, t at 0. */
  static void subtractAndMultiply(
      float[] y, float[] g, int o, float[] t, float scale, float[] d, int dO, int n) {
    FloatVector s = FloatVector.broadcast(S, scale);
    int i = 0;
    for (; i <= n - L; i += L) {
      FloatVector u = FloatVector.fromArray(S, g, o + i).sub(FloatVector.fromArray(S, t, i));
      FloatVector.fromArray(S, y, o + i).mul(u).mul(s).intoArray(d, dO + i);
    }
    for (; i < n; i++) {
      d[dO + i] = y[o + i] * (g[o + i] - t[i]) * scale;
    }
  }
}
