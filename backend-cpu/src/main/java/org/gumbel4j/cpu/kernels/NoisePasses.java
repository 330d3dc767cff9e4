package org.gumbel4j.cpu.kernels;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The steps from 32-bit words to single-precision noise, each a {@link Pass} over a whole number of
 * registers.
 *
 * <p>The operations and their order are those of the frozen mapping ({@code docs/randomness.md}),
 * so every bit equals the scalar kernel's; integers become floating-point by their bits, since JDK
 * 17 does not always know a conversion. The polynomial is written out in each loop, since a helper
 * that takes vectors is not always inlined, and a vector that crosses a call is boxed.
 */
final class NoisePasses {
  private static final VectorSpecies<Integer> INTS = VectorShapes.INTS;
  private static final VectorSpecies<Float> FLOATS = VectorShapes.FLOATS;

  private static final int TWO_THIRDS = 0x3f2aaaab;
  private static final int ONE = 0x3f800000;
  private static final int EXPONENT_MASK = 0xff800000;

  /** The bits of 2⁻¹⁰ + 2⁻³³. */
  private static final int LOW_PART = 0x3a800001;

  /** 1.5 · 2²³: an integer added to its bits is an integer added to it. */
  private static final float MAGIC = 12582912f;

  private static final int MAGIC_BITS = 0x4b400000;

  private static final int LAST_BELOW_ONE = 0x3f7fffff;
  private static final int LAST_BELOW_HALF = 0x3effffff;

  private static final float LN2 = 0x1.62e430p-1f;
  private static final float MINUS_LN_LN2 = 0x1.774f2ap-2f;

  /** Coefficients of log₂(1 + t)/t, the constant first. */
  private static final float C0 = 0x1.715476p0f;

  private static final float C1 = -0x1.715456p-1f;
  private static final float C2 = 0x1.ec7104p-2f;
  private static final float C3 = -0x1.71727ep-2f;
  private static final float C4 = 0x1.277d42p-2f;
  private static final float C5 = -0x1.e4fc98p-3f;
  private static final float C6 = 0x1.a149bap-3f;
  private static final float C7 = -0x1.c6db96p-3f;
  private static final float C8 = 0x1.8e2832p-3f;

  /** From words to variates, in {@link Chunk#uniforms}. */
  static final Pass[] UNIFORM = {NoisePasses::uniform};

  /** Leave their variates in {@link Chunk#noise}. */
  static final Pass[] EXPONENTIAL = {
    NoisePasses::uniform, NoisePasses::exponential2, NoisePasses::toBaseE
  };

  static final Pass[] GUMBEL = {
    NoisePasses::uniform, NoisePasses::exponential2, NoisePasses::gumbel
  };

  static final Pass[] LOGISTIC = {
    NoisePasses::halfUniform, NoisePasses::exponential2, NoisePasses::logistic
  };

  /** Adds Gumbel variates of the words to logits. */
  static final Pass[] PERTURB = {
    NoisePasses::uniform, NoisePasses::exponential2, NoisePasses::perturb
  };

  /** Adds noise that is there, scaled, to logits. */
  static final Pass[] ADD_SCALED = {NoisePasses::addScaled};

  private NoisePasses() {}

  /**
   * The uniform variate v of each word: put together of two exact parts by their bits instead of
   * conversions.
   */
  private static void uniform(Chunk chunk) {
    int[] words = chunk.words;
    float[] out = chunk.uniforms;
    int length = chunk.length;
    for (int i = 0; i < length; i += INTS.length()) {
      IntVector r = IntVector.fromArray(INTS, words, i);
      // 1 + high·2⁻²³, less the 1 and what the low part has too much.
      FloatVector high =
          r.lanewise(VectorOperators.LSHR, 9)
              .lanewise(VectorOperators.OR, ONE)
              .reinterpretAsFloats()
              .sub(1 + 0x1p-10f);
      // 2⁻¹⁰ + (low + ½)·2⁻³².
      FloatVector low =
          r.lanewise(VectorOperators.LSHL, 1)
              .lanewise(VectorOperators.AND, 0x3fe)
              .lanewise(VectorOperators.OR, LOW_PART)
              .reinterpretAsFloats();
      high.add(low).reinterpretAsInts().min(LAST_BELOW_ONE).reinterpretAsFloats().intoArray(out, i);
    }
  }

