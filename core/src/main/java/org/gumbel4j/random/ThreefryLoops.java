package org.gumbel4j.random;

/**
 * {@link Threefry} for many counters at once: four rounds to a loop over arrays, which the JIT
 * compiler turns into vector code by itself.
 */
final class ThreefryLoops {
  /** Counters per block. */
  static final int LANES = 16;

  /** Words per block. */
  static final int BLOCK = 4 * LANES;

  private static final int PARITY = 0x1BD11BDA;

  private final int[] x0;
  private final int[] x1;
  private final int[] x2;
  private final int[] x3;

  /** Scratch memory for so many blocks at a time. */
  ThreefryLoops(int blocks) {
    x0 = new int[blocks * LANES];
    x1 = new int[blocks * LANES];
    x2 = new int[blocks * LANES];
    x3 = new int[blocks * LANES];
  }

  /** Writes the 32-bit words of blocks {@code first}, …, {@code first + blocks − 1} of a key. */
  void words(Key key, long first, int blocks, int[] out) {
    int n = blocks * LANES;
    int k0 = key.k0;
    int k1 = key.k1;
    int k2 = key.k2;
    int k3 = key.k3;
    int k4 = PARITY ^ k0 ^ k1 ^ k2 ^ k3;
    for (int i = 0; i < n; i++) {
      long counter = first * LANES + i;
      x0[i] = (int) counter + k0;
      x1[i] = (int) (counter >>> 32) + k1;
      x2[i] = k2;
      x3[i] = Key.TAG_DRAW + k3;
    }
    oddRounds(x0, x1, x2, x3, n, k1, k2, k3, k4 + 1);
    evenRounds(x0, x1, x2, x3, n, k2, k3, k4, k0 + 2);
    oddRounds(x0, x1, x2, x3, n, k3, k4, k0, k1 + 3);
    evenRounds(x0, x1, x2, x3, n, k4, k0, k1, k2 + 4);
    oddRounds(x0, x1, x2, x3, n, k0, k1, k2, k3 + 5);
    for (int b = 0; b < blocks; b++) {
      System.arraycopy(x0, b * LANES, out, b * BLOCK, LANES);
      System.arraycopy(x1, b * LANES, out, b * BLOCK + LANES, LANES);
      System.arraycopy(x2, b * LANES, out, b * BLOCK + 2 * LANES, LANES);
      System.arraycopy(x3, b * LANES, out, b * BLOCK + 3 * LANES, LANES);
    }
  }

  /** The first, third and fifth four rounds, each with the key words added after it. */
  private static void oddRounds(
      int[] x0, int[] x1, int[] x2, int[] x3, int n, int a0, int a1, int a2, int a3) {
    for (int i = 0; i < n; i++) {
      int p = x0[i];
      int q = x1[i];
      int r = x2[i];
      int s = x3[i];

      p += q;
      q = Integer.rotateLeft(q, 10) ^ p;
      r += s;
      s = Integer.rotateLeft(s, 26) ^ r;

      p += s;
      s = Integer.rotateLeft(s, 11) ^ p;
      r += q;
      q = Integer.rotateLeft(q, 21) ^ r;

      p += q;
      q = Integer.rotateLeft(q, 13) ^ p;
      r += s;
      s = Integer.rotateLeft(s, 27) ^ r;

      p += s;
      s = Integer.rotateLeft(s, 23) ^ p;
      r += q;
      q = Integer.rotateLeft(q, 5) ^ r;

      x0[i] = p + a0;
      x1[i] = q + a1;
      x2[i] = r + a2;
      x3[i] = s + a3;
    }
  }

  /** The second and fourth four rounds. */
  private static void evenRounds(
      int[] x0, int[] x1, int[] x2, int[] x3, int n, int a0, int a1, int a2, int a3) {
    for (int i = 0; i < n; i++) {
      int p = x0[i];
      int q = x1[i];
      int r = x2[i];
      int s = x3[i];

      p += q;
      q = Integer.rotateLeft(q, 6) ^ p;
      r += s;
      s = Integer.rotateLeft(s, 20) ^ r;

      p += s;
      s = Integer.rotateLeft(s, 17) ^ p;
      r += q;
      q = Integer.rotateLeft(q, 11) ^ r;

      p += q;
      q = Integer.rotateLeft(q, 25) ^ p;
      r += s;
      s = Integer.rotateLeft(s, 10) ^ r;

      p += s;
      s = Integer.rotateLeft(s, 18) ^ p;
      r += q;
      q = Integer.rotateLeft(q, 20) ^ r;

      x0[i] = p + a0;
      x1[i] = q + a1;
      x2[i] = r + a2;
      x3[i] = s + a3;
    }
  }
}
