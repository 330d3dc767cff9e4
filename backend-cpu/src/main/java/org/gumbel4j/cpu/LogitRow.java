package org.gumbel4j.cpu;

import java.util.Arrays;
import org.gumbel4j.cpu.kernels.ScalarSampling;

/**
 * One row of logits made ready to be drawn from: checked, masked, with the largest entry of every
 * chunk and the threshold that its filters come to. A workspace that a thread uses over and over,
 * so that nothing is allocated once it is as large as the rows are.
 */
final class LogitRow {
  private static final int CHUNK = ScalarSampling.CHUNK;
  private static final int LANES = ScalarSampling.LANES;
  private static final int PLUS_INFINITY = 0x7f800000;
  private static final int MINUS_INFINITY = ScalarSampling.ordered(0xff800000);

  /** Minus zero, ordered: whoever looks for a zero means both. */
  private static final int MINUS_ZERO = -1;

  private final ScalarSampling kernels;
  private final RadixSelect select = new RadixSelect();
  private final float[] lanes = new float[LANES];

  /** {@link #sumWeights}: of the first block, of the first two, …. */
  double[] totals = new double[0];

  float[] x = new float[0];
  int from;
  int n;
  float max;

  /** Classes are drawn that are at least this. */
  float threshold;

  /** Classes in ascending order; without a filter, no list. */
  int[] list = new int[0];

  int listed;
  boolean isListed;

  /** The listed logits, once they were {@linkplain #gather gathered}. */
  float[] values = new float[0];

  private float[] weights = new float[0];
  private float[] maskedLogits = new float[0];
  private int[] numbers = new int[0];
  private int[] laneMaxima = new int[0];
  private int[] chunkMaxima = new int[0];

  LogitRow(ScalarSampling kernels) {
    this.kernels = kernels;
  }

  int chunks() {
    return (n - 1) / CHUNK + 1;
  }

  int chunkLength(int chunk) {
    return Math.min(CHUNK, n - chunk * CHUNK);
  }

  /** At least every entry of the chunk. */
  float chunkMax(int chunk) {
    return Float.intBitsToFloat(ScalarSampling.ordered(chunkMaxima[chunk]));
  }

  /** At least every entry of one lane of the chunk; NaN if it has none. */
  float laneMax(int chunk, int lane) {
    return Float.intBitsToFloat(ScalarSampling.ordered(laneMaxima[chunk * LANES + lane]));
  }

  /** Takes the row, without filters. */
  void open(String operation, float[] logits, int offset, int classes, ClassMask mask) {
    n = classes;
    threshold = Float.NEGATIVE_INFINITY;
    isListed = false;
    x = logits;
    from = offset;
    if (!mask.isNone()) {
      mask(logits, offset, mask);
    }
    int chunks = chunks();
    if (laneMaxima.length < chunks * LANES) {
      laneMaxima = new int[chunks * LANES];
      chunkMaxima = new int[chunks];
    }
    int smallest = kernels.maxima(x, from, n, laneMaxima);
    int largest = Integer.MIN_VALUE;
    for (int chunk = 0; chunk < chunks; chunk++) {
      int m = Integer.MIN_VALUE;
      for (int lane = 0; lane < LANES; lane++) {
        m = Math.max(m, laneMaxima[chunk * LANES + lane]);
      }
      chunkMaxima[chunk] = m;
      largest = Math.max(largest, m);
    }
    if (largest >= PLUS_INFINITY || smallest < MINUS_INFINITY || largest == MINUS_INFINITY) {
      throw refusal(operation, mask);
    }
    max = Float.intBitsToFloat(ScalarSampling.ordered(largest));
  }

  private void mask(float[] logits, int offset, ClassMask mask) {
    if (maskedLogits.length < n) {
      maskedLogits = new float[n];
    }
    if (mask.allowed().length > 0) {
      kernels.masked(logits, offset, mask.allowed(), n, maskedLogits);
    } else {
      System.arraycopy(logits, offset, maskedLogits, 0, n);
      for (int banned : mask.banned()) {
        maskedLogits[banned] = Float.NEGATIVE_INFINITY;
      }
    }
    x = maskedLogits;
    from = 0;
  }