  /**
   * −log₂(1 − v) of each uniform variate v.
   *
   * <p>The mapping's steps with fewer instructions, and the same bits: −t takes the place of t,
   * with the odd coefficients' signs turned, so that nothing is negated on the way.
   */
  private static void exponential2(Chunk chunk) {
    float[] uniforms = chunk.uniforms;
    float[] out = chunk.noise;
    int length = chunk.length;
    for (int i = 0; i < length; i += FLOATS.length()) {
      FloatVector v = FloatVector.fromArray(FLOATS, uniforms, i);
      IntVector rest = FloatVector.broadcast(FLOATS, 1f).sub(v).reinterpretAsInts();
      // Its part from bit 23 up is −e: the exponent's own, negated and rounded up instead of down.
      IntVector exponent = IntVector.broadcast(INTS, TWO_THIRDS + 0x7fffff).sub(rest);
      FloatVector scale = exponent.and(EXPONENT_MASK).add(ONE).reinterpretAsFloats();
      FloatVector t = v.fma(scale, FloatVector.broadcast(FLOATS, 1f).sub(scale));
      FloatVector p = FloatVector.broadcast(FLOATS, C8).fma(t, FloatVector.broadcast(FLOATS, -C7));
      p = p.fma(t, FloatVector.broadcast(FLOATS, C6));
      p = p.fma(t, FloatVector.broadcast(FLOATS, -C5));
      p = p.fma(t, FloatVector.broadcast(FLOATS, C4));
      p = p.fma(t, FloatVector.broadcast(FLOATS, -C3));
      p = p.fma(t, FloatVector.broadcast(FLOATS, C2));
      p = p.fma(t, FloatVector.broadcast(FLOATS, -C1));
      p = p.fma(t, FloatVector.broadcast(FLOATS, C0));
      FloatVector k =
          exponent
              .lanewise(VectorOperators.ASHR, 23)
              .add(MAGIC_BITS)
              .reinterpretAsFloats()
              .sub(MAGIC);
      t.fma(p, k).intoArray(out, i);
    }
  }

  /** From base 2 to base e. */
  private static void toBaseE(Chunk chunk) {
    float[] values = chunk.noise;
    int length = chunk.length;
    for (int i = 0; i < length; i += FLOATS.length()) {
      FloatVector.fromArray(FLOATS, values, i).mul(LN2).intoArray(values, i);
    }
  }

  /** An exponential variate x in base 2 becomes −ln(ln 2 · x). */
  private static void gumbel(Chunk chunk) {
    float[] values = chunk.noise;
    int length = chunk.length;
    for (int i = 0; i < length; i += FLOATS.length()) {
      IntVector bits = FloatVector.fromArray(FLOATS, values, i).reinterpretAsInts();
      IntVector exponent = bits.sub(TWO_THIRDS).and(EXPONENT_MASK);
      FloatVector t = bits.sub(exponent).reinterpretAsFloats().sub(1f);
      FloatVector p = FloatVector.broadcast(FLOATS, C8).fma(t, FloatVector.broadcast(FLOATS, C7));
      p = p.fma(t, FloatVector.broadcast(FLOATS, C6));
      p = p.fma(t, FloatVector.broadcast(FLOATS, C5));
      p = p.fma(t, FloatVector.broadcast(FLOATS, C4));
      p = p.fma(t, FloatVector.broadcast(FLOATS, C3));
      p = p.fma(t, FloatVector.broadcast(FLOATS, C2));
      p = p.fma(t, FloatVector.broadcast(FLOATS, C1));
      p = p.fma(t, FloatVector.broadcast(FLOATS, C0));
      FloatVector k =
          exponent
              .lanewise(VectorOperators.ASHR, 23)
              .add(MAGIC_BITS)
              .reinterpretAsFloats()
              .sub(MAGIC);
      t.fma(p, k)
          .fma(FloatVector.broadcast(FLOATS, -LN2), FloatVector.broadcast(FLOATS, MINUS_LN_LN2))
          .intoArray(values, i);
    }
  }

  /** z = l + g, g the Gumbel variate of an exponential in base 2; notes the largest |z|. */
  private static void perturb(Chunk chunk) {
    float[] e = chunk.other;
    int eo = chunk.otherAt;
    float[] l = chunk.x;
    int lo = chunk.xAt;
    float[] z = chunk.z;
    int length = chunk.padded;
    FloatVector minusLn2 = FloatVector.broadcast(FLOATS, -LN2);
    FloatVector minusLnLn2 = FloatVector.broadcast(FLOATS, MINUS_LN_LN2);
    int[] largest = chunk.clearedLanes();
    for (int i = 0; i < length; i += FLOATS.length()) {
      IntVector bits = FloatVector.fromArray(FLOATS, e, eo + i).reinterpretAsInts();
      IntVector exponent = bits.sub(TWO_THIRDS);
      FloatVector t = bits.sub(exponent.and(EXPONENT_MASK)).reinterpretAsFloats().sub(1f);
      FloatVector p = FloatVector.broadcast(FLOATS, C8).fma(t, FloatVector.broadcast(FLOATS, C7));
      p = p.fma(t, FloatVector.broadcast(FLOATS, C6));
      p = p.fma(t, FloatVector.broadcast(FLOATS, C5));
      p = p.fma(t, FloatVector.broadcast(FLOATS, C4));
      p = p.fma(t, FloatVector.broadcast(FLOATS, C3));
      p = p.fma(t, FloatVector.broadcast(FLOATS, C2));
      p = p.fma(t, FloatVector.broadcast(FLOATS, C1));
      p = p.fma(t, FloatVector.broadcast(FLOATS, C0));
      FloatVector k =
          exponent
              .lanewise(VectorOperators.ASHR, 23)
              .add(MAGIC_BITS)
              .reinterpretAsFloats()
              .sub(MAGIC);
      FloatVector g = t.fma(p, k).fma(minusLn2, minusLnLn2);
      FloatVector perturbed = FloatVector.fromArray(FLOATS, l, lo + i).add(g);
      perturbed.intoArray(z, i);
      perturbed
          .reinterpretAsInts()
          .and(Integer.MAX_VALUE)
          .max(IntVector.fromArray(INTS, largest, 0))
          .intoArray(largest, 0);
    }
    chunk.noteLargest();
  }

