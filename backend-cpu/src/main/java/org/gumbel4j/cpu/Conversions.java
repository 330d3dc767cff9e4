package org.gumbel4j.cpu;

import org.gumbel4j.tensor.DType;

/** From any type to any other. */
final class Conversions {
  private Conversions() {}

  static CpuArray cast(CpuArray x, DType dtype) {
    if (x.dtype() == dtype) {
      return x.again();
    }
    return switch (dtype) {
      case FLOAT32 -> new CpuArray(x.shape(), toFloats(x));
      case FLOAT64 -> new CpuArray(x.shape(), toDoubles(x));
      case INT64 -> new CpuArray(x.shape(), toLongs(x));
      case BOOL -> new CpuArray(x.shape(), toBooleans(x));
    };
  }

  private static float[] toFloats(CpuArray x) {
    float[] y = new float[x.size()];
    switch (x.dtype()) {
      case FLOAT32 -> System.arraycopy(x.floats(), 0, y, 0, y.length);
      case FLOAT64 -> {
        double[] v = x.doubles();
        for (int i = 0; i < y.length; i++) {
          y[i] = (float) v[i];
        }
      }
      case INT64 -> {
        long[] v = x.longs();
        for (int i = 0; i < y.length; i++) {
          y[i] = v[i];
        }
      }
      case BOOL -> {
        boolean[] v = x.booleans();
        for (int i = 0; i < y.length; i++) {
          y[i] = v[i] ? 1 : 0;
        }
      }
    }
    return y;
  }

  private static double[] toDoubles(CpuArray x) {
    double[] y = new double[x.size()];
    switch (x.dtype()) {
      case FLOAT32 -> {
        float[] v = x.floats();
        for (int i = 0; i < y.length; i++) {
          y[i] = v[i];
        }
      }
      case FLOAT64 -> System.arraycopy(x.doubles(), 0, y, 0, y.length);
      case INT64 -> {
        long[] v = x.longs();
        for (int i = 0; i < y.length; i++) {
          y[i] = v[i];
        }
      }
      case BOOL -> {
        boolean[] v = x.booleans();
        for (int i = 0; i < y.length; i++) {
          y[i] = v[i] ? 1 : 0;
        }
      }
    }
    return y;
  }

  private static long[] toLongs(CpuArray x) {
    long[] y = new long[x.size()];
    switch (x.dtype()) {
      case FLOAT32 -> {
        float[] v = x.floats();
        for (int i = 0; i < y.length; i++) {
          y[i] = (long) v[i];
        }
      }
      case FLOAT64 -> {
        double[] v = x.doubles();
        for (int i = 0; i < y.length; i++) {
          y[i] = (long) v[i];
        }
      }
      case INT64 -> System.arraycopy(x.longs(), 0, y, 0, y.length);
      case BOOL -> {
        boolean[] v = x.booleans();
        for (int i = 0; i < y.length; i++) {
          y[i] = v[i] ? 1 : 0;
        }
      }
    }
    return y;
  }

  private static boolean[] toBooleans(CpuArray x) {
    boolean[] y = new boolean[x.size()];
    switch (x.dtype()) {
      case FLOAT32 -> {
        float[] v = x.floats();
        for (int i = 0; i < y.length; i++) {
          y[i] = v[i] != 0;
        }
      }
      case FLOAT64 -> {
        double[] v = x.doubles();
        for (int i = 0; i < y.length; i++) {
          y[i] = v[i] != 0;
        }
      }
      case INT64 -> {
        long[] v = x.longs();
        for (int i = 0; i < y.length; i++) {
          y[i] = v[i] != 0;
        }
      }
      case BOOL -> System.arraycopy(x.booleans(), 0, y, 0, y.length);
    }
    return y;
  }
}
