package org.gumbel4j.internal.graph;

import org.gumbel4j.tensor.Tensor;

/** The vector-Jacobian product of one operation with respect to one of its operands. */
@FunctionalInterface
public interface Pullback {
  /**
   * The operand's share of the gradient, in the operand's shape.
   *
   * @param y the operation's result
   * @param g the gradient with respect to it, of y's shape
   */
  Tensor apply(Tensor y, Tensor g);
}
