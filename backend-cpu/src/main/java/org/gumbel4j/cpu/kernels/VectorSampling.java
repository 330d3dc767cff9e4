package org.gumbel4j.cpu.kernels;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The passes of {@link ScalarSampling}, a register at a time. A chunk is passed once for each
 * register's share of its sixteen lanes, so that sums are those of the scalar loops at any width.
 */
final class VectorSampling extends ScalarSampling {
  private static final VectorSpecies<Integer> INTS = VectorShapes.INTS;
  private static final VectorSpecies<Float> FLOATS = VectorShapes.FLOATS;
  private static final int L = FLOATS.length();

  @Override
  public int maxima(float[] x, int from, int n, int[] maxima) {
    Arrays.fill(maxima, 0, ((n - 1) / CHUNK + 1) * LANES, Integer.MIN_VALUE);
    int whole = n / LANES * LANES;
    int min = Integer.MAX_VALUE;
    for (int chunk = 0; chunk < whole; chunk += CHUNK) {
      int length = Math.min(CHUNK, whole - chunk);
      for (int lane = 0; lane < LANES; lane += L) {
        int to = chunk / CHUNK * LANES + lane;
        min = Math.min(min, laneMaxima(x, from + chunk + lane, length, maxima, to));
      }
    }
    return maxima(x, from, whole, n, maxima, min);
  }

  private static int laneMaxima(float[] x, int from, int length, int[] maxima, int to) {
    IntVector max = IntVector.broadcast(INTS, Integer.MIN_VALUE);
    IntVector min = IntVector.broadcast(INTS, Integer.MAX_VALUE);
    for (int i = 0; i < length; i += LANES) {
      IntVector bits = FloatVector.fromArray(FLOATS, x, from + i).reinterpretAsInts();
      IntVector o =
          bits.lanewise(VectorOperators.ASHR, 31)
              .lanewise(VectorOperators.AND, Integer.MAX_VALUE)
              .lanewise(VectorOperators.XOR, bits);
      max = max.max(o);
      min = min.min(o);
    }
    max.intoArray(maxima, to);
    return min.reduceLanes(VectorOperators.MIN);
  }

  @Override
  public int nextWindow(int[] words, int window, int n, int[] limits) {
    int i = window;
    for (; i <= n - WINDOW; i += WINDOW) {
      for (int lane = 0; lane < LANES; lane += L) {
        IntVector a = IntVector.fromArray(INTS, words, i + lane);
        IntVector b = IntVector.fromArray(INTS, words, i + lane + LANES);
        IntVector c = IntVector.fromArray(INTS, words, i + lane + 2 * LANES);
        IntVector d = IntVector.fromArray(INTS, words, i + lane + 3 * LANES);
        IntVector least =
            a.lanewise(VectorOperators.XOR, Integer.MIN_VALUE)
                .min(b.lanewise(VectorOperators.XOR, Integer.MIN_VALUE))
                .min(
                    c.lanewise(VectorOperators.XOR, Integer.MIN_VALUE)
                        .min(d.lanewise(VectorOperators.XOR, Integer.MIN_VALUE)));
        IntVector limit = IntVector.fromArray(INTS, limits, lane);
        if (least.compare(VectorOperators.LE, limit).anyTrue()) {
          return i;
        }
      }
    }
    return super.nextWindow(words, i, n, limits);
  }

  @Override
  public int atLeast(float[] x, int from, int n, float threshold, int first, int[] out, int count) {
    int step = 2 * L;
    int at = count;
    int i = 0;
    for (; i <= n - step; i += step) {
      FloatVector a = FloatVector.fromArray(FLOATS, x, from + i);
      FloatVector b = FloatVector.fromArray(FLOATS, x, from + i + L);
      if (a.compare(VectorOperators.GE, threshold)
          .or(b.compare(VectorOperators.GE, threshold))
          .anyTrue()) {
        at = super.atLeast(x, from + i, step, threshold, first + i, out, at);
      }
    }
    return super.atLeast(x, from + i, n - i, threshold, first + i, out, at);
  }

  @Override
  public void masked(float[] x, int from, boolean[] allowed, int n, float[] out) {
    FloatVector nothing = FloatVector.broadcast(FLOATS, Float.NEGATIVE_INFINITY);
    int i = 0;
    for (; i <= n - L; i += L) {
      nothing
          .blend(
              FloatVector.fromArray(FLOATS, x, from + i), VectorMask.fromArray(FLOATS, allowed, i))
          .intoArray(out, i);
    }
    for (; i < n; i++) {
      out[i] = allowed[i] ? x[from + i] : Float.NEGATIVE_INFINITY;
    }
  }

