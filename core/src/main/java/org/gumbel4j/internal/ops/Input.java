package org.gumbel4j.internal.ops;

import org.gumbel4j.internal.graph.Pullback;
import org.gumbel4j.tensor.Tensor;

/**
 * An operand through which gradients flow.
 *
 * @param tensor the operand
 * @param pullback its vector-Jacobian product
 */
record Input(Tensor tensor, Pullback pullback) {}
