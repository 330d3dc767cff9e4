package org.gumbel4j.cpu.kernels;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Exponentials of perturbed logits over a temperature, in base 2, each a {@link Pass} over whole
 * registers.
 *
 * <p>The factor log₂(e)/τ comes as a sum of two floats, so that the exponent's fraction is rounded
 * once, and no digit is lost where the product is large.
 */
final class ExponentialPasses {
  private static final VectorSpecies<Float> FLOATS = VectorShapes.FLOATS;

  /** 1.5 · 2²³: added, it leaves the nearest integer in the low bits. */
  private static final float MAGIC = 12582912f;

  private static final int MAGIC_BITS = 0x4b400000;

  private static final int ONE = 0x3f800000;

  /** Not 0 in odd lanes. */
  private static final float[] ODD = {0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1};

  /** 2^(z·(high + low)), for products within ±125. */
  static final Pass[] EXPONENTIAL = {
    c -> exponential(c.z, c.zAt, c.high, c.low, c.out, c.outAt, c.count)
  };

  /** The softmax of pairs, whose differences' products are within 125. */
  static final Pass[] PAIRS = {
    c -> differences(c.z, c.zAt, c.high, c.low, c.uniforms, c.count),
    c -> pairs(c.uniforms, c.out, c.outAt, c.count)
  };

  /**
   * The same, for any numbers: with infinite differences, exponentials that are subnormal or 0, and
   * NaN. Where both apply, the bits are the same.
   */
  static final Pass[] ANY_PAIRS = {
    c -> anyDifferences(c.z, c.zAt, c.high, c.low, c.bound, c.uniforms, c.count),
    c -> pairs(c.uniforms, c.out, c.outAt, c.count)
  };

  private ExponentialPasses() {}

  private static void exponential(
      float[] z, int zo, float high, float low, float[] y, int yo, int length) {
    FloatVector h = FloatVector.broadcast(FLOATS, high);
    FloatVector w = FloatVector.broadcast(FLOATS, low);
    FloatVector magic = FloatVector.broadcast(FLOATS, MAGIC);
    for (int i = 0; i < length; i += FLOATS.length()) {
      FloatVector x = FloatVector.fromArray(FLOATS, z, zo + i);
      FloatVector whole = x.fma(h, magic);
      FloatVector r = x.fma(w, x.fma(h, magic.sub(whole)));
      FloatVector p =
          FloatVector.broadcast(FLOATS, LoopExp.D5)
              .fma(r, FloatVector.broadcast(FLOATS, LoopExp.D4));
      p = p.fma(r, FloatVector.broadcast(FLOATS, LoopExp.D3));
      p = p.fma(r, FloatVector.broadcast(FLOATS, LoopExp.D2));
      p = p.fma(r, FloatVector.broadcast(FLOATS, LoopExp.D1));
      p = p.fma(r, FloatVector.broadcast(FLOATS, 1f));
      p.reinterpretAsInts()
          .add(whole.reinterpretAsInts().lanewise(VectorOperators.LSHL, 23))
          .reinterpretAsFloats()
          .intoArray(y, yo + i);
    }
  }

  /**
   * With d = the second entry of a pair − the first, 2^−|d|·(high + low) with d's sign. Two
   * registers of pairs make one of d: those of one register in the even lanes, those of the other
   * in the odd ones.
   *
   * @param length a whole number of pairs of registers
   */
  private static void differences(float[] z, int zo, float high, float low, float[] u, int length) {
    FloatVector h = FloatVector.broadcast(FLOATS, -high);
    FloatVector w = FloatVector.broadcast(FLOATS, -low);
    FloatVector magic = FloatVector.broadcast(FLOATS, MAGIC);
    VectorMask<Float> odd = FloatVector.fromArray(FLOATS, ODD, 0).compare(VectorOperators.NE, 0f);
    for (int i = 0; i < length; i += 2 * FLOATS.length()) {
      FloatVector a = FloatVector.fromArray(FLOATS, z, zo + i);
      FloatVector b = FloatVector.fromArray(FLOATS, z, zo + i + FLOATS.length());
      FloatVector seconds =
          a.reinterpretAsLongs().lanewise(VectorOperators.LSHR, 32).reinterpretAsFloats();
      FloatVector firsts =
          b.reinterpretAsLongs().lanewise(VectorOperators.LSHL, 32).reinterpretAsFloats();
      IntVector d = seconds.sub(a).blend(b.sub(firsts), odd).reinterpretAsInts();
      FloatVector x = d.and(Integer.MAX_VALUE).reinterpretAsFloats();
      FloatVector whole = x.fma(h, magic);
      FloatVector r = x.fma(w, x.fma(h, magic.sub(whole)));
      FloatVector p =
          FloatVector.broadcast(FLOATS, LoopExp.D5)
              .fma(r, FloatVector.broadcast(FLOATS, LoopExp.D4));
      p = p.fma(r, FloatVector.broadcast(FLOATS, LoopExp.D3));
      p = p.fma(r, FloatVector.broadcast(FLOATS, LoopExp.D2));
      p = p.fma(r, FloatVector.broadcast(FLOATS, LoopExp.D1));
      p = p.fma(r, FloatVector.broadcast(FLOATS, 1f));
      p.reinterpretAsInts()
          .add(whole.reinterpretAsInts().lanewise(VectorOperators.LSHL, 23))
          .lanewise(VectorOperators.OR, d.and(Integer.MIN_VALUE))
          .reinterpretAsFloats()
          .intoArray(u, i / 2);
    }
  }

