package org.gumbel4j.conformance.chapters;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.gumbel4j.autodiff.Autodiff;
import org.gumbel4j.conformance.check.Close;
import org.gumbel4j.conformance.check.Throws;
import org.gumbel4j.conformance.check.Tolerance;
import org.gumbel4j.random.Key;
import org.gumbel4j.relaxation.GumbelSoftmax;
import org.gumbel4j.spi.Capability;
import org.gumbel4j.tensor.DType;
import org.gumbel4j.tensor.Shape;
import org.gumbel4j.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/** Errors: a tensor without entries is none; core answers for it, and no backend is asked. */
abstract class EmptinessRules extends Chapter {
  private record Case(
      String name, @Nullable Capability needs, Function<Tensor, Tensor> f, Shape expected) {}

  private static final Shape EMPTY = Shape.of(2, 0, 3);

  private static List<Case> cases() {
    List<Case> cases = new ArrayList<>();
    List<Function<Tensor, Tensor>> elementwise =
        List.of(
            Tensor::neg,
            Tensor::abs,
            Tensor::sign,
            Tensor::exp,
            Tensor::expm1,
            Tensor::log,
            Tensor::log1p,
            Tensor::sqrt,
            Tensor::tanh,
            Tensor::sigmoid,
            Tensor::softplus,
            Tensor::relu,
            Tensor::logSigmoid,
            Tensor::square,
            Tensor::reciprocal,
            x -> x.clamp(0, 1),
            x -> x.add(1),
            x -> x.add(x),
            x -> x.sub(x),
            x -> x.mul(x),
            x -> x.div(x),
            x -> x.pow(2),
            x -> x.maximum(x),
            x -> x.minimum(0),
            x -> x.eq(x),
            x -> x.lt(x).and(x.le(x)).or(x.isNaN()).not(),
            x -> Tensor.where(x.gt(0), x, x),
            x -> x.binaryCrossEntropyWithLogits(x),
            x -> x.softmax(0),
            x -> x.softmax(1),
            x -> x.logSoftmax(-1),
            x -> x.cast(DType.INT64),
            x -> x.broadcastTo(EMPTY),
            x -> x.add(x.device().ones(Shape.of(2, 1, 3), x.dtype())),
            x -> GumbelSoftmax.of(0.5).sample(x, Key.of(1)),
            x -> GumbelSoftmax.of(0.5).hard().sample(x, Key.of(1)));
    for (int i = 0; i < elementwise.size(); i++) {
      cases.add(new Case("elementwise operation " + i, null, elementwise.get(i), EMPTY));
    }
    cases.add(new Case("sum over nothing", null, x -> x.sum(1), Shape.of(2, 3)));
    cases.add(new Case("sum beside nothing", null, x -> x.sum(0), Shape.of(0, 3)));
    cases.add(new Case("max beside nothing", null, x -> x.max(0), Shape.of(0, 3)));
    cases.add(new Case("argMax beside nothing", null, x -> x.argMax(2), Shape.of(2, 0)));
    cases.add(new Case("logSumExp over nothing", null, x -> x.logSumExp(1), Shape.of(2, 3)));
    cases.add(new Case("logSumExp beside nothing", null, x -> x.logSumExp(2), Shape.of(2, 0)));
    cases.add(new Case("reshape", null, x -> x.reshape(0, 5), Shape.of(0, 5)));
    cases.add(new Case("permute", null, x -> x.permute(1, 2, 0), Shape.of(0, 3, 2)));
    cases.add(new Case("slice", null, x -> x.slice(0, 1, 2), Shape.of(1, 0, 3)));
    cases.add(new Case("expandDims", null, x -> x.expandDims(0), Shape.of(1, 2, 0, 3)));
    cases.add(new Case("concat", null, x -> Tensor.concat(List.of(x, x), 0), Shape.of(4, 0, 3)));
    cases.add(new Case("argSort", Capability.SORTING, x -> x.argSort(1, true), EMPTY));
    cases.add(new Case("cumSum", Capability.CUMULATIVE_SUM, x -> x.cumSum(1), EMPTY));
    cases.add(
        new Case(
            "matMul without rows",
            null,
            x -> x.reshape(0, 3).matMul(x.device().ones(Shape.of(3, 4), x.dtype())),
            Shape.of(0, 4)));
    cases.add(
        new Case(
            "matMul over nothing",
            null,
            x -> x.reshape(2, 0).matMul(x.reshape(0, 3)),
            Shape.of(2, 3)));
    cases.add(
        new Case(
            "linear",
            null,
            x ->
                x.linear(
                    x.device().ones(Shape.of(3, 4), x.dtype()),
                    x.device().ones(Shape.of(4), x.dtype())),
            Shape.of(2, 0, 4)));
    cases.add(
        new Case(
            "oneHot", null, x -> x.cast(DType.INT64).oneHot(4, DType.BOOL), Shape.of(2, 0, 3, 4)));
    return cases;
  }

