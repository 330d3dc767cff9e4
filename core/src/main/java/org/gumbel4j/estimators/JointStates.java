package org.gumbel4j.estimators;

import java.util.ArrayList;
import java.util.List;
import org.gumbel4j.random.Key;
import org.gumbel4j.random.Noise;
import org.gumbel4j.tensor.Device;
import org.gumbel4j.tensor.Shape;
import org.gumbel4j.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * Some of the Kᴺ joint values of N independent variables: the likeliest ones, or those that are
 * drawn first without replacement. All that it makes are constants.
 *
 * <p>A beam over the variables, as wide as values are wanted. It is exact: a node (the values of
 * the first n variables) that is not among the best of its level has as many better ones, each with
 * a leaf below it that beats every leaf of its own. Drawing without replacement is the same search
 * over perturbed log-probabilities, a node's being the largest of the leaves below it (stochastic
 * beam search: Kool, van Hoof and Welling, arXiv 1903.06059).
 */
final class JointStates {
  /** In place of −∞ for a masked class, so that what is impossible comes last and is no NaN. */
  private static final double MASKED = -1e6;

  private final FactorisedLatents latents;
  private final long batch;
  private final int variables;
  private final int classes;
  private final Tensor rows;

  JointStates(FactorisedLatents latents) {
    this.latents = latents;
    batch = latents.batchShape().size();
    variables = Math.toIntExact(latents.variables());
    classes = Math.toIntExact(Math.max(2, latents.classes()));
    rows = rows(latents, batch);
  }

  /** log P of every class of every variable, finite: [batch, N, max(2, K)]. */
  static Tensor rows(FactorisedLatents latents, long batch) {
    Tensor theta = latents.logits().stopGradient();
    Tensor rows =
        latents.isBernoulli()
            ? Tensor.concat(List.of(theta.neg().logSigmoid(), theta.logSigmoid()), -1)
            : theta.logSoftmax(-1);
    return rows.maximum(MASKED).reshape(batch, latents.variables(), rows.shape().dim(-1));
  }

  /** The likeliest values, in order: [count, batch…, N, K]. At most as many as there are. */
  Tensor likeliest(int count) {
    return search(count, null);
  }

  /**
   * Values drawn one after another, none twice: [count, batch…, N, K]. At most as many as there
   * are; where masks leave fewer, impossible ones come last.
   */
  Tensor withoutReplacement(int count, Key key) {
    return search(count, key);
  }

  private Tensor search(int count, @Nullable Key key) {
    Shape shape = Shape.of(count).concat(latents.logits().shape());
    Device device = rows.device();
    if (shape.isEmpty()) {
      return device.zeros(shape, rows.dtype());
    }
    Tensor logProb = device.zeros(Shape.of(batch, 1), rows.dtype());
    Tensor score = logProb;
    List<Tensor> parents = new ArrayList<>(variables);
    List<Tensor> choices = new ArrayList<>(variables);
    for (int n = 0; n < variables; n++) {
      int width = Math.toIntExact(logProb.shape().dim(-1));
      Shape flat = Shape.of(batch, (long) width * classes);
      Tensor children = logProb.expandDims(-1).add(rows.slice(1, n, n + 1));
      Tensor scores =
          key == null ? children : perturbed(children, score.expandDims(-1), key.child(n));
      Tensor best = scores.reshape(flat).topK(Math.min(count, flat.dim(1)), -1);
      logProb = children.reshape(flat).gather(best, -1);
      score = scores.reshape(flat).gather(best, -1);
      parents.add(table(width, true).broadcastTo(flat).gather(best, -1));
      choices.add(table(width, false).broadcastTo(flat).gather(best, -1));
    }
    Tensor digits = trace(parents, choices).permute(1, 0, 2);
    Tensor z =
        latents.isBernoulli() ? digits.cast(rows.dtype()) : digits.oneHot(classes, rows.dtype());
    return z.reshape(shape);
  }

  /**
   * Gumbel variables with the children's log-probabilities as locations, given that the largest of
   * them is the parent's: T − softplus(T − g + log(1 − e^{g − max g})).
   */
  private static Tensor perturbed(Tensor children, Tensor parent, Key key) {
    Tensor noise = children.device().noise(Noise.GUMBEL, key, children.shape(), children.dtype());
    Tensor gumbels = children.add(noise);
    Tensor below = gumbels.sub(gumbels.max(new int[] {-1}, true));
    Tensor log1mExp = below.expm1().neg().log();
    return parent.sub(parent.sub(gumbels).add(log1mExp).softplus());
  }

  /** Of each child of a level, flat, the index of its parent or its class: [width · classes]. */
  private Tensor table(int width, boolean parent) {
    long[] values = new long[width * classes];
    for (int i = 0; i < values.length; i++) {
      values[i] = parent ? i / classes : i % classes;
    }
    return rows.device().tensor(values, values.length);
  }

  /** From the leaves back to the root: the class of every variable, [batch, count, N]. */
  private static Tensor trace(List<Tensor> parents, List<Tensor> choices) {
    int last = choices.size() - 1;
    List<Tensor> digits = new ArrayList<>(choices);
    Tensor node = parents.get(last);
    for (int n = last - 1; n >= 0; n--) {
      digits.set(n, choices.get(n).gather(node, -1));
      node = parents.get(n).gather(node, -1);
    }
    return Tensor.stack(digits, -1);
  }
}
