package org.gumbel4j.internal.ops;

import org.gumbel4j.tensor.Shape;
import org.gumbel4j.tensor.Tensor;

/** softmax, its logarithm and its normaliser. */
public final class SoftmaxFamily {
  private SoftmaxFamily() {}

  /** e^x / Σ e^x. */
  public static Tensor softmax(Tensor x, int axis) {
    int a = axis("softmax", x, axis);
    return Op.emitFused(
        "softmax",
        x,
        x.shape(),
        x.dtype(),
        () -> Op.backend(x).fused().softmax(Op.handle(x, "softmax"), a),
        new Input(x, (y, g) -> softmaxBackward(y, g, a)));
  }

  /** y ⊙ (g − ⟨g, y⟩); symmetric in g and its own gradient. */
  public static Tensor softmaxBackward(Tensor y, Tensor g, int axis) {
    String op = "softmaxBackward";
    return Op.emitFused(
        op,
        y,
        y.shape(),
        y.dtype(),
        () -> Op.backend(y).fused().softmaxBackward(Op.handle(y, op), Op.handle(g, op), axis),
        new Input(y, (r, h) -> softmaxBackwardToValue(y, g, h, axis)),
        new Input(g, (r, h) -> softmaxBackward(y, h, axis)));
  }

  static Tensor softmaxBackwardToValue(Tensor y, Tensor g, Tensor h, int axis) {
    int[] axes = {axis};
    Tensor inner = g.mul(y).sum(axes, true);
    return h.mul(g.sub(inner)).sub(g.mul(h.mul(y).sum(axes, true)));
  }

  /** x − log Σ e^x. */
  public static Tensor logSoftmax(Tensor x, int axis) {
    int a = axis("logSoftmax", x, axis);
    return Op.emitFused(
        "logSoftmax",
        x,
        x.shape(),
        x.dtype(),
        () -> Op.backend(x).fused().logSoftmax(Op.handle(x, "logSoftmax"), a),
        new Input(x, (y, g) -> logSoftmaxBackward(y, g, a)));
  }

  /** g − e^y Σ g. */
  private static Tensor logSoftmaxBackward(Tensor y, Tensor g, int axis) {
    String op = "logSoftmaxBackward";
    int[] axes = {axis};
    return Op.emitFused(
        op,
        y,
        y.shape(),
        y.dtype(),
        () -> Op.backend(y).fused().logSoftmaxBackward(Op.handle(y, op), Op.handle(g, op), axis),
        new Input(y, (r, h) -> h.mul(y.exp()).mul(g.sum(axes, true)).neg()),
        new Input(g, (r, h) -> h.sub(h.mul(y.exp()).sum(axes, true))));
  }

  /** log Σ e^x; the gradient is softmax, and 0 for a slice of only −∞. */
  public static Tensor logSumExp(Tensor x, int axis, boolean keepDims) {
    Op.floating("logSumExp", x);
    int a = x.shape().axis(axis, "logSumExp");
    Shape kept = x.shape().with(a, 1);
    if (x.shape().dim(a) == 0) {
      Shape result = keepDims ? kept : x.shape().without(a);
      return x.device().full(result, x.dtype(), Double.NEGATIVE_INFINITY);
    }
    return Op.emitFused(
        "logSumExp",
        x,
        keepDims ? kept : x.shape().without(a),
        x.dtype(),
        () -> Op.backend(x).fused().logSumExp(Op.handle(x, "logSumExp"), a, keepDims),
        new Input(
            x,
            (y, g) -> {
              Tensor total = y.reshape(kept);
              Tensor none = total.eq(Double.NEGATIVE_INFINITY);
              Tensor safe = Tensor.where(none, total.zerosLike(), total);
              return x.sub(safe).exp().mul(g.reshape(kept));
            }));
  }

  private static int axis(String operation, Tensor x, int axis) {
    Op.floating(operation, x);
    return x.shape().axis(axis, operation);
  }
}
