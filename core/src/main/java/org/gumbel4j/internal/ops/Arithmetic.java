package org.gumbel4j.internal.ops;

import java.util.Arrays;
import java.util.function.BiFunction;
import org.gumbel4j.internal.graph.Pullback;
import org.gumbel4j.tensor.DType;
import org.gumbel4j.tensor.Shape;
import org.gumbel4j.tensor.Tensor;

/** Elementwise operations of two operands, which broadcast; the pullbacks undo the broadcasting. */
public final class Arithmetic {
  private Arithmetic() {}

  /** a + b. */
  public static Tensor add(Tensor a, Tensor b) {
    return binary("add", a, b, (y, g) -> g, (y, g) -> g, (x, z) -> Op.backend(a).add(x, z));
  }

  /** a − b. */
  public static Tensor sub(Tensor a, Tensor b) {
    return binary("sub", a, b, (y, g) -> g, (y, g) -> g.neg(), (x, z) -> Op.backend(a).sub(x, z));
  }

  /** a · b. */
  public static Tensor mul(Tensor a, Tensor b) {
    return binary(
        "mul", a, b, (y, g) -> g.mul(b), (y, g) -> g.mul(a), (x, z) -> Op.backend(a).mul(x, z));
  }

  /** a / b. */
  public static Tensor div(Tensor a, Tensor b) {
    Op.floating("div", a);
    return binary(
        "div",
        a,
        b,
        (y, g) -> g.div(b),
        (y, g) -> g.mul(y).div(b).neg(),
        (x, z) -> Op.backend(a).div(x, z));
  }

  /** a^b. */
  public static Tensor pow(Tensor a, Tensor b) {
    Op.floating("pow", a);
    return binary(
        "pow",
        a,
        b,
        (y, g) -> g.mul(powGradientOfBase(a, b)),
        (y, g) -> g.mul(powGradientOfExponent(a, y)),
        (x, z) -> Op.backend(a).pow(x, z));
  }

  /** b·a^(b−1); where 0·a^−1 would be 0·∞, another base keeps NaN out of higher derivatives too. */
  private static Tensor powGradientOfBase(Tensor a, Tensor b) {
    Tensor undefined = b.eq(0).and(a.reciprocal().isFinite().not());
    Tensor safe = Tensor.where(undefined, a.onesLike(), a);
    return b.mul(safe.pow(b.sub(1)));
  }

  private static Tensor powGradientOfExponent(Tensor a, Tensor y) {
    Tensor zero = a.eq(0);
    Tensor safe = Tensor.where(zero, a.onesLike(), a);
    return Tensor.where(zero, y.zerosLike(), y.mul(safe.log()));
  }

  /** The larger; at a tie half the gradient goes to each. */
  public static Tensor maximum(Tensor a, Tensor b) {
    return binary(
        "maximum",
        a,
        b,
        (y, g) -> share(b, a, g),
        (y, g) -> share(a, b, g),
        (x, z) -> Op.backend(a).maximum(x, z));
  }

  /** The smaller; at a tie half the gradient goes to each. */
  public static Tensor minimum(Tensor a, Tensor b) {
    return binary(
        "minimum",
        a,
        b,
        (y, g) -> share(a, b, g),
        (y, g) -> share(b, a, g),
        (x, z) -> Op.backend(a).minimum(x, z));
  }

  /** g where low &lt; high, half of it where they are equal, else 0, also of an infinite g. */
  private static Tensor share(Tensor low, Tensor high, Tensor g) {
    Tensor none = g.device().scalar(0, g.dtype());
    return Tensor.where(low.lt(high), g, Tensor.where(low.eq(high), g.mul(0.5), none));
  }

  private static Tensor binary(
      String operation,
      Tensor a,
      Tensor b,
      Pullback toA,
      Pullback toB,
      BiFunction<Object, Object, Object> forward) {
    Op.sameType(operation, a, b);
    Op.numeric(operation, a);
    Shape shape = a.shape().broadcast(b.shape(), operation);
    return Op.emit(
        operation,
        a,
        shape,
        a.dtype(),
        () -> forward.apply(Op.handle(a, operation), Op.handle(b, operation)),
        new Input(a, (y, g) -> unbroadcast(toA.apply(y, g), a.shape())),
        new Input(b, (y, g) -> unbroadcast(toB.apply(y, g), b.shape())));
  }

  /** The sum over the axes that broadcasting added or stretched: the transpose of broadcasting. */
  static Tensor unbroadcast(Tensor g, Shape shape) {
    if (g.shape().equals(shape)) {
      return g;
    }
    int added = g.rank() - shape.rank();
    int[] axes = new int[g.rank()];
    int count = 0;
    for (int i = 0; i < g.rank(); i++) {
      if (i < added || (shape.dim(i - added) == 1 && g.shape().dim(i) != 1)) {
        axes[count++] = i;
      }
    }
    Tensor sum = count == 0 ? g : g.sum(Arrays.copyOf(axes, count), true);
    return sum.reshape(shape);
  }

  /** The number as a scalar tensor of the other operand's type. */
  public static Tensor scalarLike(String operation, Tensor like, double value) {
    DType dtype = like.dtype();
    if (dtype == DType.INT64 && (value != Math.rint(value) || Math.abs(value) > 0x1p53)) {
      throw new IllegalArgumentException(
          operation + ": " + value + " is no integer, but the tensor is " + Op.describe(like));
    }
    if (dtype == DType.BOOL) {
      Op.numeric(operation, like);
    }
    return like.device().scalar(value, dtype);
  }
}
