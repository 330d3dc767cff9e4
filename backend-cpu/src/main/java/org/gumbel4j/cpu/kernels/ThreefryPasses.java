package org.gumbel4j.cpu.kernels;

import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;
import org.gumbel4j.random.Key;

/**
 * Threefry4x32-20 over blocks of sixteen counters, in loops of four rounds.
 *
 * <p>More rounds to a loop, or a helper that takes vectors, is where the JIT gives up and boxes
 * every register; so the rounds are written out, and the state waits in the output array between
 * loops: word j of lane l of block b at 64·b + 16·j + l, which is where the mapping wants it.
 */
final class ThreefryPasses {
  /** Words per block. */
  static final int BLOCK = 64;

  private static final int LANES = 16;
  private static final int PARITY = 0x1BD11BDA;

  /** "DRAW" in ASCII: the last counter word of every draw. */
  private static final int TAG_DRAW = 0x44524157;

  private static final VectorSpecies<Integer> INTS = VectorShapes.INTS;

  private ThreefryPasses() {}

  /**
   * Writes the words of {@code blocks} blocks from number {@code first} to the beginning of {@code
   * words}.
   */
  static void words(Key key, long first, int blocks, int[] words) {
    int k0 = key.word(0);
    int k1 = key.word(1);
    int k2 = key.word(2);
    int k3 = key.word(3);
    int k4 = PARITY ^ k0 ^ k1 ^ k2 ^ k3;
    int done = 0;
    while (done < blocks) {
      // Up to where the counters' low word wraps, all share their high word.
      long counter = (first + done) * LANES;
      long before = ((1L << 32) - (counter & 0xffffffffL)) / LANES;
      int count = (int) Math.min(blocks - done, before);
      for (int lane = 0; lane < LANES; lane += INTS.length()) {
        int from = done * BLOCK + lane;
        counterRounds(words, from, from + count * BLOCK, counter + lane, k0, k1, k2, k3, k4 + 1);
      }
      done += count;
    }
    for (int lane = 0; lane < LANES; lane += INTS.length()) {
      int end = lane + blocks * BLOCK;
      secondRounds(words, lane, end, k2, k3, k4, k0 + 2);
      firstRounds(words, lane, end, k3, k4, k0, k1 + 3);
      secondRounds(words, lane, end, k4, k0, k1, k2 + 4);
      firstRounds(words, lane, end, k0, k1, k2, k3 + 5);
    }
  }

  /**
   * The first four rounds, from the counters. All lanes but those of the lowest word are alike, so
   * most of the first two rounds is done once, for all.
   */
  private static void counterRounds(
      int[] words, int from, int end, long counter, int k0, int k1, int k2, int k3, int a3) {
    int y1 = (int) (counter >>> 32) + k1;
    int y3 = TAG_DRAW + k3;
    int y2 = k2 + y3;
    y3 = Integer.rotateLeft(y3, 26) ^ y2;
    int turned1 = Integer.rotateLeft(y1, 10);
    int turned3 = Integer.rotateLeft(y3, 11);
    IntVector first = IntVector.broadcast(INTS, (int) counter + k0 + y1).addIndex(1);
    for (int at = from; at < end; at += BLOCK) {
      IntVector sum = first.add((at - from) / (BLOCK / LANES));
      IntVector x1 = sum.lanewise(VectorOperators.XOR, turned1);

      IntVector x0 = sum.add(y3);
      IntVector x3 = x0.lanewise(VectorOperators.XOR, turned3);
      IntVector x2 = x1.add(y2);
      x1 = x1.lanewise(VectorOperators.ROL, 21).lanewise(VectorOperators.XOR, x2);

      x0 = x0.add(x1);
      x1 = x1.lanewise(VectorOperators.ROL, 13).lanewise(VectorOperators.XOR, x0);
      x2 = x2.add(x3);
      x3 = x3.lanewise(VectorOperators.ROL, 27).lanewise(VectorOperators.XOR, x2);

      x0 = x0.add(x3);
      x3 = x3.lanewise(VectorOperators.ROL, 23).lanewise(VectorOperators.XOR, x0);
      x2 = x2.add(x1);
      x1 = x1.lanewise(VectorOperators.ROL, 5).lanewise(VectorOperators.XOR, x2);

      x0.add(k1).intoArray(words, at);
      x1.add(k2).intoArray(words, at + 16);
      x2.add(k3).intoArray(words, at + 32);
      x3.add(a3).intoArray(words, at + 48);
    }
  }

  private static void firstRounds(int[] words, int from, int end, int a0, int a1, int a2, int a3) {
    for (int at = from; at < end; at += BLOCK) {
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

  private static void secondRounds(int[] words, int from, int end, int a0, int a1, int a2, int a3) {
    for (int at = from; at < end; at += BLOCK) {
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
