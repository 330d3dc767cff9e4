package org.gumbel4j.djl.nn;

import org.gumbel4j.autodiff.CustomGradient;
import org.gumbel4j.random.Key;
import org.gumbel4j.relaxation.GumbelMax;
import org.gumbel4j.relaxation.GumbelSoftmax;
import org.gumbel4j.tensor.Tensor;

/**
 * The straight-through estimator as a layer: forward a one-hot vector, backward the gradient of
 * softmax(θ/τ), in which the noise of the draw has no part (Bengio, Léonard and Courville, arXiv
 * 1308.3432). {@link GumbelSoftmaxBlock} with {@code optHard(true)} instead takes the gradient of
 * the relaxed sample that the draw came from.
 *
 * <p>In training the class is drawn from softmax(θ), whatever τ, by Gumbel-max; with {@code
 * optSample(false)} it is the most likely one, which makes a layer without noise: a quantiser. A
 * temperature that falls is the slope annealing of Chung, Ahn and Bengio (arXiv 1609.01704).
 * Inputs, outputs, noise, saving and errors are those of {@link CategoricalBlock} and {@link
 * RelaxedBlock}.
 *
 * @since 0.1
 */
public final class StraightThroughBlock extends CategoricalBlock {
  private static final String NAME = "StraightThroughBlock";

  private final boolean sample;

  private StraightThroughBlock(Builder builder) {
    super(NAME, builder);
    this.sample = builder.sample;
  }

  /** Returns a builder; all that it takes is optional. */
  public static Builder builder() {
    return new Builder();
  }

  @Override
  Tensor sample(Tensor logits, int classAxis, EvaluationMode mode, boolean training) {
    boolean draws =
        mode == EvaluationMode.SAMPLE || (mode == EvaluationMode.AS_IN_TRAINING && sample);
    if (!draws) {
      return GumbelSoftmaxBlock.mode(logits, getTemperature(), classAxis);
    }
    Key key = nextKey(training);
    Tensor probabilities =
        GumbelSoftmax.of(getTemperature()).axis(classAxis).noiseScale(0).sample(logits, key);
    return CustomGradient.straightThrough(GumbelMax.oneHot(logits, key, classAxis), probabilities);
  }

  /** Makes a {@link StraightThroughBlock}. */
  public static final class Builder extends CategoricalBuilder<Builder> {
    private boolean sample = true;

    private Builder() {
      super(1);
    }

    @Override
    Builder self() {
      return this;
    }

    /** Sets whether classes are drawn in training, which they are if this is not called. */
    public Builder optSample(boolean sample) {
      this.sample = sample;
      return this;
    }

    /**
     * Makes the block.
     *
     * @throws IllegalArgumentException if the temperature is not positive and finite
     */
    public StraightThroughBlock build() {
      return new StraightThroughBlock(this);
    }
  }
}
