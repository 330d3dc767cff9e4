package org.gumbel4j.djl.nn;

import org.gumbel4j.random.Key;
import org.gumbel4j.relaxation.GumbelSoftmax;
import org.gumbel4j.tensor.Tensor;

/**
 * Gumbel-Softmax as a layer: y = softmax((θ + G)/τ) of logits θ (Jang, Gu and Poole, arXiv
 * 1611.01144; Maddison, Mnih and Teh, arXiv 1611.00712).
 *
 * <pre>{@code
 * new SequentialBlock()
 *     .add(Linear.builder().setUnits(300).build())
 *     .add(GumbelSoftmaxBlock.builder().optGroups(30).optTemperature(0.5f).optHard(true).build())
 *     .add(Linear.builder().setUnits(784).build());
 * }</pre>
 *
 * <p>In training the samples are soft, or with {@code optHard(true)} one-hot with the gradient of
 * the soft ones (straight-through). In evaluation they are one-hot: the most likely class, or a
 * draw, as {@code optEvaluation} has it. The gradient is that of {@link GumbelSoftmax}; inputs,
 * outputs, noise, saving and errors are those of {@link CategoricalBlock} and {@link RelaxedBlock}.
 *
 * @since 0.1
 */
public final class GumbelSoftmaxBlock extends CategoricalBlock {
  private static final String NAME = "GumbelSoftmaxBlock";

  private final boolean hard;

  private GumbelSoftmaxBlock(Builder builder) {
    super(NAME, builder);
    this.hard = builder.hard;
  }

  /** Returns a builder; all that it takes is optional. */
  public static Builder builder() {
    return new Builder();
  }

  @Override
  Tensor sample(Tensor logits, int classAxis, EvaluationMode mode, boolean training) {
    return switch (mode) {
      case AS_IN_TRAINING ->
          GumbelSoftmax.of(getTemperature())
              .axis(classAxis)
              .hard(hard)
              .sample(logits, nextKey(training));
      case SAMPLE -> GumbelSoftmax.of(1).axis(classAxis).hard().sample(logits, nextKey(training));
      case MODE -> mode(logits, 1, classAxis);
    };
  }

  /** The one-hot vector of the largest logit, with the gradient of softmax(θ/τ). */
  static Tensor mode(Tensor logits, double temperature, int classAxis) {
    return GumbelSoftmax.of(temperature)
        .axis(classAxis)
        .hard()
        .noiseScale(0)
        .sample(logits, Key.of(0));
  }

  /** Makes a {@link GumbelSoftmaxBlock}. */
  public static final class Builder extends CategoricalBuilder<Builder> {
    private boolean hard;

    private Builder() {
      super(1);
    }

    @Override
    Builder self() {
      return this;
    }

    /** Sets whether samples are one-hot in training, with the soft sample's gradient. */
    public Builder optHard(boolean hard) {
      this.hard = hard;
      return this;
    }

    /**
     * Makes the block.
     *
     * @throws IllegalArgumentException if the temperature is not positive and finite
     */
    public GumbelSoftmaxBlock build() {
      return new GumbelSoftmaxBlock(this);
    }
  }
}