  @Override
  public void weights(float[] x, int from, int n, float max, float scale, float[] out) {
    int i = 0;
    for (; i <= n - L; i += L) {
      FloatVector y =
          FloatVector.broadcast(FLOATS, max)
              .sub(FloatVector.fromArray(FLOATS, x, from + i))
              .mul(scale);
      FloatVector v =
          y.reinterpretAsInts()
              .min(Float.floatToRawIntBits(SMALLEST_LOG))
              .reinterpretAsFloats()
              .neg();
      FloatVector rounded =
          v.fma(FloatVector.broadcast(FLOATS, LOG2E), FloatVector.broadcast(FLOATS, ROUNDER));
      FloatVector k = rounded.sub(ROUNDER);
      FloatVector r =
          k.fma(
              FloatVector.broadcast(FLOATS, -LN2_LOW),
              k.fma(FloatVector.broadcast(FLOATS, -LN2_HIGH), v));
      FloatVector p = FloatVector.broadcast(FLOATS, E7).fma(r, FloatVector.broadcast(FLOATS, E6));
      p = p.fma(r, FloatVector.broadcast(FLOATS, E5));
      p = p.fma(r, FloatVector.broadcast(FLOATS, E4));
      p = p.fma(r, FloatVector.broadcast(FLOATS, E3));
      p = p.fma(r, FloatVector.broadcast(FLOATS, E2));
      p = p.fma(r, FloatVector.broadcast(FLOATS, 1f));
      p = p.fma(r, FloatVector.broadcast(FLOATS, 1f));
      p.reinterpretAsInts()
          .add(rounded.reinterpretAsInts().lanewise(VectorOperators.LSHL, 23))
          .reinterpretAsFloats()
          .intoArray(out, i);
    }
    for (; i < n; i++) {
      out[i] = weight((max - x[from + i]) * scale);
    }
  }

  @Override
  public double sumWeights(
      float[] x, int from, int n, float max, float scale, float[] lanes, double[] totals) {
    double sum = 0;
    for (int block = 0; block < n; block += SUM_BLOCK) {
      int end = Math.min(n, block + SUM_BLOCK);
      int whole = (end - block) / LANES * LANES;
      for (int lane = 0; lane < LANES; lane += L) {
        laneSums(x, from + block + lane, whole, max, scale, lanes, lane);
      }
      for (int i = block + whole; i < end; i++) {
        lanes[i % LANES] += weight((max - x[from + i]) * scale);
      }
      sum = addLanes(sum, lanes);
      totals[block / SUM_BLOCK] = sum;
    }
    return sum;
  }

  private static void laneSums(
      float[] x, int from, int length, float max, float scale, float[] lanes, int to) {
    FloatVector sum = FloatVector.zero(FLOATS);
    for (int i = 0; i < length; i += LANES) {
      FloatVector y =
          FloatVector.broadcast(FLOATS, max)
              .sub(FloatVector.fromArray(FLOATS, x, from + i))
              .mul(scale);
      FloatVector v =
          y.reinterpretAsInts()
              .min(Float.floatToRawIntBits(SMALLEST_LOG))
              .reinterpretAsFloats()
              .neg();
      FloatVector rounded =
          v.fma(FloatVector.broadcast(FLOATS, LOG2E), FloatVector.broadcast(FLOATS, ROUNDER));
      FloatVector k = rounded.sub(ROUNDER);
      FloatVector r =
          k.fma(
              FloatVector.broadcast(FLOATS, -LN2_LOW),
              k.fma(FloatVector.broadcast(FLOATS, -LN2_HIGH), v));
      FloatVector p = FloatVector.broadcast(FLOATS, E7).fma(r, FloatVector.broadcast(FLOATS, E6));
      p = p.fma(r, FloatVector.broadcast(FLOATS, E5));
      p = p.fma(r, FloatVector.broadcast(FLOATS, E4));
      p = p.fma(r, FloatVector.broadcast(FLOATS, E3));
      p = p.fma(r, FloatVector.broadcast(FLOATS, E2));
      p = p.fma(r, FloatVector.broadcast(FLOATS, 1f));
      p = p.fma(r, FloatVector.broadcast(FLOATS, 1f));
      sum =
          sum.add(
              p.reinterpretAsInts()
                  .add(rounded.reinterpretAsInts().lanewise(VectorOperators.LSHL, 23))
                  .reinterpretAsFloats());
    }
    sum.intoArray(lanes, to);
  }
}
