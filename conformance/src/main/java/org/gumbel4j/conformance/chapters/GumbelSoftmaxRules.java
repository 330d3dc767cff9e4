package org.gumbel4j.conformance.chapters;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.gumbel4j.autodiff.Autodiff;
import org.gumbel4j.conformance.check.Close;
import org.gumbel4j.conformance.check.Reference;
import org.gumbel4j.conformance.check.Samples;
import org.gumbel4j.conformance.check.Throws;
import org.gumbel4j.conformance.check.Tolerance;
import org.gumbel4j.random.Key;
import org.gumbel4j.random.Noise;
import org.gumbel4j.relaxation.GumbelMax;
import org.gumbel4j.relaxation.GumbelSoftmax;
import org.gumbel4j.tensor.DType;
import org.gumbel4j.tensor.Shape;
import org.gumbel4j.tensor.Tensor;

/** Gumbel-Softmax: what its options do. */
abstract class GumbelSoftmaxRules extends GradientSection {
  private static final Shape SHAPE = Shape.of(3, 4, 5);
  private static final double INF = Double.POSITIVE_INFINITY;

  private Tensor logits(DType dtype) {
    return tensor(Samples.uniform(161, 60, -2, 2), dtype, 3, 4, 5);
  }

  @Rule("G11")
  void aKeyGivesWhatItsNoiseGives() {
    for (DType dtype : floatingTypes()) {
      Tensor noise = device().noise(Noise.GUMBEL, Key.of(5), SHAPE, dtype);
      for (int axis = -3; axis < 3; axis++) {
        for (double scale : new double[] {1, 0.5}) {
          int a = axis;
          GumbelSoftmax relaxed = GumbelSoftmax.of(0.7).axis(axis).noiseScale(scale);
          Close.check(
              () -> "key against noise, " + dtype + ", axis " + a + ", scale " + scale,
              read(relaxed.sample(logits(dtype), noise)),
              read(relaxed.sample(logits(dtype), Key.of(5))),
              new Tolerance(64 * Tolerance.ulps(1, dtype).relative(), 1e-30));
        }
      }
    }
  }

  @Rule("G12")
  void samplesLieOnTheSimplexAlongAnyAxis() {
    for (DType dtype : floatingTypes()) {
      for (double tau : new double[] {1e-3, 0.1, 1, 100}) {
        for (int axis = 0; axis < 3; axis++) {
          double[] y = read(GumbelSoftmax.of(tau).axis(axis).sample(logits(dtype), Key.of(6)));
          double[] sums = Reference.reduce(SHAPE, y, new int[] {axis}, v -> Arrays.stream(v).sum());
          double[] ones = new double[sums.length];
          Arrays.fill(ones, 1);
          Close.check(
              () -> "sums at τ = " + tau + ", " + dtype,
              ones,
              sums,
              Tolerance.relative(16 * Tolerance.ulps(1, dtype).relative()));
          Close.checkTrue(
              () -> "negative entries at τ = " + tau, Arrays.stream(y).allMatch(v -> v >= 0));
        }
      }
    }
  }

  @Rule("G13")
  void hardSamplesAreOneHotAndAgreeWithGumbelMax() {
    for (DType dtype : floatingTypes()) {
      for (int axis = 0; axis < 3; axis++) {
        int a = axis;
        Tensor hard = GumbelSoftmax.of(0.5).hard().axis(axis).sample(logits(dtype), Key.of(7));
        double[] index = read(GumbelMax.indices(logits(dtype), Key.of(7), axis));
        Close.check(
            () -> "place of the one, axis " + a,
            index,
            Reference.reduce(SHAPE, read(hard), new int[] {axis}, Reference::argMax),
            Tolerance.EXACT);
        Close.check(
            () -> "GumbelMax.oneHot, axis " + a,
            read(hard),
            read(GumbelMax.oneHot(logits(dtype), Key.of(7), axis)),
            Tolerance.EXACT);
        Close.checkTrue(
            () -> "a hard sample holds exactly 0 and 1",
            Arrays.stream(read(hard)).allMatch(v -> v == 0 || v == 1));
      }
    }
  }

