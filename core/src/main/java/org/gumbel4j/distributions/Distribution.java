package org.gumbel4j.distributions;

import java.util.Locale;
import org.gumbel4j.random.Key;
import org.gumbel4j.tensor.DType;
import org.gumbel4j.tensor.Shape;
import org.gumbel4j.tensor.Tensor;

/**
 * A probability distribution, or a batch of independent ones; extend it to add your own.
 *
 * <p>Shapes are those of torch.distributions. A value has the axes sampleShape (as many draws as
 * were asked for), batchShape (one distribution for each member, of parameters that differ), and
 * eventShape (what one draw looks like). Log-probabilities have no event axes.
 *
 * <p>Parameters may be tracked by {@link org.gumbel4j.autodiff.Autodiff}: log-probabilities,
 * entropies and moments are differentiable with respect to them and, where the value is continuous,
 * to the value; samples are constants, but for {@link Reparameterized#rsample}. What has no closed
 * form throws {@link UnsupportedOperationException} and names the alternative. Immutable; a
 * distribution lives as long as the tensors that it was made of.
 *
 * @since 0.1
 */
public abstract class Distribution {
  private final Shape batchShape;
  private final Shape eventShape;
  private final Validation validation;

  /** A distribution of the given shapes. */
  protected Distribution(Shape batchShape, Shape eventShape, Validation validation) {
    this.batchShape = batchShape;
    this.eventShape = eventShape;
    this.validation = validation;
  }

  /** The shape of the batch of independent distributions; a scalar's if there is one. */
  public final Shape batchShape() {
    return batchShape;
  }

  /** The shape of one draw; a scalar's if it is a number. */
  public final Shape eventShape() {
    return eventShape;
  }

  /** Whether numbers are checked. */
  public final Validation validation() {
    return validation;
  }

  /** Where values lie. */
  public abstract Support support();

  /** One sample for every member of the batch, a constant: batchShape + eventShape. */
  public final Tensor sample(Key key) {
    return sample(key, Shape.SCALAR);
  }

  /**
   * Samples, as constants.
   *
   * @param key the same key gives the same samples; take a new child for new ones
   * @param sampleShape how many, in what arrangement
   * @return sampleShape + batchShape + eventShape
   */
  public abstract Tensor sample(Key key, Shape sampleShape);

  /**
   * The logarithm of the probability, or of the density, of a value.
   *
   * @param value its last axes are eventShape; those before broadcast with batchShape
   * @return the broadcast of those axes
   * @throws IllegalArgumentException if shape or type do not fit, or if the value lies outside the
   *     {@link #support} and validation is on
   */
  public abstract Tensor logProb(Tensor value);

  /**
   * The entropy in nats, of batchShape: −Σ p log p, or −∫ p log p.
   *
   * @throws UnsupportedOperationException if there is no closed form; it names the alternative
   */
  public Tensor entropy() {
    throw noClosedForm("entropy", "estimate it with MonteCarlo.entropy(distribution, key, n)");
  }

  /**
   * The mean, of batchShape + eventShape.
   *
   * @throws UnsupportedOperationException if there is no closed form; it names the alternative
   */
  public Tensor mean() {
    throw noClosedForm("mean", "estimate it with MonteCarlo.mean(distribution, key, n)");
  }

  /**
   * The value of the largest probability or density, of batchShape + eventShape, without gradient
   * where it is discrete.
   *
   * @throws UnsupportedOperationException if there is none, or no closed form
   */
  public Tensor mode() {
    throw noClosedForm("mode", "draw samples, or take the mode of the discrete distribution");
  }

  /**
   * The variance of each entry, of batchShape + eventShape.
   *
   * @throws UnsupportedOperationException if there is no closed form; it names the alternative
   */
  public Tensor variance() {
    throw noClosedForm("variance", "estimate it from samples");
  }

  /** The square root of the {@link #variance}. */
  public Tensor stddev() {
    return variance().sqrt();
  }

  /**
   * The same distribution with its batch stretched.
   *
   * @param batch a shape that {@link #batchShape} broadcasts to
   * @throws IllegalArgumentException if it does not
   */
  public abstract Distribution expand(Shape batch);

  /** The shape of samples: sampleShape + batchShape + eventShape. */
  protected final Shape extended(Shape sampleShape) {
    return sampleShape.concat(batchShape).concat(eventShape);
  }

  /**
   * What {@link #logProb} does first: checks type, shape and, if validation is on, membership of
   * the support.
   *
   * @throws IllegalArgumentException if one does not fit
   */
  protected final void checkValue(Tensor value, DType dtype) {
    String operation = name() + ".logProb";
    if (value.dtype() != dtype) {
      throw new IllegalArgumentException(
          operation + ": the value is " + value.dtype() + value.shape() + "; it must be " + dtype);
    }
    int batchRank = value.rank() - eventShape.rank();
    if (batchRank < 0 || !value.shape().axes(batchRank, value.rank()).equals(eventShape)) {
      throw new IllegalArgumentException(
          operation
              + ": the value "
              + value.shape()
              + " must end with the event shape "
              + eventShape);
    }
    batchShape.broadcast(value.shape().axes(0, batchRank), operation);
    if (validation.isOn()) {
      support().require(operation, value);
    }
  }

  /** The error of a method that has no closed form here. */
  protected final UnsupportedOperationException noClosedForm(String method, String instead) {
    return new UnsupportedOperationException(
        String.format(Locale.ROOT, "%s.%s: there is no closed form; %s", name(), method, instead));
  }

  final String name() {
    return getClass().getSimpleName();
  }

  @Override
  public String toString() {
    return name() + "(batchShape=" + batchShape + ", eventShape=" + eventShape + ")";
  }
}
