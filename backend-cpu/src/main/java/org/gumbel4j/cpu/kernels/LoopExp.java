package org.gumbel4j.cpu.kernels;

import org.gumbel4j.cpu.kernels.Scratch.Slot;

/**
 * Exponentials of FLOAT32 numbers that are not positive, within two units in the last place,
 * subnormal results included.
 *
 * <p>In loops that the JIT compiler makes vector code of: those that only multiply and add are, so
 * what looks at bits is a loop apart, and all begin at the arrays' beginnings, because an offset
 * into an array that is read and written keeps the compiler from it.
 */
final class LoopExp {
  private static final float LOG2_E = 1.44269504f;

  /** ln 2 in two parts; products of the first with exponents are exact. */
  private static final float LN2_HIGH = 0.693359375f;

  private static final float LN2_LOW = -2.12194440e-4f;

  /** 1.5 · 2^23: added, it leaves the nearest integer in the low bits. */
  private static final float MAGIC = 12582912f;

  private static final int BIAS = 127;
  private static final int FRACTION_BITS = 23;

  /** Powers of two are made this much too large, so that even the smallest is a normal number. */
  private static final int LIFT = 64;

  private static final float UNLIFT = 0x1p-64f;

  /** e to this is less than half of the smallest float. */
  private static final float BOTTOM = -104f;

  // e^r = 1 + r + r²(E0 + E1 r + …), |r| ≤ ln(2)/2, relative error 2^-28.
  private static final float E0 = 0.49999997f;
  private static final float E1 = 0.16666539f;
  private static final float E2 = 0.041667223f;
  private static final float E3 = 0.008367181f;
  private static final float E4 = 0.0013882396f;

  // 2^r = 1 + r(D1 + D2 r + …), |r| ≤ ½, relative error 9.4e-8.
  static final float D1 = 0x1.62e42ap-1f;
  static final float D2 = 0x1.ebf9cp-3f;
  static final float D3 = 0x1.c6b6d8p-5f;
  static final float D4 = 0x1.3ce984p-7f;
  static final float D5 = 0x1.5bdb7p-10f;

  private LoopExp() {}

  /** y = 2^(x·(high + low)), for products within ±125. */
  static void exp2(float[] x, float high, float low, float[] y, int n) {
    float[] shifted = Scratch.floats(Slot.EXP_SHIFTED, n);
    float[] powers = Scratch.floats(Slot.EXP_POWERS, n);
    round(x, high, shifted, n);
    wholePowers(shifted, powers, n);
    multiply(x, high, low, shifted, powers, y, n);
  }

  /** The product's nearest integer, in the low bits. */
  private static void round(float[] x, float high, float[] shifted, int n) {
    for (int i = 0; i < n; i++) {
      shifted[i] = Math.fma(x[i], high, MAGIC);
    }
  }

  private static void wholePowers(float[] shifted, float[] powers, int n) {
    for (int i = 0; i < n; i++) {
      int k = Float.floatToRawIntBits(shifted[i]) << FRACTION_BITS;
      powers[i] = Float.intBitsToFloat(k + (BIAS << FRACTION_BITS));
    }
  }

  private static void multiply(
      float[] x, float high, float low, float[] shifted, float[] powers, float[] y, int n) {
    for (int i = 0; i < n; i++) {
      float r = Math.fma(x[i], low, Math.fma(x[i], high, MAGIC - shifted[i]));
      float p = Math.fma(D5, r, D4);
      p = Math.fma(p, r, D3);
      p = Math.fma(p, r, D2);
      p = Math.fma(p, r, D1);
      y[i] = Math.fma(p, r, 1f) * powers[i];
    }
  }

  /** {@code x[i]} becomes e^{@code x[i]} for i below n; 0 for −∞, NaN for NaN. */
  static void exp(float[] x, int n) {
    float[] shifted = Scratch.floats(Slot.EXP_SHIFTED, n);
    float[] powers = Scratch.floats(Slot.EXP_POWERS, n);
    round(x, shifted, n);
    powers(shifted, powers, n);
    multiply(shifted, powers, x, n);
  }

  /** How many times ln 2 goes into x, in the low bits; x is kept from below the bottom. */
  private static void round(float[] x, float[] shifted, int n) {
    for (int i = 0; i < n; i++) {
      float v = Math.max(x[i], BOTTOM);
      x[i] = v;
      shifted[i] = Math.fma(v, LOG2_E, MAGIC);
    }
  }

  private static void powers(float[] shifted, float[] powers, int n) {
    for (int i = 0; i < n; i++) {
      int k = Float.floatToRawIntBits(shifted[i]) << FRACTION_BITS; // what is above falls out
      powers[i] = Float.intBitsToFloat(k + ((BIAS + LIFT) << FRACTION_BITS));
    }
  }

  private static void multiply(float[] shifted, float[] powers, float[] x, int n) {
    for (int i = 0; i < n; i++) {
      float k = shifted[i] - MAGIC;
      float r = Math.fma(k, -LN2_LOW, Math.fma(k, -LN2_HIGH, x[i]));
      float p = Math.fma(E4, r, E3);
      p = Math.fma(p, r, E2);
      p = Math.fma(p, r, E1);
      p = Math.fma(p, r, E0);
      p = Math.fma(p, r * r, r) + 1;
      x[i] = p * powers[i] * UNLIFT;
    }
  }
}
