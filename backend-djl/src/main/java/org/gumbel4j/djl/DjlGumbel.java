package org.gumbel4j.djl;

import ai.djl.ndarray.NDArray;
import org.gumbel4j.distributions.Categorical;
import org.gumbel4j.distributions.ExpRelaxedOneHotCategorical;
import org.gumbel4j.distributions.Validation;
import org.gumbel4j.djl.internal.OnTape;
import org.gumbel4j.random.Key;
import org.gumbel4j.relaxation.GumbelMax;
import org.gumbel4j.relaxation.GumbelSoftmax;
import org.gumbel4j.tensor.Shape;
import org.gumbel4j.tensor.Tensor;

/**
 * The Gumbel family as functions of DJL's arrays, for use inside a {@code Block} or under a {@code
 * GradientCollector}: the engine's own tape takes the gradients.
 *
 * <pre>{@code
 * NDArray sample = DjlGumbel.gumbelSoftmax(logits, 0.5, true, key.fold(step));
 * }</pre>
 *
 * <p>Logits θ are FLOAT32 or FLOAT64 with the classes along the last axis. A result belongs to the
 * manager of the logits; nothing else stays behind. The noise is that of the key, the same on every
 * engine: take a new child for each use. Nothing is read back but classes, so values are not
 * checked: NaN in makes NaN out; a logit of −∞ is a masked class.
 *
 * @since 0.1
 */
public final class DjlGumbel {
  private DjlGumbel() {}

  /** {@link #gumbelSoftmax(NDArray, double, boolean, Key)}, soft. */
  public static NDArray gumbelSoftmax(NDArray logits, double temperature, Key key) {
    return gumbelSoftmax(logits, temperature, false, key);
  }

  /**
   * softmax((θ + G)/τ), as {@link GumbelSoftmax}.
   *
   * @param temperature τ, positive and finite
   * @param hard whether the value is the one-hot vector of the largest θ + G, with the gradient of
   *     the soft sample
   * @return of the logits' shape
   * @throws IllegalArgumentException if the temperature or the logits' type is wrong
   * @throws IllegalStateException if the logits or their manager are closed
   */
  public static NDArray gumbelSoftmax(NDArray logits, double temperature, boolean hard, Key key) {
    String operation = "DjlGumbel.gumbelSoftmax";
    GumbelSoftmax relaxed = GumbelSoftmax.of(temperature).hard(hard);
    check(operation, logits);
    return OnTape.call(
        operation, logits, tape -> relaxed.sample(DjlBackend.wrap(tape, logits), key));
  }

  /**
   * log softmax((θ + G)/τ): the sample of {@link #gumbelSoftmax} in log space, where nothing
   * underflows and {@link #logProb(NDArray, double, NDArray)} is finite.
   *
   * @return of the logits' shape
   */
  public static NDArray logGumbelSoftmax(NDArray logits, double temperature, Key key) {
    String operation = "DjlGumbel.logGumbelSoftmax";
    check(operation, logits);
    return OnTape.call(
        operation,
        logits,
        tape -> relaxed(DjlBackend.wrap(tape, logits), temperature).rsample(key, Shape.SCALAR));
  }

  /**
   * A class drawn for every row: argmax(θ + G), as {@link GumbelMax}. No gradient.
   *
   * @return INT64, of the logits' shape without its last axis
   */
  public static NDArray gumbelMax(NDArray logits, Key key) {
    String operation = "DjlGumbel.gumbelMax";
    check(operation, logits);
    return OnTape.call(
        operation,
        logits,
        tape -> GumbelMax.indices(DjlBackend.wrap(tape, logits).stopGradient(), key));
  }

  /**
   * The log-probability of classes, log softmax(θ) at each: for the score function of classes that
   * {@link #gumbelMax} drew.
   *
   * @param classes INT64, of the logits' shape without its last axis; they are read back
   * @return of the classes' shape
   * @throws IndexOutOfBoundsException if one is not a class
   */
  public static NDArray logProb(NDArray logits, NDArray classes) {
    String operation = "DjlGumbel.logProb";
    check(operation, logits);
    OnTape.openManager(operation, classes);
    return OnTape.call(
        operation,
        logits,
        tape ->
            Categorical.of(DjlBackend.wrap(tape, logits), Validation.OFF)
                .logProb(DjlBackend.wrap(tape, classes)));
  }

  /**
   * The log-density of relaxed samples in log space, as {@link ExpRelaxedOneHotCategorical#logProb}
   * has it.
   *
   * @param temperature τ, positive and finite
   * @param logSample as {@link #logGumbelSoftmax} gives it, of the logits' shape
   * @return of the logits' shape without its last axis
   */
  public static NDArray logProb(NDArray logits, double temperature, NDArray logSample) {
    String operation = "DjlGumbel.logProb";
    check(operation, logits);
    OnTape.openManager(operation, logSample);
    return OnTape.call(
        operation,
        logits,
        tape ->
            relaxed(DjlBackend.wrap(tape, logits), temperature)
                .logProb(DjlBackend.wrap(tape, logSample)));
  }

  private static ExpRelaxedOneHotCategorical relaxed(Tensor logits, double temperature) {
    return ExpRelaxedOneHotCategorical.of(temperature, logits, Validation.OFF);
  }

  private static void check(String operation, NDArray logits) {
    OnTape.openManager(operation, logits);
    OnTape.requireFloating(operation, "the logits", logits);
    if (logits.getShape().dimension() == 0) {
      throw new IllegalArgumentException(
          operation + ": the logits are a scalar; they must have an axis of classes, the last");
    }
  }
}
