package org.gumbel4j.conformance.chapters;

import java.util.Arrays;
import org.gumbel4j.conformance.check.Close;
import org.gumbel4j.conformance.check.Samples;
import org.gumbel4j.conformance.check.Throws;
import org.gumbel4j.random.Key;
import org.gumbel4j.random.Noise;
import org.gumbel4j.random.NoiseKernel;
import org.gumbel4j.random.NoiseKernels;
import org.gumbel4j.spi.Capability;
import org.gumbel4j.spi.UnsupportedCapabilityException;
import org.gumbel4j.tensor.DType;
import org.gumbel4j.tensor.Shape;

/** Noise, the same to the bit on every backend. */
public abstract class RandomnessChapter extends Section {
  private static final Shape[] SHAPES = {
    Shape.SCALAR,
    Shape.of(1),
    Shape.of(3, 5),
    Shape.of(63),
    Shape.of(64),
    Shape.of(65),
    Shape.of(2, 3, 7),
    Shape.of(31, 33),
    Shape.of(4099)
  };
  private static final Key[] KEYS = {
    Key.of(0),
    Key.of(-1),
    Key.of(42).split(3)[2],
    Key.of(7).fold(1L << 40),
    Key.ofWords(-1, 2, -3, 4)
  };

  /** What the scalar kernel gives, which is the definition. */
  private static double[] defined(Noise kind, Key key, int count, DType dtype) {
    if (dtype == DType.FLOAT64) {
      double[] values = new double[count];
      NoiseKernels.scalar().fill(kind, key, 0, values, 0, count);
      return values;
    }
    float[] values = new float[count];
    NoiseKernels.scalar().fill(kind, key, 0, values, 0, count);
    return Samples.toDoubles(values);
  }

  @Rule("R01")
  void noiseHasTheBitsOfTheScalarKernel() {
    for (DType dtype : floatingTypes()) {
      for (Noise kind : Noise.values()) {
        for (Shape shape : SHAPES) {
          for (Key key : KEYS) {
            Close.checkBits(
                () -> kind + " noise, " + dtype + shape + ", " + key,
                defined(kind, key, Close.size(shape), dtype),
                read(device().noise(kind, key, shape, dtype)));
          }
        }
      }
    }
  }

  @Rule("R02")
  void aMillionGumbelsHaveTheBitsOfTheScalarKernel() {
    int count = 1_000_003;
    for (DType dtype : floatingTypes()) {
      Close.checkBits(
          () -> "a million Gumbel variates, " + dtype,
          defined(Noise.GUMBEL, Key.of(9), count, dtype),
          read(device().noise(Noise.GUMBEL, Key.of(9), Shape.of(count), dtype)));
    }
  }

  @Rule("R03")
  void everyKernelOfThisJvmGivesTheSameBitsWhereverItIsCut() {
    int count = 777;
    for (NoiseKernel kernel : NoiseKernels.available()) {
      for (Noise kind : Noise.values()) {
        float[] singles = new float[count];
        double[] doubles = new double[count];
        for (int[] cut : new int[][] {{0, 1}, {1, 62}, {63, 65}, {128, 128}, {256, 521}}) {
          kernel.fill(kind, KEYS[2], cut[0], singles, cut[0], cut[1]);
          kernel.fill(kind, KEYS[2], cut[0], doubles, cut[0], cut[1]);
        }
        Close.checkBits(
            () -> kernel.name() + " kernel, " + kind + " in single",
            defined(kind, KEYS[2], count, DType.FLOAT32),
            Samples.toDoubles(singles));
        Close.checkBits(
            () -> kernel.name() + " kernel, " + kind + " in double",
            defined(kind, KEYS[2], count, DType.FLOAT64),
            doubles);
      }
    }
  }