  private IllegalArgumentException refusal(String operation, ClassMask mask) {
    for (int i = 0; i < n; i++) {
      if (!(x[from + i] < Float.POSITIVE_INFINITY)) {
        return new IllegalArgumentException(
            "GumbelSampler."
                + operation
                + ": the logit of class "
                + i
                + " is "
                + x[from + i]
                + "; logits must be finite, or -Infinity for a class that must not come");
      }
    }
    return new IllegalArgumentException(
        "GumbelSampler."
            + operation
            + ": none of "
            + n
            + " classes can be drawn; at least one must be "
            + (mask.isNone() ? "above -Infinity" : "above -Infinity and not masked"));
  }

  /** The first class with the largest logit. */
  int argMax() {
    for (int chunk = 0; chunk < chunks(); chunk++) {
      if (chunkMax(chunk) == max) {
        for (int i = chunk * CHUNK; i < n; i++) {
          if (x[from + i] == max) {
            return i;
          }
        }
      }
    }
    throw new AssertionError("the largest logit is not there");
  }

  /** Keeps the k largest logits, and those equal to the k-th. */
  void keepTop(int k) {
    if (k >= n) {
      return;
    }
    collect(topBound(k));
    for (int j = 0; j < listed; j++) {
      numbers[j] = ScalarSampling.ordered(Float.floatToRawIntBits(x[from + list[j]]));
    }
    raise(Float.intBitsToFloat(ScalarSampling.ordered(select.largest(numbers, listed, k))));
  }

  /** What at least k entries attain: the k-th largest of the lanes' maxima. */
  float topBound(int k) {
    if (k == 1) {
      return max;
    }
    int all = chunks() * LANES;
    if (k > all) {
      return Float.NEGATIVE_INFINITY;
    }
    if (numbers.length < all) {
      numbers = new int[Math.max(all, n)];
    }
    System.arraycopy(laneMaxima, 0, numbers, 0, all);
    int bound = select.largest(numbers, all, k);
    // A lane without an entry has less than −∞.
    return bound < MINUS_INFINITY
        ? Float.NEGATIVE_INFINITY
        : Float.intBitsToFloat(ScalarSampling.ordered(bound));
  }

  /** Keeps the smallest set of the largest logits that has the share p of all that is kept yet. */
  void keepMass(double p, double temperature) {
    float scale = scale(temperature);
    double total;
    if (isListed) {
      total = sumListed(scale);
    } else {
      total = sumWeights(x, from, n, max, scale);
      // n classes below max − δ have at most n·exp(−δ/τ) ≤ 1 − p of the first class's weight.
      double reach = (StrictMath.log(n) - StrictMath.log1p(-p)) * temperature;
      collect((float) Math.max(max - reach * (1 + 1e-6) - 1e-6, -Float.MAX_VALUE));
    }
    gather();
    kernels.weights(values, 0, listed, max, scale, weights);
    raise(select.heaviest(values, weights, listed, p * total));
  }

  /** Keeps logits at least {@code max + distance}. */
  void keepNear(double distance) {
    double bound = max + distance;
    float least = (float) bound;
    if (least < bound) {
      least = Math.nextUp(least);
    }
    if (isListed) {
      raise(least);
    } else {
      collect(least);
      threshold = least;
    }
  }

  /** Lists the classes whose logit is at least {@code bound}. */
  private void collect(float bound) {
    collect(bound, n);
  }

  /** The same, unless there are more than {@code limit}: then it says no, and there is no list. */
  boolean collect(float bound, int limit) {
    if (list.length < n) {
      list = new int[n];
      numbers = new int[Math.max(n, laneMaxima.length)];
      values = new float[n];
      weights = new float[n];
    }
    int ordered = ScalarSampling.ordered(Float.floatToRawIntBits(bound));
    int least = ordered == 0 ? MINUS_ZERO : ordered;
    isListed = false;
    int count = 0;
    for (int chunk = 0; chunk < chunks(); chunk++) {
      if (chunkMaxima[chunk] >= least) {
        int first = chunk * CHUNK;
        count = kernels.atLeast(x, from + first, chunkLength(chunk), bound, first, list, count);
        if (count > limit) {
          return false;
        }
      }
    }
    listed = count;
    isListed = true;
    return true;
  }

