package org.gumbel4j.conformance.chapters;

import java.util.List;
import java.util.function.Function;
import org.gumbel4j.autodiff.Autodiff;
import org.gumbel4j.conformance.check.Close;
import org.gumbel4j.conformance.check.Tolerance;
import org.gumbel4j.spi.Capability;
import org.gumbel4j.tensor.DType;
import org.gumbel4j.tensor.Tensor;

/** Autodiff: what stands for a derivative where there is none. */
abstract class ConventionRules extends GradientSection {
  private static final double INF = Double.POSITIVE_INFINITY;
  private static final double NAN = Double.NaN;

  /** The gradient of Σ w ⊙ f(x) is exactly what is expected, in every floating type. */
  private void checkGradient(
      String what, Function<Tensor, Tensor> f, double[] x, double[] weights, double... expected) {
    for (DType dtype : floatingTypes()) {
      Tensor w = tensor(weights, dtype, weights.length);
      Tensor gradient = Autodiff.gradient(p -> f.apply(p).mul(w).sum(), tensor(x, dtype, x.length));
      Close.check(
          () -> "gradient of " + what + ", " + dtype, expected, read(gradient), Tolerance.EXACT);
    }
  }

  @Rule("A10")
  void absReluAndSignHaveGradientZeroAtZero() {
    double[] x = {-2, 0, 3};
    double[] w = {10, 20, 30};
    checkGradient("abs", Tensor::abs, x, w, -10, 0, 30);
    checkGradient("relu", Tensor::relu, x, w, 0, 0, 30);
    checkGradient("sign", p -> p.sign().add(p.mul(0)), x, w, 0, 0, 0);
  }

  @Rule("A11")
  void maximumAndMinimumGiveHalfToEachAtATie() {
    double[] x = {1, 2, 3};
    double[] w = {10, 20, 30};
    checkGradient("maximum(x, 2)", p -> p.maximum(2), x, w, 0, 10, 30);
    checkGradient("minimum(x, 2)", p -> p.minimum(2), x, w, 10, 10, 0);
    for (DType dtype : floatingTypes()) {
      Tensor a = tensor(x, dtype, 3);
      Tensor b = tensor(new double[] {3, 2, 1}, dtype, 3);
      List<Tensor> gradients =
          Autodiff.valueAndGradient(p -> p.get(0).maximum(p.get(1)).sum(), List.of(a, b))
              .gradients();
      Close.check(
          () -> "maximum, first",
          new double[] {0, 0.5, 1},
          read(gradients.get(0)),
          Tolerance.EXACT);
      Close.check(
          () -> "maximum, second",
          new double[] {1, 0.5, 0},
          read(gradients.get(1)),
          Tolerance.EXACT);
    }
  }

  @Rule("A12")
  void maxAndMinShareTheirGradientEvenlyAmongTies() {
    double[] x = {3, 1, 3, 1};
    double[] w = {8};
    checkGradient("max with a tie", p -> p.max(0).reshape(1), x, w, 4, 0, 4, 0);
    checkGradient("min with a tie", p -> p.min().reshape(1), x, w, 0, 4, 0, 4);
    checkGradient("max of equals", Tensor::max, new double[4], w, 2, 2, 2, 2);
  }

  @Rule("A13")
  void clampPassesTheGradientOnItsBounds() {
    double[] x = {-1, 0, 0.5, 1, 2, INF};
    double[] w = {1, 2, 3, 4, 5, 6};
    checkGradient("clamp(0, 1)", p -> p.clamp(0, 1), x, w, 0, 2, 3, 4, 0, 0);
  }

  @Rule(
      value = "A14",
      needs = {Capability.SORTING, Capability.GATHERING})
  void sortSendsEachGradientWhereItsEntryCameFrom() {
    double[] x = {1, 1, 0, 2};
    double[] w = {10, 20, 30, 40};
    checkGradient("sort ascending", p -> p.sort(0, false), x, w, 20, 30, 10, 40);
    checkGradient("sort descending", p -> p.sort(0, true), x, w, 20, 30, 40, 10);
  }

  @Rule("A15")
  void maskedEntriesHaveGradientZeroInSoftmaxAndLogSumExp() {
    double[] x = {0, -INF, 0, -INF};
    double[] w = {4, 100, 0, -100};
    checkGradient("softmax with masks", p -> p.softmax(0), x, w, 1, 0, -1, 0);
    checkGradient(
        "logSumExp with masks", p -> p.logSumExp(0, true), x, new double[] {6}, 3, 0, 3, 0);
    double[] masked = {-INF, -INF};
    checkGradient(
        "logSumExp of masks alone", p -> p.logSumExp(0, true), masked, new double[] {6}, 0, 0);
  }

