package org.gumbel4j.cpu.kernels;

import org.gumbel4j.cpu.kernels.Scratch.Slot;

/**
 * softmax(z/τ) of rows of perturbed logits.
 *
 * <p>A row is <em>plain</em> if no z/τ in it is so large that exponentials of the row over- or
 * underflow; then the maximum need not be taken out. That is the row's own affair, so that its bits
 * do not depend on its neighbours; that all rows of a chunk are plain, which is the rule, one
 * maximum over the chunk says.
 */
final class RelaxedRows {
  private static final int L = VectorShapes.FLOATS.length();
  private static final double LOG2_E = 1.4426950408889634;

  /** |log₂ e^(z/τ)| in a plain row: 2³¹ such exponentials have a sum, and it a reciprocal. */
  private static final double PLAIN = 95;

  /** Of pairs, whose exponentials are of differences. */
  private static final double PLAIN_PAIR = 62;

  /** 2 to the power of minus this is 0. */
  private static final double NOTHING = 152;

  private final int k;
  private final float scale;
  private final float high;
  private final float low;
  private final float nothing;
  private final int plain;

  /** Rows of k entries. */
  RelaxedRows(double temperature, int k) {
    double factor = LOG2_E / temperature;
    this.k = k;
    this.scale = (float) (1 / temperature);
    this.high = (float) factor;
    this.low = (float) (factor - high);
    this.nothing = (float) (NOTHING / factor);
    // A single class has the probability 1, which x·(1/x) might miss.
    this.plain =
        k == 1 ? -1 : Float.floatToRawIntBits((float) ((k == 2 ? PLAIN_PAIR : PLAIN) / factor));
  }

  /** Whether the numbers above are floats with all their digits. */
  static boolean takes(double temperature) {
    return temperature > 1e-30 && temperature < 1e30;
  }

  /** Rows of y from {@code at} on. */
  void relax(PerturbedChunk chunk, float[] y, int at, int rows) {
    float[] z = PerturbedChunk.array();
    if (k > PerturbedChunk.SIZE) {
      for (int r = 0; r < rows; r++) {
        relaxLongRow(chunk, z, y, at + r * k);
      }
      return;
    }
    int step = PerturbedChunk.SIZE / k;
    for (int r = 0; r < rows; r += step) {
      int count = Math.min(step, rows - r);
      int from = at + r * k;
      boolean allPlain = chunk.fill(from, z, count * k) <= plain;
      if (k == 2) {
        Pass[] pairs = allPlain ? ExponentialPasses.PAIRS : ExponentialPasses.ANY_PAIRS;
        relaxPairs(temper(z), pairs, y, from, 2 * count);
      } else {
        relaxShortRows(temper(z), allPlain, y, from, count);
      }
    }
  }

  private static void relaxPairs(Chunk chunk, Pass[] pairs, float[] y, int yo, int n) {
    int whole = n / (2 * L) * (2 * L);
    chunk.toResults(0, whole, y, yo).through(pairs);
    if (whole < n) {
      float[] last = Scratch.floats(Slot.LANES, 2 * L);
      chunk.toResults(whole, 2 * L, last, 0).through(pairs);
      System.arraycopy(last, 0, y, yo + whole, n - whole);
    }
  }

  private void relaxShortRows(Chunk chunk, boolean allPlain, float[] y, int yo, int rows) {
    chunk.e = Scratch.floats(Slot.ROWS, PerturbedChunk.SIZE + 4 * L);
    int padded = (rows * k + L - 1) / L * L;
    chunk.toResults(0, padded, chunk.e, 0).through(ExponentialPasses.EXPONENTIAL);
    if (!allPlain) {
      replaceWhatIsNotPlain(chunk.z, chunk.e, rows);
    }
    chunk.rows = rows;
    chunk.k = k;
    chunk.sums = Scratch.floats(Slot.TOTALS, PerturbedChunk.SIZE + L);
    chunk.out = y;
    chunk.outAt = yo;
    chunk.through(RowSums.NORMALISE);
  }

