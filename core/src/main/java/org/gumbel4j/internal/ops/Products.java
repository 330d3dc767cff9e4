package org.gumbel4j.internal.ops;

import org.gumbel4j.spi.Capability;
import org.gumbel4j.spi.UnsupportedCapabilityException;
import org.gumbel4j.tensor.Shape;
import org.gumbel4j.tensor.Tensor;

/** Matrix products. */
public final class Products {
  private Products() {}

  /** op(a) · op(b), where op transposes the last two axes if asked to. */
  public static Tensor matMul(Tensor a, Tensor b, boolean transposeA, boolean transposeB) {
    Shape shape = shape(a, b, transposeA, transposeB);
    if ((a.shape().isEmpty() || b.shape().isEmpty()) && !shape.isEmpty()) {
      return a.device().zeros(shape, a.dtype());
    }
    return Op.emit(
        "matMul",
        a,
        shape,
        a.dtype(),
        () ->
            Op.backend(a)
                .matMul(Op.handle(a, "matMul"), Op.handle(b, "matMul"), transposeA, transposeB),
        new Input(
            a,
            (y, g) -> {
              Tensor d =
                  transposeA ? matMul(b, g, transposeB, true) : matMul(g, b, false, !transposeB);
              return Arithmetic.unbroadcast(d, a.shape());
            }),
        new Input(
            b,
            (y, g) -> {
              Tensor d =
                  transposeB ? matMul(g, a, true, transposeA) : matMul(a, g, !transposeA, false);
              return Arithmetic.unbroadcast(d, b.shape());
            }));
  }

  private static Shape shape(Tensor a, Tensor b, boolean transposeA, boolean transposeB) {
    String operation = "matMul";
    Op.sameType(operation, a, b);
    Op.floating(operation, a);
    int ra = a.rank();
    int rb = b.rank();
    if (ra < 2 || rb < 2) {
      throw new IllegalArgumentException(
          "matMul: needs at least two axes on both sides, but got "
              + a.shape()
              + " and "
              + b.shape());
    }
    long n = a.shape().dim(transposeA ? -1 : -2);
    long k = a.shape().dim(transposeA ? -2 : -1);
    long k2 = b.shape().dim(transposeB ? -1 : -2);
    long m = b.shape().dim(transposeB ? -2 : -1);
    if (k != k2) {
      throw new IllegalArgumentException(
          "matMul: inner extents differ: "
              + a.shape()
              + (transposeA ? " transposed" : "")
              + " has "
              + k
              + ", "
              + b.shape()
              + (transposeB ? " transposed" : "")
              + " has "
              + k2);
    }
    if ((ra > 2 || rb > 2) && !Op.backend(a).capabilities().contains(Capability.BATCHED_MAT_MUL)) {
      throw new UnsupportedCapabilityException(
          operation, a.device().name(), Capability.BATCHED_MAT_MUL);
    }
    Shape batch = a.shape().axes(0, ra - 2).broadcast(b.shape().axes(0, rb - 2), operation);
    return batch.concat(Shape.of(n, m));
  }

  /** x·w + b over the last axis of x. */
  public static Tensor linear(Tensor x, Tensor weight, Tensor bias) {
    String operation = "linear";
    Op.floating(operation, x);
    Op.sameType(operation, x, weight);
    Op.sameType(operation, x, bias);
    if (x.rank() < 1
        || weight.rank() != 2
        || x.shape().dim(-1) != weight.shape().dim(0)
        || !bias.shape().equals(Shape.of(weight.shape().dim(1)))) {
      throw new IllegalArgumentException(
          "linear: x "
              + x.shape()
              + ", weight "
              + weight.shape()
              + ", bias "
              + bias.shape()
              + "; must be [… k], [k, m], [m]");
    }
    Shape result = x.shape().with(-1, weight.shape().dim(1));
    if (result.isEmpty() || x.shape().isEmpty()) {
      return bias.broadcastTo(result);
    }
    Tensor flat = x.reshape(Shape.of(x.size() / x.shape().dim(-1), x.shape().dim(-1)));
    return Op.emitFused(
            operation,
            x,
            Shape.of(flat.shape().dim(0), weight.shape().dim(1)),
            x.dtype(),
            () ->
                Op.backend(x)
                    .fused()
                    .linear(
                        Op.handle(flat, operation),
                        Op.handle(weight, operation),
                        Op.handle(bias, operation)),
            new Input(flat, (y, g) -> matMul(g, weight, false, true)),
            new Input(weight, (y, g) -> matMul(flat, g, true, false)),
            new Input(bias, (y, g) -> g.sum(0)))
        .reshape(result);
  }
}
