package org.gumbel4j.distributions;

import org.gumbel4j.autodiff.CustomGradient;
import org.gumbel4j.internal.ops.GumbelOps;
import org.gumbel4j.tensor.Shape;
import org.gumbel4j.tensor.Tensor;

/**
 * {@link RelaxedOneHotCategorical} whose samples are made discrete on their way forward: the
 * one-hot vector of the largest entry, exactly, with the gradient of the relaxed sample
 * (straight-through Gumbel-Softmax; Jang, Gu and Poole, arXiv 1611.01144).
 *
 * <p>{@link #relaxedSample} keeps the relaxed point, in log space, and its density is that of the
 * relaxed point. A one-hot vector alone has lost it: see {@link #logProb(Tensor)}.
 *
 * @since 0.1
 */
public final class RelaxedOneHotCategoricalStraightThrough extends RelaxedOneHotCategorical {
  private RelaxedOneHotCategoricalStraightThrough(ExpRelaxedOneHotCategorical base) {
    super(base);
  }

  /** Of a temperature for the whole batch, validated. */
  public static RelaxedOneHotCategoricalStraightThrough of(double temperature, Tensor logits) {
    return of(temperature, logits, Validation.ON);
  }

  /** Of a temperature for the whole batch. */
  public static RelaxedOneHotCategoricalStraightThrough of(
      double temperature, Tensor logits, Validation validation) {
    return new RelaxedOneHotCategoricalStraightThrough(
        ExpRelaxedOneHotCategorical.of(temperature, logits, validation));
  }

  /** Of a temperature that may differ over the batch, validated. */
  public static RelaxedOneHotCategoricalStraightThrough of(Tensor temperature, Tensor logits) {
    return of(temperature, logits, Validation.ON);
  }

  /**
   * Of a temperature that may differ over the batch.
   *
   * @throws IllegalArgumentException as {@link ExpRelaxedOneHotCategorical#of(Tensor, Tensor,
   *     Validation)}
   */
  public static RelaxedOneHotCategoricalStraightThrough of(
      Tensor temperature, Tensor logits, Validation validation) {
    return new RelaxedOneHotCategoricalStraightThrough(
        ExpRelaxedOneHotCategorical.of(temperature, logits, validation));
  }

  /** One-hot forward, of the largest entry in log space, where rounding makes no ties. */
  @Override
  RelaxedSample image(Tensor logValue) {
    Tensor oneHot = GumbelOps.oneHotArgMax(logValue.stopGradient(), -1);
    return new RelaxedSample(CustomGradient.straightThrough(oneHot, logValue.exp()), logValue);
  }

  @Override
  public RelaxedOneHotCategoricalStraightThrough expand(Shape batch) {
    return new RelaxedOneHotCategoricalStraightThrough(base().expand(batch));
  }
}