  @Rule("G14")
  void noiseScaleZeroIsSoftmax() {
    for (DType dtype : floatingTypes()) {
      Tensor expected = logits(dtype).div(0.5).softmax(-1);
      GumbelSoftmax silent = GumbelSoftmax.of(0.5).noiseScale(0);
      Close.check(
          () -> "noise scale 0, " + dtype,
          read(expected),
          read(silent.sample(logits(dtype), Key.of(8))),
          new Tolerance(32 * Tolerance.ulps(1, dtype).relative(), 1e-30));
      Close.check(
          () -> "noise scale 0, hard, " + dtype,
          Reference.alongAxis(
              SHAPE,
              read(expected),
              2,
              line -> {
                double[] hot = new double[line.length];
                hot[Reference.argMax(line)] = 1;
                return hot;
              }),
          read(silent.hard().sample(logits(dtype), Key.of(8))),
          Tolerance.EXACT);
    }
  }

  @Rule("G15")
  void eachRowMayHaveItsOwnLearnableTemperature() {
    DType dtype = finestType();
    double[] tau = Samples.uniform(162, 12, 0.4, 2);
    List<Shape> batches = List.of(Shape.of(3, 4), Shape.of(4), Shape.of(3, 1), Shape.SCALAR);
    for (Shape batch : batches) {
      double[] start = Arrays.copyOf(tau, Close.size(batch));
      List<double[]> point = List.of(Samples.uniform(161, 60, -2, 2), start);
      List<Shape> shapes = new ArrayList<>(List.of(SHAPE, batch));
      checkAll(
          "gradient by logits and temperatures " + batch,
          differences(
              p -> GumbelSoftmax.of(p.get(1)).sample(p.get(0), Key.of(9)), shapes, point, dtype),
          gradients(
              p -> GumbelSoftmax.of(p.get(1)).sample(p.get(0), Key.of(9)), shapes, point, dtype),
          differenceTolerance(dtype));
    }
  }

  @Rule("G16")
  void straightThroughHasTheGradientOfTheSoftSample() {
    for (DType dtype : floatingTypes()) {
      Tensor weights = tensor(Samples.uniform(163, 60, -2, 2), dtype, 3, 4, 5);
      GumbelSoftmax soft = GumbelSoftmax.of(0.6).axis(1);
      Tensor expected =
          Autodiff.gradient(p -> soft.sample(p, Key.of(10)).mul(weights).sum(), logits(dtype));
      Tensor actual =
          Autodiff.gradient(
              p -> soft.hard().sample(p, Key.of(10)).mul(weights).sum(), logits(dtype));
      Close.check(
          () -> "gradient of the hard sample, " + dtype,
          read(expected),
          read(actual),
          new Tolerance(
              1e3 * Tolerance.ulps(1, dtype).relative(),
              100 * Tolerance.ulps(1, dtype).relative()));
    }
  }

  @Rule("G17")
  void softSamplesHaveSecondDerivatives() {
    DType dtype = finestType();
    List<double[]> point = List.of(Samples.uniform(161, 60, -2, 2));
    Tensor direction = tensor(Samples.uniform(164, 60, -1, 1), dtype, 3, 4, 5);
    GumbelSoftmax relaxed = GumbelSoftmax.of(0.8);
    Tensor x = tensor(point.get(0), dtype, 3, 4, 5);
    Tensor product =
        Autodiff.hessianVectorProduct(p -> scalarOf(relaxed.sample(p, Key.of(11))), x, direction);
    List<double[]> expected =
        differences(
            at ->
                inScope(
                    () ->
                        Autodiff.gradient(
                                p -> scalarOf(relaxed.sample(p, Key.of(11))),
                                tensor(at.get(0), dtype, 3, 4, 5))
                            .mul(direction)
                            .sum()
                            .item()),
            point,
            dtype);
    checkAll(
        "Hessian of Gumbel-Softmax", expected, List.of(read(product)), differenceTolerance(dtype));
  }

