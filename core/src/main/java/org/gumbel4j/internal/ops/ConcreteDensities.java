package org.gumbel4j.internal.ops;

import org.gumbel4j.tensor.Shape;
import org.gumbel4j.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/** Log-densities of relaxed distributions, as single operations with gradients of their own. */
public final class ConcreteDensities {
  private ConcreteDensities() {}

  /**
   * That of the Concrete distribution in log space, over the last axis.
   *
   * @param logits θ [..., K]
   * @param value y [..., K]
   * @param temperature λ [..., 1]
   */
  public static Tensor expConcrete(Tensor logits, Tensor value, Tensor temperature) {
    String op = "expConcreteLogProb";
    Shape shape = common(op, logits, value, temperature).without(-1);
    Slope slope = new Slope(logits, value, temperature);
    return Op.emitFused(
        op,
        logits,
        shape,
        logits.dtype(),
        () ->
            Op.backend(logits)
                .fused()
                .expConcreteLogProb(
                    Op.handle(logits, op), Op.handle(value, op), Op.handle(temperature, op)),
        new Input(logits, (r, g) -> Arithmetic.unbroadcast(slope.of(r, g), logits.shape())),
        new Input(
            value,
            (r, g) -> Arithmetic.unbroadcast(slope.of(r, g).mul(temperature).neg(), value.shape())),
        new Input(
            temperature,
            (r, g) -> {
              Tensor y = fill(value.eq(Double.NEGATIVE_INFINITY), 0, value);
              Tensor part = slope.of(r, g).mul(y).sum(new int[] {-1}, true);
              Tensor volume =
                  classes(logits).sub(1).mul(live(r, g).expandDims(-1)).div(temperature);
              return Arithmetic.unbroadcast(volume.sub(part), temperature.shape());
            }));
  }

  /** The gradient with respect to θ − λy, worked out once for all three operands. */
  private static final class Slope {
    private final Tensor logits;
    private final Tensor value;
    private final Tensor temperature;
    private @Nullable Tensor gradient;
    private @Nullable Tensor known;

    Slope(Tensor logits, Tensor value, Tensor temperature) {
      this.logits = logits;
      this.value = value;
      this.temperature = temperature;
    }

    Tensor of(Tensor density, Tensor g) {
      Tensor slope = known;
      if (slope == null || gradient != g) {
        slope = slope(logits, value, temperature, live(density, g));
        known = slope;
        gradient = g;
      }
      return slope;
    }
  }

  /** g (1 − n softmax(θ − λy)), 0 for masked classes. */
  private static Tensor slope(Tensor logits, Tensor value, Tensor temperature, Tensor g) {
    Tensor mask = logits.eq(Double.NEGATIVE_INFINITY);
    Tensor nowhere = value.eq(Double.NEGATIVE_INFINITY);
    Tensor idle = mask.or(nowhere);
    Tensor s = fill(mask, 0, logits).sub(fill(nowhere, 0, value).mul(temperature));
    Tensor largest =
        fill(idle, Double.NEGATIVE_INFINITY, s.stopGradient()).max(new int[] {-1}, true);
    // a row that is idle throughout has no density, and no gradient
    Tensor base = fill(largest.eq(Double.NEGATIVE_INFINITY), 0, largest);
    Tensor e = fill(idle, 0, fill(idle, 0, s.sub(base)).exp());
    Tensor sum = e.sum(new int[] {-1}, true);
    Tensor share = e.div(fill(sum.eq(0), 1, sum));
    Tensor slope = share.mul(classes(logits)).neg().add(1);
    return fill(idle, 0, slope).mul(g.expandDims(-1));
  }

  /** How many classes are not masked, with an axis of extent 1. */
  private static Tensor classes(Tensor logits) {
    Tensor free = logits.stopGradient().eq(Double.NEGATIVE_INFINITY).not();
    return free.cast(logits.dtype()).sum(new int[] {-1}, true);
  }

  /** The gradient where there is a density. */
  private static Tensor live(Tensor density, Tensor g) {
    return fill(density.stopGradient().eq(Double.NEGATIVE_INFINITY), 0, g);
  }

  /** That of the binary Concrete distribution in logit space; all three broadcast. */
  public static Tensor binaryConcrete(Tensor logits, Tensor value, Tensor temperature) {
    String op = "binaryConcreteLogProb";
    Shape shape = common(op, logits, value, temperature);
    return Op.emitFused(
        op,
        logits,
        shape,
        logits.dtype(),
        () ->
            Op.backend(logits)
                .fused()
                .binaryConcreteLogProb(
                    Op.handle(logits, op), Op.handle(value, op), Op.handle(temperature, op)),
        new Input(
            logits,
            (r, g) ->
                Arithmetic.unbroadcast(tilt(logits, value, temperature).mul(g), logits.shape())),
        new Input(
            value,
            (r, g) ->
                Arithmetic.unbroadcast(
                    tilt(logits, value, temperature).mul(g).mul(temperature).neg(), value.shape())),
        new Input(
            temperature,
            (r, g) ->
                Arithmetic.unbroadcast(
                    g.div(temperature).sub(tilt(logits, value, temperature).mul(g).mul(value)),
                    temperature.shape())));
  }

  /** −tanh(d/2), the derivative of log σ(d) + log σ(−d). */
  private static Tensor tilt(Tensor logits, Tensor value, Tensor temperature) {
    return logits.sub(value.mul(temperature)).mul(-0.5).tanh();
  }

  private static Shape common(String op, Tensor logits, Tensor value, Tensor temperature) {
    Op.floating(op, logits);
    Op.sameType(op, logits, value);
    Op.sameType(op, logits, temperature);
    return logits.shape().broadcast(value.shape(), op).broadcast(temperature.shape(), op);
  }

  private static Tensor fill(Tensor where, double value, Tensor x) {
    return Tensor.where(where, x.device().scalar(value, x.dtype()), x);
  }
}
