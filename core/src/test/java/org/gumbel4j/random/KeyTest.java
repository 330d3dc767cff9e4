package org.gumbel4j.random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class KeyTest {
  private static final Key KEY = Key.of(42);

  @Test
  void isAValue() {
    assertThat(Key.of(42)).isEqualTo(KEY).hasSameHashCodeAs(KEY);
    assertThat(Key.of(43)).isNotEqualTo(KEY);
    assertThat(Key.of(1L << 32)).isNotEqualTo(Key.of(1)).isNotEqualTo(Key.of(0));
    assertThat(Key.of(42)).hasToString("Key[0000002a 00000000 00000000 00000000]");
  }

  @Test
  void differsInEachOfItsWords() {
    Key key = Key.ofWords(1, 2, 3, 4);
    for (int i = 0; i < 4; i++) {
      int[] words = {1, 2, 3, 4};
      words[i] = 9;
      assertThat(Key.ofWords(words[0], words[1], words[2], words[3])).isNotEqualTo(key);
    }
  }

  @Test
  void comesBackFromItsWords() {
    Key child = KEY.child(3);
    assertThat(Key.ofWords(child.word(0), child.word(1), child.word(2), child.word(3)))
        .isEqualTo(child);
    assertThatThrownBy(() -> child.word(4))
        .isInstanceOf(IndexOutOfBoundsException.class)
        .hasMessageContaining("no word 4");
  }

  @Test
  void aLongerSplitChangesNoChild() {
    assertThat(KEY.split(2)).isEqualTo(Arrays.copyOf(KEY.split(5), 2));
    assertThat(KEY.split(5)[4]).isEqualTo(KEY.child(4));
    assertThat(KEY.split(0)).isEmpty();
  }

  @Test
  void aShorterDrawIsTheBeginningOfALongerOne() {
    for (Noise kind : Noise.values()) {
      assertThat(KEY.floats(kind, 3)).isEqualTo(Arrays.copyOf(KEY.floats(kind, 70), 3));
      assertThat(KEY.doubles(kind, 3)).isEqualTo(Arrays.copyOf(KEY.doubles(kind, 70), 3));
    }
    assertThat(KEY.ints(3)).isEqualTo(Arrays.copyOf(KEY.ints(70), 3));
    assertThat(KEY.longs(3)).isEqualTo(Arrays.copyOf(KEY.longs(70), 3));
    assertThat(KEY.integers(0, 9, 3)).isEqualTo(Arrays.copyOf(KEY.integers(0, 9, 70), 3));
  }

  @Test
  void childrenAreAllDifferent() {
    Set<Key> keys = new HashSet<>();
    int perFamily = 50_000;
    for (Key parent : new Key[] {Key.of(0), Key.of(1)}) {
      for (int i = 0; i < perFamily; i++) {
        keys.add(parent.child(i));
        keys.add(parent.fold(i));
        keys.add(parent.child(i * (1L << 32) + 1));
      }
    }
    // child(1) of each parent is counted twice; 3e5 random 128-bit keys collide with probability
    // 1e-28.
    assertThat(keys).hasSize(2 * (3 * perFamily - 1));
  }

  @Test
  void childrenAreNoDrawsOfTheirParent() {
    Set<Integer> tags = Set.of(Key.TAG_DRAW, Key.TAG_SPLIT, Key.TAG_FOLD);
    assertThat(tags).hasSize(3);
    // A draw and a child at the same counter: the tag alone tells them apart.
    int[] firstLane = {KEY.ints(64)[0], KEY.ints(64)[16], KEY.ints(64)[32], KEY.ints(64)[48]};
    assertThat(Key.ofWords(firstLane[0], firstLane[1], firstLane[2], firstLane[3]))
        .isNotEqualTo(KEY.child(0))
        .isNotEqualTo(KEY.fold(0));
  }

  /**
   * Sample correlations of 10⁶ pairs, each a z-score outside ±5 with probability 6e-7; six of them.
   */
  @Test
  void relatedKeysAreUncorrelated() {
    int n = 1_000_000;
    Key[] children = KEY.split(2);
    double[] parent = KEY.doubles(Noise.NORMAL, n);
    double[] first = children[0].doubles(Noise.NORMAL, n);
    double[] second = children[1].doubles(Noise.NORMAL, n);
    double[] folded = KEY.fold(0).doubles(Noise.NORMAL, n);
    double[] neighbour = Key.of(43).doubles(Noise.NORMAL, n);
    double[][][] pairs = {
      {parent, first}, {parent, folded}, {parent, neighbour}, {first, second}, {first, folded}
    };
    for (double[][] pair : pairs) {
      assertThat(meanProduct(pair[0], pair[1]) * Math.sqrt(n)).isCloseTo(0, within(5.0));
    }
    double[] shifted = Arrays.copyOfRange(KEY.doubles(Noise.NORMAL, n + 1), 1, n + 1);
    assertThat(meanProduct(parent, shifted) * Math.sqrt(n)).isCloseTo(0, within(5.0));
  }

  private static double meanProduct(double[] x, double[] y) {
    double sum = 0;
    for (int i = 0; i < x.length; i++) {
      sum += x[i] * y[i];
    }
    return sum / x.length;
  }

  @Test
  void refusesACountBelowZero() {
    assertThatThrownBy(() -> KEY.floats(Noise.GUMBEL, -3))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Key.floats: n is -3; it must be 0 or more");
    assertThatThrownBy(() -> KEY.doubles(Noise.GUMBEL, -3)).hasMessageContaining("Key.doubles");
    assertThatThrownBy(() -> KEY.split(-1)).hasMessageContaining("Key.split: n is -1");
    assertThatThrownBy(() -> KEY.ints(-1)).hasMessageContaining("Key.ints");
    assertThatThrownBy(() -> KEY.longs(-1)).hasMessageContaining("Key.longs");
    assertThatThrownBy(() -> KEY.integers(0, 5, -1)).hasMessageContaining("Key.integers: n is -1");
    assertThatThrownBy(() -> KEY.permutation(-1)).hasMessageContaining("Key.permutation");
  }

  @Test
  void refusesAPieceThatDoesNotFit() {
    float[] three = new float[3];
    assertThatThrownBy(() -> KEY.fill(Noise.UNIFORM, 0, three, 1, 3))
        .isInstanceOf(IndexOutOfBoundsException.class)
        .hasMessageContaining("length 3 has no room for 3 numbers at offset 1");
    assertThatThrownBy(() -> KEY.fill(Noise.UNIFORM, -1, three, 0, 3))
        .isInstanceOf(IndexOutOfBoundsException.class)
        .hasMessageContaining("from index -1");
    assertThatThrownBy(() -> KEY.fill(Noise.UNIFORM, 0, three, 0, -1))
        .isInstanceOf(IndexOutOfBoundsException.class)
        .hasMessageContaining("-1 numbers");
    assertThatThrownBy(() -> KEY.fill(Noise.UNIFORM, Long.MAX_VALUE - 1, new double[3], 0, 3))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }
}
