package org.gumbel4j.cpu.kernels;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** As {@link FloatFunctions}, for FLOAT64: the two functions that all others lean on. */
final class DoubleFunctions {
  private static final VectorSpecies<Double> S = DoubleVector.SPECIES_PREFERRED;

  /** Lanes of a vector. */
  static final int L = S.length();

  static final double LOG2_E = 1.4426950408889634;
  static final double LN2_HIGH = 0x1.62e42p-1;
  static final double LN2_LOW = 4.7493250390316726e-07;

  /** 1.5 · 2^52. */
  static final double MAGIC = 6755399441055744.0;

  static final long MAGIC_BITS = 0x4338000000000000L;
  static final long TWO_THIRDS = 0x3fe5555555555555L;

  // e^r = 1 + r + r²(E0 + E1 r + …), relative error 2^-63.
  static final double E0 = 0.5;
  static final double E1 = 0.16666666666666685;
  static final double E2 = 0.04166666666666603;
  static final double E3 = 0.008333333333315703;
  static final double E4 = 0.0013888888889134197;
  static final double E5 = 0.00019841269899727054;
  static final double E6 = 2.4801586903833813e-05;
  static final double E7 = 2.7557231481903997e-06;
  static final double E8 = 2.7557592386145354e-07;
  static final double E9 = 2.5113226425588902e-08;
  static final double E10 = 2.0825633059797665e-09;

  // log((1 + s) / (1 − s)) = 2s + s³(H0 + H1 s² + …), |s| ≤ 1/5, relative error 2^-62.
  static final double H0 = 0.666666666666666;
  static final double H1 = 0.4000000000005671;
  static final double H2 = 0.28571428555819806;
  static final double H3 = 0.2222222429755294;
  static final double H4 = 0.1818166580136694;
  static final double H5 = 0.1539111469708271;
  static final double H6 = 0.13173547770503308;
  static final double H7 = 0.13843422421528526;

  private DoubleFunctions() {}

  /** y = e^x. */
  static void exp(double[] x, int xo, double[] y, int yo, int n) {
    DoubleVector log2e = DoubleVector.broadcast(S, LOG2_E);
    DoubleVector magic = DoubleVector.broadcast(S, MAGIC);
    DoubleVector high = DoubleVector.broadcast(S, -LN2_HIGH);
    DoubleVector low = DoubleVector.broadcast(S, -LN2_LOW);
    DoubleVector top = DoubleVector.broadcast(S, 710);
    DoubleVector bottom = DoubleVector.broadcast(S, -746);
    DoubleVector e10 = DoubleVector.broadcast(S, E10);
    for (int i = 0; i < n; i += L) {
      DoubleVector v = DoubleVector.fromArray(S, x, xo + i);
      v = v.blend(top, v.compare(VectorOperators.GT, top));
      v = v.blend(bottom, v.compare(VectorOperators.LT, bottom));
      DoubleVector z = v.fma(log2e, magic);
      DoubleVector whole = z.sub(magic);
      DoubleVector r = whole.fma(low, whole.fma(high, v));
      DoubleVector p = e10.fma(r, r.broadcast(E9)).fma(r, r.broadcast(E8));
      p = p.fma(r, r.broadcast(E7)).fma(r, r.broadcast(E6)).fma(r, r.broadcast(E5));
      p = p.fma(r, r.broadcast(E4)).fma(r, r.broadcast(E3)).fma(r, r.broadcast(E2));
      p = p.fma(r, r.broadcast(E1)).fma(r, r.broadcast(E0));
      p = p.fma(r.mul(r), r).add(1);
      LongVector k = z.reinterpretAsLongs().sub(MAGIC_BITS);
      LongVector half = k.lanewise(VectorOperators.ASHR, 1);
      DoubleVector one = half.add(1023).lanewise(VectorOperators.LSHL, 52).reinterpretAsDoubles();
      DoubleVector other =
          k.sub(half).add(1023).lanewise(VectorOperators.LSHL, 52).reinterpretAsDoubles();
      p.mul(one).mul(other).intoArray(y, yo + i);
    }
  }

  /** y = log x. */
  static void log(double[] x, int xo, double[] y, int yo, int n) {
    DoubleVector magic = DoubleVector.broadcast(S, MAGIC);
    DoubleVector high = DoubleVector.broadcast(S, LN2_HIGH);
    DoubleVector low = DoubleVector.broadcast(S, LN2_LOW);
    DoubleVector h7 = DoubleVector.broadcast(S, H7);
    for (int i = 0; i < n; i += L) {
      DoubleVector v = DoubleVector.fromArray(S, x, xo + i);
      VectorMask<Double> subnormal = v.compare(VectorOperators.LT, Double.MIN_NORMAL);
      LongVector bits = v.blend(v.mul(0x1p52), subnormal).reinterpretAsLongs();
      LongVector k = bits.sub(TWO_THIRDS).lanewise(VectorOperators.ASHR, 52);
      DoubleVector t = bits.sub(k.lanewise(VectorOperators.LSHL, 52)).reinterpretAsDoubles().sub(1);
      DoubleVector e = k.add(MAGIC_BITS).reinterpretAsDoubles().sub(magic);
      e = e.blend(e.sub(52), subnormal);
      DoubleVector s = t.div(t.add(2));
      DoubleVector w = s.mul(s);
      DoubleVector p = h7.fma(w, w.broadcast(H6)).fma(w, w.broadcast(H5));
      p = p.fma(w, w.broadcast(H4)).fma(w, w.broadcast(H3)).fma(w, w.broadcast(H2));
      p = p.fma(w, w.broadcast(H1)).fma(w, w.broadcast(H0));
      // 2s + s³p = t − (t²/2 − s(t²/2 + s²p)): the leading term is exact.
      DoubleVector square = t.mul(t).mul(0.5);
      DoubleVector rest = p.fma(w, square).fma(s, e.mul(low));
      DoubleVector r = e.fma(high, t.sub(square.sub(rest)));
      r = r.blend(Double.NaN, v.compare(VectorOperators.LT, 0));
      r = r.blend(Double.NEGATIVE_INFINITY, v.compare(VectorOperators.EQ, 0));
      r = v.blend(r, v.compare(VectorOperators.LT, Double.POSITIVE_INFINITY));
      r.intoArray(y, yo + i);
    }
  }
}
