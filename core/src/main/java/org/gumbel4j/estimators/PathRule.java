package org.gumbel4j.estimators;

import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.gumbel4j.autodiff.CustomGradient;
import org.gumbel4j.internal.ops.SoftmaxFamily;
import org.gumbel4j.tensor.Shape;
import org.gumbel4j.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * How a gradient with respect to a value z becomes one with respect to the logits: a linear
 * function of it, in two parts. One is the same for all samples, and is applied to the sum of their
 * gradients; the other is of each sample. It is worked out in the backward pass, so that a forward
 * pass alone costs nothing; what it is made of counts as constant.
 *
 * <p>On an engine's own tape, which takes no rules, the transposed function of θ − sg(θ) stands in:
 * 0, with the same gradient.
 */
final class PathRule {
  private final @Nullable UnaryOperator<Tensor> ofTotal;
  private final @Nullable UnaryOperator<Tensor> ofEach;
  private final @Nullable UnaryOperator<Tensor> transposed;

  private PathRule(
      @Nullable UnaryOperator<Tensor> ofTotal,
      @Nullable UnaryOperator<Tensor> ofEach,
      @Nullable UnaryOperator<Tensor> transposed) {
    this.ofTotal = ofTotal;
    this.ofEach = ofEach;
    this.transposed = transposed;
  }

  /**
   * The same for all samples.
   *
   * @param symmetric of tensors of the logits' shape
   */
  static PathRule ofTotal(UnaryOperator<Tensor> symmetric) {
    return new PathRule(symmetric, null, null);
  }

  /**
   * Of each sample.
   *
   * @param symmetric of tensors of z's shape
   */
  static PathRule ofEach(UnaryOperator<Tensor> symmetric) {
    return new PathRule(null, symmetric, symmetric);
  }

  /** Of each sample, as a matrix that is not symmetric, and its transpose. */
  static PathRule ofEach(UnaryOperator<Tensor> matrix, UnaryOperator<Tensor> transposed) {
    return new PathRule(null, matrix, transposed);
  }

  /** Of each sample, and not linear: there is no such rule on an engine's tape. */
  static PathRule notLinear(UnaryOperator<Tensor> rule) {
    return new PathRule(null, rule, null);
  }

  /** This of all samples, and beside it a symmetric rule of each. */
  PathRule andOfEach(UnaryOperator<Tensor> symmetric) {
    return new PathRule(ofTotal, symmetric, symmetric);
  }

  /** z, with the gradient that the rule makes. */
  Tensor attach(FactorisedLatents latents, Tensor z) {
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
    if (logits.device().isOnEngineTape() && (ofEach == null || transposed != null)) {
      return CustomGradient.straightThrough(z, standIn(latents, z.shape()));
    }
    return CustomGradient.of(List.of(logits), x -> z, (y, g) -> List.of(pull(g, logits.shape())));
  }

  private Tensor pull(Tensor g, Shape shape) {
    Tensor each = ofEach == null ? null : sum(ofEach.apply(g), shape);
    Tensor total = ofTotal == null ? null : ofTotal.apply(sum(g, shape));
    return join(each, total);
  }

  private Tensor standIn(FactorisedLatents latents, Shape wide) {
    Tensor logits = latents.logits();
    Tensor open = logits.stopGradient().gt(Double.NEGATIVE_INFINITY);
    Tensor finite = Tensor.where(open, logits, logits.zerosLike());
    Tensor zero = finite.sub(finite.stopGradient());
    Tensor each = transposed == null ? null : transposed.apply(zero.broadcastTo(wide));
    Tensor total = ofTotal == null ? null : ofTotal.apply(zero).broadcastTo(wide);
    return join(each, total);
  }

  private static Tensor join(@Nullable Tensor each, @Nullable Tensor total) {
    if (each == null) {
      return Objects.requireNonNull(total, "a rule has a part");
    }
    return total == null ? each : each.add(total);
  }

  /** g summed over the axes of samples that it has before the given shape. */
  private static Tensor sum(Tensor g, Shape shape) {
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
