package org.gumbel4j.conformance.chapters;

import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.gumbel4j.autodiff.Autodiff;
import org.gumbel4j.autodiff.CustomGradient;
import org.gumbel4j.autodiff.Objective;
import org.gumbel4j.autodiff.ValueAndGradient;
import org.gumbel4j.conformance.check.Close;
import org.gumbel4j.conformance.check.Threads;
import org.gumbel4j.conformance.check.Throws;
import org.gumbel4j.conformance.check.Tolerance;
import org.gumbel4j.spi.Capability;
import org.gumbel4j.tensor.DType;
import org.gumbel4j.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/** Autodiff: what is recorded, for how long, and by whom. */
abstract class TapeRules extends GradientSection {
  private Tensor vector(double... values) {
    return tensor(values, finestType(), values.length);
  }

  private static void check(String what, Tensor actual, double... expected) {
    Close.check(() -> what, expected, read(actual), Tolerance.relative(1e-6));
  }

  @Rule("A30")
  void gradientsNestToAnyDepth() {
    Tensor x = vector(2, -1);
    check(
        "third derivative of x⁴",
        Autodiff.gradient(
            a ->
                Autodiff.gradient(
                        b -> Autodiff.gradient(c -> c.square().square().sum(), b).sum(), a)
                    .sum(),
            x),
        48,
        -24);
  }

  @Rule("A31")
  void anInnerGradientSeesOuterVariablesAsConstants() {
    Tensor x = vector(2, 3);
    // d/dx [x · d/dy (x²y)] = d/dx x³ = 3x²
    check(
        "mixed derivative",
        Autodiff.gradient(
            a -> a.mul(Autodiff.gradient(b -> a.square().mul(b).sum(), vector(7, 7))).sum(), x),
        12,
        27);
  }

  @Rule("A32")
  void aGradientMayBeTakenInsideAPullback() {
    Tensor x = vector(2, 3);
    Tensor gradient =
        Autodiff.gradient(
            p ->
                CustomGradient.of(
                        List.of(p),
                        in -> in.get(0).square(),
                        (y, g) -> List.of(g.mul(Autodiff.gradient(z -> z.mul(5).sum(), y))))
                    .sum(),
            x);
    check("a rule that takes a gradient", gradient, 5, 5);
  }

  @Rule("A33")
  void eachParameterGetsItsGradientAndUnusedOnesZero() {
    Tensor a = vector(1, 2);
    Tensor b = vector(3, 4);
    Tensor unused = tensor(new double[6], finestType(), 2, 3);
    ValueAndGradient result =
        Autodiff.valueAndGradient(p -> p.get(0).mul(p.get(1)).sum(), List.of(a, b, unused));
    check("value", result.value(), 11);
    check("by a", result.gradients().get(0), 3, 4);
    check("by b", result.gradients().get(1), 1, 2);
    check("by what is not used", result.gradients().get(2), new double[6]);
    Close.checkEqual(
        () -> "shape of the zero gradient", unused.shape(), result.gradients().get(2).shape());
  }

  @Rule("A34")
  void oneTensorMayBeUsedManyTimes() {
    Tensor x = vector(2, 3);
    check("x·x + x", Autodiff.gradient(p -> p.mul(p).add(p).sum(), x), 5, 7);
    List<Tensor> twice =
        Autodiff.valueAndGradient(p -> p.get(0).mul(p.get(1)).sum(), List.of(x, x)).gradients();
    check("the same tensor as two parameters, first", twice.get(0), 2, 3);
    check("the same tensor as two parameters, second", twice.get(1), 2, 3);
    check("x itself, captured, is a constant", Autodiff.gradient(p -> p.mul(x).sum(), x), 2, 3);
  }

  @Rule("A35")
  void stopGradientLetsNothingThrough() {
    Tensor x = vector(2, 3);
    check("x · sg(x)", Autodiff.gradient(p -> p.mul(p.stopGradient()).sum(), x), 2, 3);
    check("sg(x²)", Autodiff.gradient(p -> p.square().stopGradient().sum(), x), 0, 0);
  }

  @Rule("A36")
  void auxiliaryTensorsComeOutAsConstants() {
    Tensor x = vector(2, 3);
    ValueAndGradient result =
        Autodiff.differentiate(
            p -> Objective.of(p.get(0).square().sum(), p.get(0).mul(10)), List.of(x));
    Tensor auxiliary = result.auxiliary().get(0);
    check("auxiliary", auxiliary, 20, 30);
    check("used later", Autodiff.gradient(p -> p.mul(auxiliary).sum(), x), 20, 30);
  }

  @Rule("A37")
  void whatEscapesIsReleasedWithTheGraph() {
    AtomicReference<@Nullable Tensor> escaped = new AtomicReference<>();
    Autodiff.gradient(
        p -> {
          escaped.set(p.exp());
          return p.sum();
        },
        vector(1, 2));
    Tensor gone = escaped.get();
    Throws.check(
        IllegalStateException.class,
        () -> gone == null ? "nothing escaped" : gone.add(1),
        "add",
        "exp",
        "released");
  }

