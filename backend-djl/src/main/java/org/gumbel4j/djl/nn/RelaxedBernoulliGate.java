package org.gumbel4j.djl.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import ai.djl.training.initializer.ConstantInitializer;
import ai.djl.util.PairList;
import java.util.Arrays;
import java.util.List;
import org.gumbel4j.djl.DjlBackend;
import org.gumbel4j.djl.internal.OnTape;
import org.gumbel4j.tensor.DType;
import org.gumbel4j.tensor.Device;
import org.gumbel4j.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * Gates that learn whether to be open: x ⊙ z, one gate z for each feature, with a logit θ that is
 * learnt. With the penalty of {@link org.gumbel4j.djl.training.ExpectedL0Loss} a network sheds the
 * features that it can do without (Louizos, Welling and Kingma, arXiv 1712.01312).
 *
 * <p>Input: [batch…, features], or the features along another axis: {@code optAxis(1)} gates whole
 * channels of [batch, channels, height, width]. Output: of the same shape. What gates are is told
 * by a {@link GateKind}. In training every example draws gates of its own, unless {@code
 * optPerExample(false)} gives a batch the same ones. In evaluation gates do without noise: 1 or 0
 * as θ is above 0 or not, and for hard concrete min(1, max(0, σ(θ)·1.2 − 0.1)); {@code
 * optEvaluation} has it otherwise.
 *
 * <p>Parameter: {@code logits} [features], θ. Noise, saving and errors are those of {@link
 * RelaxedBlock}; the temperature is 2/3 unless set otherwise.
 *
 * @since 0.1
 */
public final class RelaxedBernoulliGate extends RelaxedBlock {
  private static final String NAME = "RelaxedBernoulliGate";

  private final GateKind kind;
  private final int axis;
  private final boolean perExample;
  private final EvaluationMode evaluation;
  private final Parameter logits;

  private RelaxedBernoulliGate(Builder builder) {
    super(NAME, builder);
    this.kind = builder.kind;
    this.axis = builder.axis;
    this.perExample = builder.perExample;
    this.evaluation = builder.evaluation;
    double p = builder.initiallyOpen;
    this.logits =
        addParameter(
            Parameter.builder()
                .setName("logits")
                // not WEIGHT, whose initializer a training configuration replaces
                .setType(Parameter.Type.OTHER)
                .optInitializer(new ConstantInitializer((float) (Math.log(p) - Math.log1p(-p))))
                .build());
  }

  /** Returns a builder; all that it takes is optional. */
  public static Builder builder() {
    return new Builder();
  }

  @Override
  protected NDList forwardInternal(
      ParameterStore parameterStore,
      NDList inputs,
      boolean training,
      @Nullable PairList<String, Object> params) {
    NDArray input = only(inputs);
    FeatureAxis features = FeatureAxis.of(NAME, input.getShape(), axis);
    NDArray theta = parameterStore.getValue(logits, input.getDevice(), training);
    NDArray gated =
        OnTape.call(
            NAME,
            input,
            tape -> {
              Tensor x = DjlBackend.wrap(tape, input);
              return x.mul(gates(DjlBackend.wrap(tape, theta), x, features.at(), training));
            });
    return new NDList(gated);
  }

  /** Gates of a shape that broadcasts with x. */
  private Tensor gates(Tensor theta, Tensor x, int at, boolean training) {
    if (x.shape().dim(at) != theta.size()) {
      throw new IllegalArgumentException(
          NAME
              + ": the input "
              + x.shape()
              + " has "
              + x.shape().dim(at)
              + " features along axis "
              + at
              + ", but the block was initialised for "
              + theta.size());
    }
    long[] aligned = new long[x.rank()];
    Arrays.fill(aligned, 1);
    aligned[at] = theta.size();
    Tensor along = theta.reshape(aligned);
    EvaluationMode mode = training ? EvaluationMode.AS_IN_TRAINING : evaluation;
    Gates gates = new Gates(kind, getTemperature());
    if (mode == EvaluationMode.MODE) {
      return gates.mode(along);
    }
    if (perExample && at != 0) {
      aligned[0] = x.shape().dim(0);
    }
    Tensor own = along.broadcastTo(org.gumbel4j.tensor.Shape.of(aligned));
    return mode == EvaluationMode.SAMPLE && kind == GateKind.RELAXED
        ? new Gates(GateKind.BINARY, getTemperature()).sample(own, nextKey(training))
        : gates.sample(own, nextKey(training));
  }