  private void raise(float least) {
    if (!(least > threshold)) {
      return;
    }
    threshold = least;
    int kept = 0;
    for (int j = 0; j < listed; j++) {
      int c = list[j];
      list[kept] = c;
      kept += x[from + c] >= least ? 1 : 0;
    }
    listed = kept;
  }

  /** Copies the listed logits to {@link #values}. */
  private void gather() {
    for (int j = 0; j < listed; j++) {
      values[j] = x[from + list[j]];
    }
  }

  /** Copies all logits to {@link #values}. */
  private void copy() {
    if (values.length < n) {
      values = new float[n];
    }
    System.arraycopy(x, from, values, 0, n);
  }

  /** ln p of a class under the distribution over what is kept. */
  double logProb(int c, double temperature) {
    if (!canBeDrawn(c)) {
      return Double.NEGATIVE_INFINITY;
    }
    float scale = scale(temperature);
    return scaled(x[from + c], temperature) - StrictMath.log(sumKept(scale));
  }

  /** ln p of different classes, drawn in this order without replacement. */
  double logProb(String operation, int[] drawn, int offset, int k, double temperature) {
    boolean possible = true;
    for (int j = 0; j < k; j++) {
      possible &= canBeDrawn(drawn[offset + j]);
    }
    int count = takeOut(operation, drawn, offset, k);
    if (!possible) {
      return Double.NEGATIVE_INFINITY;
    }
    // Both of what is still to come after the last, and in front of each: in logarithms.
    double rest = logSumOfValues(count, temperature);
    double sum = 0;
    for (int j = k - 1; j >= 0; j--) {
      double logit = scaled(x[from + drawn[offset + j]], temperature);
      double larger = Math.max(rest, logit);
      double smaller = Math.min(rest, logit);
      rest = larger + StrictMath.log1p(StrictMath.exp(smaller - larger));
      sum += logit - rest;
    }
    return sum;
  }

  private boolean canBeDrawn(int c) {
    float logit = x[from + c];
    return logit >= threshold && logit > Float.NEGATIVE_INFINITY;
  }

  /** Copies what can be drawn to {@link #values}, but for what was drawn; says how many. */
  private int takeOut(String operation, int[] drawn, int offset, int k) {
    if (isListed) {
      gather();
    } else {
      copy();
    }
    for (int j = 0; j < k; j++) {
      int c = drawn[offset + j];
      int place = isListed ? Arrays.binarySearch(list, 0, listed, c) : c;
      if (place >= 0) {
        if (values[place] == Float.NEGATIVE_INFINITY && canBeDrawn(c)) {
          throw SamplerChecks.twice(operation, c);
        }
        values[place] = Float.NEGATIVE_INFINITY;
      }
    }
    return isListed ? listed : n;
  }

  private double logSumOfValues(int count, double temperature) {
    float largest = Float.NEGATIVE_INFINITY;
    for (int i = 0; i < count; i++) {
      largest = Math.max(largest, values[i]);
    }
    if (largest == Float.NEGATIVE_INFINITY) {
      return Double.NEGATIVE_INFINITY;
    }
    double sum = sumWeights(values, 0, count, largest, scale(temperature));
    return scaled(largest, temperature) + StrictMath.log(sum);
  }

  private double scaled(float logit, double temperature) {
    return ((double) logit - max) / temperature;
  }

  /**
   * Σ exp((l − max)·scale) over what is kept; {@link #totals} has the sums of the first blocks, and
   * {@link #values} the listed logits if there is a list.
   */
  double sumKept(float scale) {
    return isListed ? sumListed(scale) : sumWeights(x, from, n, max, scale);
  }

  private double sumListed(float scale) {
    gather();
    return sumWeights(values, 0, listed, max, scale);
  }

  private double sumWeights(float[] logits, int first, int count, float largest, float scale) {
    int blocks = (count - 1) / ScalarSampling.SUM_BLOCK + 1;
    if (totals.length < blocks) {
      totals = new double[blocks];
    }
    return kernels.sumWeights(logits, first, count, largest, scale, lanes, totals);
  }

  static float scale(double temperature) {
    return (float) Math.min(1 / temperature, Float.MAX_VALUE);
  }
}
