package org.gumbel4j.conformance.chapters;

import java.util.Arrays;
import org.gumbel4j.conformance.check.Close;
import org.gumbel4j.random.Key;
import org.gumbel4j.random.Noise;
import org.gumbel4j.relaxation.GumbelMax;
import org.gumbel4j.relaxation.GumbelSoftmax;
import org.gumbel4j.tensor.DType;
import org.gumbel4j.tensor.Shape;
import org.gumbel4j.tensor.Tensor;

/** Gumbel-Softmax and Gumbel-max: how often each class is drawn. */
abstract class FrequencyRules extends Chapter {
  private static final double[] PROBABILITIES = {0.1, 0.7, 0.15, 0.049, 0.001};

  private Tensor logits(int rows, DType dtype) {
    double[] values = new double[rows * PROBABILITIES.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = Math.log(PROBABILITIES[i % PROBABILITIES.length]) + i / PROBABILITIES.length % 7;
    }
    return device().tensor(values, dtype, rows, PROBABILITIES.length);
  }

  /** Pearson's statistic of counts against the probabilities; 4 degrees of freedom. */
  private static double pearson(double[] drawn) {
    double[] counts = new double[PROBABILITIES.length];
    Arrays.stream(drawn).forEach(c -> counts[(int) c]++);
    double statistic = 0;
    for (int k = 0; k < counts.length; k++) {
      double expected = drawn.length * PROBABILITIES[k];
      statistic += (counts[k] - expected) * (counts[k] - expected) / expected;
    }
    return statistic;
  }

  /** χ² with 4 degrees of freedom exceeds 33.4 with probability 10⁻⁶. */
  @Rule(value = "G31", falseAlarm = 2e-6)
  void gumbelMaxDrawsClassesWithTheirProbabilities() {
    for (DType dtype : floatingTypes()) {
      double statistic = pearson(read(GumbelMax.indices(logits(100_000, dtype), Key.of(170))));
      Close.checkTrue(
          () -> "GumbelMax, " + dtype + ": χ² = " + statistic + " exceeds 33.4", statistic < 33.4);
    }
  }

  /** χ² with 4 degrees of freedom exceeds 33.4 with probability 10⁻⁶. */
  @Rule(value = "G32", falseAlarm = 4e-6)
  void gumbelSoftmaxIsLargestAtClassesWithTheirProbabilities() {
    for (DType dtype : floatingTypes()) {
      for (double tau : new double[] {0.5, 5}) {
        Tensor soft = GumbelSoftmax.of(tau).sample(logits(50_000, dtype), Key.of(171));
        double statistic = pearson(read(soft.argMax(-1)));
        Close.checkTrue(
            () ->
                "GumbelSoftmax, τ = "
                    + tau
                    + ", "
                    + dtype
                    + ": χ² = "
                    + statistic
                    + " exceeds 33.4",
            statistic < 33.4);
      }
    }
  }

  /**
   * Uniforms of 24 bits end at a Gumbel variate of 16.64. Under this key number 924,047 is 17.78,
   * in single precision, on every backend.
   */
  @Rule("G33")
  void singlePrecisionNoiseReachesBeyondSeventeen() {
    Tensor noise = device().noise(Noise.GUMBEL, TAIL_KEY, Shape.of(1 << 20), DType.FLOAT32);
    double largest = noise.max().item();
    double place = noise.argMax(0).item();
    Close.checkTrue(
        () ->
            "the largest Gumbel variate is "
                + largest
                + " at "
                + place
                + ", not 17.780107 at "
                + TAIL_PLACE,
        (float) largest == 17.780107f && place == TAIL_PLACE);
  }

  private static final Key TAIL_KEY = Key.of(172).child(9);
  private static final int TAIL_PLACE = 924_047;

  @Rule("G34")
  void aClassBehindByMoreThanSeventeenCanWin() {
    int classes = 1 << 18;
    int row = TAIL_PLACE / classes;
    double rival = Key.of(172).child(9).floats(Noise.GUMBEL, row * classes + 1)[row * classes];
    double[] values = new double[4 * classes];
    for (int i = 0; i < 4; i++) {
      values[i * classes] = 17.5 - rival; // its noisy logit in that row is 17.5
    }
    Tensor logits = device().tensor(values, DType.FLOAT32, 4, classes);
    double drawn = read(GumbelMax.indices(logits, TAIL_KEY))[row];
    Close.checkTrue(
        () -> "of 262,144 classes GumbelMax draws " + drawn + ", not " + TAIL_PLACE % classes,
        drawn == TAIL_PLACE % classes);
  }

  /**
   * One class ahead of each of 65,536 others by log 65,536 + 1: a draw goes to the others with
   * probability 1/(1 + e), always by noise beyond 10. Outside of five standard deviations with
   * probability 6·10⁻⁷.
   */
  @Rule(value = "G35", falseAlarm = 6e-7)
  void rareClassesAreDrawnAsOftenAsTheyShould() {
    int classes = 1 << 16;
    int rows = 16;
    int repeats = 16;
    double[] values = new double[classes + 1];
    values[0] = Math.log(classes) + 1;
    Tensor logits =
        device()
            .tensor(values, DType.FLOAT32, 1, classes + 1)
            .broadcastTo(Shape.of(rows, classes + 1));
    int hits = 0;
    for (int i = 0; i < repeats; i++) {
      int repeat = i;
      double[] drawn = inScope(() -> read(GumbelMax.indices(logits, Key.of(173).child(repeat))));
      hits += (int) Arrays.stream(drawn).filter(c -> c != 0).count();
    }
    double p = 1 / (1 + Math.E);
    double expected = rows * repeats * p;
    int seen = hits;
    Close.checkTrue(
        () -> seen + " draws of rare classes, where " + expected + " are expected",
        Math.abs(seen - expected) < 5 * Math.sqrt(expected * (1 - p)));
  }
}