  @Rule("R04")
  void theSequenceIsTheFrozenOne() {
    // The first words and variates of Key.of(42), as docs/randomness.md and core's golden file have
    // them.
    int[] words = Key.of(42).ints(3);
    long[] longs = Key.of(42).longs(2);
    Close.checkEqual(() -> "the first words of Key.of(42)", FROZEN_WORDS, Arrays.toString(words));
    Close.checkEqual(
        () -> "the first long words of Key.of(42)", FROZEN_LONGS, Arrays.toString(longs));
    double[] gumbels = read(device().noise(Noise.GUMBEL, Key.of(42), Shape.of(3), DType.FLOAT32));
    Close.checkEqual(
        () -> "the first Gumbel variates of Key.of(42)",
        FROZEN_GUMBELS,
        Arrays.toString(Samples.toFloats(gumbels)));
  }

  private static final String FROZEN_WORDS = "[-1057915134, 1524699341, 1073346994]";
  private static final String FROZEN_LONGS = "[-6357623799068655870, -3859095068176478003]";
  private static final String FROZEN_GUMBELS = "[-0.33728892, 0.82439566, 1.2463255]";

  @Rule("R05")
  void differentKeysGiveDifferentNoise() {
    Shape shape = Shape.of(1000);
    double[] first = read(device().noise(Noise.NORMAL, Key.of(1).child(0), shape, DType.FLOAT32));
    double[] second = read(device().noise(Noise.NORMAL, Key.of(1).child(1), shape, DType.FLOAT32));
    double product = 0;
    int equal = 0;
    for (int i = 0; i < first.length; i++) {
      product += first[i] * second[i];
      equal += first[i] == second[i] ? 1 : 0;
    }
    int same = equal;
    double correlation = product / first.length;
    Close.checkTrue(() -> same + " of 1000 variates of two children are equal", same < 5);
    Close.checkTrue(
        () -> "two children correlate by " + correlation, Math.abs(correlation) < 0.16); // 5 sigma
  }

  /** False alarm: 2·10⁻⁶ for the mean, as much for the variance, by type; the key is fixed. */
  @Rule(value = "R06", falseAlarm = 1e-5)
  void gumbelNoiseHasTheMeanAndVarianceOfGumbel() {
    int count = 200_000;
    double mean = 0.5772156649015329;
    double variance = Math.PI * Math.PI / 6;
    for (DType dtype : floatingTypes()) {
      double[] g = read(device().noise(Noise.GUMBEL, Key.of(77), Shape.of(count), dtype));
      double sum = 0;
      double squares = 0;
      for (double v : g) {
        sum += v - mean;
        squares += (v - mean) * (v - mean);
      }
      double meanError = sum / count / Math.sqrt(variance / count);
      // the fourth central moment of Gumbel is 5.4 variance²
      double varianceError = (squares / count - variance) / (variance * Math.sqrt(4.4 / count));
      Close.checkTrue(
          () -> "mean of Gumbel noise, " + dtype + ", is off by " + meanError + " standard errors",
          Math.abs(meanError) < 4.75);
      Close.checkTrue(
          () ->
              "variance of Gumbel noise, "
                  + dtype
                  + ", is off by "
                  + varianceError
                  + " standard errors",
          Math.abs(varianceError) < 4.75);
    }
  }

  @Rule("R07")
  void emptyNoiseIsEmpty() {
    Close.checkEqual(
        () -> "noise of no entries",
        0,
        device().noise(Noise.GUMBEL, Key.of(1), Shape.of(3, 0), DType.FLOAT32).toFloats().length);
  }

  @Rule("R08")
  void noiseIsFloating() {
    Throws.check(
        IllegalArgumentException.class,
        () -> device().noise(Noise.UNIFORM, Key.of(1), Shape.of(3), DType.INT64),
        "noise",
        "INT64",
        "FLOAT32");
  }

  @Rule(value = "R09", without = Capability.FLOAT64)
  void doubleNoiseWithoutDoublesIsRefused() {
    Throws.check(
        UnsupportedCapabilityException.class,
        () -> device().noise(Noise.UNIFORM, Key.of(1), Shape.of(3), DType.FLOAT64),
        "noise",
        backend().name(),
        "FLOAT64");
  }
}
