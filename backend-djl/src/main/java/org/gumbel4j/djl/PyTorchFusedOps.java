package org.gumbel4j.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.pytorch.jni.JniUtils;
import org.gumbel4j.random.Key;
import org.gumbel4j.random.Noise;
import org.gumbel4j.spi.AdamCoefficients;
import org.gumbel4j.spi.AdamStep;
import org.gumbel4j.tensor.DType;
import org.gumbel4j.tensor.Shape;

/**
 * Fused operations of PyTorch, in one call each: its own where it has them, TorchScript where
 * several make one of ours. What is written over in place is always an array of the function's own.
 */
final class PyTorchFusedOps extends DjlFusedOps {
  private final TorchScripts scripts;
  private final PyTorchAdam adam;

  PyTorchFusedOps(EngineBackend backend, DjlOptions options, TorchScripts scripts) {
    super(backend, options);
    this.scripts = scripts;
    this.adam = new PyTorchAdam(backend, scripts);
  }

  private DjlArray like(DjlArray x, NDArray result) {
    return engine.own(result, x.dtype());
  }

  private static int type(DjlArray x) {
    return PyTorchOps.code(Types.dataType(x.dtype()));
  }

  // ---- activations ----------------------------------------------------------------------------

  @Override
  public DjlArray sigmoid(DjlArray x) {
    return like(x, EngineOps.called(JniUtils.sigmoid(PyTorchOps.pt(x.array()))));
  }

  @Override
  public DjlArray softplus(DjlArray x) {
    // PyTorch's own leaves log(1 + e^-x) out where x > 20, which doubles notice
    return like(
        x,
        scripts.run(
            "x",
            "return torch.add_(torch.log1p_(torch.exp_(torch.neg_(torch.abs(x)))), torch.relu(x))",
            x.array()));
  }

  @Override
  public DjlArray relu(DjlArray x) {
    return like(x, EngineOps.called(JniUtils.relu(PyTorchOps.pt(x.array()))));
  }

  @Override
  public DjlArray reluBackward(DjlArray x, DjlArray g) {
    return like(
        x,
        // alone it lets a gradient through where x is NaN; a choice by a mask takes four times as
        // long
        scripts.run(
            "x,g",
            "return torch.threshold_backward(g, torch.nan_to_num(x, 0., 1., 0.), 0)",
            x.array(),
            g.array()));
  }

  // ---- softmax family -------------------------------------------------------------------------

  @Override
  public DjlArray logSumExp(DjlArray x, int axis, boolean keepDims) {
    String keep = keepDims ? "True" : "False";
    return like(
        x, scripts.run("x", "return torch.logsumexp(x, [" + axis + "], " + keep + ")", x.array()));
  }

  /**
   * Along a last axis of at most so many entries PyTorch's processor kernels go through them one by
   * one; with the entries as rows they take several columns at once, in a fifth of the time.
   */
  private static final int FEW = 16;

  private boolean isNarrow(DjlArray x, int axis) {
    return axis == x.rank() - 1
        && x.shape().dim(axis) <= FEW
        && !engine.manager().getDevice().isGpu();
  }

  /**
   * The function of a matrix c, and of further arguments, that is applied to x with its last axis
   * as rows; it must be one of PyTorch's along axis 0.
   */
  private static String asRows(DjlArray x, String argument, String function) {
    return """
        c = torch.contiguous(torch.transpose(torch.reshape(%s, [-1, %d]), 0, 1))
        y = %s
        return torch.reshape(torch.contiguous(torch.transpose(y, 0, 1)), torch.size(x))"""
        .formatted(argument, x.shape().dim(x.rank() - 1), function);
  }

  @Override
  public DjlArray softmax(DjlArray x, int axis) {
    if (isNarrow(x, axis)) {
      return like(x, scripts.run("x", asRows(x, "x", "torch.softmax(c, 0)"), x.array()));
    }
    return like(
        x,
        EngineOps.called(
            JniUtils.softmax(PyTorchOps.pt(x.array()), axis, x.array().getDataType())));
  }

  /** The gradient of a softmax from its value y and the gradient g, as an expression. */
  private String softmaxGradient(DjlArray y, int axis) {
    return isNarrow(y, axis)
        ? "torch.mul_(torch.sub(g, torch.sum(torch.mul(g, y), [-1], True)), y)"
        : "torch._softmax_backward_data(g, y, %d, %d)".formatted(axis, type(y));
  }

  @Override
  public DjlArray softmaxBackward(DjlArray y, DjlArray g, int axis) {
    return like(y, scripts.run("y,g", "return " + softmaxGradient(y, axis), y.array(), g.array()));
  }

  @Override
  public DjlArray logSoftmax(DjlArray x, int axis) {
    if (isNarrow(x, axis)) {
      return like(x, scripts.run("x", asRows(x, "x", "torch.log_softmax(c, 0)"), x.array()));
    }
    return like(
        x,
        EngineOps.called(
            JniUtils.logSoftmax(PyTorchOps.pt(x.array()), axis, x.array().getDataType())));
  }

  @Override
  public DjlArray logSoftmaxBackward(DjlArray y, DjlArray g, int axis) {
    return like(
        y,
        scripts.run(
            "y,g",
            isNarrow(y, axis)
                ? "return torch.addcmul(g, torch.exp(y), torch.sum(g, [-1], True), value=-1)"
                : "return torch._log_softmax_backward_data(g, y, %d, %d)".formatted(axis, type(y)),
            y.array(),
            g.array()));
  }

