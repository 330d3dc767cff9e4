package org.gumbel4j.conformance.chapters;

import java.util.Arrays;
import java.util.Objects;
import org.gumbel4j.conformance.check.Close;
import org.gumbel4j.conformance.check.Reference;
import org.gumbel4j.conformance.check.Samples;
import org.gumbel4j.conformance.check.Tolerance;
import org.gumbel4j.random.Key;
import org.gumbel4j.random.Noise;
import org.gumbel4j.spi.FusedOps;
import org.gumbel4j.spi.HardSample;
import org.gumbel4j.tensor.DType;
import org.gumbel4j.tensor.Shape;

/** Fused operations: one-hot vectors, the check of logits, Gumbel-Softmax and Gumbel-max. */
abstract class DiscreteRules extends FusedSection {
  private static final double INF = Double.POSITIVE_INFINITY;
  private static final Shape[] SHAPES = {
    Shape.of(1), Shape.of(10), Shape.of(3, 1), Shape.of(6, 30), Shape.of(65, 3), Shape.of(2, 5, 7)
  };

  @Rule("F21")
  void oneHotOfEveryType() {
    for (Shape shape : new Shape[] {Shape.SCALAR, Shape.of(1), Shape.of(9), Shape.of(2, 3)}) {
      for (int classes : new int[] {1, 2, 7, 33}) {
        double[] index = Samples.integers(111, Close.size(shape), 0, classes);
        double[] expected = new double[index.length * classes];
        for (int i = 0; i < index.length; i++) {
          expected[i * classes + (int) index[i]] = 1;
        }
        Object h = handle(index, shape, DType.INT64);
        for (DType dtype : allTypes()) {
          checkBoth(
              () -> "oneHot of " + shape + " in " + classes + " classes of " + dtype,
              ops -> ops.oneHot(h, classes, dtype),
              shape.withInserted(-1, classes),
              dtype,
              expected,
              Tolerance.EXACT);
        }
      }
    }
  }

  @Rule("F22")
  void oneHotArgMaxTakesTheFirstOfEqualEntries() {
    for (DType dtype : numericTypes()) {
      for (Shape shape : SHAPES) {
        double[] x = rounded(Samples.integers(112, Close.size(shape), -2, 3), dtype);
        Object h = handle(x, shape, dtype);
        for (int axis = 0; axis < shape.rank(); axis++) {
          int a = axis;
          checkBoth(
              () -> "oneHotArgMax of " + dtype + shape + " along axis " + a,
              ops -> ops.oneHotArgMax(h, a),
              shape,
              dtype,
              Reference.alongAxis(shape, x, axis, DiscreteRules::oneHotArgMax),
              Tolerance.EXACT);
        }
      }
    }
  }

  private static double[] oneHotArgMax(double[] line) {
    double[] hot = new double[line.length];
    hot[Reference.argMax(line)] = 1;
    return hot;
  }

  @Rule("F23")
  void areLogitsFindsNaNInfinityAndMaskedRows() {
    double[][] good = {{0, -INF, 3}, {1e30, -1e30, 0}, {-INF, -INF, 0}};
    for (DType dtype : floatingTypes()) {
      for (int axis = 0; axis < 2; axis++) {
        checkLogits(dtype, axis, good, true);
        for (double bad : new double[] {Double.NaN, INF}) {
          for (int place = 0; place < 3; place++) {
            double[][] rows = {good[0].clone(), good[1].clone(), good[2].clone()};
            rows[place][2 - place] = bad;
            checkLogits(dtype, axis, rows, false);
          }
        }
        checkLogits(dtype, axis, new double[][] {good[0], {-INF, -INF, -INF}}, false);
      }
    }
  }

  private void checkLogits(DType dtype, int axis, double[][] rows, boolean expected) {
    Object h = handle(alongAxis(rows, axis), shapeAlong(rows, axis), dtype);
    checkBoth(
        () -> "areLogits of " + dtype + " along axis " + axis + " of " + Arrays.deepToString(rows),
        ops -> ops.areLogits(h, axis),
        Shape.SCALAR,
        DType.BOOL,
        new double[] {expected ? 1 : 0},
        Tolerance.EXACT);
  }

  @Rule("F24")
  void gumbelSoftmaxWithGivenNoise() {
    for (DType dtype : floatingTypes()) {
      for (Shape shape : SHAPES) {
        for (double temperature : new double[] {0.1, 0.5, 1, 3}) {
          for (int axis = 0; axis < shape.rank(); axis++) {
            checkGumbelSoftmax(dtype, shape, temperature, axis);
          }
        }
      }
    }
  }

