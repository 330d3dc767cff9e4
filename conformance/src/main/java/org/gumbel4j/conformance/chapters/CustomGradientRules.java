package org.gumbel4j.conformance.chapters;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.gumbel4j.autodiff.Autodiff;
import org.gumbel4j.autodiff.CustomGradient;
import org.gumbel4j.autodiff.Objective;
import org.gumbel4j.conformance.check.Close;
import org.gumbel4j.conformance.check.Samples;
import org.gumbel4j.conformance.check.Throws;
import org.gumbel4j.conformance.check.Tolerance;
import org.gumbel4j.tensor.DType;
import org.gumbel4j.tensor.Tensor;

/** Autodiff: rules of one's own. */
abstract class CustomGradientRules extends GradientSection {
  private Tensor vector(double... values) {
    return tensor(values, finestType(), values.length);
  }

  private static void check(String what, Tensor actual, double... expected) {
    Close.check(() -> what, expected, read(actual), Tolerance.relative(1e-6));
  }

  @Rule("A50")
  void straightThroughHasTheValueOfOneToTheBitAndTheGradientOfTheOther() {
    for (DType dtype : floatingTypes()) {
      double[] y = Samples.uniform(151, 1000, -1e-3, 1e3);
      double[] s = Samples.uniform(152, 1000, -1, 1);
      Tensor value = tensor(y, dtype, 1000);
      Tensor surrogate = tensor(s, dtype, 1000);
      Close.checkBits(
          () -> "straightThrough outside of a gradient, " + dtype,
          read(value),
          read(CustomGradient.straightThrough(value, surrogate)));
      var result =
          Autodiff.differentiate(
              p -> {
                Tensor st = CustomGradient.straightThrough(p.get(0), p.get(1).square());
                return Objective.of(st.mul(3).sum(), st);
              },
              List.of(value, surrogate));
      Close.checkBits(
          () -> "straightThrough, " + dtype, read(value), read(result.auxiliary().get(0)));
      Close.check(
          () -> "gradient by the value, " + dtype,
          new double[1000],
          read(result.gradients().get(0)),
          Tolerance.EXACT);
      double[] expected = s.clone();
      for (int i = 0; i < expected.length; i++) {
        expected[i] *= 6;
      }
      Close.check(
          () -> "gradient by the surrogate, " + dtype,
          expected,
          read(result.gradients().get(1)),
          Tolerance.ulps(2, dtype));
    }
  }

  @Rule("A51")
  void straightThroughWantsOneShapeAndType() {
    Throws.check(
        IllegalArgumentException.class,
        () -> CustomGradient.straightThrough(vector(1, 2), vector(1, 2, 3)),
        "straightThrough",
        "[2]",
        "[3]");
    Throws.check(
        IllegalArgumentException.class,
        () -> CustomGradient.straightThrough(tensor(new double[2], DType.INT64, 2), vector(1, 2)),
        "straightThrough",
        "INT64");
  }

  /** x³ with the rule that calculus gives. */
  private static Tensor cubeWithRule(Tensor x) {
    return CustomGradient.of(
        List.of(x),
        in -> in.get(0).square().mul(in.get(0)),
        (y, g) -> List.of(g.mul(x.square()).mul(3)));
  }

  @Rule("A52")
  void aRuleReplacesTheGradientOfTheForwardOperations() {
    Tensor x = vector(2, 3);
    Tensor wrong =
        Autodiff.gradient(
            p ->
                CustomGradient.of(List.of(p), in -> in.get(0).exp(), (y, g) -> List.of(g.mul(-1)))
                    .sum(),
            x);
    check("a rule that says −1", wrong, -1, -1);
    check("x³ by its rule", Autodiff.gradient(p -> cubeWithRule(p).sum(), x), 12, 27);
  }

  @Rule("A53")
  void aRuleInTensorOperationsCanBeDifferentiatedAgain() {
    Tensor x = vector(2, 3);
    Tensor v = vector(1, 10);
    check(
        "Hessian of x³ by its rule",
        Autodiff.hessianVectorProduct(p -> cubeWithRule(p).sum(), x, v),
        12,
        180);
  }

  @Rule("A54")
  void aRuleOfWrongShapeTypeOrNumberIsNamed() {
    Tensor x = vector(2, 3);
    Throws.check(
        IllegalStateException.class,
        () ->
            Autodiff.gradient(
                p ->
                    CustomGradient.of(List.of(p), in -> in.get(0).exp(), (y, g) -> List.of(g.sum()))
                        .sum(),
                x),
        "CustomGradient",
        "operand 0",
        "[2]");
    Throws.check(
        IllegalStateException.class,
        () ->
            Autodiff.gradient(
                p ->
                    CustomGradient.of(List.of(p), in -> in.get(0).exp(), (y, g) -> List.of(g, g))
                        .sum(),
                x),
        "CustomGradient",
        "2 gradients",
        "1 operand");
  }

  @Rule("A55")
  void aRuleServesSeveralOperands() {
    Tensor a = vector(2, 3);
    Tensor b = vector(5, 7);
    List<Tensor> gradients =
        Autodiff.valueAndGradient(
                p ->
                    CustomGradient.of(
                            p,
                            in -> in.get(0).mul(in.get(1)),
                            (y, g) -> List.of(g.mul(p.get(1)), g.mul(p.get(0)).mul(2)))
                        .sum(),
                List.of(a, b))
            .gradients();
    check("by the first", gradients.get(0), 5, 7);
    check("by the second, doubled by the rule", gradients.get(1), 4, 6);
  }

  @Rule("A56")
  void aRuleRunsOnceHoweverManyOperandsAsk() {
    AtomicInteger runs = new AtomicInteger();
    Autodiff.valueAndGradient(
        p ->
            CustomGradient.of(
                    p,
                    in -> in.get(0).mul(in.get(1)),
                    (y, g) -> {
                      runs.incrementAndGet();
                      return List.of(g, g);
                    })
                .sum(),
        List.of(vector(2, 3), vector(5, 7)));
    Close.checkEqual(() -> "runs of the rule", 1, runs.get());
  }
}
