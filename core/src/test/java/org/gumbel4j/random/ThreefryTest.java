package org.gumbel4j.random;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ThreefryTest {
  /** The three known answers that come with Random123. */
  @Test
  void givesTheKnownAnswers() {
    assertThat(Threefry.words(Key.ofWords(0, 0, 0, 0), 0, 0, 0, 0))
        .containsExactly(0x9c6ca96a, 0xe17eae66, 0xfc10ecd4, 0x5256a7d8);
    assertThat(Threefry.words(Key.ofWords(-1, -1, -1, -1), -1, -1, -1, -1))
        .containsExactly(0x2a881696, 0x57012287, 0xf6c7446e, 0xa16a6732);
    Key digitsOfPi = Key.ofWords(0xa4093822, 0x299f31d0, 0x082efa98, 0xec4e6c89);
    assertThat(Threefry.words(digitsOfPi, 0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344))
        .containsExactly(0x59cd1dbb, 0xb8879579, 0x86b5d00c, 0xac8b6d84);
  }

  @Test
  void everyBitOfTheCounterChangesAboutHalfTheOutput() {
    Key key = Key.of(7);
    int[] before = Threefry.words(key, 0, 0, 0, 0);
    for (int bit = 0; bit < 128; bit++) {
      int[] counter = new int[4];
      counter[bit / 32] = 1 << bit % 32;
      int[] after = Threefry.words(key, counter[0], counter[1], counter[2], counter[3]);
      int changed = 0;
      for (int i = 0; i < 4; i++) {
        changed += Integer.bitCount(before[i] ^ after[i]);
      }
      // Binomial(128, 1/2): outside [32, 96] with probability 1e-8, so 2e-6 over all bits.
      assertThat(changed).as("bits changed by counter bit %s", bit).isBetween(32, 96);
    }
  }
}