  /** z = l + scale·g, each operation rounded; notes the largest |z|. */
  private static void addScaled(Chunk chunk) {
    float[] g = chunk.other;
    int go = chunk.otherAt;
    float[] l = chunk.x;
    int lo = chunk.xAt;
    float[] z = chunk.z;
    int length = chunk.padded;
    FloatVector s = FloatVector.broadcast(FLOATS, chunk.scale);
    int[] largest = chunk.clearedLanes();
    for (int i = 0; i < length; i += FLOATS.length()) {
      FloatVector noise = FloatVector.fromArray(FLOATS, g, go + i).mul(s);
      // Adding 0 makes a minus zero a zero: the first of equals is looked for by bits.
      FloatVector perturbed = FloatVector.fromArray(FLOATS, l, lo + i).add(noise).add(0f);
      perturbed.intoArray(z, i);
      perturbed
          .reinterpretAsInts()
          .and(Integer.MAX_VALUE)
          .max(IntVector.fromArray(INTS, largest, 0))
          .intoArray(largest, 0);
    }
    chunk.noteLargest();
  }

  /** A uniform variate in (0, ½) from the low 31 bits of each word. */
  private static void halfUniform(Chunk chunk) {
    int[] words = chunk.words;
    float[] uniforms = chunk.uniforms;
    int length = chunk.length;
    for (int i = 0; i < length; i += INTS.length()) {
      IntVector r = IntVector.fromArray(INTS, words, i);
      FloatVector high =
          r.lanewise(VectorOperators.AND, Integer.MAX_VALUE)
              .lanewise(VectorOperators.LSHR, 9)
              .lanewise(VectorOperators.OR, ONE)
              .reinterpretAsFloats()
              .sub(1 + 0x1p-10f);
      FloatVector low =
          r.lanewise(VectorOperators.LSHL, 1)
              .lanewise(VectorOperators.AND, 0x3fe)
              .lanewise(VectorOperators.OR, LOW_PART)
              .reinterpretAsFloats();
      FloatVector v = high.add(low);
      v = v.reinterpretAsInts().min(LAST_BELOW_HALF).reinterpretAsFloats();
      v.intoArray(uniforms, i);
    }
  }

  /** −log₂(1 − v) becomes ±ln((1 − v)/v), with the sign that the word has. */
  private static void logistic(Chunk chunk) {
    int[] words = chunk.words;
    float[] uniforms = chunk.uniforms;
    float[] values = chunk.noise;
    int length = chunk.length;
    for (int i = 0; i < length; i += FLOATS.length()) {
      IntVector bits = FloatVector.fromArray(FLOATS, uniforms, i).reinterpretAsInts();
      IntVector exponent = bits.sub(TWO_THIRDS).and(EXPONENT_MASK);
      FloatVector t = bits.sub(exponent).reinterpretAsFloats().sub(1f);
      FloatVector p = FloatVector.broadcast(FLOATS, C8).fma(t, FloatVector.broadcast(FLOATS, C7));
      p = p.fma(t, FloatVector.broadcast(FLOATS, C6));
      p = p.fma(t, FloatVector.broadcast(FLOATS, C5));
      p = p.fma(t, FloatVector.broadcast(FLOATS, C4));
      p = p.fma(t, FloatVector.broadcast(FLOATS, C3));
      p = p.fma(t, FloatVector.broadcast(FLOATS, C2));
      p = p.fma(t, FloatVector.broadcast(FLOATS, C1));
      p = p.fma(t, FloatVector.broadcast(FLOATS, C0));
      FloatVector k =
          exponent
              .lanewise(VectorOperators.ASHR, 23)
              .add(MAGIC_BITS)
              .reinterpretAsFloats()
              .sub(MAGIC);
      FloatVector magnitude =
          t.fma(p, k).neg().sub(FloatVector.fromArray(FLOATS, values, i)).mul(LN2);
      IntVector sign = IntVector.fromArray(INTS, words, i).not().and(Integer.MIN_VALUE);
      magnitude
          .reinterpretAsInts()
          .lanewise(VectorOperators.XOR, sign)
          .reinterpretAsFloats()
          .intoArray(values, i);
    }
  }
}
