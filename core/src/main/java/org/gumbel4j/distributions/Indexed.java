package org.gumbel4j.distributions;

import org.gumbel4j.spi.Capability;
import org.gumbel4j.tensor.DType;
import org.gumbel4j.tensor.Shape;
import org.gumbel4j.tensor.Tensor;

/** Entries of the last axis named by lists of indices: [batch…, m] into [batch…, K]. */
final class Indexed {
  private Indexed() {}

  /**
   * x at the indices; both are stretched to a common batch.
   *
   * @return [batch…, m]
   */
  static Tensor pick(Tensor x, Tensor index, String operation) {
    Shape batch = x.shape().without(-1).broadcast(index.shape().without(-1), operation);
    Tensor rows = Masked.stretch(x, batch.concat(Shape.of(x.shape().dim(-1))));
    Tensor places = Masked.stretch(index, batch.concat(Shape.of(index.shape().dim(-1))));
    if (x.device().can(Capability.GATHERING)) {
      return rows.gather(places, -1);
    }
    Tensor hot = places.oneHot(x.shape().dim(-1), DType.BOOL);
    return Tensor.where(hot, rows.expandDims(-2), x.device().scalar(0, x.dtype())).sum(-1);
  }

  /**
   * How often each of the classes is named, as an integer.
   *
   * @param index INT64 [batch…, m], each 0 … classes − 1
   * @return INT64 [batch…, classes]
   */
  static Tensor counts(Tensor index, long classes) {
    if (index.device().can(Capability.GATHERING)) {
      Shape shape = index.shape().with(-1, classes);
      return index
          .device()
          .zeros(shape, DType.INT64)
          .scatterAdd(index, index.device().ones(index.shape(), DType.INT64), -1);
    }
    return index.oneHot(classes, DType.INT64).sum(-2);
  }

  /**
   * Whether the indices of a list lie in 0 … classes − 1 and differ from each other.
   *
   * @return BOOL, of the index's shape without its last axis
   */
  static Tensor areDistinct(Tensor index, long classes) {
    Tensor zero = index.device().scalar(0, DType.INT64);
    Tensor inside = index.ge(0).and(index.lt((double) classes));
    Tensor most = counts(Tensor.where(inside, index, zero), classes).max(new int[] {-1}, false);
    return inside.cast(DType.INT64).min(new int[] {-1}, false).eq(1).and(most.le(1));
  }
}