  @Rule("A16")
  void whereGivesZeroToWhatItDoesNotChoose() {
    for (DType dtype : floatingTypes()) {
      Tensor condition = tensor(new double[] {1, 0, 1}, DType.BOOL, 3);
      Tensor a = tensor(new double[] {1, NAN, 3}, dtype, 3);
      Tensor b = tensor(new double[] {NAN, 5, INF}, dtype, 3);
      List<Tensor> gradients =
          Autodiff.valueAndGradient(
                  p -> Tensor.where(condition, p.get(0), p.get(1)).square().sum(), List.of(a, b))
              .gradients();
      Close.check(
          () -> "where, chosen if true, " + dtype,
          new double[] {2, 0, 6},
          read(gradients.get(0)),
          Tolerance.EXACT);
      Close.check(
          () -> "where, chosen if false, " + dtype,
          new double[] {0, 10, 0},
          read(gradients.get(1)),
          Tolerance.EXACT);
    }
  }

  @Rule("A17")
  void powHasAGradientAtZero() {
    double[] w = {1, 1, 1};
    checkGradient("x^0", p -> p.pow(0), new double[] {0, 1, -2}, w, 0, 0, 0);
    checkGradient("x^2", p -> p.pow(2), new double[] {0, 1, -2}, w, 0, 2, -4);
    for (DType dtype : floatingTypes()) {
      Tensor zero = tensor(new double[] {0, 0}, dtype, 2);
      Tensor gradient =
          Autodiff.gradient(b -> zero.pow(b).sum(), tensor(new double[] {2, 0.5}, dtype, 2));
      Close.check(() -> "0^b by b", new double[] {0, 0}, read(gradient), Tolerance.EXACT);
    }
  }

  @Rule("A18")
  void indicesAndComparisonsAreConstants() {
    double[] x = {3, 1, 2};
    double[] w = {1, 1, 1};
    checkGradient("x plus its argMax", p -> p.add(p.argMax(0).cast(p.dtype())), x, w, 1, 1, 1);
    checkGradient("x where it exceeds 1.5", p -> p.mul(p.gt(1.5).cast(p.dtype())), x, w, 1, 0, 1);
    checkGradient(
        "a detour over INT64", p -> p.add(p.cast(DType.INT64).cast(p.dtype())), x, w, 1, 1, 1);
  }

  @Rule("A19")
  void anInfiniteGradientGoesNowhereElse() {
    double[] x = {-1, 2};
    double[] w = {1, 1};
    checkGradient("log max(x, 0)", p -> p.maximum(0).log(), x, w, 0, 0.5);
    checkGradient("log −min(−x, 0)", p -> p.neg().minimum(0).neg().log(), x, w, 0, 0.5);
    checkGradient("log of a clamped x", p -> p.clamp(0, 5).log(), x, w, 0, 0.5);
    double[] largestIsZero = {-1, 0};
    checkGradient("log of max x", p -> p.max(0).log().reshape(1), largestIsZero, w1(), 0, INF);
  }

  private static double[] w1() {
    return new double[] {1};
  }

  @Rule("A20")
  void powersKeepNaNOutOfHigherDerivatives() {
    for (DType dtype : floatingTypes()) {
      Tensor x = tensor(new double[] {0, 2}, dtype, 2);
      Tensor second = Autodiff.gradient(p -> Autodiff.gradient(q -> q.pow(0).sum(), p).sum(), x);
      Close.check(() -> "second derivative of x^0", new double[2], read(second), Tolerance.EXACT);
      Tensor third =
          Autodiff.gradient(
              o -> Autodiff.gradient(p -> Autodiff.gradient(q -> q.pow(1).sum(), p).sum(), o).sum(),
              x);
      Close.check(() -> "third derivative of x^1", new double[2], read(third), Tolerance.EXACT);
      Tensor mixed =
          Autodiff.gradient(
              b -> Autodiff.gradient(p -> p.pow(b).sum(), tensor(new double[] {4}, dtype, 1)).sum(),
              tensor(new double[] {0}, dtype, 1));
      Close.check(
          () -> "x^b by x and b at b = 0", new double[] {0.25}, read(mixed), Tolerance.EXACT);
    }
  }

  @Rule(
      value = "A21",
      needs = {Capability.CUMULATIVE_SUM, Capability.GATHERING})
  void gradientsOfRunningSumsKeepSmallEntriesBesideLargeOnes() {
    double[] w = {0x1p80, 1, 2, 4};
    checkGradient("cumSum", p -> p.cumSum(0), new double[4], w, 0x1p80, 7, 6, 4);
  }

  @Rule("A22")
  void theGradientOfExpm1KeepsItsDigits() {
    for (DType dtype : floatingTypes()) {
      Tensor gradient =
          Autodiff.gradient(p -> p.expm1().sum(), tensor(new double[] {-45}, dtype, 1));
      Close.check(
          () -> "gradient of expm1 at −45, " + dtype,
          new double[] {Math.exp(-45)},
          read(gradient),
          Tolerance.relative(16 * Tolerance.ulps(1, dtype).relative()));
    }
  }
}
