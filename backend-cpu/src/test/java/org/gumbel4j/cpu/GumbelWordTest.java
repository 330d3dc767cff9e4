package org.gumbel4j.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import org.gumbel4j.random.Key;
import org.gumbel4j.random.Noise;
import org.junit.jupiter.api.Test;

final class GumbelWordTest {
  @Test
  void variatesAreThoseOfTheKey() {
    int[] words = Key.of(5).ints(100_000);
    float[] variates = Key.of(5).floats(Noise.GUMBEL, 100_000);
    for (int i = 0; i < words.length; i++) {
      assertThat(GumbelWord.toGumbel(words[i])).isEqualTo(variates[i]);
    }
  }

  @Test
  void variatesStayBelowTheEndThatTheRaceKnows() {
    assertThat(GumbelWord.toGumbel(0)).isBetween(22.86f, 22.9f);
    assertThat(GumbelWord.toGumbel(-1)).isBetween(-2.82f, -2.8f);
  }
}
