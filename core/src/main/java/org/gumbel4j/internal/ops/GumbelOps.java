package org.gumbel4j.internal.ops;

import java.util.List;
import java.util.Locale;
import org.gumbel4j.internal.TensorAccess;
import org.gumbel4j.random.Key;
import org.gumbel4j.random.Noise;
import org.gumbel4j.spi.HardSample;
import org.gumbel4j.tensor.DType;
import org.gumbel4j.tensor.Device;
import org.gumbel4j.tensor.Shape;
import org.gumbel4j.tensor.Tensor;

/**
 * What the library is about, as operations: noise, Gumbel-Softmax, Gumbel-max, straight-through.
 */
public final class GumbelOps {
  private GumbelOps() {}

  /** The first numbers of a key's sequence. */
  public static Tensor noise(Device device, Noise kind, Key key, Shape shape, DType dtype) {
    TensorAccess access = TensorAccess.get();
    Object handle =
        shape.isEmpty()
            ? null
            : device.scoped(() -> access.backend(device).fused().noise(kind, key, shape, dtype));
    return access.create(device, handle, shape, dtype, null, kind.name().toLowerCase(Locale.ROOT));
  }

  /** Noise must be of the logits' shape, type and device. */
  public static void checkNoise(String operation, Tensor logits, Tensor noise) {
    Op.sameType(operation, logits, noise);
    if (!logits.shape().equals(noise.shape())) {
      throw new IllegalArgumentException(
          operation
              + ": noise "
              + noise.shape()
              + " must have the logits' shape "
              + logits.shape());
    }
  }

  /** softmax((logits + noise) / τ), of noise that has been checked. */
  public static Tensor gumbelSoftmax(Tensor logits, Tensor noise, double temperature, int axis) {
    String op = "gumbelSoftmax";
    return Op.emitFused(
        op,
        logits,
        logits.shape(),
        logits.dtype(),
        () ->
            Op.backend(logits)
                .fused()
                .gumbelSoftmax(Op.handle(logits, op), Op.handle(noise, op), temperature, axis),
        new Input(logits, (y, g) -> backward(y, g, temperature, axis)),
        new Input(noise, (y, g) -> backward(y, g, temperature, axis)));
  }

  /** softmax((logits + scale · G) / τ), the noise made of the key. */
  public static Tensor gumbelSoftmax(
      Tensor logits, Key key, double noiseScale, double temperature, int axis) {
    String op = "gumbelSoftmax";
    return Op.emitFused(
        op,
        logits,
        logits.shape(),
        logits.dtype(),
        () ->
            Op.backend(logits)
                .fused()
                .gumbelSoftmax(Op.handle(logits, op), key, noiseScale, temperature, axis),
        new Input(logits, (y, g) -> backward(y, g, temperature, axis)));
  }

  /**
   * The one-hot vectors of the first largest logits + scale · G, with the gradient of the relaxed
   * sample, which is not made where nobody asks for it. Of logits that are not empty.
   */
  public static Tensor hardGumbelSoftmax(
      Tensor logits, Key key, double noiseScale, double temperature, int axis) {
    String op = "hardGumbelSoftmax";
    boolean tracked = Op.isTracked(logits);
    List<Object> handles =
        logits
            .device()
            .scopedAll(
                () -> {
                  HardSample<Object> sample =
                      Op.backend(logits)
                          .fused()
                          .hardGumbelSoftmax(
                              Op.handle(logits, op), key, noiseScale, temperature, axis, tracked);
                  Object soft = sample.soft();
                  return soft == null ? List.of(sample.hard()) : List.of(sample.hard(), soft);
                });
    Tensor hard = Op.emit(op, logits, logits.shape(), logits.dtype(), () -> handles.get(0));
    if (!tracked) {
      return hard;
    }
    Tensor soft =
        Op.emit(
            op,
            logits,
            logits.shape(),
            logits.dtype(),
            () -> handles.get(1),
            new Input(logits, (y, g) -> backward(y, g, temperature, axis)));
    return straightThrough(hard, soft);
  }

  private static Tensor backward(Tensor y, Tensor g, double temperature, int axis) {
    String op = "gumbelSoftmaxBackward";
    return Op.emitFused(
        op,
        y,
        y.shape(),
        y.dtype(),
        () ->
            Op.backend(y)
                .fused()
                .gumbelSoftmaxBackward(Op.handle(y, op), Op.handle(g, op), temperature, axis),
        new Input(
            y, (r, h) -> SoftmaxFamily.softmaxBackwardToValue(y, g, h, axis).div(temperature)),
        new Input(g, (r, h) -> backward(y, h, temperature, axis)));
  }

  /** argmax(logits + G). */
  public static Tensor gumbelMax(Tensor logits, Key key, int axis) {
    String op = "gumbelMax";
    return Op.emitFused(
        op,
        logits,
        logits.shape().without(axis),
        DType.INT64,
        () -> Op.backend(logits).fused().gumbelMax(Op.handle(logits, op), key, axis));
  }

  /** The one-hot vector of the first largest entry; no gradient. */
  public static Tensor oneHotArgMax(Tensor x, int axis) {
    String op = "oneHotArgMax";
    Op.numeric(op, x);
    int a = x.shape().axis(axis, op);
    return Op.emitFused(
        op, x, x.shape(), x.dtype(), () -> Op.backend(x).fused().oneHotArgMax(Op.handle(x, op), a));
  }

  /** The value of one tensor with the gradient of another. */
  public static Tensor straightThrough(Tensor value, Tensor surrogate) {
    String op = "straightThrough";
    Op.sameType(op, value, surrogate);
    if (!value.shape().equals(surrogate.shape())) {
      throw new IllegalArgumentException(
          op
              + ": value "
              + value.shape()
              + " and surrogate "
              + surrogate.shape()
              + " must have one shape");
    }
    if (value.device().isOnEngineTape()) {
      return onEngineTape(value.stopGradient(), surrogate);
    }
    return Op.alias(value, new Input(surrogate, (y, g) -> g));
  }

  /** The value, with a difference added that is 0 exactly; an infinity, which has none, is out. */
  private static Tensor onEngineTape(Tensor value, Tensor surrogate) {
    if (!surrogate.dtype().isFloating()) {
      return value;
    }
    Tensor infinite = surrogate.stopGradient().abs().eq(Double.POSITIVE_INFINITY);
    Tensor none = surrogate.device().scalar(0, surrogate.dtype());
    Tensor finite = Tensor.where(infinite, none, surrogate);
    return value.add(finite.sub(finite.stopGradient()));
  }
}
