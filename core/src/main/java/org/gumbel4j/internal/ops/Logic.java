package org.gumbel4j.internal.ops;

import java.util.function.BiFunction;
import org.gumbel4j.tensor.DType;
import org.gumbel4j.tensor.Shape;
import org.gumbel4j.tensor.Tensor;

/** Comparisons, logic and choice. Only {@code where} lets gradients through. */
public final class Logic {
  private Logic() {}

  /** a = b. */
  public static Tensor equal(Tensor a, Tensor b) {
    return compare("eq", a, b, (x, z) -> Op.backend(a).equal(x, z));
  }

  /** a &lt; b. */
  public static Tensor less(Tensor a, Tensor b) {
    Op.numeric("lt", a);
    return compare("lt", a, b, (x, z) -> Op.backend(a).less(x, z));
  }

  /** a ≤ b. */
  public static Tensor lessEqual(Tensor a, Tensor b) {
    Op.numeric("le", a);
    return compare("le", a, b, (x, z) -> Op.backend(a).lessEqual(x, z));
  }

  /** a ∧ b. */
  public static Tensor and(Tensor a, Tensor b) {
    Op.type("and", "the operand", DType.BOOL, a);
    return compare("and", a, b, (x, z) -> Op.backend(a).and(x, z));
  }

  /** a ∨ b. */
  public static Tensor or(Tensor a, Tensor b) {
    Op.type("or", "the operand", DType.BOOL, a);
    return compare("or", a, b, (x, z) -> Op.backend(a).or(x, z));
  }

  /** ¬a. */
  public static Tensor not(Tensor a) {
    Op.type("not", "the operand", DType.BOOL, a);
    return Op.emit("not", a, a.shape(), DType.BOOL, () -> Op.backend(a).not(Op.handle(a, "not")));
  }

  private static Tensor compare(
      String operation, Tensor a, Tensor b, BiFunction<Object, Object, Object> forward) {
    Op.sameType(operation, a, b);
    Shape shape = a.shape().broadcast(b.shape(), operation);
    return Op.emit(
        operation,
        a,
        shape,
        DType.BOOL,
        () -> forward.apply(Op.handle(a, operation), Op.handle(b, operation)));
  }

  /** a where the condition holds, else b. What is not chosen gets the gradient 0, never NaN. */
  public static Tensor where(Tensor condition, Tensor a, Tensor b) {
    String op = "where";
    Op.type(op, "the condition", DType.BOOL, condition);
    Op.sameType(op, a, b);
    Op.sameDevice(op, condition, a);
    Shape shape = a.shape().broadcast(b.shape(), op).broadcast(condition.shape(), op);
    return Op.emit(
        op,
        a,
        shape,
        a.dtype(),
        () -> Op.backend(a).where(Op.handle(condition, op), Op.handle(a, op), Op.handle(b, op)),
        new Input(a, (y, g) -> Arithmetic.unbroadcast(where(condition, g, zero(g)), a.shape())),
        new Input(b, (y, g) -> Arithmetic.unbroadcast(where(condition, zero(g), g), b.shape())));
  }

  private static Tensor zero(Tensor like) {
    return like.device().scalar(0, like.dtype());
  }
}
