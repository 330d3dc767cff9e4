package org.gumbel4j.distributions;

import org.gumbel4j.autodiff.CustomGradient;
import org.gumbel4j.internal.ops.CappedSimplex;
import org.gumbel4j.tensor.Shape;
import org.gumbel4j.tensor.Tensor;

/**
 * {@link RelaxedTopK} whose samples are made discrete on their way forward: the k-hot vector of the
 * k largest entries, exactly, with the gradient of the relaxed sample.
 *
 * <p>{@link #relaxedSample} keeps the relaxed point, in log space, and its density is that of the
 * relaxed point.
 *
 * @since 0.1
 */
public final class RelaxedTopKStraightThrough extends RelaxedTopK {
  private static final String NAME = "RelaxedTopKStraightThrough";

  private RelaxedTopKStraightThrough(ExpRelaxedOneHotCategorical base, long k) {
    super(base, k);
  }

  /** Of a temperature for the whole batch, validated. */
  public static RelaxedTopKStraightThrough of(double temperature, Tensor logits, long k) {
    return of(temperature, logits, k, Validation.ON);
  }

  /** Of a temperature for the whole batch. */
  public static RelaxedTopKStraightThrough of(
      double temperature, Tensor logits, long k, Validation validation) {
    return of(Temperature.number(NAME, temperature, logits), logits, k, validation);
  }

  /** Of a temperature that may differ over the batch, validated. */
  public static RelaxedTopKStraightThrough of(Tensor temperature, Tensor logits, long k) {
    return of(temperature, logits, k, Validation.ON);
  }

  /**
   * Of a temperature that may differ over the batch.
   *
   * @throws IllegalArgumentException as {@link RelaxedTopK#of(Tensor, Tensor, long, Validation)}
   */
  public static RelaxedTopKStraightThrough of(
      Tensor temperature, Tensor logits, long k, Validation validation) {
    return new RelaxedTopKStraightThrough(checked(NAME, temperature, logits, k, validation), k);
  }

  /** k-hot forward, of the largest entries in log space, where rounding makes no ties. */
  @Override
  RelaxedSample image(Tensor y) {
    RelaxedSample soft = super.image(y);
    Tensor hot = CappedSimplex.topK(y.stopGradient(), k()).cast(y.dtype());
    return new RelaxedSample(CustomGradient.straightThrough(hot, soft.value()), y);
  }

  @Override
  public RelaxedTopKStraightThrough expand(Shape batch) {
    return new RelaxedTopKStraightThrough(base().expand(batch), k());
  }
}
