package org.gumbel4j.relaxation;

import org.gumbel4j.autodiff.CustomGradient;
import org.gumbel4j.internal.ops.Checks;
import org.gumbel4j.internal.ops.GumbelOps;
import org.gumbel4j.random.Key;
import org.gumbel4j.random.Noise;
import org.gumbel4j.tensor.DType;
import org.gumbel4j.tensor.Shape;
import org.gumbel4j.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * Gumbel-Softmax: a sample of a categorical distribution, relaxed to a point of the simplex,
 * through which gradients flow (Jang, Gu and Poole, arXiv 1611.01144; Maddison, Mnih and Teh, arXiv
 * 1611.00712, who call it the Concrete distribution).
 *
 * <pre>y = softmax((θ + G) / τ), G ~ Gumbel(0, 1) for every entry</pre>
 *
 * <pre>{@code
 * GumbelSoftmax relaxed = GumbelSoftmax.of(0.5);
 * Tensor soft = relaxed.sample(logits, key);
 * Tensor oneHot = relaxed.hard().sample(logits, key);   // straight-through
 * }</pre>
 *
 * <p>As τ → 0 samples approach one-hot vectors with probabilities softmax(θ), and gradients become
 * large and rare; as τ → ∞ samples approach the uniform vector. The gradient of y with respect to θ
 * is y ⊙ (g − ⟨g, y⟩) / τ.
 *
 * <p>{@link #hard()} gives the one-hot vector of the largest θ + G forward, exactly, and the
 * gradient of the soft sample backward (straight-through Gumbel-Softmax).
 *
 * <p>A logit of −∞ is a masked class: its entry is exactly 0, it is never drawn, its gradient is 0.
 * A NaN, a +∞ or a row of only −∞ is an error that names the row.
 *
 * <p>The key's noise is the same on every backend: take a new child key for each use. Immutable.
 *
 * @since 0.1
 */
public final class GumbelSoftmax {
  private static final String NAME = "GumbelSoftmax";

  private final double number;
  private final @Nullable Tensor tensor;
  private final int axis;
  private final boolean hard;
  private final double noiseScale;

  private GumbelSoftmax(
      double number, @Nullable Tensor tensor, int axis, boolean hard, double noiseScale) {
    this.number = number;
    this.tensor = tensor;
    this.axis = axis;
    this.hard = hard;
    this.noiseScale = noiseScale;
  }

  /**
   * Soft samples along the last axis.
   *
   * @param temperature τ, positive and finite
   * @throws IllegalArgumentException if it is not
   */
  public static GumbelSoftmax of(double temperature) {
    Checks.positive(NAME, "temperature", temperature);
    return new GumbelSoftmax(temperature, null, -1, false, 1);
  }

  /**
   * Soft samples along the last axis, with a temperature that may differ over the batch and be
   * learnt.
   *
   * @param temperature τ, of the logits' type, positive and finite, of a shape that broadcasts to
   *     the logits' shape without the axis of classes
   * @throws IllegalArgumentException if an entry is not positive and finite
   */
  public static GumbelSoftmax of(Tensor temperature) {
    Checks.positive(NAME, "temperature", temperature);
    return new GumbelSoftmax(Double.NaN, temperature, -1, false, 1);
  }

  /** Straight-through samples: one-hot forward, the soft sample's gradient backward. */
  public GumbelSoftmax hard() {
    return hard(true);
  }

  /** Straight-through samples if {@code straightThrough}, else soft ones. */
  public GumbelSoftmax hard(boolean straightThrough) {
    return new GumbelSoftmax(number, tensor, axis, straightThrough, noiseScale);
  }

  /** Classes along another axis of the logits, which may be counted from the end. */
  public GumbelSoftmax axis(int classes) {
    return new GumbelSoftmax(number, tensor, classes, hard, noiseScale);
  }

  /**
   * Noise multiplied by a number: 1 for Gumbel-Softmax, 0 for none, which makes it softmax(θ/τ).
   *
   * @throws IllegalArgumentException if it is negative, infinite or NaN
   */
  public GumbelSoftmax noiseScale(double scale) {
    if (!(scale >= 0 && scale < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          NAME + ": noiseScale = " + scale + " must be finite and not negative");
    }
    return new GumbelSoftmax(number, tensor, axis, hard, scale);
  }

  /**
   * A sample with the noise of a key.
   *
   * @param logits θ, floating; the classes along this object's axis
   * @return of the logits' shape, on the simplex along the axis
   * @throws IllegalArgumentException if the logits hold a NaN, a +∞ or a row of only −∞
   */
  public Tensor sample(Tensor logits, Key key) {
    check(logits);
    if (noiseScale == 0) {
      return relax(logits);
    }
    if (tensor == null) {
      int a = logits.shape().axis(axis, NAME);
      if (!hard) {
        return GumbelOps.gumbelSoftmax(logits, key, noiseScale, number, a);
      }
      if (!logits.shape().isEmpty() && !logits.device().isOnEngineTape()) {
        return GumbelOps.hardGumbelSoftmax(logits, key, noiseScale, number, a);
      }
    }
    return perturbed(
        logits, logits.device().noise(Noise.GUMBEL, key, logits.shape(), logits.dtype()));
  }

  /**
   * A sample with noise of one's own, through which gradients flow too.
   *
   * @param noise of the logits' shape and type, for Gumbel-Softmax from the standard Gumbel
   *     distribution; finite, which is not checked
   * @throws IllegalArgumentException if the logits hold a NaN, a +∞ or a row of only −∞, or the
   *     noise does not fit them
   */
  public Tensor sample(Tensor logits, Tensor noise) {
    check(logits);
    GumbelOps.checkNoise(NAME, logits, noise);
    return noiseScale == 0 ? relax(logits) : perturbed(logits, noise);
  }

  private void check(Tensor logits) {
    Checks.logits(NAME, logits, axis);
    if (tensor == null && logits.dtype() == DType.FLOAT32) {
      Checks.positive(NAME, "temperature, rounded to FLOAT32,", (float) number);
    }
    if (noiseScale > Float.MAX_VALUE && logits.dtype() == DType.FLOAT32) {
      throw new IllegalArgumentException(
          NAME + ": noiseScale = " + noiseScale + " must be finite also when rounded to FLOAT32");
    }
  }

  private Tensor perturbed(Tensor logits, Tensor noise) {
    Tensor scaled = noiseScale == 1 ? noise : noise.mul(noiseScale);
    int a = logits.shape().axis(axis, NAME);
    Tensor soft =
        tensor == null
            ? GumbelOps.gumbelSoftmax(logits, scaled, number, a)
            : cool(logits.add(scaled), tensor).softmax(a);
    return hard ? harden(logits.stopGradient().add(scaled.stopGradient()), soft) : soft;
  }

  private Tensor relax(Tensor logits) {
    Tensor temperature = tensor == null ? logits.device().scalar(number, logits.dtype()) : tensor;
    Tensor soft = cool(logits, temperature).softmax(axis);
    return hard ? harden(logits.stopGradient(), soft) : soft;
  }

  /**
   * z/τ with the maximum taken out first. Neither masked entries nor quotients that overflow reach
   * the division: their part in the gradient of τ would be 0 · ∞. What is held at −10⁴ is one whose
   * exponential is 0 in every type.
   */
  private Tensor cool(Tensor z, Tensor temperature) {
    int a = z.shape().axis(axis, NAME);
    Tensor max = z.stopGradient().max(new int[] {a}, true);
    Tensor masked = z.eq(Double.NEGATIVE_INFINITY);
    Tensor below = Tensor.where(masked, max.zerosLike(), z.sub(max));
    Tensor tau = temperatureFor(z, temperature);
    Tensor cooled = below.maximum(tau.stopGradient().mul(-1e4)).div(tau);
    Tensor never = z.device().scalar(Double.NEGATIVE_INFINITY, z.dtype());
    return Tensor.where(masked, never, cooled);
  }

  /**
   * Of the perturbed logits, not of the soft sample: rounding makes ties of those that τ brings
   * close.
   */
  private Tensor harden(Tensor perturbed, Tensor soft) {
    return CustomGradient.straightThrough(GumbelOps.oneHotArgMax(perturbed, axis), soft);
  }

  private Tensor temperatureFor(Tensor logits, Tensor temperature) {
    int a = logits.shape().axis(axis, NAME);
    Shape batch = logits.shape().without(a);
    if (!temperature.shape().isBroadcastableTo(batch)) {
      throw new IllegalArgumentException(
          NAME
              + ": temperature "
              + temperature.shape()
              + " does not broadcast to "
              + batch
              + ", the shape of logits "
              + logits.shape()
              + " without axis "
              + axis);
    }
    Shape padded = temperature.shape();
    while (padded.rank() < batch.rank()) {
      padded = padded.withInserted(0, 1);
    }
    return temperature.reshape(padded.withInserted(a, 1));
  }
}
