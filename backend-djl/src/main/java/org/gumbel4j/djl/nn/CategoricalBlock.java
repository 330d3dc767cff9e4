package org.gumbel4j.djl.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import java.util.List;
import org.gumbel4j.djl.DjlBackend;
import org.gumbel4j.djl.internal.OnTape;
import org.gumbel4j.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * From logits to samples of categorical distributions.
 *
 * <p>Input: one array of logits θ, the classes along an axis (the last, unless told otherwise). The
 * axis may hold several categorical variables, one behind the other: {@code optGroups(30)} makes 30
 * variables of 10 classes of an axis of 300, so that the block fits between two {@code Linear}s.
 * Output: the samples, of the input's shape; with {@code optOutputLogits(true)} the logits as well,
 * [batch…, N, K] with the K classes of a variable along the last axis (N absent if there is one
 * group), for a loss that needs them; {@link HeadOnlyBlock} then passes them by the layers behind.
 *
 * @since 0.1
 */
public abstract sealed class CategoricalBlock extends RelaxedBlock
    permits GumbelSoftmaxBlock, StraightThroughBlock {
  private final int axis;
  private final int groups;
  private final boolean outputLogits;
  private final EvaluationMode evaluation;

  CategoricalBlock(String name, CategoricalBuilder<?> builder) {
    super(name, builder);
    this.axis = builder.axis;
    this.groups = builder.groups;
    this.outputLogits = builder.outputLogits;
    this.evaluation = builder.evaluation;
  }

  /** A sample in the given mode; {@link EvaluationMode#AS_IN_TRAINING} in training. */
  abstract Tensor sample(Tensor logits, int classAxis, EvaluationMode mode, boolean training);

  @Override
  protected final NDList forwardInternal(
      ParameterStore parameterStore,
      NDList inputs,
      boolean training,
      @Nullable PairList<String, Object> params) {
    NDArray input = only(inputs);
    ClassAxis classes = ClassAxis.of(name(), input.getShape(), axis, groups);
    EvaluationMode mode = training ? EvaluationMode.AS_IN_TRAINING : evaluation;
    return OnTape.callAll(
        name(),
        input,
        tape -> {
          Tensor logits = classes.split(DjlBackend.wrap(tape, input));
          Tensor sample = classes.join(sample(logits, classes.axis(), mode, training));
          return outputLogits ? List.of(sample, classes.last(logits)) : List.of(sample);
        });
  }

  @Override
  protected final void beforeInitialize(Shape... inputShapes) {
    super.beforeInitialize(inputShapes);
    getOutputShapes(inputShapes);
  }

  @Override
  public final Shape[] getOutputShapes(Shape[] inputs) {
    if (inputs.length != 1) {
      throw new IllegalArgumentException(
          name() + ": takes one array, but was given shapes " + List.of(inputs));
    }
    ClassAxis classes = ClassAxis.of(name(), inputs[0], axis, groups);
    return outputLogits ? new Shape[] {inputs[0], classes.lastShape()} : new Shape[] {inputs[0]};
  }

  /**
   * What the builders of categorical blocks have in common.
   *
   * @param <T> the builder itself
   */
  public abstract static sealed class CategoricalBuilder<T extends CategoricalBuilder<T>>
      extends BaseBuilder<T> permits GumbelSoftmaxBlock.Builder, StraightThroughBlock.Builder {
    private int axis = -1;
    private int groups = 1;
    private boolean outputLogits;
    private EvaluationMode evaluation = EvaluationMode.MODE;

    CategoricalBuilder(float temperature) {
      super(temperature);
    }

    /** Sets the axis of the classes, which may be counted from the end; 1 for channels first. */
    public T optAxis(int axis) {
      this.axis = axis;
      return self();
    }

    /** Sets how many categorical variables the axis holds, one behind the other. */
    public T optGroups(int groups) {
      if (groups < 1) {
        throw new IllegalArgumentException("optGroups: " + groups + " must be 1 or more");
      }
      this.groups = groups;
      return self();
    }

    /** Sets whether the logits are a second output. */
    public T optOutputLogits(boolean outputLogits) {
      this.outputLogits = outputLogits;
      return self();
    }

    /** Sets what comes out when not training; {@link EvaluationMode#MODE} if not set. */
    public T optEvaluation(EvaluationMode evaluation) {
      this.evaluation = evaluation;
      return self();
    }
  }
}