  @Rule("A38")
  void aTrackedTensorIsConfinedToItsThread() {
    AtomicReference<@Nullable Throwable> thrown = new AtomicReference<>();
    Autodiff.gradient(
        p -> {
          Thread other =
              new Thread(
                  () -> {
                    try {
                      p.add(1);
                    } catch (RuntimeException e) {
                      thrown.set(e);
                    }
                  },
                  "kit-other");
          other.start();
          try {
            other.join();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          return p.sum();
        },
        vector(1, 2));
    Throws.check(
        IllegalStateException.class,
        () -> {
          if (thrown.get() instanceof IllegalStateException e) {
            throw e;
          }
          return "no error: " + thrown.get();
        },
        "thread",
        "kit-other",
        "stopGradient");
  }

  @Rule("A39")
  void aFunctionThatFailsLeavesNothingBehind() {
    Tensor x = vector(2, 3);
    for (int i = 0; i < 3; i++) {
      Throws.check(
          ArithmeticException.class,
          () ->
              Autodiff.gradient(
                  p -> {
                    p.exp();
                    throw new ArithmeticException("on purpose");
                  },
                  x),
          "on purpose");
    }
    check("the next gradient", Autodiff.gradient(p -> p.square().sum(), x), 4, 6);
  }

  @Rule("A40")
  void vectorJacobianProductWeighsTheRows() {
    Tensor x = vector(2, 3);
    Tensor cotangent = vector(10, 100);
    check("vjp of x²", Autodiff.vectorJacobianProduct(Tensor::square, x, cotangent), 40, 600);
    Throws.check(
        IllegalArgumentException.class,
        () -> Autodiff.vectorJacobianProduct(Tensor::sum, x, cotangent),
        "cotangent",
        "[2]");
  }

  @Rule("A41")
  void hessianVectorProductOfAQuadratic() {
    Tensor x = vector(1, 2);
    Tensor v = vector(3, 5);
    Tensor matrix = tensor(new double[] {2, 1, 1, 4}, finestType(), 2, 2);
    Tensor product =
        Autodiff.hessianVectorProduct(
            p -> p.reshape(1, 2).matMul(matrix).matMul(p.reshape(2, 1)).sum().mul(0.5), x, v);
    check("½xᵀAx", product, 11, 23);
  }

  @Rule("A42")
  void onlyAFloatingScalarCanBeDifferentiated() {
    Tensor x = vector(1, 2);
    Tensor index = tensor(new double[] {1, 2}, DType.INT64, 2);
    Class<IllegalArgumentException> error = IllegalArgumentException.class;
    Throws.check(error, () -> Autodiff.gradient(p -> p.exp(), x), "[2]", "one entry");
    Throws.check(error, () -> Autodiff.gradient(p -> p.sum(), index), "INT64", "floating");
    Throws.check(error, () -> Autodiff.gradient(p -> p.argMax(0), x), "INT64", "floating");
    Throws.check(error, () -> Autodiff.valueAndGradient(p -> x.sum(), List.of()), "no parameter");
  }

  @Rule(value = "A43", needs = Capability.FLOAT64)
  void castsBetweenFloatingTypesConvertTheGradientBack() {
    Tensor x = tensor(new double[] {2, 3}, DType.FLOAT32, 2);
    Tensor gradient = Autodiff.gradient(p -> p.cast(DType.FLOAT64).square().sum(), x);
    Close.checkEqual(() -> "type of the gradient", DType.FLOAT32, gradient.dtype());
    check("through a cast", gradient, 4, 6);
  }

  @Rule("A44")
  void aStandInThatEscapesIsAConstantAfterwards() {
    AtomicReference<@Nullable Tensor> escaped = new AtomicReference<>();
    Tensor x = vector(2, 3);
    Autodiff.gradient(
        p -> {
          escaped.set(p);
          return p.sum();
        },
        x);
    Tensor standIn = escaped.get();
    if (standIn == null) {
      throw new AssertionError("the function was not called");
    }
    check("elsewhere", Threads.elsewhere(() -> standIn.mul(2)), 4, 6);
    check("in another gradient", Autodiff.gradient(p -> p.mul(standIn).sum(), vector(1, 1)), 2, 3);
  }

  @Rule("A45")
  void whatRunsUnrecordedIsConstantAndMayTakeGradientsOfItsOwn() {
    Tensor x = vector(2, 3);
    // x · sg(d/dy (x²y)) = x · sg(x²)
    check(
        "a gradient taken unrecorded",
        Autodiff.gradient(
            a -> {
              Tensor inner =
                  Autodiff.unrecorded(
                      () -> Autodiff.gradient(b -> a.square().mul(b).sum(), vector(7, 7)));
              return a.mul(inner).sum();
            },
            x),
        4,
        9);
    check(
        "after work that failed",
        Autodiff.gradient(
            a -> {
              Throws.check(
                  ArithmeticException.class,
                  () ->
                      Autodiff.unrecorded(
                          () -> {
                            throw new ArithmeticException("on purpose");
                          }),
                  "on purpose");
              return a.square().sum();
            },
            x),
        4,
        6);
    check("outside of a gradient", Autodiff.unrecorded(() -> x.mul(2)), 4, 6);
  }
}