  /**
   * The expected number of gates that are not shut, Σ P(z ≠ 0): Σ σ(θ), for hard concrete Σ σ(θ − τ
   * log(0.1/1.1)). On the engine's tape, so that its gradient reaches θ.
   *
   * @param like an array whose manager shall own the result, such as a prediction
   * @return a scalar
   * @throws ai.djl.nn.UninitializedParameterException if the block was not initialised
   */
  public NDArray expectedL0(NDArray like) {
    return OnTape.call(NAME + ".expectedL0", like, this::expectedL0);
  }

  private Tensor expectedL0(Device tape) {
    return new Gates(kind, getTemperature())
        .probabilityOpen(DjlBackend.wrap(tape, logits.getArray()))
        .sum();
  }

  /**
   * The probability of each gate that it is not shut, as it is now: [features].
   *
   * @throws ai.djl.nn.UninitializedParameterException if the block was not initialised
   */
  public double[] probabilitiesOpen() {
    NDArray theta = logits.getArray();
    try (NDArray open =
        OnTape.call(
            NAME,
            theta,
            tape ->
                new Gates(kind, getTemperature())
                    .probabilityOpen(DjlBackend.wrap(tape, theta).stopGradient())
                    .cast(DType.FLOAT64))) {
      return open.toDoubleArray();
    }
  }

  @Override
  protected void beforeInitialize(Shape... inputShapes) {
    super.beforeInitialize(inputShapes);
    getOutputShapes(inputShapes);
  }

  @Override
  protected void prepare(Shape[] inputShapes) {
    logits.setShape(new Shape(FeatureAxis.of(NAME, inputShapes[0], axis).features()));
  }

  @Override
  public Shape[] getOutputShapes(Shape[] inputs) {
    if (inputs.length != 1) {
      throw new IllegalArgumentException(
          NAME + ": takes one array, but was given shapes " + List.of(inputs));
    }
    FeatureAxis.of(NAME, inputs[0], axis);
    return new Shape[] {inputs[0]};
  }

  /** Makes a {@link RelaxedBernoulliGate}. */
  public static final class Builder extends BaseBuilder<Builder> {
    private GateKind kind = GateKind.HARD_CONCRETE;
    private int axis = -1;
    private boolean perExample = true;
    private double initiallyOpen = 0.9;
    private EvaluationMode evaluation = EvaluationMode.MODE;

    private Builder() {
      super(2f / 3);
    }

    @Override
    Builder self() {
      return this;
    }

    /** Sets what gates are; {@link GateKind#HARD_CONCRETE} if not set. */
    public Builder optKind(GateKind kind) {
      this.kind = kind;
      return this;
    }

    /** Sets the axis of the features, which may be counted from the end; 1 for channels first. */
    public Builder optAxis(int axis) {
      this.axis = axis;
      return this;
    }

    /** Sets whether every example draws its own gates, which it does if this is not called. */
    public Builder optPerExample(boolean perExample) {
      this.perExample = perExample;
      return this;
    }

    /** Sets σ(θ) at the start, above 0 and below 1; 0.9 if not set. */
    public Builder optInitiallyOpen(double probability) {
      if (!(probability > 0 && probability < 1)) {
        throw new IllegalArgumentException(
            NAME + ": initiallyOpen = " + probability + " must be above 0 and below 1");
      }
      this.initiallyOpen = probability;
      return this;
    }

    /** Sets what gates are when not training; {@link EvaluationMode#MODE} if not set. */
    public Builder optEvaluation(EvaluationMode evaluation) {
      this.evaluation = evaluation;
      return this;
    }

    /**
     * Makes the block.
     *
     * @throws IllegalArgumentException if the temperature is not positive and finite
     */
    public RelaxedBernoulliGate build() {
      return new RelaxedBernoulliGate(this);
    }
  }
}
