package org.gumbel4j.internal.ops;

import java.util.function.Supplier;
import org.gumbel4j.internal.graph.Pullback;
import org.gumbel4j.tensor.DType;
import org.gumbel4j.tensor.Tensor;

/** Elementwise operations of one operand. */
public final class Elementwise {
  private Elementwise() {}

  /** −x. */
  public static Tensor neg(Tensor x) {
    return number("neg", x, (y, g) -> g.neg(), () -> Op.backend(x).neg(h(x, "neg")));
  }

  /** |x|; the gradient at 0 is 0. */
  public static Tensor abs(Tensor x) {
    return number("abs", x, (y, g) -> g.mul(x.sign()), () -> Op.backend(x).abs(h(x, "abs")));
  }

  /** −1, 0, 1; the gradient is 0. */
  public static Tensor sign(Tensor x) {
    Op.numeric("sign", x);
    return Op.emit("sign", x, x.shape(), x.dtype(), () -> Op.backend(x).sign(h(x, "sign")));
  }

  /** e^x. */
  public static Tensor exp(Tensor x) {
    return real("exp", x, (y, g) -> g.mul(y), () -> Op.backend(x).exp(h(x, "exp")));
  }

  /** e^x − 1. */
  public static Tensor expm1(Tensor x) {
    return real("expm1", x, (y, g) -> g.mul(x.exp()), () -> Op.backend(x).expm1(h(x, "expm1")));
  }

  /** log x. */
  public static Tensor log(Tensor x) {
    return real("log", x, (y, g) -> g.div(x), () -> Op.backend(x).log(h(x, "log")));
  }

  /** log(1 + x). */
  public static Tensor log1p(Tensor x) {
    return real("log1p", x, (y, g) -> g.div(x.add(1)), () -> Op.backend(x).log1p(h(x, "log1p")));
  }

  /** √x. */
  public static Tensor sqrt(Tensor x) {
    return real("sqrt", x, (y, g) -> g.div(y.mul(2)), () -> Op.backend(x).sqrt(h(x, "sqrt")));
  }

  /** tanh x. */
  public static Tensor tanh(Tensor x) {
    return real(
        "tanh", x, (y, g) -> g.mul(y.mul(y).neg().add(1)), () -> Op.backend(x).tanh(h(x, "tanh")));
  }

  /** σ(x). */
  public static Tensor sigmoid(Tensor x) {
    return fused(
        "sigmoid",
        x,
        // 1 − y as σ(−x), which does not vanish where y is rounded to 1.
        (y, g) -> g.mul(y).mul(x.neg().sigmoid()),
        () -> Op.backend(x).fused().sigmoid(h(x, "sigmoid")));
  }

  /** log(1 + e^x). */
  public static Tensor softplus(Tensor x) {
    return fused(
        "softplus",
        x,
        (y, g) -> g.mul(x.sigmoid()),
        () -> Op.backend(x).fused().softplus(h(x, "softplus")));
  }

  /** max(x, 0); the gradient at 0 is 0. */
  public static Tensor relu(Tensor x) {
    return fused(
        "relu", x, (y, g) -> reluBackward(x, g), () -> Op.backend(x).fused().relu(h(x, "relu")));
  }

  private static Tensor reluBackward(Tensor x, Tensor g) {
    String operation = "reluBackward";
    return Op.emitFused(
        operation,
        x,
        x.shape(),
        x.dtype(),
        () -> Op.backend(x).fused().reluBackward(h(x, operation), h(g, operation)),
        new Input(g, (y, gg) -> reluBackward(x, gg)));
  }

  /** Entries held within bounds; the gradient passes where low ≤ x ≤ high. */
  public static Tensor clamp(Tensor x, double low, double high) {
    Op.numeric("clamp", x);
    if (!(low <= high)) {
      throw new IllegalArgumentException("clamp: low = " + low + " must be at most high = " + high);
    }
    Tensor constant = x.stopGradient();
    Tensor held = constant.maximum(low).minimum(high);
    boolean onEngineTape = x.device().isOnEngineTape();
    if (!Op.isTracked(x) && !onEngineTape) {
      return held;
    }
    Tensor inside = constant.ge(low).and(constant.le(high));
    if (onEngineTape) {
      return Tensor.where(inside, x, held); // the same value, and a gradient that the engine sees
    }
    Tensor none = x.device().scalar(0, x.dtype());
    return Op.alias(held, new Input(x, (y, g) -> Tensor.where(inside, g, none)));
  }

  /** Conversion; the gradient is converted back, and ends at integers and truth values. */
  public static Tensor cast(Tensor x, DType dtype) {
    if (x.dtype() == dtype) {
      return x;
    }
    Supplier<Object> forward = () -> Op.backend(x).cast(h(x, "cast"), dtype);
    x.device().requireType("cast", dtype);
    return x.dtype().isFloating() && dtype.isFloating()
        ? Op.emit("cast", x, x.shape(), dtype, forward, new Input(x, (y, g) -> g.cast(x.dtype())))
        : Op.emit("cast", x, x.shape(), dtype, forward);
  }

  /** The same entries as a constant to the engine whose tape they are on. */
  public static Tensor stoppedOnEngineTape(Tensor x) {
    return Op.emit(
        "stopGradient",
        x,
        x.shape(),
        x.dtype(),
        () -> Op.backend(x).stopGradient(h(x, "stopGradient")));
  }

  private static Object h(Tensor x, String operation) {
    return Op.handle(x, operation);
  }

  private static Tensor number(String op, Tensor x, Pullback pullback, Supplier<Object> forward) {
    Op.numeric(op, x);
    return Op.emit(op, x, x.shape(), x.dtype(), forward, new Input(x, pullback));
  }

  private static Tensor real(String op, Tensor x, Pullback pullback, Supplier<Object> forward) {
    Op.floating(op, x);
    return Op.emit(op, x, x.shape(), x.dtype(), forward, new Input(x, pullback));
  }

  private static Tensor fused(String op, Tensor x, Pullback pullback, Supplier<Object> forward) {
    Op.floating(op, x);
    return Op.emitFused(op, x, x.shape(), x.dtype(), forward, new Input(x, pullback));
  }
}
