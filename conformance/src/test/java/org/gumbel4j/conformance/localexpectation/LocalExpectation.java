package org.gumbel4j.conformance.localexpectation;

import java.util.List;
import org.gumbel4j.autodiff.CustomGradient;
import org.gumbel4j.estimators.Bias;
import org.gumbel4j.estimators.Cost;
import org.gumbel4j.estimators.EstimatorTraits;
import org.gumbel4j.estimators.FactorisedLatents;
import org.gumbel4j.estimators.GradientEstimator;
import org.gumbel4j.estimators.ObjectiveFunction;
import org.gumbel4j.random.Key;
import org.gumbel4j.tensor.Shape;
import org.gumbel4j.tensor.Tensor;

/**
 * Local expectation gradients (Titsias and Lázaro-Gredilla, NeurIPS 2015): each variable is summed
 * over in turn, with the others as drawn.
 *
 * <pre>∇θₙ E[f] = E[Σₖ ∇P(zₙ = k) f(z with zₙ = k)]</pre>
 *
 * @param samples how many are averaged
 */
public record LocalExpectation(int samples) implements GradientEstimator {
  static final String NAME = "local-expectation";

  /** Checks the number of samples. */
  public LocalExpectation {
    if (samples < 1) {
      throw new IllegalArgumentException(NAME + ": samples = " + samples + " must be at least 1");
    }
  }

  @Override
  public EstimatorTraits traits() {
    return EstimatorTraits.of(
        NAME,
        "Titsias, Lázaro-Gredilla 2015 (NeurIPS)",
        Bias.UNBIASED,
        "Unbiased; without variance where the variables do not interact.",
        new Cost(0, 0, samples)); // evaluations: N·K for each sample, which depends on the logits
  }

  @Override
  public Tensor surrogate(Tensor logits, ObjectiveFunction f, Key key) {
    FactorisedLatents latents = FactorisedLatents.of(NAME, logits);
    Tensor z = latents.sample(key, Shape.of(samples));
    Tensor values = latents.evaluate(f, neighbours(latents, z)).mean(2);
    Tensor probs = probabilities(latents);
    Tensor value = probs.stopGradient().mul(values).sum(1).mean(0);
    Tensor score = probs.mul(values.stopGradient()).sum(1).sum(0);
    return CustomGradient.straightThrough(value.stopGradient(), value.add(score));
  }

  /** z with variable n at its k-th value: [N, K, samples, batch…, N, K]. */
  private static Tensor neighbours(FactorisedLatents latents, Tensor z) {
    int n = (int) latents.variables();
    Tensor which = latents.logits().device().range(n).oneHot(n, z.dtype());
    Tensor values =
        latents.isBernoulli()
            ? latents.logits().device().tensor(new double[] {0, 1}, z.dtype(), 2, 1)
            : latents
                .logits()
                .device()
                .range(latents.classes())
                .oneHot(latents.classes(), z.dtype());
    Shape between = Shape.SCALAR;
    while (between.rank() < z.rank() - 2) {
      between = between.withInserted(0, 1);
    }
    Shape places = Shape.of(n, 1).concat(between).concat(Shape.of(n, 1));
    Shape classes = Shape.of(1, values.shape().dim(0)).concat(between);
    Tensor replaced = values.reshape(classes.concat(Shape.of(1, values.shape().dim(1))));
    return Tensor.where(which.reshape(places).gt(0.5), replaced, z);
  }

  /** P(zₙ = k): [N, K, batch…]. */
  private static Tensor probabilities(FactorisedLatents latents) {
    Tensor p = latents.probs();
    Tensor all = latents.isBernoulli() ? Tensor.concat(List.of(p.neg().add(1), p), -1) : p;
    int batch = all.rank() - 2;
    int[] variablesFirst = new int[all.rank()];
    for (int i = 0; i < all.rank(); i++) {
      variablesFirst[i] = i < 2 ? batch + i : i - 2;
    }
    return all.permute(variablesFirst);
  }
}
