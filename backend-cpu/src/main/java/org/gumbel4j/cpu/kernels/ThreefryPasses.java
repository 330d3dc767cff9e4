package org.gumbel4j.cpu.kernels;

import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Threefry4x32-20 over blocks of sixteen counters, two rounds to a {@link Pass}.
 *
 * <p>The rounds are written out, since a helper that takes vectors is where the JIT boxes every
 * register. The state waits in the output array between passes: word j of lane l of block b at 64·b
 * + 16·j + l, which is where the mapping wants it.
 */
final class ThreefryPasses {
  /** Words per block. */
  static final int BLOCK = 64;

  /** What the key's words make zero with their parity. */
  static final int PARITY = 0x1BD11BDA;

  private static final int LANES = 16;

  /** "DRAW" in ASCII: the last counter word of every draw. */
  private static final int TAG_DRAW = 0x44524157;

  private static final VectorSpecies<Integer> INTS = VectorShapes.INTS;

  /** From nothing to the words of a chunk's blocks. */
  static final Pass[] WORDS = {
    ThreefryPasses::counterRounds,
    ThreefryPasses::rounds3,
    ThreefryPasses::rounds5,
    ThreefryPasses::rounds7,
    ThreefryPasses::rounds1,
    ThreefryPasses::rounds3,
    ThreefryPasses::rounds5,
    ThreefryPasses::rounds7,
    ThreefryPasses::rounds1,
    ThreefryPasses::rounds3
  };

  private ThreefryPasses() {}

  /**
   * The first two rounds, from the counters. All lanes but those of the lowest word are alike, so
   * most is done once, for all.
   */
  private static void counterRounds(Chunk chunk) {
    int blocks = chunk.length / BLOCK;
    int done = 0;
    while (done < blocks) {
      // Up to where the counters' low word wraps, all share their high word.
      long counter = (chunk.block + done) * LANES;
      long before = ((1L << 32) - (counter & 0xffffffffL)) / LANES;
      int count = (int) Math.min(blocks - done, before);
      for (int lane = 0; lane < LANES; lane += INTS.length()) {
        int from = done * BLOCK + lane;
        counterRounds(chunk.words, from, from + count * BLOCK, counter + lane, chunk.key);
      }
      done += count;
    }
  }

  private static void counterRounds(int[] words, int from, int end, long counter, int[] key) {
    int y1 = (int) (counter >>> 32) + key[1];
    int y3 = TAG_DRAW + key[3];
    int y2 = key[2] + y3;
    y3 = Integer.rotateLeft(y3, 26) ^ y2;
    int turned1 = Integer.rotateLeft(y1, 10);
    int turned3 = Integer.rotateLeft(y3, 11);
    IntVector first = IntVector.broadcast(INTS, (int) counter + key[0] + y1).addIndex(1);
    for (int at = from; at < end; at += BLOCK) {
      IntVector sum = first.add((at - from) / (BLOCK / LANES));
      IntVector x1 = sum.lanewise(VectorOperators.XOR, turned1);

      IntVector x0 = sum.add(y3);
      IntVector x3 = x0.lanewise(VectorOperators.XOR, turned3);
      IntVector x2 = x1.add(y2);
      x1 = x1.lanewise(VectorOperators.ROL, 21).lanewise(VectorOperators.XOR, x2);

      x0.intoArray(words, at);
      x1.intoArray(words, at + 16);
      x2.intoArray(words, at + 32);
      x3.intoArray(words, at + 48);
    }
  }

  /** Rounds 1 and 2 of eight. */
  private static void rounds1(Chunk chunk) {
    int[] words = chunk.words;
    for (int lane = 0; lane < LANES; lane += INTS.length()) {
      for (int at = lane; at < chunk.length; at += BLOCK) {
        IntVector x0 = IntVector.fromArray(INTS, words, at);
        IntVector x1 = IntVector.fromArray(INTS, words, at + 16);
        IntVector x2 = IntVector.fromArray(INTS, words, at + 32);
        IntVector x3 = IntVector.fromArray(INTS, words, at + 48);

        x0 = x0.add(x1);
        x1 = x1.lanewise(VectorOperators.ROL, 10).lanewise(VectorOperators.XOR, x0);
        x2 = x2.add(x3);
        x3 = x3.lanewise(VectorOperators.ROL, 26).lanewise(VectorOperators.XOR, x2);

        x0 = x0.add(x3);
        x3 = x3.lanewise(VectorOperators.ROL, 11).lanewise(VectorOperators.XOR, x0);
        x2 = x2.add(x1);
        x1 = x1.lanewise(VectorOperators.ROL, 21).lanewise(VectorOperators.XOR, x2);

        x0.intoArray(words, at);
        x1.intoArray(words, at + 16);
        x2.intoArray(words, at + 32);
        x3.intoArray(words, at + 48);
      }
    }
  }

