package org.gumbel4j.cpu.kernels;

/**
 * Arrays that a thread uses over and over for what does not outlive a kernel. A slot belongs to one
 * purpose, so that a kernel's callee cannot take its caller's array away.
 */
public final class Scratch {
  /** What the arrays are for. */
  public enum Slot {
    /** Noise made on the way. */
    NOISE(0),
    /** Logits with noise added. */
    PERTURBED(1),
    /** Exponentials or products of a block of rows. */
    ROWS(2),
    /** What rounding takes from a block of rows. */
    RESTS(11),
    /** Panels of the first matrix. */
    PANELS_A(3),
    /** Panels of the second matrix. */
    PANELS_B(4),
    /** A tile of a product at the matrix's edge. */
    TILE(5),
    /** Exponents, rounded. */
    EXP_SHIFTED(6),
    /** Powers of two. */
    EXP_POWERS(7),
    /** One number for each row of a block. */
    TOTALS(8),
    /** Exponentials of rows that need care. */
    CAREFUL(9),
    /** Registers whose lanes are added up. */
    LANES(10),
    /** Indices of a block of rows. */
    DRAWN(12),
    /** The largest of each row of a block. */
    MAXIMA(13),
    /** Powers of e. */
    POWERS(14),
    /** A register of 64-bit words for each row of a block. */
    WORDS(15);

    private static final int COUNT = 16;

    private final int index;

    Slot(int index) {
      this.index = index;
    }
  }

  private static final ThreadLocal<Scratch> LOCAL = ThreadLocal.withInitial(Scratch::new);

  private final float[][] floats = new float[Slot.COUNT][0];
  private final double[][] doubles = new double[Slot.COUNT][0];
  private final long[][] longs = new long[Slot.COUNT][0];

  private Scratch() {}

  /** An array of at least the given length, with whatever was left in it. */
  public static float[] floats(Slot slot, int length) {
    float[][] arrays = LOCAL.get().floats;
    int i = slot.index;
    if (arrays[i].length < length) {
      arrays[i] = new float[length];
    }
    return arrays[i];
  }

  /** An array of at least the given length, with whatever was left in it. */
  public static double[] doubles(Slot slot, int length) {
    double[][] arrays = LOCAL.get().doubles;
    int i = slot.index;
    if (arrays[i].length < length) {
      arrays[i] = new double[length];
    }
    return arrays[i];
  }

  /** An array of at least the given length, with whatever was left in it. */
  public static long[] longs(Slot slot, int length) {
    long[][] arrays = LOCAL.get().longs;
    int i = slot.index;
    if (arrays[i].length < length) {
      arrays[i] = new long[length];
    }
    return arrays[i];
  }
}
