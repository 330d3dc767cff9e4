package org.gumbel4j.cpu.kernels;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * What {@link ArgMaxPasses} does, for rows of two to four entries, of which a register holds
 * several; none of the entries is NaN.
 *
 * <p>Rows of three and four are looked at as if one began at every entry, by registers that are
 * one, two and three entries on; the rows that there are are picked afterwards.
 */
final class ArgMaxOfFewPasses {
  private static final VectorSpecies<Integer> INTS = VectorShapes.INTS;
  private static final VectorSpecies<Float> FLOATS = VectorShapes.FLOATS;
  private static final int L = INTS.length();

  /** The bits of 1 in the lower half of a word, and in both. */
  private static final long FIRST = 0x3f800000L;

  private static final long BOTH = 0x3f8000003f800000L;

  private static final Pass[] PAIRS = {ArgMaxOfFewPasses::pairs};
  private static final Pass[] THREES = {ArgMaxOfFewPasses::threes, ArgMaxOfFewPasses::pick};
  private static final Pass[] FOURS = {ArgMaxOfFewPasses::fours, ArgMaxOfFewPasses::pick};

  /** Not the index but the one-hot vector of each pair, to results. */
  static final Pass[] ONE_HOT_PAIRS = {ArgMaxOfFewPasses::oneHotPairs};

  private ArgMaxOfFewPasses() {}

  /** From z to {@link Chunk#drawn}, for rows of k entries, two to four. */
  static Pass[] ofRows(int k) {
    return k == 2 ? PAIRS : k == 3 ? THREES : FOURS;
  }

  /** 1 where the second entry of a pair is the larger, else 0. */
  private static void pairs(Chunk chunk) {
    float[] z = chunk.z;
    long[] y = chunk.drawn;
    int from = chunk.drawnAt;
    int pairs = chunk.rows;
    int r = 0;
    for (; r <= pairs - L / 2; r += L / 2) {
      IntVector bits = FloatVector.fromArray(FLOATS, z, 2 * r).reinterpretAsInts();
      LongVector both =
          bits.lanewise(VectorOperators.ASHR, 31)
              .lanewise(VectorOperators.AND, Integer.MAX_VALUE)
              .lanewise(VectorOperators.XOR, bits)
              .reinterpretAsLongs();
      LongVector first = both.lanewise(VectorOperators.LSHL, 32).lanewise(VectorOperators.ASHR, 32);
      first
          .sub(both.lanewise(VectorOperators.ASHR, 32))
          .lanewise(VectorOperators.LSHR, 63)
          .intoArray(y, from + r);
    }
    for (; r < pairs; r++) {
      y[from + r] = z[2 * r] < z[2 * r + 1] ? 1 : 0;
    }
  }

  /** 1 where the largest entry of a pair is, of equal ones the first, and 0 beside it. */
  private static void oneHotPairs(Chunk chunk) {
    float[] z = chunk.z;
    float[] y = chunk.out;
    int yo = chunk.outAt;
    int n = 2 * chunk.rows;
    int i = 0;
    for (; i <= n - L; i += L) {
      IntVector bits = FloatVector.fromArray(FLOATS, z, i).reinterpretAsInts();
      LongVector both =
          bits.lanewise(VectorOperators.ASHR, 31)
              .lanewise(VectorOperators.AND, Integer.MAX_VALUE)
              .lanewise(VectorOperators.XOR, bits)
              .reinterpretAsLongs();
      LongVector first = both.lanewise(VectorOperators.LSHL, 32).lanewise(VectorOperators.ASHR, 32);
      first
          .sub(both.lanewise(VectorOperators.ASHR, 32))
          .lanewise(VectorOperators.ASHR, 63)
          .lanewise(VectorOperators.AND, BOTH)
          .lanewise(VectorOperators.XOR, FIRST)
          .reinterpretAsFloats()
          .intoArray(y, yo + i);
    }
    for (; i < n; i += 2) {
      y[yo + i] = z[i] < z[i + 1] ? 0 : 1;
      y[yo + i + 1] = 1 - y[yo + i];
    }
  }

  /**
   * Leaves what it finds where the words were; integers are carried as the floats of their bits.
   */
  private static void threes(Chunk chunk) {
    float[] z = chunk.z;
    int[] found = chunk.words;
    int n = 3 * chunk.rows;
    FloatVector zero = FloatVector.zero(FLOATS);
    FloatVector one = IntVector.broadcast(INTS, 1).reinterpretAsFloats();
    FloatVector two = IntVector.broadcast(INTS, 2).reinterpretAsFloats();
    for (int i = 0; i < n; i += L) {
      FloatVector a = FloatVector.fromArray(FLOATS, z, i);
      FloatVector b = FloatVector.fromArray(FLOATS, z, i + 1);
      FloatVector c = FloatVector.fromArray(FLOATS, z, i + 2);
      VectorMask<Float> larger = b.compare(VectorOperators.GT, a);
      zero.blend(one, larger)
          .blend(two, c.compare(VectorOperators.GT, a.blend(b, larger)))
          .reinterpretAsInts()
          .intoArray(found, i);
    }
  }

  private static void fours(Chunk chunk) {
    float[] z = chunk.z;
    int[] found = chunk.words;
    int n = 4 * chunk.rows;
    FloatVector zero = FloatVector.zero(FLOATS);
    FloatVector one = IntVector.broadcast(INTS, 1).reinterpretAsFloats();
    FloatVector two = IntVector.broadcast(INTS, 2).reinterpretAsFloats();
    FloatVector three = IntVector.broadcast(INTS, 3).reinterpretAsFloats();
    for (int i = 0; i < n; i += L) {
      FloatVector a = FloatVector.fromArray(FLOATS, z, i);
      FloatVector b = FloatVector.fromArray(FLOATS, z, i + 1);
      FloatVector c = FloatVector.fromArray(FLOATS, z, i + 2);
      FloatVector d = FloatVector.fromArray(FLOATS, z, i + 3);
      VectorMask<Float> firsts = b.compare(VectorOperators.GT, a);
      VectorMask<Float> seconds = d.compare(VectorOperators.GT, c);
      zero.blend(one, firsts)
          .blend(
              two.blend(three, seconds),
              c.blend(d, seconds).compare(VectorOperators.GT, a.blend(b, firsts)))
          .reinterpretAsInts()
          .intoArray(found, i);
    }
  }

  /** Of what was found at every entry, that at which each row begins. */
  private static void pick(Chunk chunk) {
    int[] found = chunk.words;
    long[] y = chunk.drawn;
    int at = chunk.drawnAt;
    int rows = chunk.rows;
    int k = chunk.k;
    for (int r = 0; r < rows; r++) {
      y[at + r] = found[r * k];
    }
  }
}
