package org.gumbel4j.cpu.kernels;

/**
 * Arrays that a thread uses over and over for what does not outlive a kernel. A slot belongs to one
 * purpose, so that a kernel's callee cannot take its caller's array away.
 */
public final class Scratch {
  /** What the arrays are for. */
  public enum Slot {
    /** A broadcast operand, spelt out. */
    FIRST_OPERAND,
    /** A second one. */
    SECOND_OPERAND,
    /** A third one. */
    THIRD_OPERAND,
    /** Noise made on the way. */
    NOISE,
    /** Logits with noise added. */
    PERTURBED,
    /** Exponentials or products of a block of rows. */
    ROWS,
    /** Panels of the first matrix. */
    PANELS_A,
    /** Panels of the second matrix. */
    PANELS_B,
    /** A tile of a product at the matrix's edge. */
    TILE
  }

  private static final ThreadLocal<Scratch> LOCAL = ThreadLocal.withInitial(Scratch::new);
  private static final int SLOTS = Slot.values().length;

  private final float[][] floats = new float[SLOTS][0];
  private final double[][] doubles = new double[SLOTS][0];

  private Scratch() {}

  /** An array of at least the given length, with whatever was left in it. */
  public static float[] floats(Slot slot, int length) {
    float[][] arrays = LOCAL.get().floats;
    int i = slot.ordinal();
    if (arrays[i].length < length) {
      arrays[i] = new float[length];
    }
    return arrays[i];
  }

  /** An array of at least the given length, with whatever was left in it. */
  public static double[] doubles(Slot slot, int length) {
    double[][] arrays = LOCAL.get().doubles;
    int i = slot.ordinal();
    if (arrays[i].length < length) {
      arrays[i] = new double[length];
    }
    return arrays[i];
  }
}
