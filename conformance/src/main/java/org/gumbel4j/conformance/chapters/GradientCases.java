package org.gumbel4j.conformance.chapters;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.gumbel4j.conformance.check.Close;
import org.gumbel4j.conformance.check.Samples;
import org.gumbel4j.spi.Capability;
import org.gumbel4j.tensor.Shape;
import org.gumbel4j.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/** Every differentiable operation of {@link Tensor}, at points where it has a derivative. */
final class GradientCases {
  private static final Shape S23 = Shape.of(2, 3);
  private static final Shape S3 = Shape.of(3);
  private static final Shape S21 = Shape.of(2, 1);
  private static final List<Case> CASES = build();

  private GradientCases() {}

  /**
   * One operation at one point.
   *
   * @param operation the method's name, then what is special about the case
   * @param needs a capability, or null
   * @param shapes of the parameters
   * @param low bound of their values
   * @param high bound of their values; with {@code low == high} the values are distinct and near
   *     zero
   * @param f the operation
   */
  record Case(
      String operation,
      @Nullable Capability needs,
      List<Shape> shapes,
      double low,
      double high,
      Function<List<Tensor>, Tensor> f) {

    /** The method's name alone. */
    String method() {
      int space = operation.indexOf(' ');
      return space < 0 ? operation : operation.substring(0, space);
    }

    /** The point: one array a parameter. */
    List<double[]> point() {
      List<double[]> point = new ArrayList<>();
      for (int i = 0; i < shapes.size(); i++) {
        int size = Close.size(shapes.get(i));
        point.add(
            low == high
                ? shifted(Samples.distinct(131 + i, size), 0.06 * i)
                : Samples.uniform(131 + i, size, low, high));
      }
      return point;
    }

    /** Parameters of a two-operand kink must not tie with each other. */
    private static double[] shifted(double[] values, double by) {
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) (values[i] + by);
      }
      return values;
    }

    boolean applies(Set<Capability> capabilities) {
      return needs == null || capabilities.contains(needs);
    }

    @Override
    public String toString() {
      return operation + " of " + shapes;
    }
  }

  static List<Case> all() {
    return CASES;
  }

  private static List<Case> build() {
    List<Case> cases = new ArrayList<>();
    arithmetic(cases);
    functions(cases);
    reductions(cases);
    moves(cases);
    indexing(cases);
    products(cases);
    return List.copyOf(cases);
  }

  private static void arithmetic(List<Case> cases) {
    for (Shape other : List.of(S23, S3, S21, Shape.SCALAR, Shape.of(4, 1, 3))) {
      add(cases, "add", 1, 3, p -> p.get(0).add(p.get(1)), S23, other);
      add(cases, "sub", 1, 3, p -> p.get(1).sub(p.get(0)), S23, other);
      add(cases, "mul", 1, 3, p -> p.get(0).mul(p.get(1)), S23, other);
      add(cases, "div", 1, 3, p -> p.get(0).div(p.get(1)), S23, other);
      add(cases, "div turned", 1, 3, p -> p.get(1).div(p.get(0)), S23, other);
      add(cases, "pow", 0.5, 2, p -> p.get(0).pow(p.get(1)), S23, other);
      add(cases, "maximum", 0, 0, p -> p.get(0).maximum(p.get(1)), S23, other);
      add(cases, "minimum", 0, 0, p -> p.get(0).minimum(p.get(1)), S23, other);
      add(cases, "where", -2, 2, p -> chosen(p.get(0), p.get(1)), S23, other);
    }
    add(cases, "add number", -2, 2, p -> p.get(0).add(2), S23);
    add(cases, "sub number", -2, 2, p -> p.get(0).sub(2), S23);
    add(cases, "mul number", -2, 2, p -> p.get(0).mul(-3), S23);
    add(cases, "div number", -2, 2, p -> p.get(0).div(4), S23);
    add(cases, "pow number", 0.5, 2, p -> p.get(0).pow(1.5), S23);
    add(cases, "pow square of negative", -2, -1, p -> p.get(0).pow(2), S23);
    add(cases, "maximum number", 0, 0, p -> p.get(0).maximum(0.03), S23);
    add(cases, "minimum number", 0, 0, p -> p.get(0).minimum(0.03), S23);
    add(cases, "clamp", 0, 0, p -> p.get(0).clamp(-0.3, 0.4), S23);
  }

  private static Tensor chosen(Tensor a, Tensor b) {
    Tensor condition = a.device().tensor(new boolean[] {true, false, true}, 3);
    return Tensor.where(condition, a, b);
  }

  private static void functions(List<Case> cases) {
    add(cases, "neg", -2, 2, p -> p.get(0).neg(), S23);
    add(cases, "abs", 0, 0, p -> p.get(0).abs(), S23);
    add(cases, "square", -2, 2, p -> p.get(0).square(), S23);
    add(cases, "reciprocal", 0.5, 2, p -> p.get(0).reciprocal(), S23);
    add(cases, "exp", -2, 2, p -> p.get(0).exp(), S23);
    add(cases, "expm1", -1, 1, p -> p.get(0).expm1(), S23);
    add(cases, "log", 0.5, 3, p -> p.get(0).log(), S23);
    add(cases, "log1p", -0.5, 3, p -> p.get(0).log1p(), S23);
    add(cases, "sqrt", 0.5, 3, p -> p.get(0).sqrt(), S23);
    add(cases, "tanh", -2, 2, p -> p.get(0).tanh(), S23);
    add(cases, "sigmoid", -3, 3, p -> p.get(0).sigmoid(), S23);
    add(cases, "softplus", -3, 3, p -> p.get(0).softplus(), S23);
    add(cases, "relu", 0, 0, p -> p.get(0).relu(), S23);
    add(cases, "logSigmoid", -3, 3, p -> p.get(0).logSigmoid(), S23);
    add(
        cases,
        "binaryCrossEntropyWithLogits",
        0.1,
        0.9,
        p -> p.get(0).binaryCrossEntropyWithLogits(p.get(1)),
        S23,
        S23);
  }

  private static void reductions(List<Case> cases) {
    Shape cube = Shape.of(2, 3, 2);
    add(cases, "sum all", -2, 2, p -> p.get(0).sum(), cube);
    add(cases, "sum", -2, 2, p -> p.get(0).sum(0, -1), cube);
    add(cases, "sum kept", -2, 2, p -> p.get(0).sum(new int[] {1}, true), cube);
    add(cases, "mean all", -2, 2, p -> p.get(0).mean(), cube);
    add(cases, "mean", -2, 2, p -> p.get(0).mean(1), cube);
    add(cases, "mean kept", -2, 2, p -> p.get(0).mean(new int[] {0, 1}, true), cube);
    add(cases, "max all", 0, 0, p -> p.get(0).max(), cube);
    add(cases, "max", 0, 0, p -> p.get(0).max(0), cube);
    add(cases, "max kept", 0, 0, p -> p.get(0).max(new int[] {0, 2}, true), cube);
    add(cases, "min all", 0, 0, p -> p.get(0).min(), cube);
    add(cases, "min", 0, 0, p -> p.get(0).min(-2), cube);
    add(cases, "min kept", 0, 0, p -> p.get(0).min(new int[] {1}, true), cube);
    for (int axis = 0; axis < 3; axis++) {
      int a = axis;
      add(cases, "softmax axis " + a, -2, 2, p -> p.get(0).softmax(a), cube);
      add(cases, "logSoftmax axis " + a, -2, 2, p -> p.get(0).logSoftmax(a), cube);
      add(cases, "logSumExp axis " + a, -2, 2, p -> p.get(0).logSumExp(a), cube);
      add(cases, "logSumExp kept, axis " + a, -2, 2, p -> p.get(0).logSumExp(a, true), cube);
    }
  }

  private static void moves(List<Case> cases) {
    Shape cube = Shape.of(2, 3, 2);
    add(cases, "reshape", -2, 2, p -> p.get(0).reshape(3, -1), cube);
    add(cases, "permute", -2, 2, p -> p.get(0).permute(2, 0, 1), cube);
    add(cases, "transpose", -2, 2, p -> p.get(0).transpose(), cube);
    add(cases, "expandDims", -2, 2, p -> p.get(0).expandDims(1), S23);
    add(cases, "squeeze", -2, 2, p -> p.get(0).squeeze(1), S21);
    add(cases, "broadcastTo", -2, 2, p -> p.get(0).broadcastTo(Shape.of(4, 2, 3)), S21);
    add(cases, "slice", -2, 2, p -> p.get(0).slice(1, 1, 3), cube);
    add(cases, "select", -2, 2, p -> p.get(0).select(-1, 1), cube);
    add(
        cases,
        "concat",
        -2,
        2,
        p -> Tensor.concat(List.of(p.get(0), p.get(1), p.get(0)), 1),
        S23,
        S21);
    add(cases, "stack", -2, 2, p -> Tensor.stack(List.of(p.get(0), p.get(1)), 1), S23, S23);
  }

  private static void indexing(List<Case> cases) {
    Shape s43 = Shape.of(4, 3);
    long[] picks = {3, 0, 0, 1, 2, 0};
    Function<Tensor, Tensor> index = x -> x.device().tensor(picks, 2, 3);
    cases.add(
        new Case(
            "gather",
            Capability.GATHERING,
            List.of(s43),
            -2,
            2,
            p -> p.get(0).gather(index.apply(p.get(0)), 0)));
    cases.add(
        new Case(
            "scatterAdd",
            Capability.GATHERING,
            List.of(s43, S23),
            -2,
            2,
            p -> p.get(0).scatterAdd(index.apply(p.get(0)), p.get(1), 0)));
    for (int axis = 0; axis < 2; axis++) {
      int a = axis;
      cases.add(
          new Case(
              "cumSum axis " + a,
              Capability.CUMULATIVE_SUM,
              List.of(s43),
              -2,
              2,
              p -> p.get(0).cumSum(a)));
      cases.add(
          new Case(
              "sort axis " + a,
              Capability.SORTING,
              List.of(s43),
              0,
              0,
              p -> p.get(0).sort(a, a == 0)));
    }
  }

  private static void products(List<Case> cases) {
    Shape s34 = Shape.of(3, 4);
    add(cases, "matMul", -2, 2, p -> p.get(0).matMul(p.get(1)), S23, s34);
    add(
        cases,
        "matMul aᵀ",
        -2,
        2,
        p -> p.get(0).matMul(p.get(1), true, false),
        Shape.of(3, 2),
        s34);
    add(
        cases,
        "matMul bᵀ",
        -2,
        2,
        p -> p.get(0).matMul(p.get(1), false, true),
        S23,
        Shape.of(4, 3));
    add(
        cases,
        "matMul aᵀbᵀ",
        -2,
        2,
        p -> p.get(0).matMul(p.get(1), true, true),
        Shape.of(3, 2),
        Shape.of(4, 3));
    add(cases, "linear", -2, 2, p -> p.get(0).linear(p.get(1), p.get(2)), S23, s34, Shape.of(4));
    add(
        cases,
        "linear of a batch",
        -2,
        2,
        p -> p.get(0).linear(p.get(1), p.get(2)),
        Shape.of(2, 2, 3),
        s34,
        Shape.of(4));
    for (boolean transposed : new boolean[] {false, true}) {
      cases.add(
          new Case(
              "matMul batched" + (transposed ? " aᵀbᵀ" : ""),
              Capability.BATCHED_MAT_MUL,
              transposed
                  ? List.of(Shape.of(2, 1, 3, 2), Shape.of(2, 2, 3))
                  : List.of(Shape.of(2, 1, 2, 3), Shape.of(2, 3, 2)),
              -2,
              2,
              p -> p.get(0).matMul(p.get(1), transposed, transposed)));
    }
  }

  private static void add(
      List<Case> cases,
      String operation,
      double low,
      double high,
      Function<List<Tensor>, Tensor> f,
      Shape... shapes) {
    cases.add(new Case(operation, null, List.of(shapes), low, high, f));
  }
}