  /**
   * As {@link #differences}, for any numbers.
   *
   * @param bound the |d| beyond which the power is 0
   */
  private static void anyDifferences(
      float[] z, int zo, float high, float low, float bound, float[] u, int length) {
    FloatVector most = FloatVector.broadcast(FLOATS, bound);
    FloatVector h = FloatVector.broadcast(FLOATS, -high);
    FloatVector w = FloatVector.broadcast(FLOATS, -low);
    FloatVector magic = FloatVector.broadcast(FLOATS, MAGIC);
    VectorMask<Float> odd = FloatVector.fromArray(FLOATS, ODD, 0).compare(VectorOperators.NE, 0f);
    for (int i = 0; i < length; i += 2 * FLOATS.length()) {
      FloatVector a = FloatVector.fromArray(FLOATS, z, zo + i);
      FloatVector b = FloatVector.fromArray(FLOATS, z, zo + i + FLOATS.length());
      FloatVector seconds =
          a.reinterpretAsLongs().lanewise(VectorOperators.LSHR, 32).reinterpretAsFloats();
      FloatVector firsts =
          b.reinterpretAsLongs().lanewise(VectorOperators.LSHL, 32).reinterpretAsFloats();
      IntVector d = seconds.sub(a).blend(b.sub(firsts), odd).reinterpretAsInts();
      FloatVector x = d.and(Integer.MAX_VALUE).reinterpretAsFloats();
      // NaN compares false and stays.
      x = x.blend(most, x.compare(VectorOperators.GT, most));
      FloatVector whole = x.fma(h, magic);
      FloatVector r = x.fma(w, x.fma(h, magic.sub(whole)));
      FloatVector p =
          FloatVector.broadcast(FLOATS, LoopExp.D5)
              .fma(r, FloatVector.broadcast(FLOATS, LoopExp.D4));
      p = p.fma(r, FloatVector.broadcast(FLOATS, LoopExp.D3));
      p = p.fma(r, FloatVector.broadcast(FLOATS, LoopExp.D2));
      p = p.fma(r, FloatVector.broadcast(FLOATS, LoopExp.D1));
      p = p.fma(r, FloatVector.broadcast(FLOATS, 1f));
      // 2^whole in two factors, of which neither is subnormal.
      IntVector n = whole.reinterpretAsInts().sub(MAGIC_BITS);
      IntVector half = n.lanewise(VectorOperators.ASHR, 1);
      p.mul(half.add(127).lanewise(VectorOperators.LSHL, 23).reinterpretAsFloats())
          .mul(n.sub(half).add(127).lanewise(VectorOperators.LSHL, 23).reinterpretAsFloats())
          .reinterpretAsInts()
          .lanewise(VectorOperators.OR, d.and(Integer.MIN_VALUE))
          .reinterpretAsFloats()
          .intoArray(u, i / 2);
    }
  }

  /**
   * softmax of pairs, u of them being what {@link #differences} says, and q = 1/(1 + |u|): the
   * larger entry's is q and the other's |u|·q.
   */
  private static void pairs(float[] u, float[] y, int yo, int length) {
    FloatVector one = FloatVector.broadcast(FLOATS, 1f);
    VectorMask<Float> odd = FloatVector.fromArray(FLOATS, ODD, 0).compare(VectorOperators.NE, 0f);
    for (int i = 0; i < length; i += 2 * FLOATS.length()) {
      IntVector bits = FloatVector.fromArray(FLOATS, u, i / 2).reinterpretAsInts();
      FloatVector v = bits.and(Integer.MAX_VALUE).reinterpretAsFloats();
      FloatVector q = one.div(v.add(one));
      v = v.mul(q);
      // A zero's sign counts too; with one's bits it is that of a number.
      VectorMask<Float> falling =
          bits.lanewise(VectorOperators.OR, ONE)
              .reinterpretAsFloats()
              .compare(VectorOperators.LT, 0f);
      FloatVector first = v.blend(q, falling);
      FloatVector second = q.blend(v, falling);
      first
          .blend(
              second.reinterpretAsLongs().lanewise(VectorOperators.LSHL, 32).reinterpretAsFloats(),
              odd)
          .intoArray(y, yo + i);
      first
          .reinterpretAsLongs()
          .lanewise(VectorOperators.LSHR, 32)
          .reinterpretAsFloats()
          .blend(second, odd)
          .intoArray(y, yo + i + FLOATS.length());
    }
  }
}
