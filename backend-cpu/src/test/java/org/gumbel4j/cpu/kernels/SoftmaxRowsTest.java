package org.gumbel4j.cpu.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Rows of a softmax and its kin have to do with nothing but themselves, however few entries. */
class SoftmaxRowsTest {
  private static final ScalarSoftmax KERNELS =
      KernelChoice.choose(
              Optional.of(KernelChoice.refusal("vector").isEmpty() ? "vector" : "scalar"))
          .softmax();

  private static final ScalarSoftmax REFERENCE = new ScalarSoftmax();
  private static final float INF = Float.POSITIVE_INFINITY;
  private static final float NAN = Float.NaN;

  /** A signalling one, of the other sign. */
  private static final float OTHER_NAN = Float.intBitsToFloat(0xff812345);

  /** What is about the results, and must be there afterwards. */
  private static final float FENCE = -77.5f;

  private static final int BEFORE = 5;
  private static final int BEHIND = 40;

  /** The kernels: the second operand is the gradient by the first, of those that have one. */
  enum Function {
    SOFTMAX {
      @Override
      void apply(ScalarSoftmax s, float[] x, float[] g, int at, float[] y, int to, int n, int k) {
        s.softmax(x, at, y, to, n, k, 1);
      }
    },
    TEMPERED_SOFTMAX {
      @Override
      void apply(ScalarSoftmax s, float[] x, float[] g, int at, float[] y, int to, int n, int k) {
        s.softmax(x, at, y, to, n, k, 1 / 0.3);
      }
    },
    LOG_SOFTMAX {
      @Override
      void apply(ScalarSoftmax s, float[] x, float[] g, int at, float[] y, int to, int n, int k) {
        s.logSoftmax(x, at, y, to, n, k);
      }
    },
    LOG_SUM_EXP {
      @Override
      void apply(ScalarSoftmax s, float[] x, float[] g, int at, float[] y, int to, int n, int k) {
        s.logSumExp(x, at, y, to, n, k);
      }
    },
    SOFTMAX_BACKWARD {
      @Override
      void apply(ScalarSoftmax s, float[] x, float[] g, int at, float[] y, int to, int n, int k) {
        s.softmaxBackward(x, g, at, y, to, n, k, 1.5);
      }
    },
    LOG_SOFTMAX_BACKWARD {
      @Override
      void apply(ScalarSoftmax s, float[] x, float[] g, int at, float[] y, int to, int n, int k) {
        s.logSoftmaxBackward(x, g, at, y, to, n, k);
      }
    };

    abstract void apply(
        ScalarSoftmax s, float[] x, float[] g, int at, float[] y, int to, int n, int k);

    int width(int k) {
      return this == LOG_SUM_EXP ? 1 : k;
    }
  }

  /** Rows of n entries of all that there is: every sixth row ordinary, the others not. */
  private static float[] rows(int rows, int k) {
    Random random = new Random(1000 * k + rows);
    float[] x = new float[rows * k];
    for (int r = 0; r < rows; r++) {
      int from = r * k;
      int kind = r % 18;
      double scale = kind < 10 ? new double[] {1, 30, 1e-42, 1e4, 3e38}[kind % 5] : 1;
      for (int i = from; i < from + k; i++) {
        x[i] = (float) Math.max(-3e38, Math.min(3e38, random.nextGaussian() * scale));
      }
      int one = from + random.nextInt(k);
      switch (kind) {
        case 5, 6 -> {
          for (int i = from; i < from + k; i++) {
            x[i] = i == one || random.nextBoolean() ? x[i] : -INF;
          }
        }
        case 7 -> x[one] = -1e9f;
        case 8 -> Arrays.fill(x, from, from + k, -1e9f);
        case 9 -> Arrays.fill(x, from, from + k, -0f);
        case 10 -> x[one] = NAN;
        case 11 -> x[from + k - 1] = OTHER_NAN;
        case 12 -> x[one] = INF;
        case 13 -> Arrays.fill(x, from, from + k, INF);
        case 14 -> Arrays.fill(x, from, from + k, -INF);
        case 15 -> {
          x[from] = INF;
          x[from + k - 1] = NAN;
        }
        case 16 -> x[one] = Float.MIN_VALUE;
        default -> x[one] += 20;
      }
    }
    return x;
  }

  private static float[] gradients(int n) {
    Random random = new Random(n);
    float[] g = new float[n];
    for (int i = 0; i < n; i++) {
      g[i] = (float) random.nextGaussian();
    }
    return g;
  }

  static IntStream lengths() {
    return IntStream.rangeClosed(1, 40);
  }

  /** One row, such as leave some lanes of a register free, and more than go into one piece. */
  private static int[] counts(int k) {
    return new int[] {1, 2, 7, 9, 18, 2048 / k, 2048 / k + 1, 4096 / k + 13};
  }

  private static float[] fenced(Function function, float[] x, float[] g, int at, int rows, int k) {
    int n = rows * function.width(k);
    float[] y = new float[BEFORE + n + BEHIND];
    Arrays.fill(y, FENCE);
    function.apply(KERNELS, x, g, at, y, BEFORE, rows, k);
    for (int i = 0; i < y.length; i++) {
      if ((i < BEFORE || i >= BEFORE + n) && y[i] != FENCE) {
        fail("%s, %s rows of %s: result %s is %s", function, rows, k, i - BEFORE, y[i]);
      }
    }
    return Arrays.copyOfRange(y, BEFORE, BEFORE + n);
  }

