package org.gumbel4j.estimators.diagnostics;

import java.util.concurrent.atomic.LongAdder;
import org.gumbel4j.estimators.ObjectiveFunction;
import org.gumbel4j.tensor.Tensor;

/** An objective that knows at how many rows it was evaluated. */
final class CountedObjective implements ObjectiveFunction {
  private final ObjectiveFunction f;
  private final long rowSize;
  private final LongAdder rows = new LongAdder();

  /**
   * Counts.
   *
   * @param logits θ, the size of whose last two axes is a row's
   */
  CountedObjective(ObjectiveFunction f, Tensor logits) {
    this.f = f;
    this.rowSize = logits.shape().dim(-1) * logits.shape().dim(-2);
  }

  @Override
  public Tensor at(Tensor z) {
    rows.add(z.size() / rowSize);
    return f.at(z);
  }

  long rows() {
    return rows.sum();
  }

  void reset() {
    rows.reset();
  }
}
