package org.gumbel4j.cpu.kernels;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Logarithms of FLOAT32 lanes within two units in the last place, in a few {@linkplain Pass
 * passes}: the argument is taken apart as (1 + t)·2^e with 1 + t in [2/3, 4/3), a minimax
 * polynomial does the rest, and what is not a number is put right.
 *
 * <p>Ranges are whole vectors, {@code n} a multiple of {@link FloatFunctions#L}; x and y may be one
 * array, entry for entry.
 */
final class LogarithmPasses {
  private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
  private static final VectorSpecies<Integer> I = IntVector.SPECIES_PREFERRED;
  private static final int L = S.length();

  /** ln 2 in two parts; products of the first with exponents are exact. */
  private static final float LN2_HIGH = 0.693359375f;

  private static final float LN2_LOW = -2.12194440e-4f;

  /** 1.5 · 2^23: an integer added to its bits is an integer added to it. */
  private static final float MAGIC = 12582912f;

  private static final int MAGIC_BITS = 0x4b400000;
  private static final int TWO_THIRDS = 0x3f2aaaab;

  // log(1 + t) = t + t²(G0 + G1 t + …), |t| ≤ 1/3, relative error 2^-27.
  private static final float G0 = -0.5f;
  private static final float G1 = 0.3333321f;
  private static final float G2 = -0.24999717f;
  private static final float G3 = 0.20010747f;
  private static final float G4 = -0.16682306f;
  private static final float G5 = 0.14001161f;
  private static final float G6 = -0.12167152f;
  private static final float G7 = 0.14004757f;
  private static final float G8 = -0.12948973f;

  private static final Pass[] LOG = {
    LogarithmPasses::takeApart, LogarithmPasses::polynomial, c -> poles(c, 0)
  };

  private static final Pass[] LOG1P = {
    LogarithmPasses::addOneAndTakeApart,
    LogarithmPasses::polynomial,
    LogarithmPasses::zeros,
    c -> poles(c, -1)
  };

  private LogarithmPasses() {}

  /** y = log x. */
  static void log(float[] x, int xo, float[] y, int yo, int n) {
    through(LOG, x, xo, y, yo, n);
  }

  /** y = log(1 + x). */
  static void log1p(float[] x, int xo, float[] y, int yo, int n) {
    through(LOG1P, x, xo, y, yo, n);
  }

  private static void through(Pass[] passes, float[] x, int xo, float[] y, int yo, int n) {
    Chunk chunk = Chunk.ofThread();
    for (int i = 0; i < n; i += Chunk.SIZE) {
      chunk.map(x, xo + i, y, yo + i, Math.min(Chunk.SIZE, n - i)).through(passes);
    }
    chunk.release();
  }

  private static void takeApart(Chunk chunk) {
    float[] x = chunk.x;
    int xo = chunk.xAt;
    float[] fractions = chunk.uniforms;
    float[] exponents = chunk.noise;
    FloatVector magic = FloatVector.broadcast(S, MAGIC);
    for (int i = 0; i < chunk.count; i += L) {
      FloatVector v = FloatVector.fromArray(S, x, xo + i);
      VectorMask<Float> subnormal = v.compare(VectorOperators.LT, Float.MIN_NORMAL);
      IntVector bits = v.blend(v.mul(0x1p23f), subnormal).reinterpretAsInts();
      IntVector k = bits.sub(TWO_THIRDS).lanewise(VectorOperators.ASHR, 23);
      bits.sub(k.lanewise(VectorOperators.LSHL, 23))
          .reinterpretAsFloats()
          .sub(1f)
          .intoArray(fractions, i);
      FloatVector e = k.add(MAGIC_BITS).reinterpretAsFloats().sub(magic);
      e.blend(e.sub(23f), subnormal).intoArray(exponents, i);
    }
  }

  private static void addOneAndTakeApart(Chunk chunk) {
    float[] x = chunk.x;
    int xo = chunk.xAt;
    float[] fractions = chunk.uniforms;
    float[] exponents = chunk.noise;
    FloatVector magic = FloatVector.broadcast(S, MAGIC);
    IntVector bias = IntVector.broadcast(I, 127);
    FloatVector one = FloatVector.broadcast(S, 1f);
    for (int i = 0; i < chunk.count; i += L) {
      FloatVector v = FloatVector.fromArray(S, x, xo + i);
      FloatVector u = v.add(one);
      // What the addition rounded off, exactly: it is put back once the exponent is out.
      FloatVector lost =
          v.sub(u.sub(one)).blend(one.sub(u.sub(v)), v.compare(VectorOperators.GE, one));
      IntVector bits = u.reinterpretAsInts();
      IntVector k = bits.sub(TWO_THIRDS).lanewise(VectorOperators.ASHR, 23);
      FloatVector scale =
          bias.sub(k.min(126)).lanewise(VectorOperators.LSHL, 23).reinterpretAsFloats();
      FloatVector m = bits.sub(k.lanewise(VectorOperators.LSHL, 23)).reinterpretAsFloats();
      lost.fma(scale, m.sub(one)).intoArray(fractions, i);
      k.add(MAGIC_BITS).reinterpretAsFloats().sub(magic).intoArray(exponents, i);
    }
  }

  private static void polynomial(Chunk chunk) {
    float[] fractions = chunk.uniforms;
    float[] exponents = chunk.noise;
    FloatVector high = FloatVector.broadcast(S, LN2_HIGH);
    FloatVector low = FloatVector.broadcast(S, LN2_LOW);
    FloatVector g0 = FloatVector.broadcast(S, G0);
    FloatVector g1 = FloatVector.broadcast(S, G1);
    FloatVector g2 = FloatVector.broadcast(S, G2);
    FloatVector g3 = FloatVector.broadcast(S, G3);
    FloatVector g4 = FloatVector.broadcast(S, G4);
    FloatVector g5 = FloatVector.broadcast(S, G5);
    FloatVector g6 = FloatVector.broadcast(S, G6);
    FloatVector g7 = FloatVector.broadcast(S, G7);
    FloatVector g8 = FloatVector.broadcast(S, G8);
    for (int i = 0; i < chunk.count; i += L) {
      FloatVector t = FloatVector.fromArray(S, fractions, i);
      FloatVector e = FloatVector.fromArray(S, exponents, i);
      FloatVector p = g8.fma(t, g7).fma(t, g6).fma(t, g5).fma(t, g4);
      p = p.fma(t, g3).fma(t, g2).fma(t, g1).fma(t, g0);
      e.fma(high, p.fma(t.mul(t), e.mul(low)).add(t)).intoArray(exponents, i);
    }
  }

  /** A zero keeps its sign. */
  private static void zeros(Chunk chunk) {
    float[] logarithms = chunk.noise;
    for (int i = 0; i < chunk.count; i += L) {
      FloatVector v = FloatVector.fromArray(S, chunk.x, chunk.xAt + i);
      FloatVector l = FloatVector.fromArray(S, logarithms, i);
      l.blend(v, v.compare(VectorOperators.EQ, 0f)).intoArray(logarithms, i);
    }
  }

  /** −∞ where x is {@code pole}, NaN below, and x itself where that is ∞ or NaN. */
  private static void poles(Chunk chunk, float pole) {
    float[] logarithms = chunk.noise;
    for (int i = 0; i < chunk.count; i += L) {
      FloatVector v = FloatVector.fromArray(S, chunk.x, chunk.xAt + i);
      FloatVector l = FloatVector.fromArray(S, logarithms, i);
      l = l.blend(Float.NaN, v.compare(VectorOperators.LT, pole));
      l = l.blend(Float.NEGATIVE_INFINITY, v.compare(VectorOperators.EQ, pole));
      v.blend(l, v.compare(VectorOperators.LT, Float.POSITIVE_INFINITY))
          .intoArray(chunk.out, chunk.outAt + i);
    }
  }
}
