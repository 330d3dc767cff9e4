package org.gumbel4j.conformance.chapters;

import org.gumbel4j.distributions.Distribution;
import org.gumbel4j.distributions.Support;
import org.gumbel4j.distributions.Validation;
import org.gumbel4j.random.Key;
import org.gumbel4j.tensor.Shape;
import org.gumbel4j.tensor.Tensor;

/** A distribution that the library has not heard of: all its mass is on one point. */
final class Stranger extends Distribution {
  private final Tensor point;

  Stranger(Tensor point) {
    super(point.shape(), Shape.SCALAR, Validation.ON);
    this.point = point;
  }

  @Override
  public Support support() {
    return Support.REAL;
  }

  @Override
  public Tensor sample(Key key, Shape sampleShape) {
    return point.broadcastTo(extended(sampleShape));
  }

  @Override
  public Tensor logProb(Tensor value) {
    checkValue(value, point.dtype());
    Tensor zero = point.zerosLike();
    return Tensor.where(value.eq(point), zero, zero.add(Double.NEGATIVE_INFINITY));
  }

  @Override
  public Tensor mean() {
    return point;
  }

  @Override
  public Stranger expand(Shape batch) {
    return new Stranger(point.broadcastTo(batch));
  }
}