  /** The thread's chunk, with perturbed logits that are going to be divided by the temperature. */
  private Chunk temper(float[] z) {
    Chunk chunk = Chunk.ofThread();
    chunk.z = z;
    chunk.high = high;
    chunk.low = low;
    chunk.bound = nothing;
    return chunk;
  }

  /** Exponentials with the row's maximum taken out. */
  private void replaceWhatIsNotPlain(float[] z, float[] e, int rows) {
    int n = rows * k;
    float[] careful = Scratch.floats(Slot.CAREFUL, n + 2 * FloatFunctions.L);
    boolean[] replaced = new boolean[rows];
    boolean any = false;
    for (int r = 0; r < rows; r++) {
      int at = r * k;
      if (RowLoops.largestMagnitude(z, at, k) > plain) {
        RowLoops.shift(z, at, RowLoops.max(z, at, k), scale, careful, r * k, k, n - r * k);
        replaced[r] = true;
        any = true;
      }
    }
    if (!any) {
      return;
    }
    int padded = (n + FloatFunctions.L - 1) / FloatFunctions.L * FloatFunctions.L;
    FloatFunctions.exp(careful, 0, careful, 0, padded);
    for (int r = 0; r < rows; r++) {
      if (replaced[r]) {
        System.arraycopy(careful, r * k, e, r * k, k);
      }
    }
  }

  /** A row of many chunks is taken to be plain until a chunk shows that it is not. */
  private void relaxLongRow(PerturbedChunk chunk, float[] z, float[] y, int at) {
    float[] lanes = Scratch.floats(Slot.LANES, L);
    double total = 0;
    for (int j = 0; j < k; j += PerturbedChunk.SIZE) {
      int n = Math.min(PerturbedChunk.SIZE, k - j);
      // What was said of the chunk may be another row's, whose logits fill its last register.
      if (chunk.fill(at + j, z, n) > plain && RowLoops.largestMagnitude(z, 0, n) > plain) {
        relaxLongRowCarefully(chunk, z, y, at);
        return;
      }
      int whole = n / L * L;
      Chunk tempered = temper(z);
      tempered.toResults(0, whole, y, at + j).through(ExponentialPasses.EXPONENTIAL);
      if (whole < n) {
        tempered.toResults(whole, L, lanes, 0).through(ExponentialPasses.EXPONENTIAL);
        System.arraycopy(lanes, 0, y, at + j + whole, n - whole);
      }
      total += RowSums.sum(y, at + j, n, lanes);
    }
    RowLoops.scale(y, at, (float) (1 / total), y, at, k, k);
  }

  private void relaxLongRowCarefully(PerturbedChunk chunk, float[] z, float[] y, int at) {
    for (int j = 0; j < k; j += PerturbedChunk.SIZE) {
      int n = Math.min(PerturbedChunk.SIZE, k - j);
      chunk.fill(at + j, z, n);
      System.arraycopy(z, 0, y, at + j, n);
    }
    float max = RowLoops.max(y, at, k);
    float[] e = Scratch.floats(Slot.CAREFUL, PerturbedChunk.SIZE + 2 * FloatFunctions.L);
    float[] lanes = Scratch.floats(Slot.LANES, L);
    double total = 0;
    for (int j = 0; j < k; j += PerturbedChunk.SIZE) {
      int n = Math.min(PerturbedChunk.SIZE, k - j);
      RowLoops.shift(y, at + j, max, scale, e, 0, n, n);
      int padded = (n + FloatFunctions.L - 1) / FloatFunctions.L * FloatFunctions.L;
      FloatFunctions.exp(e, 0, e, 0, padded);
      total += RowSums.sum(e, 0, n, lanes);
      System.arraycopy(e, 0, y, at + j, n);
    }
    RowLoops.scale(y, at, (float) (1 / total), y, at, k, k);
  }
}
