package org.gumbel4j.djl;

import ai.djl.ndarray.NDArray;
import java.util.List;
import org.gumbel4j.spi.AdamCoefficients;
import org.gumbel4j.spi.AdamStep;
import org.gumbel4j.tensor.DType;

/**
 * Fused operations of MXNet, in as few of its operators as they take: each call costs some 15 µs,
 * however small the arrays.
 */
final class MxNetFusedOps extends DjlFusedOps {
  MxNetFusedOps(EngineBackend backend, DjlOptions options) {
    super(backend, options);
  }

  private DjlArray like(DjlArray x, NDArray result) {
    return engine.own(result, x.dtype());
  }

  private static boolean isSingle(DjlArray x) {
    return x.dtype() == DType.FLOAT32;
  }

  /** Whether MXNet reads a number of an array's type, and does not make 0 of it. */
  private static boolean isNormal(DjlArray x, double value) {
    return Math.abs(value) >= (isSingle(x) ? Float.MIN_NORMAL : Double.MIN_NORMAL);
  }

  // ---- activations ----------------------------------------------------------------------------

  @Override
  public DjlArray sigmoid(DjlArray x) {
    return like(x, MxNetOps.invoke("sigmoid", x.array()));
  }

  @Override
  public DjlArray relu(DjlArray x) {
    return like(x, MxNetOps.invoke("relu", x.array()));
  }

  @Override
  public DjlArray reluBackward(DjlArray x, DjlArray g) {
    if (x.rank() > MxNetOps.MOST_AXES) {
      return super.reluBackward(x, g);
    }
    try (NDArray above = MxNetOps.invoke("_npi_greater_scalar", x.array(), "scalar", "0")) {
      return like(x, MxNetOps.invoke("_npi_where_rscalar", above, g.array(), "scalar", "0"));
    }
  }

  @Override
  public DjlArray softplus(DjlArray x) {
    try (NDArray rest = softplusOfMinusAbs(x);
        NDArray positive = MxNetOps.invoke("_npi_maximum_scalar", x.array(), "scalar", "0")) {
      return like(x, MxNetOps.invoke("_npi_add", positive, rest));
    }
  }

  private static NDArray softplusOfMinusAbs(DjlArray x) {
    try (NDArray size = MxNetOps.invoke("_npi_absolute", x.array());
        NDArray below = MxNetOps.invoke("_npi_negative", size);
        NDArray e = MxNetOps.invoke("_npi_exp", below)) {
      return MxNetOps.invoke("_npi_log1p", e);
    }
  }

  // ---- softmax family -------------------------------------------------------------------------

  /**
   * An operator of the softmax family along an axis. That it has a temperature, were it 1, keeps it
   * from the kernels of oneDNN, which lose three digits and leave 0 beside a NaN.
   */
  private static NDArray along(
      String operator, int axis, double temperature, List<NDArray> operands) {
    return MxNetOps.invoke(
        operator,
        operands,
        "axis",
        Integer.toString(axis),
        "temperature",
        Double.toString(temperature));
  }

  @Override
  public DjlArray softmax(DjlArray x, int axis) {
    return like(x, along("softmax", axis, 1, List.of(x.array())));
  }

  @Override
  public DjlArray softmaxBackward(DjlArray y, DjlArray g, int axis) {
    return gumbelSoftmaxBackward(y, g, 1, axis);
  }

  @Override
  public DjlArray logSoftmax(DjlArray x, int axis) {
    return like(x, along("log_softmax", axis, 1, List.of(x.array())));
  }

  @Override
  public DjlArray logSoftmaxBackward(DjlArray y, DjlArray g, int axis) {
    return like(y, along("_backward_log_softmax", axis, 1, List.of(g.array(), y.array())));
  }

  @Override
  public DjlArray areLogits(DjlArray x, int axis) {
    try (NDArray max = engine.ops().max(x.array(), new int[] {axis}, false);
        NDArray finite = MxNetOps.invoke("_npi_isfinite", max)) {
      return engine.own(MxNetOps.invoke("_np_all", finite), DType.BOOL);
    }
  }

  // ---- Gumbel-Softmax -------------------------------------------------------------------------

  /** The operator takes the maximum out before it divides. */
  @Override
  public DjlArray gumbelSoftmax(DjlArray logits, DjlArray noise, double temperature, int axis) {
    if (!isNormal(logits, temperature)) {
      return super.gumbelSoftmax(logits, noise, temperature, axis);
    }
    try (NDArray perturbed = MxNetOps.invoke("_npi_add", logits.array(), noise.array())) {
      return like(logits, along("softmax", axis, temperature, List.of(perturbed)));
    }
  }

  @Override
  public DjlArray gumbelSoftmaxBackward(DjlArray y, DjlArray g, double temperature, int axis) {
    if (!isNormal(y, temperature)) {
      return super.gumbelSoftmaxBackward(y, g, temperature, axis);
    }
    return like(y, along("_backward_softmax", axis, temperature, List.of(g.array(), y.array())));
  }

  // ---- networks -------------------------------------------------------------------------------

  @Override
  public DjlArray binaryCrossEntropyWithLogits(DjlArray logits, DjlArray targets) {
    NDArray l = logits.array();
    try (NDArray positive = MxNetOps.invoke("_npi_maximum_scalar", l, "scalar", "0");
        NDArray product = MxNetOps.invoke("_npi_multiply", l, targets.array());
        NDArray linear = MxNetOps.invoke("_npi_subtract", positive, product);
        NDArray rest = softplusOfMinusAbs(logits)) {
      return like(logits, MxNetOps.invoke("_npi_add", linear, rest));
    }
  }

  @Override
  public DjlArray binaryCrossEntropyWithLogitsBackward(
      DjlArray logits, DjlArray targets, DjlArray g) {
    try (NDArray probability = MxNetOps.invoke("sigmoid", logits.array());
        NDArray excess = MxNetOps.invoke("_npi_subtract", probability, targets.array())) {
      return like(logits, MxNetOps.invoke("_npi_multiply", excess, g.array()));
    }
  }

  @Override
  public AdamStep<DjlArray> adamStep(
      DjlArray parameter, DjlArray gradient, DjlArray m, DjlArray v, AdamCoefficients a) {
    if (!MxNetAdam.canStep(parameter, a)) {
      return super.adamStep(parameter, gradient, m, v, a);
    }
    NDArray next = MxNetOps.invoke("_np_copy", parameter.array());
    NDArray nextM = MxNetOps.invoke("_np_copy", m.array());
    NDArray nextV = MxNetOps.invoke("_np_copy", v.array());
    MxNetAdam.step(next, gradient.array(), nextM, nextV, a);
    return alone(engine.ownAll(List.of(next, nextM, nextV), parameter.dtype()));
  }

  @Override
  public AdamStep<DjlArray> adamStepInPlace(
      DjlArray parameter, DjlArray gradient, DjlArray m, DjlArray v, AdamCoefficients a) {
    boolean alone = parameter.isAlone() && m.isAlone() && v.isAlone();
    if (!alone || !MxNetAdam.canStep(parameter, a)) {
      return adamStep(parameter, gradient, m, v, a);
    }
    MxNetAdam.step(parameter.array(), gradient.array(), m.array(), v.array(), a);
    return alone(engine.moved(List.of(parameter, m, v)));
  }

  private static AdamStep<DjlArray> alone(List<DjlArray> made) {
    return new AdamStep<>(made.get(0).alone(), made.get(1).alone(), made.get(2).alone());
  }
}
