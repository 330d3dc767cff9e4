package org.gumbel4j.estimators;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.gumbel4j.internal.ops.GumbelOps;
import org.gumbel4j.random.Key;
import org.gumbel4j.random.Noise;
import org.gumbel4j.tensor.Shape;
import org.gumbel4j.tensor.Tensor;

/**
 * Draws from P(z | z ∉ C) for a set C of few joint values, without rejection: variable by variable,
 * P(zₙ = j | z₁…zₙ₋₁) ∝ pₙ(j)·(1 − Σ P(rest of c)), the sum over those c of C that agree with z so
 * far and have j at n.
 */
final class ComplementSampler {
  private ComplementSampler() {}

  /**
   * Draws, as constants.
   *
   * @param set C, [size, batch…, N, K], no value twice
   * @return [samples, batch…, N, K]; anything where C leaves nothing
   */
  static Tensor sample(FactorisedLatents latents, Tensor set, int samples, Key key) {
    Shape shape = Shape.of(samples).concat(latents.logits().shape());
    long batch = latents.batchShape().size();
    Tensor rows = JointStates.rows(latents, batch);
    if (shape.isEmpty()) {
      return rows.device().zeros(shape, rows.dtype());
    }
    int variables = Math.toIntExact(latents.variables());
    Tensor members = oneHot(latents, set).reshape(set.shape().dim(0), batch, variables, -1);
    List<Tensor> tails = tails(rows, members, variables);
    Tensor agree =
        rows.onesLike()
            .select(-1, 0)
            .select(-1, 0)
            .broadcastTo(Shape.of(samples, set.shape().dim(0), batch));
    List<Tensor> drawn = new ArrayList<>(variables);
    for (int n = 0; n < variables; n++) {
      Tensor member = members.select(2, n);
      Tensor taken = agree.mul(tails.get(n)).expandDims(-1).mul(member).sum(1);
      Tensor open = rows.select(1, n).add(taken.neg().add(1).maximum(0).log());
      Tensor noise = rows.device().noise(Noise.GUMBEL, key.child(n), open.shape(), rows.dtype());
      Tensor choice = GumbelOps.oneHotArgMax(open.add(noise), -1);
      agree = agree.mul(choice.expandDims(1).mul(member).sum(-1));
      drawn.add(latents.isBernoulli() ? choice.slice(-1, 1, 2) : choice);
    }
    return Tensor.stack(drawn, 2).reshape(shape);
  }

  private static Tensor oneHot(FactorisedLatents latents, Tensor z) {
    return latents.isBernoulli() ? Tensor.concat(List.of(z.neg().add(1), z), -1) : z;
  }

  /** For each n, the probability of a member's values after variable n: [size, batch]. */
  private static List<Tensor> tails(Tensor rows, Tensor members, int variables) {
    List<Tensor> tails = new ArrayList<>(variables);
    Tensor logTail = members.select(-1, 0).select(-1, 0).zerosLike();
    for (int n = variables - 1; n >= 0; n--) {
      tails.add(logTail.exp());
      logTail = logTail.add(members.select(2, n).mul(rows.select(1, n)).sum(-1));
    }
    Collections.reverse(tails);
    return tails;
  }
}
