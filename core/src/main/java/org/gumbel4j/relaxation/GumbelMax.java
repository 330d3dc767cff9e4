package org.gumbel4j.relaxation;

import org.gumbel4j.internal.ops.Checks;
import org.gumbel4j.internal.ops.GumbelOps;
import org.gumbel4j.random.Key;
import org.gumbel4j.random.Noise;
import org.gumbel4j.tensor.Tensor;

/**
 * The Gumbel-max trick: argmax(θ + G) is distributed as Categorical(softmax(θ)) (Gumbel, 1954;
 * Yellott, 1977). Exact also for classes too rare for a cumulative sum to see: the noise reaches
 * beyond 22 in single precision.
 *
 * <p>Drawn classes have no gradient; {@link GumbelSoftmax} does. With the same key both perturb
 * alike, so that the class drawn here is the one that {@link GumbelSoftmax#hard()} shows.
 *
 * <p>A logit of −∞ is never drawn. Of equal perturbed logits the first wins.
 *
 * @since 0.1
 */
public final class GumbelMax {
  private static final String NAME = "GumbelMax";

  private GumbelMax() {}

  /** {@link #indices(Tensor, Key, int)} along the last axis. */
  public static Tensor indices(Tensor logits, Key key) {
    return indices(logits, key, -1);
  }

  /**
   * One class drawn for every row.
   *
   * @param logits θ, floating
   * @param axis the axis of the classes
   * @return INT64, of the logits' shape without the axis
   * @throws IllegalArgumentException if the logits hold a NaN, a +∞ or a row of only −∞
   */
  public static Tensor indices(Tensor logits, Key key, int axis) {
    Checks.logits(NAME, logits, axis);
    return GumbelOps.gumbelMax(logits, key, logits.shape().axis(axis, NAME));
  }

  /** {@link #oneHot(Tensor, Key, int)} along the last axis. */
  public static Tensor oneHot(Tensor logits, Key key) {
    return oneHot(logits, key, -1);
  }

  /**
   * One class drawn for every row, as a one-hot vector of the logits' shape and type.
   *
   * @param axis the axis of the classes
   * @throws IllegalArgumentException if the logits hold a NaN, a +∞ or a row of only −∞
   */
  public static Tensor oneHot(Tensor logits, Key key, int axis) {
    Checks.logits(NAME, logits, axis);
    Tensor constant = logits.stopGradient();
    if (!logits.shape().isEmpty() && !logits.device().isOnEngineTape()) {
      int a = logits.shape().axis(axis, NAME);
      return GumbelOps.hardGumbelSoftmax(constant, key, 1, 1, a);
    }
    Tensor noise = logits.device().noise(Noise.GUMBEL, key, logits.shape(), logits.dtype());
    return GumbelOps.oneHotArgMax(constant.add(noise), axis);
  }
}
