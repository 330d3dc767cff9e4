package org.gumbel4j.distributions;

import java.util.function.IntToDoubleFunction;
import org.gumbel4j.tensor.DType;
import org.gumbel4j.tensor.Shape;
import org.gumbel4j.tensor.Tensor;

/**
 * How many classes of each row are left by its mask, and functions of that number that are sums
 * over the whole numbers below it.
 */
final class ClassCounts {
  private final int classes;
  private final Tensor counts;

  ClassCounts(Tensor mask, DType dtype) {
    this.classes = Math.toIntExact(mask.shape().dim(-1));
    this.counts = mask.not().cast(dtype).sum(-1);
  }

  /** n, the number of classes not masked. */
  Tensor values() {
    return counts;
  }

  /** log Γ(n) = Σ log j over j = 1, …, n − 1. */
  Tensor logGamma() {
    return sumBelow(Math::log);
  }

  /** Σ 1/j over j = 1, …, n − 1. */
  Tensor harmonic() {
    return sumBelow(j -> 1.0 / j);
  }

  private Tensor sumBelow(IntToDoubleFunction term) {
    double[] numbers = new double[classes];
    double[] terms = new double[classes];
    for (int j = 1; j < classes; j++) {
      numbers[j] = j;
      terms[j] = term.applyAsDouble(j);
    }
    Tensor below = constant(numbers).lt(counts.expandDims(-1));
    Tensor zero = counts.device().scalar(0, counts.dtype());
    return Tensor.where(below, constant(terms), zero).sum(-1);
  }

  private Tensor constant(double[] values) {
    return counts.device().tensor(values, counts.dtype(), Shape.of(classes).toArray());
  }
}
