package org.gumbel4j.djl.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.nn.core.Linear;
import ai.djl.training.ParameterStore;
import ai.djl.training.initializer.NormalInitializer;
import ai.djl.util.PairList;
import java.util.List;
import org.gumbel4j.djl.DjlBackend;
import org.gumbel4j.djl.internal.OnTape;
import org.gumbel4j.relaxation.Codebook;
import org.gumbel4j.relaxation.GumbelSoftmax;
import org.gumbel4j.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * Vector quantisation with a Gumbel codebook: each feature vector is replaced by entries of a
 * codebook, G groups of V entries each, which are learnt with the rest (Baevski, Schneider and
 * Auli, arXiv 1910.05453; Baevski et al., arXiv 2006.11477).
 *
 * <pre>
 * logits = x·W + b                        [batch…, G, V]
 * codes = Gumbel-Softmax(logits, τ)       one-hot, with the soft sample's gradient
 * y = Σ codes · entries, group by group   [batch…, units]
 * </pre>
 *
 * <p>Input: [batch…, features], or the features along another axis: {@code optAxis(1)} quantises
 * the pixels of [batch, channels, height, width]. Output: of the input's shape, with {@code units}
 * features; with {@code optOutputLogits(true)} the logits as well, [batch…, G, V], for {@link
 * org.gumbel4j.djl.training.CodebookDiversityLoss} and {@link
 * org.gumbel4j.djl.training.CodebookPerplexity}; {@link HeadOnlyBlock} then passes them by the
 * layers behind.
 *
 * <p>In training codes are one-hot draws, or mixtures with {@code optHard(false)}; in evaluation
 * the most likely entries, unless {@code optEvaluation} has it otherwise. The temperature wants a
 * tracker: {@link org.gumbel4j.djl.training.TemperatureTracker#decay}, as in (2, 0.999995, 0.5) for
 * speech.
 *
 * <p>Parameters: those of a {@code Linear} from features to G·V logits, and {@code codebook} [G, V,
 * units/G], from the standard normal distribution unless {@code setInitializer(…, "codebook")} says
 * otherwise. Noise, saving and errors are those of {@link RelaxedBlock}.
 *
 * @since 0.1
 */
public final class GumbelVectorQuantizer extends RelaxedBlock {
  private static final String NAME = "GumbelVectorQuantizer";

  private final int groups;
  private final int entries;
  private final int units;
  private final int axis;
  private final boolean hard;
  private final boolean outputLogits;
  private final EvaluationMode evaluation;
  private final Linear projection;
  private final Parameter codebook;

  private GumbelVectorQuantizer(Builder builder) {
    super(NAME, builder);
    this.groups = builder.groups;
    this.entries = builder.entries;
    this.units = builder.units;
    this.axis = builder.axis;
    this.hard = builder.hard;
    this.outputLogits = builder.outputLogits;
    this.evaluation = builder.evaluation;
    this.projection =
        addChildBlock("projection", Linear.builder().setUnits((long) groups * entries).build());
    this.codebook =
        addParameter(
            Parameter.builder()
                .setName("codebook")
                // not WEIGHT, whose initializer a training configuration replaces
                .setType(Parameter.Type.OTHER)
                .optInitializer(new NormalInitializer(1))
                .build());
  }

  /** Returns a builder, which wants the number of entries and the number of units. */
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
    NDArray table = parameterStore.getValue(codebook, input.getDevice(), training);
    return OnTape.callAll(
        NAME,
        input,
        tape -> {
          Tensor entriesOfGroups = DjlBackend.wrap(tape, table);
          NDArray rows = DjlBackend.unwrap(features.toLast(DjlBackend.wrap(tape, input)));
          NDArray flat =
              projection.forward(parameterStore, new NDList(rows), training).singletonOrThrow();
          Tensor logits = grouped(DjlBackend.wrap(tape, flat));
          Tensor quantised = Codebook.lookUp(codes(logits, training), entriesOfGroups);
          Tensor y = features.fromLast(quantised);
          return outputLogits ? List.of(y, logits) : List.of(y);
        });
  }

  private Tensor grouped(Tensor flat) {
    return flat.reshape(flat.shape().with(-1, groups).withInserted(flat.rank(), entries));
  }

  private Tensor codes(Tensor logits, boolean training) {
    EvaluationMode mode = training ? EvaluationMode.AS_IN_TRAINING : evaluation;
    return switch (mode) {
      case AS_IN_TRAINING ->
          GumbelSoftmax.of(getTemperature()).hard(hard).sample(logits, nextKey(training));
      case SAMPLE -> GumbelSoftmax.of(1).hard().sample(logits, nextKey(training));
      case MODE -> GumbelSoftmaxBlock.mode(logits, 1, -1);
    };
  }

  @Override
  protected void beforeInitialize(Shape... inputShapes) {
    super.beforeInitialize(inputShapes);
    getOutputShapes(inputShapes);
  }

  @Override
  protected void prepare(Shape[] inputShapes) {
    codebook.setShape(new Shape(groups, entries, units / groups));
  }

  @Override
  protected void initializeChildBlocks(NDManager manager, DataType dataType, Shape... inputShapes) {
    projection.initialize(
        manager, dataType, FeatureAxis.of(NAME, inputShapes[0], axis).lastShape());
  }

  @Override
  public Shape[] getOutputShapes(Shape[] inputs) {
    if (inputs.length != 1) {
      throw new IllegalArgumentException(
          NAME + ": takes one array, but was given shapes " + List.of(inputs));
    }
    FeatureAxis features = FeatureAxis.of(NAME, inputs[0], axis);
    Shape y = features.outputShape(units);
    Shape last = features.lastShape();
    Shape logits = last.slice(0, last.dimension() - 1).add(groups).add(entries);
    return outputLogits ? new Shape[] {y, logits} : new Shape[] {y};
  }

  /** Makes a {@link GumbelVectorQuantizer}. */
  public static final class Builder extends BaseBuilder<Builder> {
    private int groups = 1;
    private int entries;
    private int units;
    private int axis = -1;
    private boolean hard = true;
    private boolean outputLogits;
    private EvaluationMode evaluation = EvaluationMode.MODE;

    private Builder() {
      super(1);
    }

    @Override
    Builder self() {
      return this;
    }

    /** Sets V, the number of entries of a group: 2 or more. */
    public Builder setEntries(int entries) {
      this.entries = entries;
      return this;
    }

    /** Sets the number of features of the output, a multiple of the number of groups. */
    public Builder setUnits(int units) {
      this.units = units;
      return this;
    }

    /** Sets G, the number of groups; 1 if not set. */
    public Builder optGroups(int groups) {
      this.groups = groups;
      return this;
    }

    /** Sets the axis of the features, which may be counted from the end; 1 for channels first. */
    public Builder optAxis(int axis) {
      this.axis = axis;
      return this;
    }

    /** Sets whether codes are one-hot in training, which they are if this is not called. */
    public Builder optHard(boolean hard) {
      this.hard = hard;
      return this;
    }

    /** Sets whether the logits are a second output. */
    public Builder optOutputLogits(boolean outputLogits) {
      this.outputLogits = outputLogits;
      return this;
    }

    /** Sets which codes are used when not training; {@link EvaluationMode#MODE} if not set. */
    public Builder optEvaluation(EvaluationMode evaluation) {
      this.evaluation = evaluation;
      return this;
    }

    /**
     * Makes the block.
     *
     * @throws IllegalArgumentException if entries, units or groups do not fit together, or the
     *     temperature is not positive and finite
     */
    public GumbelVectorQuantizer build() {
      require(groups >= 1, "groups = " + groups + " must be 1 or more");
      require(entries >= 2, "entries = " + entries + " must be set, to 2 or more");
      require(
          units >= 1 && units % groups == 0,
          "units = " + units + " must be set, to a multiple of the " + groups + " groups");
      require(
          (long) groups * entries <= Integer.MAX_VALUE,
          groups + " groups of " + entries + " entries are too many");
      return new GumbelVectorQuantizer(this);
    }

    private static void require(boolean condition, String message) {
      if (!condition) {
        throw new IllegalArgumentException(NAME + ": " + message);
      }
    }
  }
}
