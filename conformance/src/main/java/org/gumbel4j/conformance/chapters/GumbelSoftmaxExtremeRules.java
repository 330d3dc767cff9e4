package org.gumbel4j.conformance.chapters;

import java.util.Arrays;
import java.util.List;
import org.gumbel4j.autodiff.Autodiff;
import org.gumbel4j.conformance.check.Close;
import org.gumbel4j.conformance.check.Throws;
import org.gumbel4j.random.Key;
import org.gumbel4j.random.Noise;
import org.gumbel4j.relaxation.GumbelSoftmax;
import org.gumbel4j.relaxation.LearnableTemperature;
import org.gumbel4j.tensor.DType;
import org.gumbel4j.tensor.Tensor;

/** Gumbel-Softmax: numbers at the very ends of their type. */
abstract class GumbelSoftmaxExtremeRules extends GradientSection {
  private static final double[] X = {0.5, 1, 2, Double.NEGATIVE_INFINITY};

  private static double least(DType dtype) {
    return dtype == DType.FLOAT32 ? Float.MIN_VALUE : Double.MIN_VALUE;
  }

  private static double largest(DType dtype) {
    return dtype == DType.FLOAT32 ? Float.MAX_VALUE : Double.MAX_VALUE;
  }

  @Rule("G21")
  void atTheLeastTemperatureSamplesAreOneHotWithGradientZero() {
    for (DType dtype : floatingTypes()) {
      Tensor logits = tensor(X, dtype, 1, 4);
      Tensor noise = device().noise(Noise.GUMBEL, Key.of(21), logits.shape(), dtype);
      Tensor scalar = device().scalar(least(dtype), dtype);
      for (GumbelSoftmax relaxed :
          List.of(GumbelSoftmax.of(least(dtype)), GumbelSoftmax.of(scalar))) {
        double[] expected = read(relaxed.hard().sample(logits, Key.of(21)));
        for (Tensor y :
            List.of(
                relaxed.sample(logits, Key.of(21)),
                relaxed.sample(logits, noise),
                relaxed.axis(0).sample(logits.transpose(), noise.transpose()).transpose())) {
          Close.checkBits(() -> "sample at the least τ of " + dtype, expected, read(y));
        }
        double[] gradient =
            read(Autodiff.gradient(p -> scalarOf(relaxed.sample(p, Key.of(21))), logits));
        Close.checkTrue(
            () -> "gradient at the least τ: " + Arrays.toString(gradient),
            Arrays.stream(gradient).allMatch(g -> g == 0));
      }
    }
  }

  @Rule("G22")
  void aTemperatureIsLearntBesideLogitsOfTheLowestNumber() {
    for (DType dtype : floatingTypes()) {
      Tensor lowest = tensor(new double[] {0, 1, -largest(dtype)}, dtype, 3);
      Tensor masked = tensor(new double[] {0, 1, Double.NEGATIVE_INFINITY}, dtype, 3);
      Tensor tau = device().scalar(0.5, dtype);
      Close.checkBits(
          () -> "gradient by τ, the lowest number instead of a mask, " + dtype,
          read(
              Autodiff.gradient(
                  t -> scalarOf(GumbelSoftmax.of(t).sample(masked, Key.of(22))), tau)),
          read(
              Autodiff.gradient(
                  t -> scalarOf(GumbelSoftmax.of(t).sample(lowest, Key.of(22))), tau)));
    }
  }

  @Rule("G23")
  void aLearnableTemperatureIsPositiveWhateverItsParameter() {
    for (DType dtype : floatingTypes()) {
      Tensor rho = tensor(new double[] {-2000, -104, 0, 1000}, dtype, 4);
      Tensor tau = LearnableTemperature.above(0).temperature(rho);
      Close.checkTrue(() -> "temperatures " + tau, Arrays.stream(read(tau)).allMatch(t -> t > 0));
    }
  }

  @Rule("G24")
  void aNoiseScaleThatIsInfiniteInTheLogitsTypeIsRefused() {
    Tensor logits = tensor(X, DType.FLOAT32, 4);
    Throws.check(
        IllegalArgumentException.class,
        () -> GumbelSoftmax.of(1).noiseScale(1e300).sample(logits, Key.of(23)),
        "noiseScale",
        "1.0E300",
        "FLOAT32");
  }

  @Rule("G25")
  void noiseThatDoesNotFitIsRefusedEvenIfItIsNotUsed() {
    Tensor logits = tensor(X, DType.FLOAT32, 4);
    for (double scale : new double[] {0, 1}) {
      GumbelSoftmax relaxed = GumbelSoftmax.of(1).noiseScale(scale);
      Throws.check(
          IllegalArgumentException.class,
          () -> relaxed.sample(logits, tensor(new double[4], DType.INT64, 4)),
          "GumbelSoftmax",
          "INT64");
      Throws.check(
          IllegalArgumentException.class,
          () -> relaxed.sample(logits, tensor(new double[3], DType.FLOAT32, 3)),
          "GumbelSoftmax",
          "noise",
          "[3]");
    }
  }
}
