package org.gumbel4j.estimators;

import java.util.List;
import org.gumbel4j.autodiff.CustomGradient;
import org.gumbel4j.internal.ops.SoftmaxFamily;
import org.gumbel4j.tensor.Shape;
import org.gumbel4j.tensor.Tensor;

/**
 * How a gradient with respect to a value z becomes one with respect to the logits: a linear
 * function of it. It is worked out in the backward pass, so that a forward pass alone costs
 * nothing; what it is made of counts as constant.
 */
@FunctionalInterface
interface PathRule {
  /**
   * The gradient with respect to the logits.
   *
   * @param g ∂f/∂z [samples…, batch…, N, K]
   * @return of g's shape, or already summed over the samples
   */
  Tensor pull(Tensor g);

  /** z, with the gradient that the rule makes. */
  static Tensor attach(FactorisedLatents latents, Tensor z, PathRule rule) {
    Tensor logits = latents.logits();
    int extra = z.rank() - logits.rank();
    if (extra < 0
        || !z.shape().axes(extra, z.rank()).equals(logits.shape())
        || z.dtype() != logits.dtype()) {
      throw new IllegalArgumentException(
          latents.operation()
              + ": z "
              + z.dtype()
              + z.shape()
              + " must be [samples…, batch…, N, K] for logits "
              + logits.dtype()
              + logits.shape());
    }
    return CustomGradient.of(
        List.of(logits), x -> z, (y, g) -> List.of(sum(rule.pull(g), logits.shape())));
  }

  /** g summed over the axes of samples that it has before the given shape. */
  static Tensor sum(Tensor g, Shape shape) {
    int[] axes = new int[g.rank() - shape.rank()];
    for (int i = 0; i < axes.length; i++) {
      axes[i] = i;
    }
    return axes.length == 0 ? g : g.sum(axes, false);
  }

  /**
   * J_q(g) = q ⊙ (g − ⟨q, g⟩), the Jacobian of softmax where its value is q; for Bernoulli
   * variables q(1 − q)g.
   *
   * @param q of g's shape
   */
  static Tensor jacobian(FactorisedLatents latents, Tensor q, Tensor g) {
    return latents.isBernoulli()
        ? q.mul(q.neg().add(1)).mul(g)
        : SoftmaxFamily.softmaxBackward(q, g, q.rank() - 1);
  }

  /** a⟨b, g⟩ for each variable. */
  static Tensor outer(Tensor a, Tensor b, Tensor g) {
    return a.mul(b.mul(g).sum(new int[] {-1}, true));
  }
}