  @Rule("E20")
  void everyOperationOfAnEmptyTensorHasItsShape() {
    for (DType dtype : floatingTypes()) {
      for (Case c : cases()) {
        if (c.needs == null || device().can(c.needs)) {
          Close.checkEqual(
              () -> c.name + " of " + dtype + EMPTY,
              c.expected,
              c.f.apply(device().zeros(EMPTY, dtype)).shape());
        }
      }
    }
  }

  @Rule("E21")
  void reductionsOfNothingAreTheNeutralElement() {
    Tensor x = device().zeros(EMPTY, DType.FLOAT32);
    Close.check(() -> "sum", new double[6], read(x.sum(1)), Tolerance.EXACT);
    Close.check(() -> "sum of all", new double[1], read(x.sum()), Tolerance.EXACT);
    Close.check(() -> "mean", new double[] {Double.NaN}, read(x.mean()), Tolerance.EXACT);
    double[] none = new double[6];
    Arrays.fill(none, Double.NEGATIVE_INFINITY);
    Close.check(() -> "logSumExp", none, read(x.logSumExp(1)), Tolerance.EXACT);
    Close.check(
        () -> "matMul over nothing",
        new double[6],
        read(x.reshape(2, 0).matMul(x.reshape(0, 3))),
        Tolerance.EXACT);
    Close.checkTrue(() -> "any of nothing", !x.gt(0).any());
    Close.checkTrue(() -> "all of nothing", x.gt(0).all());
  }

  @Rule("E22")
  void theLargestOfNothingIsAnError() {
    Tensor x = device().zeros(EMPTY, DType.FLOAT32);
    Class<IllegalArgumentException> error = IllegalArgumentException.class;
    Throws.check(error, () -> x.max(1), "max", "no entries", "[2, 0, 3]");
    Throws.check(error, () -> x.min(), "min", "no entries", "[2, 0, 3]");
    Throws.check(error, () -> x.argMax(1), "argMax", "no entries", "[2, 0, 3]");
    Throws.check(
        error, () -> GumbelSoftmax.of(1).axis(1).sample(x, Key.of(1)), "no class", "[2, 0, 3]");
  }

  @Rule("E23")
  void gradientsOfEmptyTensorsAreEmpty() {
    for (DType dtype : floatingTypes()) {
      Tensor x = device().zeros(EMPTY, dtype);
      Tensor gradient = Autodiff.gradient(p -> p.exp().mul(p).softmax(2).sum(), x);
      Close.checkEqual(() -> "gradient", EMPTY, gradient.shape());
    }
  }

  @Rule("E24")
  void emptyPartsOfAConcatAreSkipped() {
    Tensor x = device().tensor(new float[] {1, 2, 3}, 1, 3);
    Tensor nothing = device().zeros(Shape.of(0, 3), DType.FLOAT32);
    Tensor whole = Tensor.concat(List.of(nothing, x, nothing, x, nothing), 0);
    Close.check(() -> "concat", new double[] {1, 2, 3, 1, 2, 3}, read(whole), Tolerance.EXACT);
    Tensor gradient = Autodiff.gradient(p -> Tensor.concat(List.of(nothing, p, x), 0).sum(), x);
    Close.check(() -> "its gradient", new double[] {1, 1, 1}, read(gradient), Tolerance.EXACT);
  }
}
