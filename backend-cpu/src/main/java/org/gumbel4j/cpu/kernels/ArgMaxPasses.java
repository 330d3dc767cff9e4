package org.gumbel4j.cpu.kernels;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;
import org.gumbel4j.cpu.kernels.Scratch.Slot;

/**
 * The index of the first largest entry of each row of a chunk's z, for rows of up to eight
 * registers; none of the entries is NaN.
 *
 * <p>Bits of floats, with those of negative numbers turned round, are integers of the same order.
 * Above how far an entry is from the row's end they make a 64-bit word, and the largest of such
 * words is the first largest entry's: one reduction finds maximum and index, without a branch,
 * which nobody could predict. Even lanes and odd ones make words apart. Rows of more than two
 * registers first become one: in each lane the largest entry stays, of equal ones the first. Where
 * the last registers overlap the first, an entry is looked at twice.
 */
final class ArgMaxPasses {
  private static final VectorSpecies<Integer> INTS = VectorShapes.INTS;
  private static final VectorSpecies<Float> FLOATS = VectorShapes.FLOATS;
  private static final int L = INTS.length();

  private static final int[] LANES = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15};

  private static final long HIGH = 0xffffffff00000000L;
  private static final long LOW = 0xffffffffL;

  /**
   * Whether the largest of a register's 64-bit numbers is found in it: narrower x86 registers have
   * no instructions for it, and the JIT makes objects instead. There the words wait in an array.
   */
  private static final boolean REDUCES = L == 16;

  /** The most entries of a row: with an array for the words, JDK 17 fails at eight registers. */
  static final int MOST = REDUCES ? 8 * L : 4 * L;

  private static final Pass[] OF_ONE = ending(ArgMaxPasses::one);
  private static final Pass[] OF_TWO = ending(ArgMaxPasses::two);
  private static final Pass[] OF_FOUR = ending(ArgMaxPasses::four);
  private static final Pass[] OF_EIGHT = ending(ArgMaxPasses::eight);

  private ArgMaxPasses() {}

  private static Pass[] ending(Pass pass) {
    return REDUCES ? new Pass[] {pass} : new Pass[] {pass, ArgMaxPasses::largest};
  }

  /** From z to {@link Chunk#drawn}, for rows of k entries. */
  static Pass[] ofRows(int k) {
    if (k >= 2 && k <= 4) {
      return ArgMaxOfFewPasses.ofRows(k);
    }
    if (k <= L) {
      return OF_ONE;
    }
    return k <= 2 * L ? OF_TWO : k <= 4 * L ? OF_FOUR : OF_EIGHT;
  }

  private static long[] kept(int rows) {
    return Scratch.longs(Slot.WORDS, REDUCES ? 0 : rows * (L / 2));
  }

  /** Takes every row's words to their largest. */
  private static void largest(Chunk chunk) {
    long[] kept = kept(chunk.rows);
    long[] y = chunk.drawn;
    int at = chunk.drawnAt;
    int rows = chunk.rows;
    int k = chunk.k;
    for (int r = 0; r < rows; r++) {
      int i = r * (L / 2);
      long best = narrowed(kept[i]);
      for (int lane = 1; lane < L / 2; lane++) {
        // Without a branch; differences do not overflow.
        long difference = best - narrowed(kept[i + lane]);
        best -= difference & (difference >> 63);
      }
      y[at + r] = k - (best & 0xff);
    }
  }

  /** A word's order with eight bits for the place, which is at most {@link #MOST}. */
  private static long narrowed(long word) {
    return (word >> 24) | (word & 0xff);
  }

  /** Rows of up to a register; what stands behind a row's entries becomes the least number. */
  private static void one(Chunk chunk) {
    float[] z = chunk.z;
    long[] y = chunk.drawn;
    int at = chunk.drawnAt;
    int rows = chunk.rows;
    int k = chunk.k;
    long[] kept = kept(rows);
    IntVector left = IntVector.broadcast(INTS, k).sub(IntVector.fromArray(INTS, LANES, 0));
    IntVector most =
        left.sub(1)
            .lanewise(VectorOperators.ASHR, 31)
            .lanewise(VectorOperators.XOR, Integer.MAX_VALUE);
    LongVector evens = left.reinterpretAsLongs().lanewise(VectorOperators.AND, LOW);
    LongVector odds = left.reinterpretAsLongs().lanewise(VectorOperators.LSHR, 32);
    for (int r = 0; r < rows; r++) {
      IntVector bits = FloatVector.fromArray(FLOATS, z, r * k).reinterpretAsInts();
      LongVector ordered =
          bits.lanewise(VectorOperators.ASHR, 31)
              .lanewise(VectorOperators.AND, Integer.MAX_VALUE)
              .lanewise(VectorOperators.XOR, bits)
              .min(most)
              .reinterpretAsLongs();
      LongVector even =
          ordered.lanewise(VectorOperators.LSHL, 32).lanewise(VectorOperators.OR, evens);
      LongVector odd =
          ordered.lanewise(VectorOperators.AND, HIGH).lanewise(VectorOperators.OR, odds);
      if (REDUCES) {
        y[at + r] = k - (even.max(odd).reduceLanes(VectorOperators.MAX) & LOW);
      } else {
        even.max(odd).intoArray(kept, r * (L / 2));
      }
    }
  }

  /** Rows of one register to two. */
  private static void two(Chunk chunk) {
    float[] z = chunk.z;
    long[] y = chunk.drawn;
    int at = chunk.drawnAt;
    int rows = chunk.rows;
    int k = chunk.k;
    long[] kept = kept(rows);
    IntVector left = IntVector.broadcast(INTS, k).sub(IntVector.fromArray(INTS, LANES, 0));
    LongVector evens = left.reinterpretAsLongs().lanewise(VectorOperators.AND, LOW);
    LongVector odds = left.reinterpretAsLongs().lanewise(VectorOperators.LSHR, 32);
    LongVector lastEvens = evens.sub(k - L);
    LongVector lastOdds = odds.sub(k - L);
    for (int r = 0; r < rows; r++) {
      IntVector bits = FloatVector.fromArray(FLOATS, z, r * k).reinterpretAsInts();
      LongVector ordered =
          bits.lanewise(VectorOperators.ASHR, 31)
              .lanewise(VectorOperators.AND, Integer.MAX_VALUE)
              .lanewise(VectorOperators.XOR, bits)
              .reinterpretAsLongs();
      LongVector even =
          ordered.lanewise(VectorOperators.LSHL, 32).lanewise(VectorOperators.OR, evens);
      LongVector odd =
          ordered.lanewise(VectorOperators.AND, HIGH).lanewise(VectorOperators.OR, odds);
      LongVector words = even.max(odd);
      bits = FloatVector.fromArray(FLOATS, z, r * k + k - L).reinterpretAsInts();
      ordered =
          bits.lanewise(VectorOperators.ASHR, 31)
              .lanewise(VectorOperators.AND, Integer.MAX_VALUE)
              .lanewise(VectorOperators.XOR, bits)
              .reinterpretAsLongs();
      even = ordered.lanewise(VectorOperators.LSHL, 32).lanewise(VectorOperators.OR, lastEvens);
      odd = ordered.lanewise(VectorOperators.AND, HIGH).lanewise(VectorOperators.OR, lastOdds);
      if (REDUCES) {
        y[at + r] = k - (words.max(even.max(odd)).reduceLanes(VectorOperators.MAX) & LOW);
      } else {
        words.max(even.max(odd)).intoArray(kept, r * (L / 2));
      }
    }
  }

  /** Rows of two registers to four; integers are carried as the floats of the same bits. */
  private static void four(Chunk chunk) {
    float[] z = chunk.z;
    long[] y = chunk.drawn;
    int at = chunk.drawnAt;
    int rows = chunk.rows;
    int k = chunk.k;
    long[] kept = kept(rows);
    IntVector left = IntVector.broadcast(INTS, k).sub(IntVector.fromArray(INTS, LANES, 0));
    FloatVector leftOfA = left.reinterpretAsFloats();
    FloatVector leftOfB = left.sub(L).reinterpretAsFloats();
    FloatVector leftOfC = left.sub(k - 2 * L).reinterpretAsFloats();
    FloatVector leftOfD = left.sub(k - L).reinterpretAsFloats();
    for (int r = 0; r < rows; r++) {
      int i = r * k;
      FloatVector a = FloatVector.fromArray(FLOATS, z, i);
      FloatVector b = FloatVector.fromArray(FLOATS, z, i + L);
      FloatVector c = FloatVector.fromArray(FLOATS, z, i + k - 2 * L);
      FloatVector d = FloatVector.fromArray(FLOATS, z, i + k - L);
      VectorMask<Float> larger = b.compare(VectorOperators.GT, a);
      a = a.blend(b, larger);
      b = leftOfA.blend(leftOfB, larger);
      larger = d.compare(VectorOperators.GT, c);
      c = c.blend(d, larger);
      d = leftOfC.blend(leftOfD, larger);
      larger = c.compare(VectorOperators.GT, a);
      LongVector from = b.blend(d, larger).reinterpretAsLongs();
      IntVector bits = a.blend(c, larger).reinterpretAsInts();
      LongVector ordered =
          bits.lanewise(VectorOperators.ASHR, 31)
              .lanewise(VectorOperators.AND, Integer.MAX_VALUE)
              .lanewise(VectorOperators.XOR, bits)
              .reinterpretAsLongs();
      LongVector even =
          ordered
              .lanewise(VectorOperators.LSHL, 32)
              .lanewise(VectorOperators.OR, from.lanewise(VectorOperators.AND, LOW));
      LongVector odd =
          ordered
              .lanewise(VectorOperators.AND, HIGH)
              .lanewise(VectorOperators.OR, from.lanewise(VectorOperators.LSHR, 32));
      if (REDUCES) {
        y[at + r] = k - (even.max(odd).reduceLanes(VectorOperators.MAX) & LOW);
      } else {
        even.max(odd).intoArray(kept, r * (L / 2));
      }
    }
  }

  /** Rows of four registers to eight. */
  private static void eight(Chunk chunk) {
    float[] z = chunk.z;
    long[] y = chunk.drawn;
    int at = chunk.drawnAt;
    int rows = chunk.rows;
    int k = chunk.k;
    long[] kept = kept(rows);
    IntVector left = IntVector.broadcast(INTS, k).sub(IntVector.fromArray(INTS, LANES, 0));
    for (int r = 0; r < rows; r++) {
      int i = r * k;
      int j = i + k - 4 * L;
      FloatVector a = FloatVector.fromArray(FLOATS, z, i);
      FloatVector b = FloatVector.fromArray(FLOATS, z, i + L);
      VectorMask<Float> larger = b.compare(VectorOperators.GT, a);
      FloatVector max = a.blend(b, larger);
      FloatVector of = left.reinterpretAsFloats().blend(left.sub(L).reinterpretAsFloats(), larger);
      a = FloatVector.fromArray(FLOATS, z, i + 2 * L);
      larger = a.compare(VectorOperators.GT, max);
      max = max.blend(a, larger);
      of = of.blend(left.sub(2 * L).reinterpretAsFloats(), larger);
      a = FloatVector.fromArray(FLOATS, z, i + 3 * L);
      larger = a.compare(VectorOperators.GT, max);
      max = max.blend(a, larger);
      of = of.blend(left.sub(3 * L).reinterpretAsFloats(), larger);

      a = FloatVector.fromArray(FLOATS, z, j);
      b = FloatVector.fromArray(FLOATS, z, j + L);
      larger = b.compare(VectorOperators.GT, a);
      a = a.blend(b, larger);
      FloatVector ofA =
          left.sub(k - 4 * L)
              .reinterpretAsFloats()
              .blend(left.sub(k - 3 * L).reinterpretAsFloats(), larger);
      b = FloatVector.fromArray(FLOATS, z, j + 2 * L);
      larger = b.compare(VectorOperators.GT, a);
      a = a.blend(b, larger);
      ofA = ofA.blend(left.sub(k - 2 * L).reinterpretAsFloats(), larger);
      b = FloatVector.fromArray(FLOATS, z, j + 3 * L);
      larger = b.compare(VectorOperators.GT, a);
      a = a.blend(b, larger);
      ofA = ofA.blend(left.sub(k - L).reinterpretAsFloats(), larger);

      larger = a.compare(VectorOperators.GT, max);
      LongVector from = of.blend(ofA, larger).reinterpretAsLongs();
      IntVector bits = max.blend(a, larger).reinterpretAsInts();
      LongVector ordered =
          bits.lanewise(VectorOperators.ASHR, 31)
              .lanewise(VectorOperators.AND, Integer.MAX_VALUE)
              .lanewise(VectorOperators.XOR, bits)
              .reinterpretAsLongs();
      LongVector even =
          ordered
              .lanewise(VectorOperators.LSHL, 32)
              .lanewise(VectorOperators.OR, from.lanewise(VectorOperators.AND, LOW));
      LongVector odd =
          ordered
              .lanewise(VectorOperators.AND, HIGH)
              .lanewise(VectorOperators.OR, from.lanewise(VectorOperators.LSHR, 32));
      if (REDUCES) {
        y[at + r] = k - (even.max(odd).reduceLanes(VectorOperators.MAX) & LOW);
      } else {
        even.max(odd).intoArray(kept, r * (L / 2));
      }
    }
  }
}
