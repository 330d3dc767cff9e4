package org.gumbel4j.estimators;

import java.util.Locale;
import org.gumbel4j.random.Key;
import org.gumbel4j.tensor.Shape;
import org.gumbel4j.tensor.Tensor;

/**
 * Σ P(z) f(z) over all values of z: no estimate but the expectation itself, and its gradient. The
 * yardstick of all others, for as long as there are few enough values.
 *
 * <p>What cannot happen (a masked class) has no part, whatever f says of it.
 *
 * @param budget the largest number of rows, Kᴺ times the size of the batch, that f is asked for
 * @since 0.1
 */
public record Exact(long budget) implements GradientEstimator {
  private static final String NAME = "exact";
  private static final EstimatorTraits TRAITS =
      EstimatorTraits.of(
          NAME, "enumeration", Bias.EXACT, "The gradient itself.", new Cost(0, 0, 0));

  /**
   * Checks the budget.
   *
   * @throws IllegalArgumentException if it is not positive
   */
  public Exact {
    if (budget < 1) {
      throw new IllegalArgumentException("Exact: budget = " + budget + " must be at least 1");
    }
  }

  /** Up to 2²⁰ rows. */
  public static Exact of() {
    return new Exact(1 << 20);
  }

  @Override
  public EstimatorTraits traits() {
    return TRAITS;
  }

  /**
   * E[f(z)] itself; the key is not used.
   *
   * @throws IllegalArgumentException if there are more rows than the budget allows
   */
  @Override
  public Tensor surrogate(Tensor logits, ObjectiveFunction f, Key key) {
    return expectation(logits, f);
  }

  /**
   * E[log 1/S Σₛ exp f(zₛ)], the target of {@link Target#MULTI_SAMPLE_BOUND}, over all S-tuples:
   * [batch…].
   *
   * @param samples S
   * @throws IllegalArgumentException if there are more rows than the budget allows
   */
  public Tensor bound(Tensor logits, ObjectiveFunction f, int samples) {
    SampleCount.require("Exact.bound", samples, 1);
    FactorisedLatents one = FactorisedLatents.of("Exact.bound", logits);
    Shape inner = Shape.of(samples, one.variables(), one.classes());
    Shape flat = one.batchShape().concat(Shape.of(samples * one.variables(), one.classes()));
    Tensor copies = logits.expandDims(-3).broadcastTo(one.batchShape().concat(inner)).reshape(flat);
    return expectation(
        copies,
        z -> {
          Tensor tuples = z.reshape(z.shape().axes(0, z.rank() - 2).concat(inner));
          Tensor values = f.at(tuples.permute(samplesSecond(tuples.rank())));
          return values.logSumExp(1).sub(Math.log(samples));
        });
  }

  /** [states, batch…, S, N, K] to [states, S, batch…, N, K]. */
  private static int[] samplesSecond(int rank) {
    int[] axes = new int[rank];
    axes[1] = rank - 3;
    for (int i = 2; i < rank; i++) {
      axes[i] = i < rank - 2 ? i - 1 : i;
    }
    return axes;
  }

  /**
   * E[f(z)], differentiable by the logits and by what f depends on: [batch…].
   *
   * @throws IllegalArgumentException if there are more rows than the budget allows
   */
  public Tensor expectation(Tensor logits, ObjectiveFunction f) {
    FactorisedLatents latents = FactorisedLatents.of("Exact", logits);
    double rows = latents.stateCount() * latents.batchShape().size();
    if (!(rows <= budget)) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "Exact: %s has %d variables of %d values, so that f would be asked for %.4g rows; the"
                  + " budget is %d: take a larger one, fewer variables, or an estimator that draws"
                  + " samples",
              logits.shape(),
              latents.variables(),
              Math.max(2, latents.classes()),
              rows,
              budget));
    }
    Tensor states = latents.states(0, (long) latents.stateCount());
    Shape wide = Shape.of(states.shape().dim(0)).concat(logits.shape());
    Tensor z = states.broadcastTo(wide);
    Tensor logProb = latents.logProb(z);
    Tensor possible = logProb.gt(Double.NEGATIVE_INFINITY);
    Tensor values = latents.evaluate(f, z);
    Tensor zero = values.device().scalar(0, values.dtype());
    return Tensor.where(possible, logProb.exp().mul(Tensor.where(possible, values, zero)), zero)
        .sum(0);
  }
}
