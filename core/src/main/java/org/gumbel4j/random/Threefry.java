package org.gumbel4j.random;

/**
 * Threefry4x32-20, the counter-based generator everything random here rests on: a keyed bijection
 * of 128-bit counters, made of 32-bit additions, rotations and exclusive-ors alone.
 *
 * <p>Twenty rounds, as Salmon, Moraes, Dror and Shaw give it in "Parallel random numbers: as easy
 * as 1, 2, 3" (SC '11). There is no state: the same key and counter give the same four words,
 * whoever asks, in any order.
 */
public final class Threefry {
  private static final int PARITY = 0x1BD11BDA;

  private Threefry() {}

  /**
   * The four words of {@code key} at the counter ({@code c0}, {@code c1}, {@code c2}, {@code c3}).
   *
   * @return a new array of four words
   */
  public static int[] words(Key key, int c0, int c1, int c2, int c3) {
    int[] out = new int[4];
    encrypt(key, c0, c1, c2, c3, out, 0, 1);
    return out;
  }

  /** Writes the four words to {@code out[at]}, {@code out[at + stride]}, and so on. */
  static void encrypt(Key key, int c0, int c1, int c2, int c3, int[] out, int at, int stride) {
    int k0 = key.k0;
    int k1 = key.k1;
    int k2 = key.k2;
    int k3 = key.k3;
    int k4 = PARITY ^ k0 ^ k1 ^ k2 ^ k3;
    int x0 = c0 + k0;
    int x1 = c1 + k1;
    int x2 = c2 + k2;
    int x3 = c3 + k3;
    for (int injection = 1; injection <= 5; injection++) {
      if ((injection & 1) == 1) {
        x0 += x1;
        x1 = Integer.rotateLeft(x1, 10) ^ x0;
        x2 += x3;
        x3 = Integer.rotateLeft(x3, 26) ^ x2;

        x0 += x3;
        x3 = Integer.rotateLeft(x3, 11) ^ x0;
        x2 += x1;
        x1 = Integer.rotateLeft(x1, 21) ^ x2;

        x0 += x1;
        x1 = Integer.rotateLeft(x1, 13) ^ x0;
        x2 += x3;
        x3 = Integer.rotateLeft(x3, 27) ^ x2;

        x0 += x3;
        x3 = Integer.rotateLeft(x3, 23) ^ x0;
        x2 += x1;
        x1 = Integer.rotateLeft(x1, 5) ^ x2;
      } else {
        x0 += x1;
        x1 = Integer.rotateLeft(x1, 6) ^ x0;
        x2 += x3;
        x3 = Integer.rotateLeft(x3, 20) ^ x2;

        x0 += x3;
        x3 = Integer.rotateLeft(x3, 17) ^ x0;
        x2 += x1;
        x1 = Integer.rotateLeft(x1, 11) ^ x2;

        x0 += x1;
        x1 = Integer.rotateLeft(x1, 25) ^ x0;
        x2 += x3;
        x3 = Integer.rotateLeft(x3, 10) ^ x2;

        x0 += x3;
        x3 = Integer.rotateLeft(x3, 18) ^ x0;
        x2 += x1;
        x1 = Integer.rotateLeft(x1, 20) ^ x2;
      }
      // Injection i adds the five key words from word i on; moving them up by one each time comes
      // to that.
      int first = k0;
      k0 = k1;
      k1 = k2;
      k2 = k3;
      k3 = k4;
      k4 = first;
      x0 += k0;
      x1 += k1;
      x2 += k2;
      x3 += k3 + injection;
    }
    out[at] = x0;
    out[at + stride] = x1;
    out[at + 2 * stride] = x2;
    out[at + 3 * stride] = x3;
  }
}