  /** Rounds 3 and 4 of eight, and the key. */
  private static void rounds3(Chunk chunk) {
    int[] words = chunk.words;
    int a0 = chunk.injection(0);
    int a1 = chunk.injection(1);
    int a2 = chunk.injection(2);
    int a3 = chunk.injection(3);
    chunk.injections++;
    for (int lane = 0; lane < LANES; lane += INTS.length()) {
      for (int at = lane; at < chunk.length; at += BLOCK) {
        IntVector x0 = IntVector.fromArray(INTS, words, at);
        IntVector x1 = IntVector.fromArray(INTS, words, at + 16);
        IntVector x2 = IntVector.fromArray(INTS, words, at + 32);
        IntVector x3 = IntVector.fromArray(INTS, words, at + 48);

        x0 = x0.add(x1);
        x1 = x1.lanewise(VectorOperators.ROL, 13).lanewise(VectorOperators.XOR, x0);
        x2 = x2.add(x3);
        x3 = x3.lanewise(VectorOperators.ROL, 27).lanewise(VectorOperators.XOR, x2);

        x0 = x0.add(x3);
        x3 = x3.lanewise(VectorOperators.ROL, 23).lanewise(VectorOperators.XOR, x0);
        x2 = x2.add(x1);
        x1 = x1.lanewise(VectorOperators.ROL, 5).lanewise(VectorOperators.XOR, x2);

        x0.add(a0).intoArray(words, at);
        x1.add(a1).intoArray(words, at + 16);
        x2.add(a2).intoArray(words, at + 32);
        x3.add(a3).intoArray(words, at + 48);
      }
    }
  }

  /** Rounds 5 and 6 of eight. */
  private static void rounds5(Chunk chunk) {
    int[] words = chunk.words;
    for (int lane = 0; lane < LANES; lane += INTS.length()) {
      for (int at = lane; at < chunk.length; at += BLOCK) {
        IntVector x0 = IntVector.fromArray(INTS, words, at);
        IntVector x1 = IntVector.fromArray(INTS, words, at + 16);
        IntVector x2 = IntVector.fromArray(INTS, words, at + 32);
        IntVector x3 = IntVector.fromArray(INTS, words, at + 48);

        x0 = x0.add(x1);
        x1 = x1.lanewise(VectorOperators.ROL, 6).lanewise(VectorOperators.XOR, x0);
        x2 = x2.add(x3);
        x3 = x3.lanewise(VectorOperators.ROL, 20).lanewise(VectorOperators.XOR, x2);

        x0 = x0.add(x3);
        x3 = x3.lanewise(VectorOperators.ROL, 17).lanewise(VectorOperators.XOR, x0);
        x2 = x2.add(x1);
        x1 = x1.lanewise(VectorOperators.ROL, 11).lanewise(VectorOperators.XOR, x2);

        x0.intoArray(words, at);
        x1.intoArray(words, at + 16);
        x2.intoArray(words, at + 32);
        x3.intoArray(words, at + 48);
      }
    }
  }

  /** Rounds 7 and 8 of eight, and the key. */
  private static void rounds7(Chunk chunk) {
    int[] words = chunk.words;
    int a0 = chunk.injection(0);
    int a1 = chunk.injection(1);
    int a2 = chunk.injection(2);
    int a3 = chunk.injection(3);
    chunk.injections++;
    for (int lane = 0; lane < LANES; lane += INTS.length()) {
      for (int at = lane; at < chunk.length; at += BLOCK) {
        IntVector x0 = IntVector.fromArray(INTS, words, at);
        IntVector x1 = IntVector.fromArray(INTS, words, at + 16);
        IntVector x2 = IntVector.fromArray(INTS, words, at + 32);
        IntVector x3 = IntVector.fromArray(INTS, words, at + 48);

        x0 = x0.add(x1);
        x1 = x1.lanewise(VectorOperators.ROL, 25).lanewise(VectorOperators.XOR, x0);
        x2 = x2.add(x3);
        x3 = x3.lanewise(VectorOperators.ROL, 10).lanewise(VectorOperators.XOR, x2);

        x0 = x0.add(x3);
        x3 = x3.lanewise(VectorOperators.ROL, 18).lanewise(VectorOperators.XOR, x0);
        x2 = x2.add(x1);
        x1 = x1.lanewise(VectorOperators.ROL, 20).lanewise(VectorOperators.XOR, x2);

        x0.add(a0).intoArray(words, at);
        x1.add(a1).intoArray(words, at + 16);
        x2.add(a2).intoArray(words, at + 32);
        x3.add(a3).intoArray(words, at + 48);
      }
    }
  }
}