  // ---- discrete -------------------------------------------------------------------------------

  @Override
  public DjlArray oneHot(DjlArray indices, long classes, DType dtype) {
    int code = PyTorchOps.code(Types.dataType(dtype));
    try (NDArray count = number((double) classes)) {
      return engine.own(
          scripts.run(
              "i,n",
              """
              j = torch.unsqueeze(i, -1)
              d = ops.prim.device(i)
              r = torch.arange(int(n), dtype=4, layout=None, device=d, pin_memory=False)
              return torch.to(torch.eq(j, r), %d, False, False, None)"""
                  .formatted(code),
              indices.array(),
              count),
          dtype);
    }
  }

  @Override
  public DjlArray oneHotArgMax(DjlArray x, int axis) {
    return like(
        x,
        scripts.run(
            "x",
            "return torch.scatter_(torch.zeros_like(x), %1$d, torch.argmax(x, %1$d, True), 1)"
                .formatted(axis),
            x.array()));
  }

  /** On the processor one sum of all entries tells most logits, which are finite, from others. */
  @Override
  public DjlArray areLogits(DjlArray x, int axis) {
    String slices = "torch.all(torch.isfinite(torch.amax(x, [" + axis + "])))";
    String body =
        engine.manager().getDevice().isGpu()
            ? "return " + slices
            : """
            r = torch.isfinite(torch.sum(x))
            if bool(r):
              s = r
            else:
              s = %s
            return s"""
                .formatted(slices);
    return engine.own(scripts.run("x", body, x.array()), DType.BOOL);
  }

  // ---- Gumbel-Softmax -------------------------------------------------------------------------

  @Override
  public DjlArray gumbelSoftmax(DjlArray logits, DjlArray noise, double temperature, int axis) {
    try (NDArray tau = number(temperature)) {
      return like(
          logits,
          scripts.run(
              "x,n,t",
              // the maximum goes before the division, which could overflow
              isNarrow(logits, axis)
                  ? asRows(
                      logits,
                      "torch.add(x, n)",
                      "torch.softmax(torch.div(torch.sub(c, torch.amax(c, [0], True)), float(t)), 0)")
                  : """
                  z = torch.add(x, n)
                  z = torch.sub_(z, torch.amax(z, [%1$d], True))
                  return torch.softmax(torch.div_(z, float(t)), %1$d)"""
                      .formatted(axis),
              logits.array(),
              noise.array(),
              tau));
    }
  }

  @Override
  public DjlArray gumbelSoftmaxBackward(DjlArray y, DjlArray g, double temperature, int axis) {
    try (NDArray tau = number(temperature)) {
      return like(
          y,
          scripts.run(
              "y,g,t",
              "return torch.div_(" + softmaxGradient(y, axis) + ", float(t))",
              y.array(),
              g.array(),
              tau));
    }
  }

  @Override
  public DjlArray gumbelMax(DjlArray logits, Key key, int axis) {
    DjlArray noise = noise(Noise.GUMBEL, key, logits.shape(), logits.dtype());
    return engine.own(
        scripts.run(
            "l,n",
            "return torch.argmax(torch.add(l, n), " + axis + ")",
            logits.array(),
            noise.array()),
        DType.INT64);
  }

  // ---- networks -------------------------------------------------------------------------------

  @Override
  public DjlArray linear(DjlArray x, DjlArray weight, DjlArray bias) {
    return like(
        x,
        scripts.run(
            "x,w,b", "return torch.addmm(b, x, w)", x.array(), weight.array(), bias.array()));
  }

  @Override
  public DjlArray binaryCrossEntropyWithLogits(DjlArray logits, DjlArray targets) {
    return like(
        logits,
        scripts.run(
            "l,t",
            """
            m = torch.addcmul_(torch.relu(l), l, t, value=-1)
            return torch.sub_(m, torch.log_sigmoid(torch.abs(l)))""",
            logits.array(),
            targets.array()));
  }

  @Override
  public DjlArray binaryCrossEntropyWithLogitsBackward(
      DjlArray logits, DjlArray targets, DjlArray g) {
    return like(
        logits,
        scripts.run(
            "l,t,g",
            "return torch.mul_(torch.sub_(torch.sigmoid(l), t), g)",
            logits.array(),
            targets.array(),
            g.array()));
  }

  @Override
  public AdamStep<DjlArray> adamStep(
      DjlArray parameter, DjlArray gradient, DjlArray m, DjlArray v, AdamCoefficients a) {
    return adam.step(parameter, gradient, m, v, a, false);
  }

  @Override
  public AdamStep<DjlArray> adamStepInPlace(
      DjlArray parameter, DjlArray gradient, DjlArray m, DjlArray v, AdamCoefficients a) {
    boolean alone = parameter.isAlone() && m.isAlone() && v.isAlone();
    return adam.step(parameter, gradient, m, v, a, alone);
  }

  /** A number on the host, where a function finds it without waiting for the device. */
  private NDArray number(double value) {
    return engine.ops().create(scripts.manager(), new double[] {value}, Shape.SCALAR);
  }
}