  private static int[] bits(float[] x) {
    int[] bits = new int[x.length];
    for (int i = 0; i < x.length; i++) {
      bits[i] = Float.floatToIntBits(x[i]);
    }
    return bits;
  }

  @ParameterizedTest
  @EnumSource
  void aRowsBitsAreTheSameAloneAndNothingIsWrittenBesideThem(Function function) {
    for (int k = 1; k <= 40; k++) {
      for (int rows : counts(k)) {
        float[] x = rows(rows, k);
        float[] g = gradients(rows * k);
        float[] together = fenced(function, x, g, 0, rows, k);
        int width = function.width(k);
        float[] apart = new float[rows * width];
        for (int r = 0; r < rows; r++) {
          float[] own = Arrays.copyOfRange(x, r * k, (r + 1) * k);
          float[] ownG = Arrays.copyOfRange(g, r * k, (r + 1) * k);
          System.arraycopy(fenced(function, own, ownG, 0, 1, k), 0, apart, r * width, width);
        }
        assertThat(bits(together)).as("%s rows of %s", rows, k).isEqualTo(bits(apart));
        int skipped = rows / 3;
        float[] last = fenced(function, x, g, skipped * k, rows - skipped, k);
        assertThat(bits(last))
            .as("the last %s rows of %s", rows - skipped, k)
            .isEqualTo(Arrays.copyOfRange(bits(apart), skipped * width, rows * width));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("lengths")
  void softmaxAndLogSumExpAreRightForAllThatThereIs(int k) {
    int rows = 4096 / k + 13;
    float[] x = rows(rows, k);
    for (double scale : new double[] {1, 1 / 0.3, 1e-3}) {
      float[] y = new float[rows * k];
      KERNELS.softmax(x, 0, y, 0, rows, k, scale);
      for (int r = 0; r < rows; r++) {
        double[] exact = new double[k];
        double[] row = new double[k];
        for (int j = 0; j < k; j++) {
          row[j] = x[r * k + j];
        }
        REFERENCE.softmax(row, 0, exact, 0, 1, k, scale);
        double worst = 0;
        for (int j = 0; j < k; j++) {
          worst = Math.max(worst, Ulps.between(y[r * k + j], exact[j]));
        }
        if (!(worst <= 2)) {
          fail("%s ulps in %s, times %s", worst, Arrays.toString(row), scale);
        }
      }
    }
    float[] totals = new float[rows];
    float[] right = new float[rows];
    KERNELS.logSumExp(x, 0, totals, 0, rows, k);
    REFERENCE.logSumExp(x, 0, right, 0, rows, k);
    for (int r = 0; r < rows; r++) {
      assertThat(Ulps.between(totals[r], right[r]))
          .as("%s for %s of row %s", totals[r], right[r], r)
          .isLessThanOrEqualTo(2);
    }
  }

  /** log softmax of entry j; what the maximum cannot hold of the sum is not lost in it. */
  private static double logSoftmax(float[] x, int from, int k, int j) {
    double max = Double.NEGATIVE_INFINITY;
    for (int i = from; i < from + k; i++) {
      max = Math.max(max, x[i]);
    }
    double rest = -1;
    for (int i = from; i < from + k; i++) {
      rest += Math.exp(x[i] - max);
    }
    return Double.isInfinite(max) ? x[from + j] - max : x[from + j] - max - Math.log1p(rest);
  }

  @ParameterizedTest
  @MethodSource("lengths")
  void logSoftmaxIsRightForAllThatThereIs(int k) {
    int rows = 4096 / k + 13;
    float[] x = rows(rows, k);
    float[] y = new float[rows * k];
    KERNELS.logSoftmax(x, 0, y, 0, rows, k);
    // Few entries are added up in double.
    double absolute = k <= 5 ? 1e-15 : 1e-6;
    for (int i = 0; i < y.length; i++) {
      double exact = logSoftmax(x, i / k * k, k, i % k);
      float right = (float) exact;
      boolean close =
          Float.isFinite(right)
              ? Math.abs(y[i] - exact) <= absolute + 2 * Math.ulp(right)
              : Float.compare(y[i], right) == 0;
      if (!close) {
        fail("%s for %s, entry %s", y[i], exact, i);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("lengths")
  void gradientsAreRight(int k) {
    int rows = 4096 / k + 13;
    float[] x = gradients(rows * k);
    float[] g = gradients(rows * k + 1);
    for (boolean logarithm : new boolean[] {false, true}) {
      float[] y = new float[rows * k];
      float[] d = new float[rows * k];
      float[] right = new float[rows * k];
      if (logarithm) {
        REFERENCE.logSoftmax(x, 0, y, 0, rows, k);
        KERNELS.logSoftmaxBackward(y, g, 0, d, 0, rows, k);
        REFERENCE.logSoftmaxBackward(y, g, 0, right, 0, rows, k);
      } else {
        REFERENCE.softmax(x, 0, y, 0, rows, k, 1);
        KERNELS.softmaxBackward(y, g, 0, d, 0, rows, k, 1);
        REFERENCE.softmaxBackward(y, g, 0, right, 0, rows, k, 1);
      }
      for (int i = 0; i < d.length; i++) {
        // Some roundings of sums of k entries of a few units each.
        if (!(Math.abs(d[i] - right[i]) <= k * 3e-7f)) {
          fail("%s for %s, entry %s of a row of %s", d[i], right[i], i % k, k);
        }
      }
    }
  }
}