  @Rule("G18")
  void maskedClassesAreExactlyZeroWithGradientZero() {
    double[] x = {1, -INF, 2, 0, -INF, -INF, 0.5, -INF};
    for (DType dtype : floatingTypes()) {
      for (double tau : new double[] {0.01, 1}) {
        for (boolean hard : new boolean[] {false, true}) {
          GumbelSoftmax relaxed = GumbelSoftmax.of(tau).hard(hard);
          Tensor masked = tensor(x, dtype, 2, 4);
          double[] y = read(relaxed.sample(masked, Key.of(12)));
          Tensor w = tensor(new double[] {1, 50, 3, 4, 5, -60, 7, 8}, dtype, 2, 4);
          double[] g =
              read(Autodiff.gradient(p -> relaxed.sample(p, Key.of(12)).mul(w).sum(), masked));
          for (int i = 0; i < x.length; i++) {
            int at = i;
            boolean isMasked = x[i] == -INF;
            Close.checkTrue(
                () -> "entry " + at + " is " + y[at] + ", its gradient " + g[at] + ", τ = " + tau,
                isMasked ? y[i] == 0 && g[i] == 0 : Double.isFinite(y[i]) && Double.isFinite(g[i]));
          }
        }
      }
    }
  }

  @Rule("G19")
  void badTemperaturesAreRefused() {
    Class<IllegalArgumentException> error = IllegalArgumentException.class;
    for (double bad : new double[] {0, -1, Double.NaN, INF}) {
      Throws.check(error, () -> GumbelSoftmax.of(bad), "temperature", "positive", "" + bad);
      Tensor tau = tensor(new double[] {1, bad, 1}, DType.FLOAT32, 3);
      Throws.check(error, () -> GumbelSoftmax.of(tau), "temperature", "position 1", "" + bad);
    }
    Tensor wide = tensor(new double[] {1, 1}, DType.FLOAT32, 2);
    Throws.check(
        error,
        () -> GumbelSoftmax.of(wide).sample(logits(DType.FLOAT32), Key.of(1)),
        "temperature",
        "[2]",
        "[3, 4]");
    Throws.check(error, () -> GumbelSoftmax.of(1).noiseScale(-0.5), "noiseScale", "-0.5");
    Throws.check(error, () -> GumbelSoftmax.of(1).noiseScale(Double.NaN), "noiseScale", "NaN");
  }

  @Rule("G20")
  void badLogitsAreNamedByRowAndValue() {
    Class<IllegalArgumentException> error = IllegalArgumentException.class;
    double[][] rows = {
      {0, 1, 2, 3, Double.NaN, 5}, {0, 1, 2, 3, 4, INF}, {0, 1, 2, -INF, -INF, -INF}
    };
    String[] words = {"NaN", "Infinity", "masked"};
    for (DType dtype : floatingTypes()) {
      for (int i = 0; i < rows.length; i++) {
        Tensor x = tensor(rows[i], dtype, 2, 3);
        String word = words[i];
        Throws.check(error, () -> GumbelSoftmax.of(1).sample(x, Key.of(1)), "row 1", word);
        Throws.check(error, () -> GumbelMax.indices(x, Key.of(1)), "row 1", word);
        Tensor turned =
            tensor(
                new double[] {
                  rows[i][0], rows[i][3], rows[i][1], rows[i][4], rows[i][2], rows[i][5]
                },
                dtype,
                3,
                2);
        Throws.check(
            error, () -> GumbelSoftmax.of(1).axis(0).sample(turned, Key.of(1)), "row 1", word);
      }
    }
  }
}
