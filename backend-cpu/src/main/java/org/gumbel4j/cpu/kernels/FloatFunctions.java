package org.gumbel4j.cpu.kernels;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Exponentials of FLOAT32 lanes, and what is made of them, within two units in the last place. The
 * argument is reduced by exact steps, the rest is a minimax polynomial; there is no table and no
 * branch.
 *
 * <p>Ranges are whole vectors, {@code n} a multiple of {@link #L}; x and y may be one array, entry
 * for entry. Each function is written out in its loop: a shared method might not be inlined there,
 * and would then box every vector.
 */
final class FloatFunctions {
  private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;

  /** Lanes of a vector. */
  static final int L = S.length();

  private static final float LOG2_E = 1.44269504f;

  /** ln 2 in two parts; products of the first with exponents are exact. */
  private static final float LN2_HIGH = 0.693359375f;

  private static final float LN2_LOW = -2.12194440e-4f;

  /** 1.5 · 2^23: added, it leaves the nearest integer in the low bits. */
  private static final float MAGIC = 12582912f;

  private static final int MAGIC_BITS = 0x4b400000;

  // e^r = 1 + r + r²(E0 + E1 r + …), |r| ≤ ln(2)/2, relative error 2^-28 in e^r, 2^-26 in e^r − 1.
  private static final float E0 = 0.49999997f;
  private static final float E1 = 0.16666539f;
  private static final float E2 = 0.041667223f;
  private static final float E3 = 0.008367181f;
  private static final float E4 = 0.0013882396f;

  // tanh x = x + x³(T0 + T1 x² + …), |x| ≤ 0.63, relative error 2^-27.
  private static final float T0 = -0.33333275f;
  private static final float T1 = 0.13331275f;
  private static final float T2 = -0.053725127f;
  private static final float T3 = 0.020589827f;
  private static final float T4 = -0.005648317f;

  private FloatFunctions() {}

  /** y = e^x. */
  static void exp(float[] x, int xo, float[] y, int yo, int n) {
    FloatVector log2e = FloatVector.broadcast(S, LOG2_E);
    FloatVector magic = FloatVector.broadcast(S, MAGIC);
    FloatVector high = FloatVector.broadcast(S, -LN2_HIGH);
    FloatVector low = FloatVector.broadcast(S, -LN2_LOW);
    FloatVector top = FloatVector.broadcast(S, 89f);
    FloatVector bottom = FloatVector.broadcast(S, -104f);
    FloatVector e0 = FloatVector.broadcast(S, E0);
    FloatVector e1 = FloatVector.broadcast(S, E1);
    FloatVector e2 = FloatVector.broadcast(S, E2);
    FloatVector e3 = FloatVector.broadcast(S, E3);
    FloatVector e4 = FloatVector.broadcast(S, E4);
    for (int i = 0; i < n; i += L) {
      FloatVector v = FloatVector.fromArray(S, x, xo + i);
      // NaN compares false and goes through the polynomial unharmed.
      v = v.blend(top, v.compare(VectorOperators.GT, top));
      v = v.blend(bottom, v.compare(VectorOperators.LT, bottom));
      FloatVector z = v.fma(log2e, magic);
      FloatVector whole = z.sub(magic);
      FloatVector r = whole.fma(low, whole.fma(high, v));
      FloatVector p = e4.fma(r, e3).fma(r, e2).fma(r, e1).fma(r, e0);
      p = p.fma(r.mul(r), r).add(1f);
      // 2^whole in two factors: the result may be subnormal or overflow, neither factor does.
      IntVector k = z.reinterpretAsInts().sub(MAGIC_BITS);
      IntVector half = k.lanewise(VectorOperators.ASHR, 1);
      FloatVector one = half.add(127).lanewise(VectorOperators.LSHL, 23).reinterpretAsFloats();
      FloatVector other =
          k.sub(half).add(127).lanewise(VectorOperators.LSHL, 23).reinterpretAsFloats();
      p.mul(one).mul(other).intoArray(y, yo + i);
    }
  }

  /** x + rest = e^(x + rest), in place: what x cannot hold of it is left in {@code rest}. */
  static void expInTwo(float[] x, float[] rest, int n) {
    FloatVector log2e = FloatVector.broadcast(S, LOG2_E);
    FloatVector magic = FloatVector.broadcast(S, MAGIC);
    FloatVector high = FloatVector.broadcast(S, -LN2_HIGH);
    FloatVector low = FloatVector.broadcast(S, -LN2_LOW);
    FloatVector top = FloatVector.broadcast(S, 89f);
    FloatVector bottom = FloatVector.broadcast(S, -104f);
    FloatVector e0 = FloatVector.broadcast(S, E0);
    FloatVector e1 = FloatVector.broadcast(S, E1);
    FloatVector e2 = FloatVector.broadcast(S, E2);
    FloatVector e3 = FloatVector.broadcast(S, E3);
    FloatVector e4 = FloatVector.broadcast(S, E4);
    for (int i = 0; i < n; i += L) {
      FloatVector v = FloatVector.fromArray(S, x, i);
      v = v.blend(top, v.compare(VectorOperators.GT, top));
      v = v.blend(bottom, v.compare(VectorOperators.LT, bottom));
      FloatVector z = v.fma(log2e, magic);
      FloatVector whole = z.sub(magic);
      FloatVector r = whole.fma(low, whole.fma(high, v)).add(FloatVector.fromArray(S, rest, i));
      FloatVector p = e4.fma(r, e3).fma(r, e2).fma(r, e1).fma(r, e0);
      p = p.fma(r.mul(r), r);
      FloatVector q = p.add(1f);
      IntVector k = z.reinterpretAsInts().sub(MAGIC_BITS);
      IntVector half = k.lanewise(VectorOperators.ASHR, 1);
      FloatVector one = half.add(127).lanewise(VectorOperators.LSHL, 23).reinterpretAsFloats();
      FloatVector other =
          k.sub(half).add(127).lanewise(VectorOperators.LSHL, 23).reinterpretAsFloats();
      q.mul(one).mul(other).intoArray(x, i);
      p.sub(q.sub(1f)).mul(one).mul(other).intoArray(rest, i);
    }
  }

  /** y = e^x − 1. */
  static void expm1(float[] x, int xo, float[] y, int yo, int n) {
    FloatVector log2e = FloatVector.broadcast(S, LOG2_E);
    FloatVector magic = FloatVector.broadcast(S, MAGIC);
    FloatVector high = FloatVector.broadcast(S, -LN2_HIGH);
    FloatVector low = FloatVector.broadcast(S, -LN2_LOW);
    FloatVector top = FloatVector.broadcast(S, 89f);
    FloatVector bottom = FloatVector.broadcast(S, -17.5f);
    FloatVector e0 = FloatVector.broadcast(S, E0);
    FloatVector e1 = FloatVector.broadcast(S, E1);
    FloatVector e2 = FloatVector.broadcast(S, E2);
    FloatVector e3 = FloatVector.broadcast(S, E3);
    FloatVector e4 = FloatVector.broadcast(S, E4);
    for (int i = 0; i < n; i += L) {
      FloatVector u = FloatVector.fromArray(S, x, xo + i);
      FloatVector v = u.blend(top, u.compare(VectorOperators.GT, top));
      v = v.blend(bottom, v.compare(VectorOperators.LT, bottom));
      FloatVector z = v.fma(log2e, magic);
      FloatVector whole = z.sub(magic);
      FloatVector r = whole.fma(low, whole.fma(high, v));
      FloatVector p = e4.fma(r, e3).fma(r, e2).fma(r, e1).fma(r, e0);
      p = p.fma(r.mul(r), r);
      // 2^k p + (2^k − 1), halved so that 2^128 is not needed, and doubled at the end.
      IntVector k = z.reinterpretAsInts().sub(MAGIC_BITS);
      FloatVector half = k.add(126).lanewise(VectorOperators.LSHL, 23).reinterpretAsFloats();
      FloatVector e = p.fma(half, half.sub(0.5f));
      e = e.add(e);
      e.blend(u, u.compare(VectorOperators.EQ, 0f)).intoArray(y, yo + i);
    }
  }

  /** y = −|x|. */
  static void negativeMagnitude(float[] x, int xo, float[] y, int yo, int n) {
    for (int i = 0; i < n; i += L) {
      FloatVector v = FloatVector.fromArray(S, x, xo + i);
      v.reinterpretAsInts()
          .lanewise(VectorOperators.OR, Integer.MIN_VALUE)
          .reinterpretAsFloats()
          .intoArray(y, yo + i);
    }
  }

  /** y = 1 / (1 + e^−x), given y = e^−|x|. */
  static void sigmoidOfExponential(float[] x, int xo, float[] y, int yo, int n) {
    FloatVector one = FloatVector.broadcast(S, 1f);
    for (int i = 0; i < n; i += L) {
      FloatVector v = FloatVector.fromArray(S, x, xo + i);
      FloatVector e = FloatVector.fromArray(S, y, yo + i);
      FloatVector d = e.add(one);
      // One step of Newton's, with what the addition rounded off: then only the product rounds.
      FloatVector lost = e.sub(d.sub(one));
      FloatVector q = one.div(d);
      FloatVector residual = q.fma(lost, q.fma(d, one.neg()));
      q = q.sub(q.mul(residual));
      q.mul(one.blend(e, v.compare(VectorOperators.LT, 0f))).intoArray(y, yo + i);
    }
  }

  /**
   * y = tanh x, given y = e^−2|x|; near 0 by a polynomial of its own, where the quotient cancels.
   */
  static void tanhOfExponential(float[] x, int xo, float[] y, int yo, int n) {
    FloatVector one = FloatVector.broadcast(S, 1f);
    FloatVector t0 = FloatVector.broadcast(S, T0);
    FloatVector t1 = FloatVector.broadcast(S, T1);
    FloatVector t2 = FloatVector.broadcast(S, T2);
    FloatVector t3 = FloatVector.broadcast(S, T3);
    FloatVector t4 = FloatVector.broadcast(S, T4);
    for (int i = 0; i < n; i += L) {
      FloatVector v = FloatVector.fromArray(S, x, xo + i);
      FloatVector e = FloatVector.fromArray(S, y, yo + i);
      // 1 − 2e / (1 + e): the subtracted part is small, and so is its error.
      FloatVector large = one.sub(e.add(e).div(e.add(one)));
      FloatVector s = v.mul(v);
      FloatVector p = t4.fma(s, t3).fma(s, t2).fma(s, t1).fma(s, t0);
      FloatVector small = p.fma(s.mul(v), v);
      IntVector sign = v.reinterpretAsInts().lanewise(VectorOperators.AND, Integer.MIN_VALUE);
      large
          .blend(small, v.abs().compare(VectorOperators.LT, 0.625f))
          .reinterpretAsInts()
          .lanewise(VectorOperators.OR, sign)
          .reinterpretAsFloats()
          .intoArray(y, yo + i);
    }
  }
}
