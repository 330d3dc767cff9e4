package org.gumbel4j.internal.ops;

import org.gumbel4j.tensor.Tensor;

/** Losses that are worth one operation. */
public final class Losses {
  private Losses() {}

  /** −t log σ(l) − (1 − t) log(1 − σ(l)). */
  public static Tensor binaryCrossEntropyWithLogits(Tensor logits, Tensor targets) {
    String op = "binaryCrossEntropyWithLogits";
    Op.floating(op, logits);
    Op.sameType(op, logits, targets);
    if (!logits.shape().equals(targets.shape())) {
      throw new IllegalArgumentException(
          op
              + ": logits "
              + logits.shape()
              + " and targets "
              + targets.shape()
              + " must have one shape");
    }
    return Op.emitFused(
        op,
        logits,
        logits.shape(),
        logits.dtype(),
        () ->
            Op.backend(logits)
                .fused()
                .binaryCrossEntropyWithLogits(Op.handle(logits, op), Op.handle(targets, op)),
        new Input(logits, (y, g) -> backward(logits, targets, g)),
        new Input(targets, (y, g) -> g.mul(logits).neg()));
  }

  private static Tensor backward(Tensor logits, Tensor targets, Tensor g) {
    String op = "binaryCrossEntropyWithLogitsBackward";
    return Op.emitFused(
        op,
        logits,
        logits.shape(),
        logits.dtype(),
        () ->
            Op.backend(logits)
                .fused()
                .binaryCrossEntropyWithLogitsBackward(
                    Op.handle(logits, op), Op.handle(targets, op), Op.handle(g, op)),
        new Input(logits, (r, h) -> h.mul(g).mul(logits.sigmoid()).mul(logits.neg().sigmoid())),
        new Input(targets, (r, h) -> h.mul(g).neg()),
        new Input(g, (r, h) -> h.mul(logits.sigmoid().sub(targets))));
  }
}