  private void checkGumbelSoftmax(DType dtype, Shape shape, double temperature, int axis) {
    int size = Close.size(shape);
    double[] logits = Samples.uniform(113, size, -3, 3);
    double[] noise = Samples.uniform(114, size, -2, 4);
    double[] perturbed =
        Reference.zip(shape, logits, shape, noise, (l, n) -> (l + n) / temperature);
    double[] y = Reference.alongAxis(shape, perturbed, axis, FusedSection::softmax);
    Object l = handle(logits, shape, dtype);
    Object n = handle(noise, shape, dtype);
    // An error of half a unit in (θ + G)/τ, which is below 7/τ, is a relative error of y.
    double error = (16 + 14 / temperature) * Tolerance.ulps(1, dtype).relative();
    double tiny = dtype == DType.FLOAT32 ? Float.MIN_NORMAL : 0;
    checkBoth(
        () -> "gumbelSoftmax of " + dtype + shape + ", τ = " + temperature + ", axis " + axis,
        ops -> ops.gumbelSoftmax(l, n, temperature, axis),
        shape,
        dtype,
        y,
        new Tolerance(error, tiny));
    double[] g = Samples.uniform(115, size, -2, 2);
    double[] product = Reference.zip(shape, y, shape, g, (a, b) -> a * b);
    double[] inner = Reference.alongAxis(shape, product, axis, DiscreteRules::sums);
    double[] expected = new double[size];
    for (int i = 0; i < size; i++) {
      expected[i] = y[i] * (g[i] - inner[i]) / temperature;
    }
    Object hy = handle(y, shape, dtype);
    Object hg = handle(g, shape, dtype);
    checkBoth(
        () ->
            "gumbelSoftmaxBackward of " + dtype + shape + ", τ = " + temperature + ", axis " + axis,
        ops -> ops.gumbelSoftmaxBackward(hy, hg, temperature, axis),
        shape,
        dtype,
        expected,
        Tolerance.ulps(16, dtype)
            .orAbsolute(32 / temperature * Tolerance.ulps(1, dtype).relative()));
  }

  private static double[] sums(double[] line) {
    double[] sums = new double[line.length];
    Arrays.fill(sums, Arrays.stream(line).sum());
    return sums;
  }

  @Rule("F25")
  void gumbelSoftmaxWithAKeyUsesItsNoise() {
    FusedOps<Object> plain = new FusedOps<>(backend());
    FusedOps<Object> own = backend().fused();
    for (DType dtype : floatingTypes()) {
      for (Shape shape : SHAPES) {
        for (int axis = 0; axis < shape.rank(); axis++) {
          Key key = Key.of(116).fold(axis);
          int a = axis;
          Object l = handle(Samples.uniform(117, Close.size(shape), -3, 3), shape, dtype);
          for (double scale : new double[] {1, 0.5}) {
            Object expected = plain.gumbelSoftmax(l, key, scale, 0.7, axis);
            checkHandle(
                () ->
                    "gumbelSoftmax of a key, " + dtype + shape + ", scale " + scale + ", axis " + a,
                own.gumbelSoftmax(l, key, scale, 0.7, a),
                shape,
                dtype,
                read(expected),
                new Tolerance(100 * Tolerance.ulps(1, dtype).relative(), 1e-30));
            checkHardSample(own, plain, l, shape, dtype, key, scale, a);
          }
          checkHandle(
              () -> "gumbelMax of " + dtype + shape + " along axis " + a,
              own.gumbelMax(l, key, a),
              shape.without(axis),
              DType.INT64,
              read(plain.gumbelMax(l, key, axis)),
              Tolerance.EXACT);
        }
      }
    }
  }

  private void checkHardSample(
      FusedOps<Object> own,
      FusedOps<Object> plain,
      Object l,
      Shape shape,
      DType dtype,
      Key key,
      double scale,
      int axis) {
    String what = " of hardGumbelSoftmax, " + dtype + shape + ", scale " + scale + ", axis " + axis;
    HardSample<Object> expected = plain.hardGumbelSoftmax(l, key, scale, 0.7, axis, true);
    HardSample<Object> sample = own.hardGumbelSoftmax(l, key, scale, 0.7, axis, true);
    Tolerance close = new Tolerance(100 * Tolerance.ulps(1, dtype).relative(), 1e-30);
    checkHandle(
        () -> "hard" + what, sample.hard(), shape, dtype, read(expected.hard()), Tolerance.EXACT);
    checkHandle(
        () -> "soft" + what,
        Objects.requireNonNull(sample.soft(), "soft" + what),
        shape,
        dtype,
        read(Objects.requireNonNull(expected.soft())),
        close);
    checkHandle(
        () -> "hard alone" + what,
        own.hardGumbelSoftmax(l, key, scale, 0.7, axis, false).hard(),
        shape,
        dtype,
        read(expected.hard()),
        Tolerance.EXACT);
  }

  @Rule("F26")
  void maskedClassesAreNeverDrawn() {
    int rows = 200;
    double[] logits = new double[rows * 5];
    for (int i = 0; i < rows; i++) {
      logits[5 * i + i % 5] = -INF;
      logits[5 * i + (i + 2) % 5] = -INF;
    }
    for (DType dtype : floatingTypes()) {
      Object l = handle(logits, Shape.of(rows, 5), dtype);
      for (Variant variant : variants()) {
        double[] drawn = read(variant.ops().gumbelMax(l, Key.of(118), 1));
        double[] soft = read(variant.ops().gumbelSoftmax(l, Key.of(118), 1, 0.5, 1));
        for (int i = 0; i < rows; i++) {
          int row = i;
          Close.checkTrue(
              () ->
                  variant.word()
                      + " gumbelMax drew the masked class "
                      + drawn[row]
                      + " of row "
                      + row,
              Double.isFinite(logits[5 * i + (int) drawn[i]]));
          Close.checkTrue(
              () -> variant.word() + " gumbelSoftmax gave a masked class of row " + row + " weight",
              soft[5 * i + i % 5] == 0 && soft[5 * i + (i + 2) % 5] == 0);
        }
      }
    }
  }

  @Rule("F27")
  void noiseIsThatOfTheScalarKernel() {
    for (DType dtype : floatingTypes()) {
      Shape shape = Shape.of(3, 43);
      for (Noise kind : Noise.values()) {
        Object expected = new FusedOps<>(backend()).noise(kind, Key.of(119), shape, dtype);
        checkHandleBits(
            () -> kind + " noise of " + dtype,
            backend().fused().noise(kind, Key.of(119), shape, dtype),
            shape,
            dtype,
            read(expected));
      }
    }
  }
}
