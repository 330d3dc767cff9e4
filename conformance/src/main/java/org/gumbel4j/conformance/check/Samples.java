package org.gumbel4j.conformance.check;

import org.gumbel4j.random.Key;
import org.gumbel4j.random.Noise;

/** Test values from fixed keys, and conversions between Java's arrays. */
public final class Samples {
  private Samples() {}

  /** Uniform values between two bounds, exactly representable in single precision. */
  public static double[] uniform(long seed, int count, double low, double high) {
    double[] values = Key.of(seed).doubles(Noise.UNIFORM, count);
    for (int i = 0; i < count; i++) {
      values[i] = (float) (low + (high - low) * values[i]);
    }
    return values;
  }

  /** Integers from {@code low} (inclusive) to {@code high} (exclusive), as doubles. */
  public static double[] integers(long seed, int count, long low, long high) {
    return toDoubles(Key.of(seed).integers(low, high, count));
  }

  /** Values that are all different, at least 0.1 apart, in random order: no ties near a kink. */
  public static double[] distinct(long seed, int count) {
    int[] order = Key.of(seed).permutation(count);
    double[] values = new double[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) (0.25 * (order[i] - 0.5 * count) + 0.0625);
    }
    return values;
  }

  /** Rounded to single precision. */
  public static float[] toFloats(double[] values) {
    float[] result = new float[values.length];
    for (int i = 0; i < result.length; i++) {
      result[i] = (float) values[i];
    }
    return result;
  }

  /** Cut toward zero. */
  public static long[] toLongs(double[] values) {
    long[] result = new long[values.length];
    for (int i = 0; i < result.length; i++) {
      result[i] = (long) values[i];
    }
    return result;
  }

  /** True where nonzero. */
  public static boolean[] toBooleans(double[] values) {
    boolean[] result = new boolean[values.length];
    for (int i = 0; i < result.length; i++) {
      result[i] = values[i] != 0;
    }
    return result;
  }

  /** Exactly. */
  public static double[] toDoubles(float[] values) {
    double[] result = new double[values.length];
    for (int i = 0; i < result.length; i++) {
      result[i] = values[i];
    }
    return result;
  }

  /** Exactly up to 2^53. */
  public static double[] toDoubles(long[] values) {
    double[] result = new double[values.length];
    for (int i = 0; i < result.length; i++) {
      result[i] = (double) values[i];
    }
    return result;
  }

  /** 1 for true. */
  public static double[] toDoubles(boolean[] values) {
    double[] result = new double[values.length];
    for (int i = 0; i < result.length; i++) {
      result[i] = values[i] ? 1 : 0;
    }
    return result;
  }
}
