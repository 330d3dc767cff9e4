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
    counters(first, blocks, words, k0, k1, k2, k3);
    firstRounds(words, blocks, k1, k2, k3, k4 + 1);
    secondRounds(words, blocks, k2, k3, k4, k0 + 2);
    firstRounds(words, blocks, k3, k4, k0, k1 + 3);
    secondRounds(words, blocks, k4, k0, k1, k2 + 4);
    firstRounds(words, blocks, k0, k1, k2, k3 + 5);
  }

  private static void counters(
      long first, int blocks, int[] words, int k0, int k1, int k2, int k3) {
    for (int block = 0; block < blocks; block++) {
      // A block's sixteen counters begin at a multiple of sixteen, so all share their high word.
      long counter = (first + block) * LANES;
      int at = block * BLOCK;
      for (int lane = 0; lane < LANES; lane += INTS.length()) {
        IntVector.broadcast(INTS, (int) counter + lane + k0)
            .addIndex(1)
            .intoArray(words, at + lane);
        IntVector.broadcast(INTS, (int) (counter >>> 32) + k1).intoArray(words, at + lane + 16);
        IntVector.broadcast(INTS, k2).intoArray(words, at + lane + 32);
        IntVector.broadcast(INTS, TAG_DRAW + k3).intoArray(words, at + lane + 48);
      }
    }
  }

  private static void firstRounds(int[] words, int blocks, int a0, int a1, int a2, int a3) {
    for (int i = 0; i < blocks * LANES; i += INTS.length()) {
      int at = (i / LANES) * BLOCK + i % LANES;
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

  private static void secondRounds(int[] words, int blocks, int a0, int a1, int a2, int a3) {
    for (int i = 0; i < blocks * LANES; i += INTS.length()) {
      int at = (i / LANES) * BLOCK + i % LANES;
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
